// SPDX-License-Identifier: GPL-3.0-or-later
// Archives and what hostile ones are kept from doing, as a person who names them sees it.
#include "indexer/sources/input/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "indexer/sources/read_paths.h"
#include "tests/indexer/sources/collected.h"
#include "tests/indexer/sources/packed.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::sources {
namespace {

using ::broadsheet::testing::Collected;
using ::broadsheet::testing::Pack;
using ::broadsheet::testing::Packing;
using ::broadsheet::testing::TempDir;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Entry {
  std::string name;
  std::string content;
  std::string link_to = {};
};

enum class Kind { kTar, kZip, kStoredZip };

std::string MakeArchive(Kind kind, const std::vector<Entry>& entries) {
  size_t size = 1 << 20;
  for (const Entry& entry : entries) size += entry.content.size() + 4096;
  std::string bytes(size, '\0');
  size_t used = 0;
  archive* writer = archive_write_new();
  kind == Kind::kTar ? archive_write_set_format_pax_restricted(writer)
                     : archive_write_set_format_zip(writer);
  if (kind == Kind::kStoredZip) archive_write_zip_set_compression_store(writer);
  archive_write_set_bytes_in_last_block(writer, 1);
  bool good = archive_write_open_memory(writer, bytes.data(), bytes.size(), &used) == ARCHIVE_OK;
  for (const Entry& entry : entries) {
    archive_entry* header = archive_entry_new();
    archive_entry_set_pathname(header, entry.name.c_str());
    archive_entry_set_perm(header, 0644);
    archive_entry_set_filetype(header, entry.link_to.empty() ? AE_IFREG : AE_IFLNK);
    if (!entry.link_to.empty()) archive_entry_set_symlink(header, entry.link_to.c_str());
    archive_entry_set_size(header, static_cast<la_int64_t>(entry.content.size()));
    good = good && archive_write_header(writer, header) == ARCHIVE_OK &&
           archive_write_data(writer, entry.content.data(), entry.content.size()) >= 0;
    archive_entry_free(header);
  }
  good = good && archive_write_close(writer) == ARCHIVE_OK;
  archive_write_free(writer);
  if (!good) throw std::runtime_error("cannot make an archive");
  bytes.resize(used);
  return bytes;
}

std::string Line(const std::string& headline) { return "{\"headline\":\"" + headline + "\"}\n"; }

class ArchiveTest : public ::testing::Test {
 protected:
  void Read(const std::string& name, const std::string& bytes) {
    const auto file = folder_.Write(name, bytes);
    PathReader reader({});
    ASSERT_OK(reader.Read({file.string()}, got_.article_sink(), got_.reject_sink()));
    files_ = reader.files();
  }
  std::vector<std::string> Headlines() const {
    std::vector<std::string> headlines;
    for (const v1::Article& article : got_.articles) headlines.push_back(article.headline());
    return headlines;
  }
  // "news.zip/a.txt: reason", without the folder.
  std::vector<std::string> Rejects() const {
    std::vector<std::string> rejects;
    for (const Reject& reject : got_.rejects) {
      rejects.push_back(reject.input.substr(folder_.path().string().size() + 1) + ": " +
                        reject.reason);
    }
    return rejects;
  }

  TempDir folder_;
  Collected got_;
  uint64_t files_ = 0;
};

TEST_F(ArchiveTest, EntriesAreReadEachInItsOwnFormat) {
  const std::vector<Entry> entries = {
      {"2024/a.data", Line("from json")},
      {"2024/b.data", "<rss><channel><item><title>from a feed</title></item></channel></rss>"},
      {".hidden/c", "x"},
      {"__MACOSX/._a", "x"},
      {"d.gz", Pack(Line("from gzip"), Packing::kGzip)}};
  for (const Kind kind : {Kind::kTar, Kind::kZip}) {
    got_ = {};
    Read("news", MakeArchive(kind, entries));
    EXPECT_THAT(Headlines(), ElementsAre("from json", "from a feed", "from gzip"));
    EXPECT_THAT(got_.rejects, IsEmpty());
    EXPECT_EQ(files_, 3U);
  }
}

TEST_F(ArchiveTest, PackedArchiveIsRead) {
  Read("news.tar.xz", Pack(MakeArchive(Kind::kTar, {{"a", Line("deep")}}), Packing::kXz));
  EXPECT_THAT(Headlines(), ElementsAre("deep"));
}

TEST_F(ArchiveTest, LinksAndNamesThatLeadOutAreLeftOutWithAReport) {
  const std::vector<Entry> entries = {{"link.txt", "", "/etc/passwd"},
                                      {"../../up.jsonl", Line("up")},
                                      {"a/../../b.jsonl", Line("b")},
                                      {"/etc/abs.jsonl", Line("absolute")},
                                      {"good.jsonl", Line("good")}};
  for (const Kind kind : {Kind::kTar, Kind::kZip}) {
    got_ = {};
    Read("news", MakeArchive(kind, entries));
    EXPECT_THAT(Headlines(), ElementsAre("good"));
    ASSERT_EQ(got_.rejects.size(), 4U);
    EXPECT_THAT(Rejects()[0], HasSubstr("news/link.txt: a link"));
    for (size_t i = 1; i < 4; ++i) {
      EXPECT_THAT(Rejects()[i], HasSubstr("a name that leads out of the archive: left out"));
    }
  }
}

TEST_F(ArchiveTest, ArchivesInsideOneAnotherAreBounded) {
  std::string nested = MakeArchive(Kind::kZip, {{"a.jsonl", Line("deep")}});
  for (int depth = 2; depth <= kMaxArchiveDepth; ++depth) {
    nested = MakeArchive(Kind::kTar, {{"inner", nested}});
  }
  Read("three", nested);
  EXPECT_THAT(Headlines(), ElementsAre("deep"));
  Read("four", MakeArchive(Kind::kZip, {{"inner", nested}}));
  EXPECT_THAT(Rejects(), ElementsAre(HasSubstr("an archive inside 3 others")));
}

TEST_F(ArchiveTest, ArchiveThatBreaksOffKeepsWhatWasWhole) {
  const std::string whole =
      MakeArchive(Kind::kTar, {{"a.jsonl", Line("a")}, {"b.jsonl", Line(std::string(20000, 'b'))}});
  Read("cut.tar", whole.substr(0, 4000));
  EXPECT_THAT(Headlines(), ElementsAre("a"));
  EXPECT_FALSE(got_.rejects.empty());
}

// A bug once: a damaged entry ended the reading of its archive.
TEST_F(ArchiveTest, DamagedEntryCostsNothingButItself) {
  const std::vector<Entry> entries = {
      {"a.jsonl", Line("a")}, {"b.jsonl", Line(std::string(300, 'b'))}, {"c.jsonl", Line("c")}};
  const std::string tar = MakeArchive(Kind::kTar, entries);
  std::string head = tar;
  head[tar.find("b.jsonl")] = 'x';
  Read("head.tar", head);
  EXPECT_THAT(Headlines(), ElementsAre("a", "c"));
  ASSERT_EQ(got_.rejects.size(), 1U);
  EXPECT_EQ(got_.rejects[0].lost, 1U);
  EXPECT_THAT(Rejects(), ElementsAre(HasSubstr("head.tar: the archive is damaged")));

  const std::string zip = MakeArchive(Kind::kZip, entries);
  const size_t content = zip.find("b.jsonl") + std::string("b.jsonl").size();
  for (size_t at = content + 30; at < content + 45; ++at) {
    got_ = {};
    std::string damaged = zip;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x20);
    Read("content.zip", damaged);
    EXPECT_THAT(Headlines(), ::testing::IsSupersetOf({"a", "c"})) << at;
    // Times and the like beside the content do not matter.
    if (got_.articles.size() == 3) continue;
    ASSERT_FALSE(got_.rejects.empty()) << at;
    EXPECT_THAT(Rejects().back(), HasSubstr("content.zip/b.jsonl")) << at;
  }
}

// A bug once: of archives one behind the other only one was read, and nothing told of the others.
TEST_F(ArchiveTest, ArchivesOneBehindTheOtherAreAllRead) {
  for (const Kind kind : {Kind::kTar, Kind::kZip}) {
    std::string bytes;
    for (const char* name : {"a", "b", "c"}) {
      bytes += MakeArchive(kind, {{name, Line(name)}, {"more", Line(std::string(name) + "2")}});
    }
    got_ = {};
    Read("news", bytes);
    EXPECT_THAT(Headlines(), ElementsAre("a", "a2", "b", "b2", "c", "c2"));
    EXPECT_THAT(Rejects(), IsEmpty());
  }
  const std::string first = MakeArchive(Kind::kTar, {{"a", Line("a")}});
  const std::string second = MakeArchive(Kind::kTar, {{"b", Line("b")}});
  got_ = {};
  Read("news.tgz", Pack(first, Packing::kGzip) + Pack(second, Packing::kGzip));
  EXPECT_THAT(Headlines(), ElementsAre("a", "b"));
}

// Bugs once: archives that are read from the beginning on ended silently at the first one's end, as
// did those that break off between entries or have a hole.
TEST_F(ArchiveTest, WhatIsMissingOfAnArchiveIsCountedAsLost) {
  const std::vector<Entry> entries = {{"a", Line("a")}, {"b", Line("b")}, {"c", Line("c")}};
  const std::string tar = MakeArchive(Kind::kTar, entries);
  const std::string zip = MakeArchive(Kind::kZip, entries);
  std::string hole = tar;
  hole.replace(1024, 512, 512, '\0');
  // Cut in the list of entries, where the last entry's end can be told.
  const std::string cut = zip.substr(0, zip.find("PK\x01\x02") + 30);
  const std::vector<std::pair<std::string, size_t>> cases = {
      {tar.substr(0, 2048), 2},
      {hole, 2},
      {Pack(zip + MakeArchive(Kind::kZip, {{"d", Line("d")}}), Packing::kGzip), 3},
      {cut, 3},
      {Pack(cut, Packing::kGzip), 3},
      {zip + cut, 6}};
  for (size_t i = 0; i < cases.size(); ++i) {
    got_ = {};
    Read("news", cases[i].first);
    EXPECT_EQ(got_.articles.size(), cases[i].second) << i;
    ASSERT_EQ(got_.rejects.size(), 1U) << i;
    EXPECT_EQ(got_.rejects[0].lost, 1U) << i;
  }
}

// A bug once: an entry of a zip whose checksum is wrong was read without a word.
TEST_F(ArchiveTest, ChecksumsOfZipEntriesAreCompared) {
  for (const bool is_packed : {false, true}) {
    std::string zip = MakeArchive(is_packed ? Kind::kZip : Kind::kStoredZip,
                                  {{"a.jsonl", Line("mill")}, {"b.jsonl", Line("b")}});
    if (is_packed) {
      // Behind the entry, and in the list of entries.
      for (const size_t at : {zip.find("PK\x07\x08") + 4, zip.find("PK\x01\x02") + 16}) {
        zip[at] = static_cast<char>(zip[at] ^ 1);
      }
    } else {
      zip[zip.find("mill")] = 'p';
    }
    // Where a stored entry ends that is read from the beginning on is told by its checksum.
    for (const bool is_streamed : {false, is_packed}) {
      got_ = {};
      Read("news", is_streamed ? Pack(zip, Packing::kGzip) : zip);
      EXPECT_THAT(Headlines(), ::testing::Contains("b")) << is_packed << is_streamed;
      ASSERT_EQ(got_.rejects.size(), 1U) << is_packed << is_streamed;
      EXPECT_THAT(Rejects()[0], HasSubstr("may be wrong")) << is_packed << is_streamed;
    }
  }
}

TEST_F(ArchiveTest, BombsAreRefused) {
  const std::string bomb = "{\"headline\":\"" + std::string(150 << 20, 'x') + "\"}\n";
  Read("bomb.gz", Pack(bomb, Packing::kGzip));
  EXPECT_THAT(Rejects(), ElementsAre(HasSubstr("refused as a decompression bomb")));
  got_ = {};
  Read("bomb.zip", MakeArchive(Kind::kZip, {{"a.jsonl", bomb}}));
  EXPECT_THAT(Rejects(), ElementsAre(HasSubstr("refused as a decompression bomb")));
}

TEST_F(ArchiveTest, ManySmallBombsAreRefusedTogether) {
  std::vector<Entry> entries;
  const std::string packed = Pack(Line(std::string(6 << 20, 'x')), Packing::kBzip2);
  for (int i = 0; i < 40; ++i) entries.push_back({std::to_string(i), packed});
  Read("many.tar", MakeArchive(Kind::kTar, entries));
  EXPECT_THAT(Rejects().back(), HasSubstr("refused as a decompression bomb"));
}

}  // namespace
}  // namespace broadsheet::sources
