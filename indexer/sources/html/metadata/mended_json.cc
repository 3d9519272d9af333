// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/metadata/mended_json.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "indexer/sources/html/metadata/metadata.h"

namespace broadsheet::sources::html {
namespace {

bool IsBlank(char c) { return absl::ascii_isspace(static_cast<unsigned char>(c)); }

// Copies the text token by token.
class JsonMender {
 public:
  explicit JsonMender(std::string_view text) : text_(text) {}

  MendedJson Mend() {
    while (at_ < text_.size()) {
      if (!SkipComment()) Step();
    }
    if (broken_off_) return {};
    if (!open_.empty()) Say("a closing bracket that was missing");
    while (!open_.empty()) Close();
    if (values_ > 1) {
      Say("several values one behind the other");
      out_ = absl::StrCat("[", out_, "]");
    }
    return {.json = std::move(out_), .what = std::move(what_)};
  }

 private:
  // What was written last, blanks aside.
  enum class Last : uint8_t { kNothing, kOpening, kValue, kComma, kColon };

  void Say(const char* what) {
    if (std::find(what_.begin(), what_.end(), what) == what_.end()) what_.emplace_back(what);
  }

  // Comments and marks between the tokens.
  bool SkipComment() {
    constexpr auto kForms =
        std::to_array<std::pair<std::string_view, std::string_view>>({{"//", "\n"},
                                                                      {"/*", "*/"},
                                                                      {"<!--", ""},
                                                                      {"-->", ""},
                                                                      {"<![CDATA[", ""},
                                                                      {"]]>", ""},
                                                                      {"\xef\xbb\xbf", ""}});
    const std::string_view rest = text_.substr(at_);
    for (const auto& [begin, end] : kForms) {
      if (!rest.starts_with(begin)) continue;
      if (begin == "]]>" && open_.size() > 1) continue;
      Say(end.empty() ? "marks around the JSON" : "a comment");
      const size_t found = end.empty() ? begin.size() : rest.find(end, begin.size());
      at_ += found == rest.npos ? rest.size() : found + end.size();
      return true;
    }
    return false;
  }

  void Step() {
    const char c = text_[at_];
    if (IsBlank(c)) {
      out_ += ' ';
      ++at_;
    } else if (open_.empty() && c != '{' && c != '[') {
      // Nothing but objects and arrays states anything; a comma may part them.
      if (c != ',') Say("text around the JSON");
      ++at_;
    } else if (c == '{' || c == '[') {
      Open(c);
    } else if (c == '}' || c == ']') {
      CloseAs(c);
    } else if (c == ',') {
      AddComma();
    } else if (c == ':') {
      Write(c, Last::kColon);
      ++at_;
    } else if (c == '"') {
      BeginValue();
      CopyString();
    } else {
      if (last_ == Last::kValue) BeginValue();
      CopyLiteral();
    }
  }

  void Write(char c, Last last) {
    out_ += c;
    last_ = last;
  }

  // A value that follows another one lacks its comma.
  void BeginValue() {
    if (last_ != Last::kValue || open_.empty()) return;
    Say("a comma that was missing");
    Write(',', Last::kComma);
  }

  void Open(char c) {
    if (open_.empty()) {
      if (values_++ > 0) out_ += ',';
    } else {
      BeginValue();
    }
    open_ += c;
    if (c == '{') ++braces_;
    Write(c, Last::kOpening);
    ++at_;
  }

  void Close() {
    DropComma();
    const bool brace = open_.back() == '{';
    if (brace) --braces_;
    open_.pop_back();
    Write(brace ? '}' : ']', Last::kValue);
  }

  // "{"a": [1}" lacks a bracket; a closing one that nothing opened is one too many.
  void CloseAs(char c) {
    const char opening = c == '}' ? '{' : '[';
    ++at_;
    if ((opening == '{' ? braces_ : open_.size() - braces_) == 0) {
      Say("a closing bracket too many");
      return;
    }
    while (open_.back() != opening) {
      Say("a closing bracket that was missing");
      Close();
    }
    Close();
  }

  void AddComma() {
    ++at_;
    if (last_ == Last::kValue) {
      Write(',', Last::kComma);
    } else {
      Say("a comma too many");
    }
  }

  void DropComma() {
    if (last_ != Last::kComma) return;
    Say("a comma too many");
    out_.erase(out_.rfind(','), 1);
  }

  // Numbers, true, false, null, and what JavaScript has beside them.
  void CopyLiteral() {
    const size_t begin = at_;
    constexpr std::string_view kEnds = ",:{}[]\"";
    while (at_ < text_.size() && !IsBlank(text_[at_]) && kEnds.find(text_[at_]) == kEnds.npos) {
      ++at_;
    }
    const std::string_view literal = text_.substr(begin, at_ - begin);
    if (literal == "undefined" || literal == "NaN") {
      Say("a value that is none");
      out_ += "null";
    } else {
      out_ += literal;
    }
    last_ = Last::kValue;
  }

  // Whether the quote at `at` ends its string: what may follow a string follows.
  bool EndsString(size_t at) const {
    const size_t next = SkipBlanks(at + 1);
    if (next >= text_.size()) return true;
    const char c = text_[next];
    if (c == ':' || c == '}' || c == ']' || c == '/') return true;
    if (c == '"') {
      // A comma is missing at the end of a line.
      return text_.substr(at, next - at).find('\n') != std::string_view::npos;
    }
    if (c != ',') return false;
    const size_t behind = SkipBlanks(next + 1);
    if (behind >= text_.size()) return true;
    const char begin = text_[behind];
    if (!open_.empty() && open_.back() == '{')
      return begin == '"' || begin == '}' || begin == '/' || begin == ',';
    return std::string_view("\"{[]-/,tfn").find(begin) != std::string_view::npos ||
           absl::ascii_isdigit(static_cast<unsigned char>(begin));
  }

  size_t SkipBlanks(size_t at) const {
    while (at < text_.size() && IsBlank(text_[at])) ++at;
    return at;
  }

  void CopyString() {
    out_ += '"';
    for (++at_; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '\\') {
        CopyEscape();
      } else if (c == '"' && EndsString(at_)) {
        ++at_;
        out_ += '"';
        last_ = Last::kValue;
        return;
      } else if (c == '"') {
        Say("a quote within a string");
        out_ += "\\\"";
      } else if (static_cast<unsigned char>(c) < 0x20) {
        Say("a control character within a string");
        out_ += c == '\n' ? "\\n" : " ";
      } else {
        out_ += c;
      }
    }
    // Nobody knows how it went on.
    broken_off_ = true;
  }

  // "\'" and the like are no escapes of JSON: the character itself is meant.
  void CopyEscape() {
    constexpr std::string_view kKnown = "\"\\/bfnrtu";
    const bool last = at_ + 1 >= text_.size();
    if (!last && kKnown.find(text_[at_ + 1]) != kKnown.npos) {
      out_ += '\\';
      out_ += text_[++at_];
      return;
    }
    Say("an escape that is none");
  }

  const std::string_view text_;
  size_t at_ = 0;
  // The brackets that are open, and how many of them are braces.
  std::string open_;
  size_t braces_ = 0;
  Last last_ = Last::kNothing;
  size_t values_ = 0;
  // The text ends within a string.
  bool broken_off_ = false;
  std::string out_;
  std::vector<std::string> what_;
};

// "{&quot;@type&quot;: ...": the whole text was escaped as if it were shown.
bool HasQuotesAsEntities(std::string_view script) {
  const size_t opening = script.find_first_of("{[");
  if (opening == script.npos) return false;
  const size_t quote = script.find('"');
  for (const std::string_view entity : {"&quot;", "&#34;", "&#x22;", "&#034;"}) {
    if (script.find(entity, opening) < quote) return true;
  }
  return false;
}

// Resolves the entities; a line end stays one.
std::string WithoutEntities(std::string_view script) {
  std::string text;
  while (!script.empty()) {
    const size_t end = std::min(script.find('\n'), script.size());
    absl::StrAppend(&text, text.empty() ? "" : "\n", PlainText(script.substr(0, end)));
    script.remove_prefix(std::min(end + 1, script.size()));
  }
  return text;
}

}  // namespace

MendedJson MendJson(std::string_view script) {
  if (!HasQuotesAsEntities(script)) return JsonMender(script).Mend();
  const std::string resolved = WithoutEntities(script);
  MendedJson mended = JsonMender(resolved).Mend();
  mended.what.insert(mended.what.begin(), "quotes written as entities");
  return mended;
}

}  // namespace broadsheet::sources::html
