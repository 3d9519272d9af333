// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/markup/xml_reader.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "indexer/sources/markup/tree_builder.h"
#include "indexer/sources/markup/xml_scope.h"

namespace broadsheet::sources::markup {
namespace {

// What stands between records in a document of millions of them is not worth keeping; the mark is
// one of byte order, where documents follow each other.
bool IsNothing(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

constexpr const char* kNotWellFormed = "not well-formed XML: ";

class Reading {
 public:
  Reading(Input& input, const XmlOptions& options, const XmlRecordSink& sink)
      : options_(options), sink_(sink), tokens_(input, options.max_record_bytes) {}

  absl::StatusOr<XmlOutcome> Run();

 private:
  // An element that has begun.
  struct Open {
    std::string name;
    size_t mark = 0;       // of its namespaces
    bool is_kept = false;  // in a tree
    // Of an element around records: the size of the tree before it, and how many children it had
    // when its first record began; nullopt before that.
    size_t bytes_before = 0;
    std::optional<size_t> head_nodes = std::nullopt;
  };

  bool in_record() const { return record_.depth() > 0; }
  void Take(XmlToken& token);
  void Start(XmlToken& token);
  void StartKept(Element element, bool is_record, Open open);
  void StartSkipped(const XmlToken& token, bool is_record);
  bool BeginsAnew() const;
  void End(const std::string& name);
  size_t FindOpen(const std::string& name) const;
  void EndDownTo(size_t depth);
  void EndInnermost(bool is_closed);
  void Text(std::string_view text);
  void MarkHeads();
  std::vector<XmlEnvelope> Envelopes() const;
  void CheckSize();
  void BreakOff(std::string why);
  void HandOut();
  void Finish(const absl::Status& read);

  XmlMistake Here(std::string what) {
    return {.what = std::move(what), .line = tokens_.line(), .byte_offset = tokens_.byte_offset()};
  }
  // Keeps what is wrong with tags: with the record, else with the document.
  void Trouble(XmlMistake mistake);
  void Mend(XmlMistake mistake) {
    if (outcome_.mended.what.empty()) outcome_.mended = std::move(mistake);
  }

  const XmlOptions& options_;
  const XmlRecordSink& sink_;
  XmlTokenizer tokens_;
  XmlScope scope_;
  XmlOutcome outcome_;
  absl::Status sunk_;

  std::vector<Open> open_;
  TreeBuilder around_;
  bool around_is_full_ = false;

  TreeBuilder record_;
  // Its place in open_.
  size_t record_depth_ = 0;
  std::string record_space_;
  uint64_t record_offset_ = 0;
  XmlMistake record_trouble_;
  absl::Status record_usable_;
  bool is_broken_off_ = false;

  // Below an element that is too deep, or in a record that is too large, nothing is kept. How many
  // elements are open there that have the name of one in open_.
  bool is_skipping_ = false;
  absl::flat_hash_map<std::string, size_t> skipped_;
};

void Reading::Trouble(XmlMistake mistake) {
  if (!in_record()) return Mend(std::move(mistake));
  if (record_trouble_.what.empty()) record_trouble_ = std::move(mistake);
}

void Reading::Take(XmlToken& token) {
  switch (token.kind) {
    case XmlTokenKind::kStart:
      Start(token);
      break;
    case XmlTokenKind::kEnd:
      End(token.name);
      break;
    case XmlTokenKind::kText:
      Text(token.text);
      break;
  }
  if (tokens_.has_tag_mistake()) Trouble(tokens_.TakeTagMistake());
}

void Reading::Start(XmlToken& token) {
  const size_t mark = scope_.mark();
  Element element = scope_.Enter(token, open_.empty());
  element.line = tokens_.line();
  const bool is_record = options_.is_record(element, in_record() ? record_.open() : around_.open());
  if (in_record() && is_record && BeginsAnew()) {
    BreakOff("it does not end before the next one begins");
  }
  if (!is_skipping_ && open_.size() >= kMaxDepth) {
    Trouble(Here(absl::StrFormat("elements are nested more than %d deep", kMaxDepth)));
    is_skipping_ = true;
  }
  if (is_skipping_) {
    scope_.Leave(mark);
    return StartSkipped(token, is_record);
  }
  StartKept(std::move(element), is_record, {.name = token.name, .mark = mark});
  if (token.is_empty) EndInnermost(true);
}

void Reading::StartKept(Element element, bool is_record, Open open) {
  if (!in_record() && is_record) {
    MarkHeads();
    record_depth_ = open_.size();
    record_space_ = scope_.space();
    record_offset_ = tokens_.byte_offset();
    record_trouble_ = {};
    record_usable_ = absl::OkStatus();
    is_broken_off_ = false;
    record_.Start(std::move(element));
    open.is_kept = true;
  } else if (in_record() || !around_is_full_) {
    open.bytes_before = around_.bytes();
    (in_record() ? record_ : around_).Start(std::move(element));
    open.is_kept = true;
  }
  open_.push_back(std::move(open));
  CheckSize();
}

// A record begins: what stands before it in the elements around it is their head.
void Reading::MarkHeads() {
  size_t kept = 0;
  for (Open& open : open_) {
    if (!open.is_kept) continue;
    const Element* element = around_.open_elements()[kept++];
    if (open.head_nodes.has_value()) continue;
    // The last child of all but the innermost is the next one.
    const bool is_innermost = kept == around_.open_elements().size();
    open.head_nodes = element->children.size() - (is_innermost ? 0 : 1);
  }
}

std::vector<XmlEnvelope> Reading::Envelopes() const {
  std::vector<XmlEnvelope> envelopes;
  size_t kept = 0;
  for (const Open& open : open_) {
    if (!open.is_kept) continue;
    envelopes.push_back(
        {.element = around_.open_elements()[kept++], .head_nodes = open.head_nodes.value_or(0)});
  }
  return envelopes;
}

void Reading::StartSkipped(const XmlToken& token, bool is_record) {
  if (is_record && !in_record()) ++outcome_.lost;
  const bool is_known = std::any_of(open_.begin(), open_.end(),
                                    [&](const Open& open) { return open.name == token.name; });
  if (is_known && !token.is_empty) ++skipped_[token.name];
}

// Whether an element that would be a record elsewhere means that the record did not end. In feeds
// one without mistakes may hold elements of that name, in an element of their own.
bool Reading::BeginsAnew() const {
  if (scope_.space() != record_space_) return false;
  const bool is_doubtful = is_skipping_ || !record_trouble_.what.empty();
  if (!options_.recover || is_doubtful || record_.depth() == 1) return true;
  const std::vector<Node>& before = record_.open()->children;
  return !before.empty() && before[0].element == nullptr && !IsNothing(before[0].text);
}

size_t Reading::FindOpen(const std::string& name) const {
  for (size_t depth = open_.size(); depth > 0; --depth) {
    if (open_[depth - 1].name == name) return depth;
  }
  for (size_t depth = open_.size(); depth > 0; --depth) {
    if (absl::EqualsIgnoreCase(open_[depth - 1].name, name)) return depth;
  }
  return 0;
}

void Reading::End(const std::string& name) {
  if (is_skipping_) {
    const auto skipped = skipped_.find(name);
    if (skipped != skipped_.end() && skipped->second > 0) {
      --skipped->second;
      return;
    }
  }
  const size_t depth = FindOpen(name);
  if (depth == 0) {
    if (!is_skipping_)
      Trouble(Here(absl::StrCat("the end tag ", QuotedTag("/" + name), " ends nothing")));
    return;
  }
  is_skipping_ = false;
  skipped_.clear();
  if (in_record() && depth <= record_depth_) {
    BreakOff(absl::StrCat("it does not end before ", QuotedTag("/" + name)));
  }
  EndDownTo(depth);
  EndInnermost(true);
}

// Ends what is open above `depth` elements, and has no end tag.
void Reading::EndDownTo(size_t depth) {
  while (open_.size() > depth) {
    Trouble(Here(absl::StrCat(QuotedTag(open_.back().name), " has no end tag")));
    EndInnermost(false);
  }
}

void Reading::EndInnermost(bool is_closed) {
  const bool is_kept = open_.back().is_kept;
  // An envelope says nothing of the records behind it; where a feed's channel ends too soon, it
  // does.
  const bool is_envelope = open_.back().head_nodes.has_value() && open_.back().name != "channel";
  const size_t bytes_before = open_.back().bytes_before;
  scope_.Leave(open_.back().mark);
  open_.pop_back();
  if (!is_kept) return;
  const bool was_in_record = in_record();
  TreeBuilder& tree = was_in_record ? record_ : around_;
  if (is_closed || tree.depth() == 1) {
    tree.End();
  } else {
    tree.EndUnclosed();
    return;
  }
  if (is_envelope && !was_in_record) tree.DropLast(bytes_before);
  if (was_in_record && !in_record()) HandOut();
}

void Reading::Text(std::string_view text) {
  if (is_skipping_) return;
  if (in_record()) {
    record_.Text(text);
  } else if (IsNothing(text)) {
    return;
  } else if (open_.empty()) {
    Mend(Here("text outside of all elements"));
  } else if (open_.back().is_kept) {
    around_.Text(text);
  }
  CheckSize();
}

void Reading::CheckSize() {
  if (in_record()) {
    if (record_.bytes() <= options_.max_record_bytes || is_skipping_) return;
    record_usable_ = absl::InvalidArgumentError(absl::StrFormat(
        "a record of more than %d bytes cannot be one article", options_.max_record_bytes));
    // Its end is still looked for, none of its content kept.
    is_skipping_ = true;
  } else if (around_.bytes() > options_.max_record_bytes && !around_is_full_) {
    Mend(Here(absl::StrFormat("more than %d bytes around the articles are not kept",
                              options_.max_record_bytes)));
    around_is_full_ = true;
  }
}

// Ends the record, which is not whole.
void Reading::BreakOff(std::string why) {
  is_skipping_ = false;
  skipped_.clear();
  is_broken_off_ = true;
  if (record_trouble_.what.empty()) record_trouble_ = Here(std::move(why));
  while (in_record()) EndInnermost(true);
}

void Reading::HandOut() {
  if (record_usable_.ok() && !record_trouble_.what.empty()) {
    if (is_broken_off_ || !options_.recover) {
      record_usable_ = absl::InvalidArgumentError(
          absl::StrCat(kNotWellFormed, record_trouble_.what, " (line ", record_trouble_.line, ")"));
    } else {
      ++outcome_.mended_records;
      Mend(std::move(record_trouble_));
    }
  }
  record_trouble_ = {};
  const size_t bytes = record_.bytes();
  XmlRecord record{.element = record_.Take(),
                   .around = around_.root(),
                   .envelopes = Envelopes(),
                   .byte_offset = record_offset_,
                   .bytes = bytes,
                   .usable = std::move(record_usable_),
                   .is_broken_off = is_broken_off_};
  sunk_.Update(sink_(std::move(record)));
}

void Reading::Finish(const absl::Status& read) {
  const XmlMistake characters = tokens_.TakeMistake();
  outcome_.charset_note = tokens_.charset_note();
  if (outcome_.mended.what.empty() ||
      (!characters.what.empty() && characters.byte_offset < outcome_.mended.byte_offset)) {
    outcome_.mended = characters;
  }
  const bool is_whole = !in_record();
  const std::string why = read.ok() ? "the document ends within it" : std::string(read.message());
  if (!is_whole) BreakOff(why);
  if (!read.ok()) {
    if (is_whole) outcome_.broken_off = Here(why);
  } else if (is_whole && tokens_.ends_in_token()) {
    outcome_.broken_off = Here(std::string(kNotWellFormed) + "the document ends within a tag");
  } else if (is_whole && !open_.empty()) {
    Mend(Here(absl::StrCat("<", open_.back().name, "> has no end tag")));
  }
  if (outcome_.lost > 0 && outcome_.broken_off.what.empty()) {
    outcome_.broken_off = outcome_.mended;
  }
  outcome_.around = around_.Take();
}

absl::StatusOr<XmlOutcome> Reading::Run() {
  XmlToken token;
  absl::StatusOr<bool> read = false;
  while (sunk_.ok() && (read = tokens_.Next(&token)).ok() && *read) Take(token);
  if (!sunk_.ok()) return sunk_;
  if (absl::IsCancelled(read.status())) return read.status();
  Finish(read.status());
  if (!sunk_.ok()) return sunk_;
  return std::move(outcome_);
}

}  // namespace

absl::StatusOr<XmlOutcome> ReadXml(Input& input, const XmlOptions& options,
                                   const XmlRecordSink& records) {
  return Reading(input, options, records).Run();
}

}  // namespace broadsheet::sources::markup
