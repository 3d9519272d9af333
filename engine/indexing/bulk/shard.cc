// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/bulk/shard.h"

#include <string>
#include <system_error>
#include <utility>

#include "absl/strings/str_format.h"
#include "engine/base/file_error.h"
#include "engine/indexing/document/xapian_document.h"
#include "engine/storage/index/layout.h"
#include "engine/xapian/guard.h"

namespace broadsheet::indexing {
namespace {

// No sync: the shard is temporary. No term lists: base/ is never changed and nothing reads them
// (docs/decisions/0001-base-without-term-lists.md).
constexpr int kShardFlags =
    Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS | Xapian::DB_NO_SYNC | Xapian::DB_NO_TERMLIST;

}  // namespace

std::filesystem::path ShardDatabase(const std::filesystem::path& shard) { return shard / "db"; }
std::filesystem::path ShardTokens(const std::filesystem::path& shard) {
  return shard / storage::kTokensName;
}

ShardWriter::ShardWriter(std::filesystem::path folder, DocumentAnalyzer* analyzer,
                         storage::RunPacker* packer)
    : folder_(std::move(folder)), analyzer_(analyzer), packer_(packer) {}

absl::StatusOr<std::unique_ptr<ShardWriter>> ShardWriter::Create(
    const std::filesystem::path& folder, const storage::ArticleDictionaries& dictionaries,
    DocumentAnalyzer* analyzer, storage::RunPacker* packer) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return base::FileError(error.value(), "cannot make the folder", folder);
  std::unique_ptr<ShardWriter> writer(new ShardWriter(folder, analyzer, packer));
  const std::string database = ShardDatabase(folder).string();
  absl::Status made = xapian::Guard("cannot create " + database, [&] {
    writer->database_ = Xapian::WritableDatabase(database, kShardFlags);
  });
  if (!made.ok()) return made;
  // The merged file has the frequent words.
  auto tokens = storage::TokenFileWriter::Create(ShardTokens(folder), {});
  if (!tokens.ok()) return tokens.status();
  writer->tokens_ = *std::move(tokens);
  auto articles = storage::SplitArticlesWriter::Create(folder, dictionaries);
  if (!articles.ok()) return articles.status();
  writer->articles_ = *std::move(articles);
  return writer;
}

absl::Status ShardWriter::Analyze(std::string_view serialized) {
  if (!article_.ParseFromArray(serialized.data(), static_cast<int>(serialized.size()))) {
    return absl::InternalError("cannot read back an article from the build's temporary files");
  }
  const DocumentTerms& terms = analyzer_->Analyze(article_);
  if (absl::Status status = tokens_->Append(packer_->Pack(terms.tokens)); !status.ok())
    return status;
  counts_.Add(article_);
  Await(terms);
  return absl::OkStatus();
}

void ShardWriter::Await(const DocumentTerms& terms) {
  Waiting& waiting = waiting_.emplace_back();
  waiting.id = article_.id();
  waiting.terms.slots = terms.slots;
  for (const DocumentTerm& term : terms.terms) waiting.bytes += term.term;
  waiting.terms.terms.reserve(terms.terms.size());
  const char* at = waiting.bytes.data();
  for (const DocumentTerm& term : terms.terms) {
    waiting.terms.terms.push_back({.term = {at, term.term.size()}, .wdf = term.wdf});
    at += term.term.size();
  }
}

absl::Status ShardWriter::AddWaiting() {
  for (; !waiting_.empty(); waiting_.pop_front()) {
    const Waiting& next = waiting_.front();
    // Xapian drops all pending documents when one fails, so a failure ends the build. It cannot be
    // the article's fault: DocumentTerms are within Xapian's limits.
    absl::Status added = xapian::Guard(absl::StrFormat("cannot index the article %s", next.id),
                                       [&] { database_.add_document(MakeDocument(next.terms)); });
    if (!added.ok()) return added;
  }
  return absl::OkStatus();
}

absl::Status ShardWriter::Finish() {
  if (absl::Status status = AddWaiting(); !status.ok()) return status;
  absl::Status committed = xapian::Guard("cannot write " + ShardDatabase(folder_).string(), [&] {
    database_.commit();
    database_.close();
  });
  if (!committed.ok()) return committed;
  if (absl::Status status = tokens_->Finish(); !status.ok()) return status;
  return articles_->Finish();
}

}  // namespace broadsheet::indexing
