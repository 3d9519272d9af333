// SPDX-License-Identifier: GPL-3.0-or-later
// NITF: one <nitf> document an article; a file that wraps several in one element gives them all.
#pragma once

#include "indexer/sources/source.h"

namespace broadsheet::sources {

class NitfSource : public ArticleSource {
 public:
  absl::Status ReadAll(Input& input, const ArticleSink& articles,
                       const RejectSink& rejects) override;
};

}  // namespace broadsheet::sources
