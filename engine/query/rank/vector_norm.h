// SPDX-License-Identifier: GPL-3.0-or-later
// The norm of an article's vector, wherever the article is.
#pragma once

#include "engine/storage/base/token_run.h"
#include "engine/storage/base/vector_norms.h"
#include "engine/storage/live/snapshot.h"
#include "engine/weights/article_vectors.h"

namespace broadsheet::query {

// `run` is the article's. That of an article of base is stored; one of live is measured by
// `vectors`, which keeps its vector.
inline storage::VectorNorm NormOfVector(const storage::Snapshot& snapshot, storage::DocRef doc,
                                        const storage::TokenRun& run,
                                        weights::ArticleVectors& vectors) {
  if (doc.segment == storage::Segment::kBase) return snapshot.generation().norms().At(doc.docid);
  return vectors.Add(run);
}

}  // namespace broadsheet::query
