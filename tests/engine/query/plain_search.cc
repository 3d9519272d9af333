// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/query/plain_search.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "engine/query/compile/spellings.h"
#include "engine/schema/field_table.h"

namespace broadsheet::query {
namespace {

using schema::FieldId;

bool IsIn(const Node& node, FieldId field) {
  return node.field ? *node.field == field : schema::FieldOf(field).weight > 0;
}

std::function<bool(const PlainWord&)> AnyTerm(std::function<bool(const std::string&)> is) {
  return [is = std::move(is)](const PlainWord& position) {
    return std::any_of(position.forms.begin(), position.forms.end(),
                       [&](const PlainWord::Form& form) { return is(form.term); });
  };
}

}  // namespace

PlainArticle ReadPlain(text::Analyzer& analyzer, const v1::Article& article) {
  PlainArticle plain;
  const auto add = [&](FieldId field, const std::string& text) {
    PlainText& read = plain.emplace_back(PlainText{.field = field, .positions = {}});
    int sentence = 0;
    int paragraph = 0;
    const bool stemmed = schema::FieldOf(field).stemmed;
    analyzer.Analyze(text, stemmed ? article.language() : "", [&](const text::Token& token) {
      if (!token.alternative) {
        sentence += token.before == text::Break::kNone ? 0 : 1;
        paragraph += token.before == text::Break::kParagraph ? 1 : 0;
        read.positions.push_back({.forms = {}, .sentence = sentence, .paragraph = paragraph});
      }
      read.positions.back().forms.push_back({std::string(token.term), std::string(token.exact)});
    });
  };
  add(FieldId::kHeadline, article.headline());
  add(FieldId::kSummary, article.summary());
  add(FieldId::kBody, article.body());
  for (const v1::Caption& caption : article.captions()) {
    add(FieldId::kCaption, caption.text());
    add(FieldId::kCredit, caption.credit());
  }
  for (const std::string& tag : article.tags()) add(FieldId::kTag, tag);
  for (const v1::Byline& byline : article.bylines()) add(FieldId::kByline, byline.name());
  add(FieldId::kDateline, article.dateline());
  return plain;
}

PlainSearch::Spellings PlainSearch::WordsOf(const Node& word, bool in_row) {
  const bool stemmed = !word.field || schema::FieldOf(*word.field).stemmed;
  const auto found =
      text::AnalyzeQuery(analyzer_, word.text, stemmed ? languages_ : std::vector<std::string>());
  const auto any_of = [](const std::vector<std::string>& terms) {
    return AnyTerm([terms](const std::string& term) {
      return std::find(terms.begin(), terms.end(), term) != terms.end();
    });
  };
  Spellings all;
  std::vector<Position> row;
  const std::function<void(size_t)> spell = [&](size_t at) {
    if (at == found.size()) return all.push_back(row);
    const text::QueryWord& one = found[at];
    const size_t size = row.size();
    const auto add = [&](Position position, size_t next, const std::string& number = "") {
      row.push_back(std::move(position));
      if (!number.empty()) row.push_back(any_of({number}));
      spell(next);
      row.resize(size);
    };
    const bool last = at + 1 == found.size();
    if (word.form == WordForm::kExact) {
      add(
          [exact = one.exact](const PlainWord& position) {
            return std::any_of(position.forms.begin(), position.forms.end(),
                               [&](const PlainWord::Form& form) { return form.exact == exact; });
          },
          at + 1);
    } else if (last && word.form == WordForm::kPrefix) {
      add(AnyTerm([start = one.terms.front()](const std::string& term) {
            return term.compare(0, start.size(), start) == 0;
          }),
          at + 1);
    } else if (last && word.form == WordForm::kFuzzy) {
      // How near a stem is to a word is told by spellings_test. In this news there is always a word
      // one letter away, so two letters are only reached where they are asked for.
      const int edits = std::max(word.distance, 1);
      const auto languages = stemmed ? languages_ : std::vector<std::string>();
      const std::string& typed = one.terms.front();
      const auto near = std::make_shared<query::Spellings>(analyzer_, typed, languages, edits);
      add(AnyTerm([near, edits, first = typed[0]](const std::string& term) {
            return term[0] == first && near->DistanceTo(term) <= edits;
          }),
          at + 1);
    } else {
      add(any_of(one.terms), at + 1);
      if (word.form != WordForm::kPlain) return;
      size_t next = at;
      while (next < found.size() && found[next].end <= one.whole_end) ++next;
      if (!one.whole_terms.empty()) add(any_of(one.whole_terms), next);
      // By itself "covid19" is found in "COVID-19" anyway.
      if (!one.number.empty() && (in_row || found.size() > 1))
        add(any_of(one.terms), at + 1, one.number);
    }
  };
  spell(0);
  return all;
}

const PlainSearch::Spellings& PlainSearch::PhraseOf(const Node& node) {
  const auto [known, is_new] = phrases_.try_emplace(&node);
  Spellings& all = known->second;
  if (!is_new) return all;
  if (node.kind == NodeKind::kWord) return all = WordsOf(node, false);
  all.emplace_back();
  for (const Node& word : node.children) {
    Spellings longer;
    for (const std::vector<Position>& start : all) {
      for (const std::vector<Position>& words : WordsOf(word, node.children.size() > 1)) {
        longer.push_back(start);
        longer.back().insert(longer.back().end(), words.begin(), words.end());
      }
    }
    all = std::move(longer);
  }
  return all;
}

std::vector<PlainSearch::Span> PlainSearch::SpansOf(const Node& operand, const PlainText& text) {
  std::vector<Span> spans;
  if (operand.kind == NodeKind::kOr) {
    for (const Node& child : operand.children) {
      for (const Span& span : SpansOf(child, text)) spans.push_back(span);
    }
    return spans;
  }
  for (const std::vector<Position>& words : PhraseOf(operand)) {
    AddSpans(operand, words, text, &spans);
  }
  return spans;
}

void PlainSearch::AddSpans(const Node& operand, const std::vector<Position>& words,
                           const PlainText& text, std::vector<Span>* spans) {
  const auto slop = static_cast<size_t>(operand.kind == NodeKind::kPhrase ? operand.distance : 0);
  const std::function<void(size_t, size_t, size_t)> extend = [&](size_t word, size_t first,
                                                                 size_t next) {
    if (word == words.size()) {
      spans->push_back({.first = first, .last = next - 1, .words = word});
      return;
    }
    for (size_t at = next; at < text.positions.size(); ++at) {
      const size_t start = word == 0 ? at : first;
      if (at - start > word + slop) break;
      if (words[word](text.positions[at])) extend(word + 1, start, at + 1);
    }
  };
  extend(0, 0, 0);
}

bool PlainSearch::IsNear(const Node& near, const PlainText& text, const std::vector<Span>& chosen) {
  size_t first = text.positions.size();
  size_t last = 0;
  size_t words = 0;
  for (size_t i = 0; i < chosen.size(); ++i) {
    first = std::min(first, chosen[i].first);
    last = std::max(last, chosen[i].last);
    words += chosen[i].words;
    for (size_t j = 0; j < i; ++j) {
      if (chosen[i].first <= chosen[j].last && chosen[j].first <= chosen[i].last) return false;
      if (near.ordered && chosen[i].first < chosen[j].first) return false;
    }
  }
  const PlainWord& begin = text.positions[first];
  const PlainWord& end = text.positions[last];
  switch (near.unit) {
    case NearUnit::kWords:
      return last - first + 1 - words < static_cast<size_t>(near.distance);
    case NearUnit::kSentence:
      return begin.sentence == end.sentence;
    case NearUnit::kParagraph:
      return begin.paragraph == end.paragraph;
  }
  return false;
}

bool PlainSearch::NearIn(const Node& near, const PlainText& text) {
  std::vector<std::vector<Span>> spans;
  for (const Node& operand : near.children) {
    spans.push_back(SpansOf(operand, text));
    if (spans.back().empty()) return false;
  }
  std::vector<Span> chosen;
  const std::function<bool(size_t)> choose = [&](size_t operand) {
    if (operand == spans.size()) return IsNear(near, text, chosen);
    return std::any_of(spans[operand].begin(), spans[operand].end(), [&](const Span& span) {
      chosen.push_back(span);
      const bool matched = choose(operand + 1);
      chosen.pop_back();
      return matched;
    });
  };
  return choose(0);
}

bool PlainSearch::Matches(const Node& node, const PlainArticle& article) {
  const auto matches = [&](const Node& child) { return Matches(child, article); };
  switch (node.kind) {
    case NodeKind::kAnd:
      return std::all_of(node.children.begin(), node.children.end(), matches);
    case NodeKind::kOr:
      return std::any_of(node.children.begin(), node.children.end(), matches);
    case NodeKind::kNot:
      return !Matches(node.children.front(), article);
    case NodeKind::kNear:
      return std::any_of(article.begin(), article.end(), [&](const PlainText& text) {
        return IsIn(node, text.field) && NearIn(node, text);
      });
    default:
      return std::any_of(article.begin(), article.end(), [&](const PlainText& text) {
        return IsIn(node, text.field) && !SpansOf(node, text).empty();
      });
  }
}

}  // namespace broadsheet::query
