// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/bulk/spool.h"

#include <xxhash.h>

#include <cstring>
#include <random>
#include <utility>

#include "engine/text/language.h"

namespace broadsheet::indexing {
namespace {

// An identity is 32 bytes beside an article of some kilobytes.
constexpr uint64_t kIdentityShare = 8;

constexpr char kDated = 0;
constexpr char kUndated = 1;

void AppendBigEndian(uint64_t number, std::string* to) {
  for (int shift = 56; shift >= 0; shift -= 8) to->push_back(static_cast<char>(number >> shift));
}

uint64_t ReadBigEndian(std::string_view bytes) {
  uint64_t number = 0;
  for (size_t i = 0; i < sizeof(number); ++i) {
    number = number << 8 | static_cast<unsigned char>(bytes[i]);
  }
  return number;
}

// Orders descending: the larger `value`, the smaller its bytes.
void AppendDescending(int64_t value, std::string* to) {
  constexpr uint64_t kSignBit = 1ULL << 63;
  AppendBigEndian(~(static_cast<uint64_t>(value) ^ kSignBit), to);
}

void MakeOrderKey(const v1::Article& article, std::string* key) {
  key->clear();
  if (article.has_published_time()) {
    key->push_back(kDated);
    AppendDescending(article.published_time().seconds(), key);
  } else {
    key->push_back(kUndated);
  }
  key->append(article.id());
}

// 128 bits: two ids of one hash would lose an article, and at 10^9 articles the chance of one such
// pair is 10^-21. Seeded, so that nobody can prepare a pair.
constexpr size_t kIdHashBytes = 16;
void MakeIdentityKey(const v1::Article& article, uint64_t sequence, uint64_t seed,
                     std::string* key) {
  key->clear();
  const XXH128_hash_t hash = XXH3_128bits_withSeed(article.id().data(), article.id().size(), seed);
  AppendBigEndian(hash.high64, key);
  AppendBigEndian(hash.low64, key);
  AppendDescending(article.version(), key);
  AppendBigEndian(~sequence, key);
}

uint64_t SequenceOfIdentity(std::string_view key) {
  return ~ReadBigEndian(key.substr(key.size() - sizeof(uint64_t)));
}

uint64_t RandomSeed() {
  std::random_device device;
  return static_cast<uint64_t>(device()) << 32 | device();
}

}  // namespace

OrderedArticles::OrderedArticles(std::unique_ptr<ExternalSorter> sorter,
                                 std::vector<bool> superseded)
    : superseded_(std::move(superseded)),
      sorting_(std::async(std::launch::async,
                          [sorter = std::move(sorter)] { return sorter->Sort(); })) {}

absl::StatusOr<bool> OrderedArticles::Next(std::string_view* serialized) {
  if (stream_ == nullptr) {
    if (!sorting_.valid()) return absl::FailedPreconditionError("the articles were not sorted");
    absl::StatusOr<std::unique_ptr<RecordStream>> sorted = sorting_.get();
    if (!sorted.ok()) return sorted.status();
    stream_ = *std::move(sorted);
  }
  Record record;
  for (;;) {
    const absl::StatusOr<bool> more = stream_->Next(&record);
    if (!more.ok() || !*more) return more;
    if (superseded_[ReadBigEndian(record.payload)]) continue;
    *serialized = record.payload.substr(sizeof(uint64_t));
    return true;
  }
}

Spool::Spool(SpoolOptions options)
    : options_(std::move(options)),
      hash_seed_(RandomSeed()),
      articles_(std::make_unique<ExternalSorter>(
          SorterOptions{options_.folder, "articles",
                        options_.memory_bytes - options_.memory_bytes / kIdentityShare})),
      identities_({options_.folder, "identities", options_.memory_bytes / kIdentityShare}) {}

absl::StatusOr<std::string_view> Spool::Add(const v1::Article& article) {
  const uint64_t sequence = added_;
  MakeIdentityKey(article, sequence, hash_seed_, &key_);
  const std::string language = text::PrimaryLanguage(article.language());
  if (absl::Status status = identities_.Add({key_, language}); !status.ok()) return status;
  MakeOrderKey(article, &key_);
  payload_.clear();
  AppendBigEndian(sequence, &payload_);
  article.AppendToString(&payload_);
  if (absl::Status status = articles_->Add({key_, payload_}); !status.ok()) return status;
  ++added_;
  return std::string_view(payload_).substr(sizeof(sequence));
}

absl::StatusOr<std::vector<bool>> Spool::FindSuperseded(Monitor& monitor,
                                                        const SupersededSink& on_superseded) {
  absl::StatusOr<std::unique_ptr<RecordStream>> identities = identities_.Sort();
  if (!identities.ok()) return identities.status();
  std::vector<bool> superseded(added_);
  std::string previous_id;
  uint64_t kept = 0;
  Record record;
  for (;;) {
    if (absl::Status status = monitor.Check(); !status.ok()) return status;
    const absl::StatusOr<bool> more = (*identities)->Next(&record);
    if (!more.ok()) return more.status();
    if (!*more) return superseded;
    // The first of an id is the winner: versions and sequence numbers descend.
    const std::string_view id = record.key.substr(0, kIdHashBytes);
    const uint64_t sequence = SequenceOfIdentity(record.key);
    if (id == previous_id) {
      superseded[sequence] = true;
      if (on_superseded) on_superseded(sequence, kept);
      ++superseded_;
    } else {
      kept = sequence;
      ++languages_[std::string(record.payload)];
    }
    previous_id = id;
    monitor.Advance(1);
  }
}

absl::StatusOr<std::unique_ptr<OrderedArticles>> Spool::Order(Monitor& monitor,
                                                              const SupersededSink& on_superseded) {
  absl::StatusOr<std::vector<bool>> superseded = FindSuperseded(monitor, on_superseded);
  if (!superseded.ok()) return superseded.status();
  return std::make_unique<OrderedArticles>(std::move(articles_), *std::move(superseded));
}

}  // namespace broadsheet::indexing
