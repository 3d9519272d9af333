// SPDX-License-Identifier: GPL-3.0-or-later
// An index of a gazette's articles, as it looks after a day of writes: base, and live with newer
// versions of its articles, articles of its own and deletions. Some are taken down.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "broadsheet/v1/article.pb.h"
#include "engine/indexing/live/writable_index.h"
#include "engine/query/searcher.h"
#include "tests/engine/query/invariants/gazette.h"
#include "tests/testing/test_index.h"

namespace broadsheet::query::invariants {

// Failures to write throw std::runtime_error, which fails the test with the reason.
class Edition {
 public:
  explicit Edition(uint64_t seed);

  // Keeps its snapshot from search to search. Its totals are exact up to 25 hits only, so that some
  // are not.
  Searcher& searcher() { return *searcher_; }
  // What readers may see at kNow, by id.
  const std::map<std::string, v1::Article>& visible() const { return visible_; }
  // True for what was first written with the base.
  static bool IsOfBase(const std::string& id) { return id[0] == 'b'; }

 private:
  void WriteBase();
  void WriteLive();
  void TakeDown();
  void Put(const std::string& id, indexing::WritableIndex& index);
  void Delete(const std::string& id, indexing::WritableIndex& index);
  // Notes what readers see of `article` from now on.
  void Show(const v1::Article& article);

  Gazette gazette_;
  testing::TestIndex index_;
  std::map<std::string, v1::Article> visible_;
  std::unique_ptr<Searcher> searcher_;
};

}  // namespace broadsheet::query::invariants
