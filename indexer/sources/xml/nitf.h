// SPDX-License-Identifier: GPL-3.0-or-later
// NITF: one <nitf> document an article; a file may wrap several in one element.
#pragma once

#include <utility>

#include "indexer/sources/article/source.h"

namespace broadsheet::sources {

class NitfSource : public ArticleSource {
 public:
  // `hooks` may be empty.
  explicit NitfSource(SourceHooks hooks = {}) : hooks_(std::move(hooks)) {}

  absl::Status ReadAll(Input& input, const ArticleSink& articles,
                       const RejectSink& rejects) override;

 private:
  const SourceHooks hooks_;
};

}  // namespace broadsheet::sources
