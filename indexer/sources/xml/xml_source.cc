// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/xml/xml_source.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "indexer/sources/markup/outline.h"
#include "indexer/sources/markup/xml_writing.h"

namespace broadsheet::sources {
namespace {

Reject AboutAll(const Input& input, std::string why) {
  return {.input = input.name(), .reason = std::move(why)};
}

// What was assumed and what was mended, each once for the whole document.
void Tell(const Input& input, const markup::XmlOutcome& outcome, const SourceHooks& hooks) {
  if (!hooks.on_warning) return;
  if (!outcome.charset_note.empty()) {
    hooks.on_warning({.place = {.input = input.name()}, .reason = outcome.charset_note});
  }
  const markup::XmlMistake& mistake = outcome.mended;
  if (mistake.what.empty()) return;
  std::string reason = "not well-formed XML: " + mistake.what;
  if (outcome.mended_records > 1) {
    absl::StrAppend(&reason, "; ", outcome.mended_records, " records have such mistakes");
  }
  hooks.on_warning(
      {.place = {.input = input.name(), .line = mistake.line, .byte_offset = mistake.byte_offset},
       .reason = std::move(reason)});
}

// Drafts that wait for `XmlFormat::settle` are bounded by both, and so are the records that are
// kept for them by the latter.
constexpr size_t kMostHeld = 1000;
constexpr size_t kMostHeldBytes = 16 << 20;

// As a reject has it: only the start of what is too large to be an article.
std::string RecordText(const markup::Element& element, size_t bytes) {
  constexpr size_t kKeptOfLargeBytes = 1000;
  const bool is_large = bytes > markup::kMaxRecordBytes;
  return markup::WriteXml(element, is_large ? kKeptOfLargeBytes : markup::kMaxRecordBytes);
}

// Makes articles and rejects of the records of one input.
class Records {
 public:
  Records(const Input& input, const XmlFormat& format, const SourceHooks& hooks,
          const ArticleSink& articles, const RejectSink& rejects)
      : input_(input), format_(format), hooks_(hooks), articles_(articles), rejects_(rejects) {}

  uint64_t count() const { return count_; }

  absl::Status Take(markup::XmlRecord&& record) {
    ++count_;
    RecordPlace place{
        .input = input_.name(), .line = record.element->line, .byte_offset = record.byte_offset};
    std::optional<RecordTrace> trace;
    if (hooks_.on_trace) {
      trace = TraceOfRecord(place, markup::Outline(*record.element, RecordTrace::kMaxBytes));
    }
    auto draft = std::make_unique<Draft>(hooks_, place);
    const absl::StatusOr<bool> is_article =
        record.usable.ok() ? format_.read(record, *draft) : absl::StatusOr<bool>(record.usable);
    if (is_article.ok() && *is_article) {
      Hold({.place = std::move(place),
            .trace = std::move(trace),
            .element = std::move(record.element),
            .element_bytes = record.bytes},
           std::move(draft));
      const bool is_full = drafts_.size() >= kMostHeld || held_bytes_ > kMostHeldBytes;
      return is_full || !format_.settle ? HandOver() : absl::OkStatus();
    }
    if (trace.has_value()) hooks_.on_trace(std::move(*trace));
    return Refuse(place, is_article.status(), record.is_broken_off ? 1 : 0, record.element.get(),
                  record.bytes);
  }

  // Passes on what is held.
  absl::Status HandOver() {
    if (format_.settle) format_.settle(drafts_);
    absl::Status passed;
    for (size_t i = 0; i < drafts_.size() && passed.ok(); ++i) {
      if (held_[i].trace.has_value()) hooks_.on_trace(std::move(*held_[i].trace));
      passed = Refuse(held_[i].place, drafts_[i]->HandOver(articles_), 0, held_[i].element.get(),
                      held_[i].element_bytes);
    }
    drafts_.clear();
    held_.clear();
    held_bytes_ = 0;
    kept_bytes_ = 0;
    return passed;
  }

 private:
  struct Held {
    RecordPlace place;
    std::optional<RecordTrace> trace;
    // For the reject, should it be one; null where there was no more room for it.
    std::unique_ptr<markup::Element> element;
    size_t element_bytes = 0;
  };

  void Hold(Held held, std::unique_ptr<Draft> draft) {
    held_bytes_ += draft->article()->ByteSizeLong();
    if (held.trace.has_value()) held_bytes_ += held.trace->record().size();
    kept_bytes_ += held.element_bytes;
    if (kept_bytes_ > kMostHeldBytes) held.element = nullptr;
    held_.push_back(std::move(held));
    drafts_.push_back(std::move(draft));
  }

  // Makes a reject of INVALID_ARGUMENT. `element` may be null.
  absl::Status Refuse(const RecordPlace& place, absl::Status why, uint64_t lost,
                      const markup::Element* element, size_t bytes) {
    if (!absl::IsInvalidArgument(why)) return why;
    return rejects_({.input = place.input,
                     .line = place.line,
                     .byte_offset = place.byte_offset,
                     .reason = std::string(why.message()),
                     .record = element == nullptr ? "" : RecordText(*element, bytes),
                     .lost = lost});
  }

  const Input& input_;
  const XmlFormat& format_;
  const SourceHooks& hooks_;
  const ArticleSink& articles_;
  const RejectSink& rejects_;
  uint64_t count_ = 0;
  std::vector<std::unique_ptr<Draft>> drafts_;
  std::vector<Held> held_;  // beside each draft
  size_t held_bytes_ = 0;
  size_t kept_bytes_ = 0;
};

}  // namespace

absl::Status ReadXmlArticles(Input& input, const XmlFormat& format, const SourceHooks& hooks,
                             const ArticleSink& articles, const RejectSink& rejects) {
  Records records(input, format, hooks, articles, rejects);
  const absl::StatusOr<markup::XmlOutcome> outcome =
      markup::ReadXml(input, format.options,
                      [&](markup::XmlRecord&& record) { return records.Take(std::move(record)); });
  if (!outcome.ok()) return outcome.status();
  if (absl::Status handed = records.HandOver(); !handed.ok()) return handed;
  const markup::Element* around = outcome->around.get();
  const bool is_page = around != nullptr && absl::AsciiStrToLower(around->name) == "html";
  if (records.count() == 0 && is_page) {
    return rejects(AboutAll(
        input, std::string("an HTML page, perhaps a server's error message: ") + format.none));
  }
  Tell(input, *outcome, hooks);
  const markup::XmlMistake& broken_off = outcome->broken_off;
  if (!broken_off.what.empty()) {
    return rejects({.input = input.name(),
                    .line = broken_off.line,
                    .byte_offset = broken_off.byte_offset,
                    .reason = broken_off.what,
                    .lost = std::max(outcome->lost, uint64_t{1})});
  }
  return records.count() == 0 ? rejects(AboutAll(input, format.none)) : absl::OkStatus();
}

}  // namespace broadsheet::sources
