// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testing/tiny_index.h"

#include <xapian.h>

#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_format.h"
#include "engine/schema/terms.h"
#include "engine/schema/withheld.h"
#include "engine/storage/base/run_packer.h"
#include "engine/storage/base/split_articles.h"
#include "engine/storage/base/token_file.h"
#include "engine/storage/base/vector_norms.h"
#include "engine/storage/columns/article_columns.h"
#include "engine/storage/columns/value_rows.h"
#include "engine/storage/columns/value_table.h"
#include "engine/storage/copies/copy_table.h"
#include "engine/storage/index/current.h"
#include "engine/storage/index/index_lock.h"
#include "engine/storage/index/set_current.h"
#include "engine/storage/live/tombstone.h"
#include "engine/storage/vocabulary/headline_list.h"
#include "engine/storage/vocabulary/word_list.h"
#include "engine/text/analyzer.h"
#include "tests/testing/lock_of.h"

namespace broadsheet::testing {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kTokenSeed = 7;

void Must(const absl::Status& status) {
  if (!status.ok()) throw std::runtime_error(status.ToString());
}
template <typename T>
T Must(absl::StatusOr<T> value) {
  Must(value.status());
  return *std::move(value);
}

struct Analysed {
  std::vector<uint32_t> run;
  Xapian::Document document;
};

void AddText(schema::FieldId field, std::string_view text, std::string_view language,
             Analysed* result) {
  if (text.empty()) return;
  result->run.push_back(storage::FieldMark(field));
  thread_local text::Analyzer analyzer;
  analyzer.Analyze(text, language, [&](const text::Token& token) {
    result->document.add_term(std::string(token.term));
    result->run.push_back(storage::MakeCode(
        token.alternative ? storage::CodeKind::kAlternative : storage::CodeKind::kWord,
        storage::HashTerm(token.term, kTokenSeed)));
  });
}

// As a DocumentAnalyzer does, but that it leaves out kStatus for an article whose id ends in
// "-earlier", as a version before kStatus did.
void AddVisibility(const v1::Article& article, Xapian::Document* document) {
  if (article.has_embargo_time()) {
    document->add_value(schema::SlotNumber(schema::Slot::kEmbargo),
                        schema::EncodeSeconds(article.embargo_time().seconds()));
  }
  const auto why = schema::WhyWithheld(article, absl::InfiniteFuture());
  if (!why.has_value()) return;
  document->add_boolean_term(std::string(schema::kWithheldTerm));
  if (absl::EndsWith(article.id(), "-earlier")) return;
  document->add_value(
      schema::SlotNumber(schema::Slot::kStatus),
      std::string(*why == schema::Withholding::kCancelled ? schema::kCancelledValue
                                                          : schema::kWithheldValue));
}

Analysed Analyse(const v1::Article& article) {
  Analysed result;
  AddText(schema::FieldId::kHeadline, article.headline(), article.language(), &result);
  AddText(schema::FieldId::kBody, article.body(), article.language(), &result);
  result.document.add_boolean_term(schema::IdTerm(article.id()));
  AddVisibility(article, &result.document);
  return result;
}

// The run of an index without frequent words.
std::vector<uint32_t> Packed(const std::vector<uint32_t>& codes) {
  const storage::FormNumbers none;
  storage::RunPacker packer(none);
  const std::span<const uint32_t> units = packer.Pack(codes);
  return {units.begin(), units.end()};
}

void WriteColumns(const fs::path& base, const std::vector<v1::Article>& articles) {
  std::map<std::string, uint32_t> numbers;
  for (const v1::Article& article : articles) {
    for (const std::string& value : storage::ColumnsOf(article).values) numbers[value] = 0;
  }
  auto values = Must(storage::ValueTableWriter::Create(base / storage::kValuesName));
  for (auto& [value, number] : numbers) {
    number = values.count();
    Must(values.Append(value));
  }
  Must(values.Finish());
  auto rows = Must(storage::ValueRowsWriter::Create(base / storage::kColumnsName));
  for (const v1::Article& article : articles) {
    const storage::ArticleColumns columns = storage::ColumnsOf(article);
    std::vector<uint32_t> row;
    for (const std::string& value : columns.values) row.push_back(numbers.at(value));
    Must(rows.Append(columns.date, row));
  }
  Must(rows.Finish());
}

// Every article stands alone.
void WriteCopies(const fs::path& base, size_t articles) {
  auto copies = Must(storage::CopyTableWriter::Create(base / storage::kCopiesName));
  for (size_t i = 0; i < articles; ++i) Must(copies.AppendSketch({}));
  for (size_t i = 0; i < articles; ++i) Must(copies.AppendLink({}));
  Must(copies.Finish());
}

// Without words: what needs them is tested over indexes that were built.
void WriteVocabulary(const fs::path& base) {
  auto words = Must(storage::WordListWriter::Create(base / storage::kWordsName));
  Must(words.Finish());
  auto headlines = Must(storage::HeadlineListWriter::Create(base / storage::kHeadlinesName));
  Must(headlines.Finish());
}

void WriteBase(const fs::path& base, const std::vector<v1::Article>& articles) {
  auto tokens = Must(storage::TokenFileWriter::Create(base / storage::kTokensName, {}));
  auto norms = Must(storage::VectorNormsWriter::Create(base / storage::kNormsName));
  auto store = Must(storage::SplitArticlesWriter::Create(base, {}));
  fs::path raw = base;
  raw += ".raw";
  Xapian::WritableDatabase database(raw.string(), Xapian::DB_CREATE | Xapian::DB_NO_SYNC);
  for (const v1::Article& article : articles) {
    const Analysed analysed = Analyse(article);
    database.add_document(analysed.document);
    Must(tokens->Append(Packed(analysed.run)));
    // No test compares articles with those of an index that was not built.
    Must(norms.Append({}));
    Must(store->Append(article.SerializeAsString()));
  }
  database.commit();
  Must(tokens->Finish());
  Must(norms.Finish());
  WriteColumns(base, articles);
  WriteCopies(base, articles.size());
  WriteVocabulary(base);
  Must(store->Finish());
  database.compact(base.string());
  database.close();
  fs::remove_all(raw);
  // Xapian's own lock, of no use in what is never written again.
  fs::remove(base / "flintlock");
}

void Describe(const fs::path& folder, storage::Manifest* manifest) {
  manifest->files.clear();
  for (const fs::directory_entry& entry : fs::directory_iterator(folder / storage::kBaseName)) {
    manifest->files.push_back(
        Must(base::DescribeFile(folder / storage::kBaseName, entry.path().filename().string())));
  }
}

std::string LittleEndian(const std::vector<uint32_t>& units) {
  return {reinterpret_cast<const char*>(units.data()), units.size() * sizeof(uint32_t)};
}

}  // namespace

v1::Article MakeArticle(std::string_view id, std::string_view headline, std::string_view body) {
  v1::Article article;
  article.set_id(std::string(id));
  article.set_headline(std::string(headline));
  article.set_body(std::string(body));
  article.set_language("en");
  return article;
}

Xapian::Document MakeLiveDocument(const v1::Article& article) {
  Analysed analysed = Analyse(article);
  analysed.document.set_data(article.SerializeAsString());
  analysed.document.add_value(schema::SlotNumber(schema::Slot::kTokens),
                              LittleEndian(Packed(analysed.run)));
  analysed.document.add_value(schema::SlotNumber(schema::Slot::kColumns),
                              storage::EncodeColumns(storage::ColumnsOf(article)));
  return analysed.document;
}

storage::GenerationRef TinyIndex::Publish(const std::vector<v1::Article>& articles) {
  const storage::GenerationRef ref = Write(articles);
  Must(storage::SetCurrent(LockOf(layout_), ref));
  return ref;
}

storage::GenerationRef TinyIndex::Write(const std::vector<v1::Article>& articles) {
  storage::IndexLock lock = Must(storage::IndexLock::Acquire(layout_, "a test"));
  storage::Manifest manifest;
  manifest.ref.number = Must(lock.TakeGenerationNumber());
  manifest.ref.build_id = absl::StrFormat("%032x", manifest.ref.number);
  manifest.analyzer_version = text::kAnalyzerVersion;
  manifest.software = "broadsheet test";
  manifest.built = absl::FromUnixSeconds(1'718'784'000);
  manifest.token_seed = kTokenSeed;
  manifest.articles = articles.size();
  manifest.undated = articles.size();
  manifest.languages = {{"en", articles.size()}};
  const fs::path folder = layout_.generation(manifest.ref.number);
  fs::create_directories(folder / storage::kBaseName);
  WriteBase(folder / storage::kBaseName, articles);
  Describe(folder, &manifest);
  Must(storage::WriteManifest(folder, manifest));
  return manifest.ref;
}

uint64_t TinyIndex::WriteAbandoned() {
  storage::IndexLock lock = Must(storage::IndexLock::Acquire(layout_, "a test"));
  const uint64_t number = Must(lock.TakeGenerationNumber());
  const fs::path folder = layout_.generation(number);
  fs::create_directories(folder / storage::kBaseName);
  WriteBase(folder / storage::kBaseName, {MakeArticle("x", "Unfinished")});
  return number;
}

void TinyIndex::WriteLive(const std::vector<v1::Article>& upserts,
                          const std::vector<uint32_t>& tombstones) {
  const fs::path live = current_folder() / storage::kLiveName;
  Xapian::WritableDatabase database(live.string(), Xapian::DB_CREATE_OR_OPEN);
  for (const v1::Article& article : upserts) {
    database.replace_document(schema::IdTerm(article.id()), MakeLiveDocument(article));
  }
  for (const uint32_t docid : tombstones) {
    database.set_metadata(storage::TombstoneKey(docid), std::string(storage::kTombstoneValue));
  }
  database.commit();
}

void TinyIndex::Revouch(uint64_t number) {
  const fs::path folder = layout_.generation(number);
  storage::Manifest manifest = Must(storage::ReadManifest(folder));
  Describe(folder, &manifest);
  Must(storage::WriteManifest(folder, manifest));
}

fs::path TinyIndex::current_folder() const {
  return layout_.generation(Must(storage::ReadCurrent(layout_)).number);
}

}  // namespace broadsheet::testing
