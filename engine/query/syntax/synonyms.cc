// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/syntax/synonyms.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <sstream>

#include "absl/status/status.h"
#include "absl/strings/str_format.h"
#include "engine/query/syntax/chain.h"
#include "engine/text/utf8.h"

namespace broadsheet::query {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
constexpr std::string_view kArrow = "=>";
constexpr std::string_view kBlank = " \t\r";

std::string_view Trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

std::vector<std::string> SplitAt(char separator, std::string_view text) {
  std::vector<std::string> parts;
  std::istringstream in{std::string(text)};
  for (std::string part; std::getline(in, part, separator);) {
    if (!Trimmed(part).empty()) parts.emplace_back(Trimmed(part));
  }
  return parts;
}

// The language that a heading names: "en", or every language; nullopt when it names none.
std::optional<std::string> LanguageOf(std::string_view heading) {
  const std::string_view name = Trimmed(heading.substr(1, heading.size() - 2));
  const auto is_small_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  const bool is_tag = (name.size() == 2 || name.size() == 3) &&
                      std::all_of(name.begin(), name.end(), is_small_letter);
  if (!is_tag && name != Synonyms::kEveryLanguage) return std::nullopt;
  return std::string(name);
}

}  // namespace

// Reads one file, line by line.
class SynonymReader {
 public:
  explicit SynonymReader(text::Analyzer& analyzer) : analyzer_(analyzer) {}

  // An error says what is wrong, without the place.
  absl::Status ReadLine(std::string_view line);
  Synonyms Take();

 private:
  // The rule for `text` in the present language; made if there is none yet.
  absl::StatusOr<Synonyms::Rule*> RuleFor(const std::string& text);
  absl::Status Add(const std::string& text, const std::vector<std::string>& alternatives);

  text::Analyzer& analyzer_;
  std::string language_{Synonyms::kEveryLanguage};
  Synonyms synonyms_;
};

absl::Status SynonymReader::ReadLine(std::string_view line) {
  if (!text::IsValidUtf8(line)) return absl::InvalidArgumentError("the line is not UTF-8");
  line = Trimmed(line);
  if (line.empty() || line.front() == '#') return absl::OkStatus();
  if (line.front() == '[' && line.back() == ']') {
    const std::optional<std::string> language = LanguageOf(line);
    if (!language) {
      return absl::InvalidArgumentError(absl::StrFormat(
          "%s names no language; headings are such as [en], and [*] for all", std::string(line)));
    }
    language_ = *language;
    return absl::OkStatus();
  }
  const size_t arrow = line.find(kArrow);
  const bool one_way = arrow != std::string_view::npos;
  const std::vector<std::string> left = SplitAt(',', line.substr(0, arrow));
  const std::vector<std::string> right =
      one_way ? SplitAt(',', line.substr(arrow + kArrow.size())) : left;
  if (left.empty() || right.empty() || (!one_way && left.size() == 1)) {
    return absl::InvalidArgumentError(
        "a line has two words or more with commas between them, or => with words on both sides");
  }
  for (const std::string& text : left) {
    if (absl::Status added = Add(text, right); !added.ok()) return added;
  }
  return absl::OkStatus();
}

absl::StatusOr<Synonyms::Rule*> SynonymReader::RuleFor(const std::string& text) {
  std::vector<std::string> words = Synonyms::WordsOf(text, language_, analyzer_);
  if (words.empty()) {
    return absl::InvalidArgumentError(absl::StrFormat("there is no word in \"%s\"", text));
  }
  if (words.size() > Synonyms::kMostWords) {
    return absl::InvalidArgumentError(
        absl::StrFormat("\"%s\" has %d words; at most %d may stand in "
                        "a row",
                        text, words.size(), Synonyms::kMostWords));
  }
  std::vector<Synonyms::Rule>& rules = synonyms_.rules_[{language_, words.front()}];
  for (Synonyms::Rule& rule : rules) {
    if (rule.words == words) return &rule;
  }
  rules.push_back({.words = std::move(words), .alternatives = {}});
  return &rules.back();
}

absl::Status SynonymReader::Add(const std::string& text,
                                const std::vector<std::string>& alternatives) {
  const absl::StatusOr<Synonyms::Rule*> rule = RuleFor(text);
  if (!rule.ok()) return rule.status();
  std::vector<std::string>& known = (*rule)->alternatives;
  for (const std::string& alternative : alternatives) {
    const std::vector<std::string> words = Synonyms::WordsOf(alternative, language_, analyzer_);
    if (words.empty()) {
      return absl::InvalidArgumentError(absl::StrFormat("there is no word in \"%s\"", alternative));
    }
    if (words == (*rule)->words) continue;
    if (std::find(known.begin(), known.end(), alternative) == known.end()) {
      known.push_back(alternative);
    }
  }
  if (known.size() <= Synonyms::kMostAlternatives) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrFormat("\"%s\" has %d alternatives; at most %d are taken", text, known.size(),
                      Synonyms::kMostAlternatives));
}

Synonyms SynonymReader::Take() {
  for (auto& [key, rules] : synonyms_.rules_) {
    // "flat => flats" says nothing where both have one stem.
    std::erase_if(rules, [](const Synonyms::Rule& rule) { return rule.alternatives.empty(); });
    std::stable_sort(rules.begin(), rules.end(),
                     [](const auto& a, const auto& b) { return a.words.size() > b.words.size(); });
  }
  std::erase_if(synonyms_.rules_, [](const auto& entry) { return entry.second.empty(); });
  return std::move(synonyms_);
}

absl::StatusOr<Synonyms> Synonyms::Parse(std::string_view text, text::Analyzer& analyzer) {
  if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark) {
    text.remove_prefix(kByteOrderMark.size());
  }
  SynonymReader reader(analyzer);
  for (size_t number = 1; !text.empty(); ++number) {
    const size_t end = std::min(text.find('\n'), text.size());
    if (absl::Status read = reader.ReadLine(text.substr(0, end)); !read.ok()) {
      return absl::InvalidArgumentError(
          absl::StrFormat("line %d: %s", number, std::string(read.message())));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return reader.Take();
}

const std::vector<Synonyms::Rule>* Synonyms::Find(const std::string& language,
                                                  const std::string& word) const {
  const auto found = rules_.find({language, word});
  return found == rules_.end() ? nullptr : &found->second;
}

std::vector<std::string> Synonyms::WordsOf(std::string_view text, const std::string& language,
                                           text::Analyzer& analyzer) {
  const bool every = language == kEveryLanguage;
  const std::vector<std::string> stemmed_in =
      every ? std::vector<std::string>() : std::vector<std::string>{language};
  std::vector<std::string> words;
  for (text::QueryWord& word : text::AnalyzeQuery(analyzer, text, stemmed_in)) {
    words.push_back(std::move(word.terms.back()));
  }
  return words;
}

namespace {

// How many nodes a rule takes up, and what else they may be.
struct FoundRule {
  size_t nodes = 0;
  std::vector<std::string> alternatives = {};
};

class SynonymAdder {
 public:
  SynonymAdder(const Synonyms& synonyms, MatchMode match, const std::vector<std::string>& languages,
               text::Analyzer& analyzer)
      : synonyms_(synonyms), match_(match), languages_(languages), analyzer_(analyzer) {
    languages_.emplace_back(Synonyms::kEveryLanguage);
  }

  // Bounded by Limits::max_nesting, as the tree is.
  void Add(Node* node);

 private:
  // Looks from nodes[at] on, over at most `most` nodes.
  FoundRule FindAt(const std::vector<Node>& nodes, size_t at, size_t most);
  FoundRule FindIn(const std::string& language, const std::vector<Node>& nodes, size_t at,
                   size_t most);

  const Synonyms& synonyms_;
  const MatchMode match_;
  std::vector<std::string> languages_;
  text::Analyzer& analyzer_;
};

bool MayHaveSynonyms(const Node& node) {
  return node.kind == NodeKind::kWord && node.form == WordForm::kPlain;
}

// `text` as a word of a query, or as a phrase, in the field and at the place of `typed`.
Node AlternativeTo(const Node& typed, const std::string& text) {
  std::vector<Node> words;
  for (std::string& word : SplitAt(' ', text)) {
    words.push_back({.span = typed.span, .field = typed.field, .text = std::move(word)});
  }
  if (words.size() == 1) return std::move(words.front());
  return {.kind = NodeKind::kPhrase,
          .span = typed.span,
          .field = typed.field,
          .children = std::move(words)};
}

Node WithAlternatives(Node typed, const std::vector<std::string>& alternatives) {
  Node like = typed.kind == NodeKind::kWord ? typed : typed.children.front();
  like.span = typed.span;
  Node same{.kind = NodeKind::kOr, .span = typed.span, .same_meaning = true};
  same.children.push_back(std::move(typed));
  for (const std::string& text : alternatives) same.children.push_back(AlternativeTo(like, text));
  return same;
}

void SynonymAdder::Add(Node* node) {
  if (MayHaveSynonyms(*node)) {
    const FoundRule found = FindAt({*node}, 0, 1);
    if (found.nodes > 0) *node = WithAlternatives(std::move(*node), found.alternatives);
    return;
  }
  const bool chain = node->kind == NodeKind::kAnd || node->kind == NodeKind::kOr;
  if (!chain && node->kind != NodeKind::kNot) return;
  // Words that were joined by an operator other than the usual one are no row.
  const NodeKind row = match_ == MatchMode::kAny ? NodeKind::kOr : NodeKind::kAnd;
  const size_t most = node->kind == row ? Synonyms::kMostWords : 1;
  std::vector<Node> children;
  for (size_t at = 0; at < node->children.size();) {
    const FoundRule found = FindAt(node->children, at, most);
    if (found.nodes == 0) {
      Node& child = node->children[at++];
      if (!MayHaveSynonyms(child)) Add(&child);
      children.push_back(std::move(child));
      continue;
    }
    const auto begin = std::next(node->children.begin(), static_cast<std::ptrdiff_t>(at));
    const auto end = std::next(begin, static_cast<std::ptrdiff_t>(found.nodes));
    std::vector<Node> typed(std::make_move_iterator(begin), std::make_move_iterator(end));
    children.push_back(WithAlternatives(Combine(node->kind, std::move(typed)), found.alternatives));
    at += found.nodes;
  }
  if (node->kind == NodeKind::kNot) {
    node->children = std::move(children);
  } else {
    *node = Combine(node->kind, std::move(children));
  }
}

FoundRule SynonymAdder::FindAt(const std::vector<Node>& nodes, size_t at, size_t most) {
  FoundRule best;
  for (const std::string& language : languages_) {
    FoundRule found = FindIn(language, nodes, at, most);
    if (found.nodes < best.nodes || found.nodes == 0) continue;
    if (found.nodes > best.nodes) {
      best = std::move(found);
      continue;
    }
    for (std::string& text : found.alternatives) {
      const auto known = std::find(best.alternatives.begin(), best.alternatives.end(), text);
      if (known == best.alternatives.end()) best.alternatives.push_back(std::move(text));
    }
  }
  return best;
}

FoundRule SynonymAdder::FindIn(const std::string& language, const std::vector<Node>& nodes,
                               size_t at, size_t most) {
  std::vector<std::string> words;
  std::vector<size_t> ends;  // of each node, in words
  const std::vector<Synonyms::Rule>* rules = nullptr;
  for (size_t i = at; i < nodes.size() && i < at + most; ++i) {
    if (!MayHaveSynonyms(nodes[i]) || nodes[i].field != nodes[at].field) break;
    std::vector<std::string> more = Synonyms::WordsOf(nodes[i].text, language, analyzer_);
    std::move(more.begin(), more.end(), std::back_inserter(words));
    ends.push_back(words.size());
    if (words.empty() || words.size() > Synonyms::kMostWords) break;
    if (i == at) rules = synonyms_.Find(language, words.front());
    if (rules == nullptr) return {};
  }
  if (rules == nullptr) return {};
  for (const Synonyms::Rule& rule : *rules) {
    const auto end = std::find(ends.begin(), ends.end(), rule.words.size());
    if (end == ends.end()) continue;
    if (!std::equal(rule.words.begin(), rule.words.end(), words.begin())) continue;
    return {.nodes = static_cast<size_t>(end - ends.begin()) + 1,
            .alternatives = rule.alternatives};
  }
  return {};
}

}  // namespace

void AddSynonyms(const Synonyms& synonyms, MatchMode match,
                 const std::vector<std::string>& languages, text::Analyzer& analyzer, Node* root) {
  SynonymAdder(synonyms, match, languages, analyzer).Add(root);
}

}  // namespace broadsheet::query
