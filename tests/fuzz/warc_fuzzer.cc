// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a web archive; pages are not read, the fuzzer of html does that.
#include "indexer/sources/warc.h"
#include "tests/fuzz/source_fuzzing.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  broadsheet::sources::ReadCounts counts;
  broadsheet::sources::WarcSource source(
      &counts, [](std::string_view page, std::string_view, std::string_view url) {
        broadsheet::v1::Article article;
        article.set_headline(std::string(url));
        article.set_body(std::string(page));
        for (std::string* text : {article.mutable_headline(), article.mutable_body()}) {
          broadsheet::text::RepairUtf8(text);
        }
        return article;
      });
  broadsheet::fuzz::ReadAny(source, data, size);
  return 0;
}
