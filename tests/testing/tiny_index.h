// SPDX-License-Identifier: GPL-3.0-or-later
// An index of a few articles, written by hand with the storage layer alone: for tests that need
// files on disk but no build.
//
//   TinyIndex index(dir / "index");
//   index.Publish({MakeArticle("a", "Bridge opens"), MakeArticle("b", "Bridge closes")});
//   index.WriteLive({MakeArticle("a", "Bridge opens again")}, /*tombstones=*/{1});
#pragma once

#include <xapian.h>

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

#include "broadsheet/v1/article.pb.h"
#include "engine/storage/index/layout.h"
#include "engine/storage/index/manifest.h"

namespace broadsheet::testing {

v1::Article MakeArticle(std::string_view id, std::string_view headline, std::string_view body = "");

// An article as live/ has it: terms, token run, id and the article.
Xapian::Document MakeLiveDocument(const v1::Article& article);

// Every function throws std::runtime_error when the storage layer reports an error.
class TinyIndex {
 public:
  explicit TinyIndex(const std::filesystem::path& root) : layout_(root) {}
  const storage::Layout& layout() const { return layout_; }

  // Writes a generation with docids in the order given and makes it CURRENT.
  storage::GenerationRef Publish(const std::vector<v1::Article>& articles);
  // The same, but CURRENT stays.
  storage::GenerationRef Write(const std::vector<v1::Article>& articles);
  // What a build that was killed leaves behind: a folder without MANIFEST. Returns its number.
  uint64_t WriteAbandoned();
  // Adds to live/ of the current generation in one commit.
  void WriteLive(const std::vector<v1::Article>& upserts,
                 const std::vector<uint32_t>& tombstones = {});
  // Describes the files of base/ anew, so that MANIFEST vouches for what a test has put there.
  void Revouch(uint64_t number);

  // The folder of the generation that CURRENT names.
  std::filesystem::path current_folder() const;
  std::filesystem::path base() const { return current_folder() / storage::kBaseName; }

 private:
  storage::Layout layout_;
};

}  // namespace broadsheet::testing
