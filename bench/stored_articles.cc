// SPDX-License-Identifier: GPL-3.0-or-later
// What storing the articles of an index costs at each level and dictionary size of zstd: bytes,
// packing, and reading one back. Prints the tables of docs/index_format.md.
//
//   build/bin/stored_articles INDEX 10000
//
// Times are CPU time of one thread, pages in memory.
#include <time.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "engine/storage/base/article_wire.h"
#include "engine/storage/base/generation.h"
#include "engine/storage/table/frame_file.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::bench {
namespace {

using storage::FrameKind;
using Texts = std::vector<std::string>;

void Must(const absl::Status& status) {
  if (status.ok()) return;
  std::cerr << "stored_articles: " << status << "\n";
  std::exit(2);
}

template <typename T>
T Must(absl::StatusOr<T> result) {
  Must(result.status());
  return *std::move(result);
}

double CpuSeconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

uint64_t BytesOfAll(const Texts& texts) {
  uint64_t bytes = 0;
  for (const std::string& text : texts) bytes += text.size();
  return bytes;
}

double MeanBytes(const Texts& texts) {
  return static_cast<double>(BytesOfAll(texts)) / static_cast<double>(texts.size());
}

// As a build draws them: a thousand, of 8 KiB at most.
Texts SampleOf(const Texts& texts) {
  constexpr size_t kSamples = 1000;
  constexpr size_t kSampleBytes = 8 << 10;
  Texts sample;
  for (size_t i = 0; i < texts.size(); i += texts.size() / kSamples + 1) {
    sample.push_back(texts[i].substr(0, kSampleBytes));
  }
  return sample;
}

void Measure(const std::string& name, const FrameKind& kind, const Texts& texts) {
  const testing::TempDir dir;
  const storage::PackingDictionary dictionary =
      kind.dictionary_bytes == 0 ? storage::PackingDictionary()
                                 : storage::TrainDictionary(kind, SampleOf(texts));
  auto writer = Must(storage::FrameFileWriter::Create(dir / "frames", kind, dictionary));
  const double start = CpuSeconds();
  for (const std::string& text : texts) Must(writer->Append(text));
  const double packed = CpuSeconds() - start;
  Must(writer->Finish());
  const auto file = Must(storage::FrameFile::Open(dir / "frames", kind));
  std::string text;
  for (uint32_t i = 1; i <= file->count(); ++i) Must(file->Read(i, &text));
  const double reading = CpuSeconds();
  // Far apart, as hits are.
  for (uint32_t i = 0; i < file->count(); ++i) {
    Must(file->Read(static_cast<uint32_t>(i * 7919ULL % file->count()) + 1, &text));
  }
  const double read = (CpuSeconds() - reading) / file->count();
  const auto raw = static_cast<double>(BytesOfAll(texts));
  std::cout << absl::StrFormat(
      "| %s | %d | %d KiB | %.1f %% | %.0f MB/s | %.2f µs |\n", name, kind.level,
      dictionary.bytes().size() >> 10,
      100.0 * static_cast<double>(std::filesystem::file_size(dir / "frames")) / raw,
      raw / packed / 1e6, 1e6 * read);
}

void Run(const std::string& index, uint32_t articles) {
  const auto generation =
      Must(storage::Generation::OpenCurrent(storage::Layout(index), storage::Use::kStoredArticles));
  const uint32_t count = generation->articles().count();
  Texts cards;
  Texts bodies;
  for (uint32_t docid = 1; docid <= count; docid += count / articles + 1) {
    Must(generation->articles().ReadCard(docid, &cards.emplace_back()));
    Must(generation->articles().ReadBody(docid, &bodies.emplace_back()));
  }
  std::cout << absl::StrFormat("%d articles: cards %.0f, bodies %.0f bytes on average\n",
                               cards.size(), MeanBytes(cards), MeanBytes(bodies))
            << "| file | level | dictionary | file / texts | packing | one read |\n"
            << "|---|---|---|---|---|---|\n";
  for (const int level : {1, 3, 6, 9}) {
    for (const size_t kib : {0, 8, 32, 112}) {
      FrameKind kind = storage::kCardFrames;
      kind.level = level;
      kind.dictionary_bytes = kib << 10;
      Measure("cards", kind, cards);
    }
  }
  for (const int level : {1, 3, 4, 6}) {
    for (const size_t kib : {0, 32, 112, 256}) {
      FrameKind kind = storage::kBodyFrames;
      kind.level = level;
      kind.dictionary_bytes = kib << 10;
      Measure("bodies", kind, bodies);
    }
  }
}

}  // namespace
}  // namespace broadsheet::bench

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: stored_articles INDEX ARTICLES\n";
    return 2;
  }
  broadsheet::bench::Run(argv[1], static_cast<uint32_t>(std::atoi(argv[2])));
}
