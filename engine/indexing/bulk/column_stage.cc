// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/bulk/column_stage.h"

#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_format.h"
#include "engine/indexing/sort/external_sorter.h"
#include "engine/schema/field_values.h"
#include "engine/schema/terms.h"
#include "engine/storage/base/split_articles.h"
#include "engine/storage/columns/article_columns.h"
#include "engine/storage/columns/value_rows.h"
#include "engine/storage/columns/value_table.h"
#include "engine/storage/index/layout.h"
#include "engine/storage/vocabulary/headline_list.h"

namespace broadsheet::indexing {
namespace {

using storage::ArticleColumns;
using storage::StatedDate;

// Of each sorter's share of the memory.
constexpr uint64_t kSorters = 3;
constexpr uint32_t kArticlesBetweenChecks = 1024;
constexpr size_t kNumberBytes = sizeof(uint32_t);

// Two sorts. The first is of values, with the docids that have each; it gives values their numbers.
// The second is by docid: the key is the docid, and a number behind it, or nothing behind it where
// the payload is the date.
class ColumnStage {
 public:
  ColumnStage(const ColumnOptions& options, Monitor& monitor)
      : options_(options),
        monitor_(monitor),
        by_value_(SortedAs("values")),
        by_docid_(SortedAs("columns")),
        by_headline_(SortedAs("headlines")) {}

  absl::Status Run();

 private:
  SorterOptions SortedAs(std::string_view name) const {
    return {.folder = options_.folder,
            .name = std::string(name),
            .memory_bytes = options_.memory_bytes / kSorters};
  }
  absl::Status ReadCards();
  absl::Status AddArticle(uint32_t docid, const ArticleColumns& columns);
  absl::Status AddHeadline(uint32_t docid, std::string_view headline);
  absl::Status NumberValues();
  absl::Status WriteRows();
  absl::Status WriteHeadlines();

  const ColumnOptions& options_;
  Monitor& monitor_;
  ExternalSorter by_value_;
  ExternalSorter by_docid_;
  ExternalSorter by_headline_;
};

absl::Status ColumnStage::Run() {
  absl::Status status = ReadCards();
  if (status.ok()) status = NumberValues();
  if (status.ok()) status = WriteRows();
  if (status.ok()) status = WriteHeadlines();
  return status;
}

absl::Status ColumnStage::ReadCards() {
  const auto articles = storage::SplitArticles::Open(options_.base);
  if (!articles.ok()) return articles.status();
  std::string card;
  for (uint32_t docid = 1; docid <= (*articles)->count(); ++docid) {
    absl::Status status;
    if (docid % kArticlesBetweenChecks == 0) status = monitor_.Check();
    if (status.ok()) status = (*articles)->ReadCard(docid, &card);
    if (!status.ok()) return status;
    const auto article = storage::ParseCard(card, absl::StrFormat("article %d", docid));
    if (!article.ok()) return article.status();
    status = AddArticle(docid, storage::ColumnsOf(*article));
    if (status.ok()) status = AddHeadline(docid, schema::HeadlineOf(*article));
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status ColumnStage::AddArticle(uint32_t docid, const ArticleColumns& columns) {
  const std::string key = schema::EncodeCount(docid);
  const uint64_t date = storage::EncodeDate(columns.date);
  absl::Status status = by_docid_.Add({.key = key, .payload = storage::BytesOf(date)});
  for (const std::string& value : columns.values) {
    if (!status.ok()) return status;
    status = by_value_.Add({.key = value, .payload = key});
  }
  return status;
}

absl::Status ColumnStage::AddHeadline(uint32_t docid, std::string_view headline) {
  const std::string folded = storage::FoldHeadline(headline);
  if (folded.empty()) return absl::OkStatus();
  return by_headline_.Add({.key = folded, .payload = schema::EncodeCount(docid)});
}

absl::Status ColumnStage::NumberValues() {
  auto writer = storage::ValueTableWriter::Create(options_.base / storage::kValuesName);
  if (!writer.ok()) return writer.status();
  const auto sorted = by_value_.Sort();
  if (!sorted.ok()) return sorted.status();
  std::string value;
  Record record;
  for (uint64_t read = 1;; ++read) {
    const absl::StatusOr<bool> more = (*sorted)->Next(&record);
    if (!more.ok()) return more.status();
    if (!*more) return writer->Finish();
    absl::Status status;
    if (read % kArticlesBetweenChecks == 0) status = monitor_.Check();
    if (status.ok() && (writer->count() == 0 || record.key != value)) {
      value = record.key;
      status = writer->Append(value);
    }
    if (!status.ok()) return status;
    const std::string key = std::string(record.payload) + schema::EncodeCount(writer->count() - 1);
    status = by_docid_.Add({.key = key, .payload = {}});
    if (!status.ok()) return status;
  }
}

absl::Status ColumnStage::WriteRows() {
  auto writer = storage::ValueRowsWriter::Create(options_.base / storage::kColumnsName);
  if (!writer.ok()) return writer.status();
  const auto sorted = by_docid_.Sort();
  if (!sorted.ok()) return sorted.status();
  StatedDate date;
  std::vector<uint32_t> numbers;
  Record record;
  for (uint64_t read = 0;; ++read) {
    const absl::StatusOr<bool> more = (*sorted)->Next(&record);
    if (!more.ok()) return more.status();
    if (*more && record.key.size() > kNumberBytes) {
      numbers.push_back(schema::DecodeCount(record.key.substr(kNumberBytes)));
      continue;
    }
    // The next document begins, or there is none.
    absl::Status status = read == 0 ? absl::OkStatus() : writer->Append(date, numbers);
    if (status.ok() && read % kArticlesBetweenChecks == 0) status = monitor_.Check();
    if (!status.ok()) return status;
    if (!*more) return writer->Finish();
    uint64_t bits = 0;
    std::memcpy(&bits, record.payload.data(), sizeof(bits));
    date = storage::DecodeDate(bits);
    numbers.clear();
  }
}

absl::Status ColumnStage::WriteHeadlines() {
  auto writer = storage::HeadlineListWriter::Create(options_.base / storage::kHeadlinesName);
  if (!writer.ok()) return writer.status();
  const auto sorted = by_headline_.Sort();
  if (!sorted.ok()) return sorted.status();
  Record record;
  for (uint64_t read = 1;; ++read) {
    const absl::StatusOr<bool> more = (*sorted)->Next(&record);
    if (!more.ok()) return more.status();
    if (!*more) return writer->Finish();
    absl::Status status = writer->Append(record.key, schema::DecodeCount(record.payload));
    if (status.ok() && read % kArticlesBetweenChecks == 0) status = monitor_.Check();
    if (!status.ok()) return status;
  }
}

}  // namespace

absl::Status WriteColumns(const ColumnOptions& options, Monitor& monitor) {
  return ColumnStage(options, monitor).Run();
}

}  // namespace broadsheet::indexing
