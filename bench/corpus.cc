// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/corpus.h"

#include <archive.h>
#include <archive_entry.h>
#include <simdjson.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <random>
#include <string_view>
#include <utility>

#include "engine/schema/article.h"
#include "engine/schema/published_time.h"

namespace broadsheet::bench {
namespace {

constexpr std::string_view kRealArticles = "data/articles/senate-72k.jsonl.xz";

// Lines of a compressed file.
class LineReader {
 public:
  explicit LineReader(const std::filesystem::path& path) : archive_(archive_read_new()) {
    archive_read_support_filter_all(archive_.get());
    archive_read_support_format_raw(archive_.get());
    archive_entry* entry = nullptr;
    open_ = archive_read_open_filename(archive_.get(), path.c_str(), kBlockBytes) == ARCHIVE_OK &&
            archive_read_next_header(archive_.get(), &entry) == ARCHIVE_OK;
  }

  bool Next(std::string* line) {
    line->clear();
    for (;;) {
      const size_t end = block_.find('\n', offset_);
      line->append(block_, offset_, end == std::string::npos ? end : end - offset_);
      if (end != std::string::npos) {
        offset_ = end + 1;
        return true;
      }
      if (!ReadBlock()) return !line->empty();
    }
  }

 private:
  static constexpr size_t kBlockBytes = 256 << 10;
  struct Free {
    void operator()(archive* a) const { archive_read_free(a); }
  };

  bool ReadBlock() {
    block_.resize(kBlockBytes);
    offset_ = 0;
    const la_ssize_t got =
        open_ ? archive_read_data(archive_.get(), block_.data(), block_.size()) : 0;
    block_.resize(got > 0 ? static_cast<size_t>(got) : 0);
    return got > 0;
  }

  std::unique_ptr<archive, Free> archive_;
  bool open_ = false;
  std::string block_;
  size_t offset_ = 0;
};

std::string Text(simdjson::dom::element object, std::string_view name) {
  std::string_view text;
  return object[name].get(text) == simdjson::SUCCESS ? std::string(text) : std::string();
}

v1::Article ToArticle(simdjson::dom::element object) {
  v1::Article article;
  article.set_id(Text(object, "id"));
  article.set_headline(Text(object, "headline"));
  article.set_summary(Text(object, "summary"));
  article.set_body(Text(object, "body"));
  article.set_source(Text(object, "source"));
  article.set_language(Text(object, "language"));
  const auto published = schema::ParsePublishedTime(Text(object, "published"));
  if (published.ok()) schema::SetPublishedTime(*published, &article);
  return article;
}

std::vector<v1::Article> ReadRealArticles(size_t count) {
  std::vector<v1::Article> articles;
  const char* const shared = std::getenv("BROADSHEET_SHARED");
  if (shared == nullptr) return articles;
  const std::filesystem::path path = std::filesystem::path(shared) / kRealArticles;
  LineReader lines(path);
  simdjson::dom::parser parser;
  std::string line;
  while (articles.size() < count && lines.Next(&line)) {
    simdjson::dom::element object;
    if (parser.parse(line).get(object) != simdjson::SUCCESS) continue;
    articles.push_back(ToArticle(object));
  }
  if (articles.empty()) std::cerr << "cannot read articles from " << path << "\n";
  return articles;
}

// Words of three syllables; word n is used about 1/n as often as the first, as Zipf's law has it.
class Vocabulary {
 public:
  std::string Word(std::mt19937& random) const {
    constexpr double kWords = 60'000;
    std::uniform_real_distribution<double> uniform(0, std::log(kWords));
    auto number = static_cast<size_t>(std::exp(uniform(random)));
    std::string word;
    do {
      word += kSyllables[number % kSyllables.size()];
      number /= kSyllables.size();
    } while (number > 0);
    return word;
  }

 private:
  static constexpr std::array<std::string_view, 40> kSyllables = {
      "the",  "an",  "ter",  "ment", "tion", "sen", "ate", "re",  "port", "pre",
      "con",  "de",  "per",  "ing",  "ers",  "al",  "ous", "com", "min",  "is",
      "gov",  "ern", "pol",  "it",   "ic",   "na",  "ly",  "for", "un",   "der",
      "stat", "or",  "ship", "day",  "year", "mil", "bud", "get", "law",  "vot"};
};

std::vector<v1::Article> GenerateArticles(size_t count) {
  constexpr int kWordsOfAnArticle = 480;
  std::mt19937 random(20240619);
  const Vocabulary vocabulary;
  std::vector<v1::Article> articles(count);
  for (size_t i = 0; i < count; ++i) {
    v1::Article& article = articles[i];
    article.set_id("generated-" + std::to_string(i));
    std::string headline;
    for (int word = 0; word < 8; ++word) headline += vocabulary.Word(random) + ' ';
    std::string body;
    for (int word = 0; word < kWordsOfAnArticle; ++word) {
      body += vocabulary.Word(random);
      body += word % 15 == 14 ? ". " : " ";
    }
    article.set_headline(headline);
    article.set_body(body);
    article.set_language("en");
    article.mutable_published_time()->set_seconds(1'000'000'000 +
                                                  static_cast<int64_t>(random() % 700'000'000));
    article.set_published_precision(v1::DATE_PRECISION_INSTANT);
  }
  return articles;
}

}  // namespace

Corpus LoadCorpus(size_t count) {
  Corpus corpus{"senate", ReadRealArticles(count), 0};
  if (corpus.articles.empty()) corpus = {"generated", GenerateArticles(count), 0};
  for (const v1::Article& article : corpus.articles) {
    corpus.text_bytes += schema::TextBytes(article);
  }
  return corpus;
}

}  // namespace broadsheet::bench
