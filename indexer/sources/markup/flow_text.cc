// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/markup/flow_text.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "engine/text/clean.h"
#include "indexer/sources/markup/html_fragment.h"

namespace broadsheet::sources::markup {
namespace {

// Sorted. What a reader does not read as part of the story.
constexpr auto kPassedOver = std::to_array<std::string_view>(
    {"audio", "button", "canvas", "dialog", "form", "head", "iframe", "menu", "nav", "noscript",
     "object", "script", "select", "style", "svg", "template", "textarea", "video"});
// Sorted. What stands around a story, unless there is nothing else.
constexpr std::array<std::string_view, 3> kAround = {"footer", "header", "title"};
// Sorted. Elements within a line; every other one begins and ends a paragraph.
constexpr auto kInline = std::to_array<std::string_view>(
    {"a",       "abbr",   "acronym",  "alt-code",  "b",          "bdi",     "bdo",
     "big",     "chron",  "cite",     "city",      "classifier", "code",    "copyrite",
     "country", "data",   "del",      "dfn",       "em",         "embed",   "event",
     "font",    "frac",   "function", "i",         "img",        "input",   "ins",
     "kbd",     "lang",   "location", "mark",      "money",      "num",     "object.title",
     "org",     "person", "postaddr", "pronounce", "q",          "region",  "s",
     "samp",    "small",  "span",     "state",     "strong",     "sub",     "sublocation",
     "sup",     "time",   "tt",       "u",         "var",        "virtloc", "wbr"});

static_assert(std::is_sorted(kPassedOver.begin(), kPassedOver.end()));
static_assert(std::is_sorted(kAround.begin(), kAround.end()));
static_assert(std::is_sorted(kInline.begin(), kInline.end()));

template <size_t kSize>
bool Contains(const std::array<std::string_view, kSize>& sorted, std::string_view name) {
  return std::binary_search(sorted.begin(), sorted.end(), name);
}

bool IsInline(std::string_view name) { return Contains(kInline, name); }

bool NamesCredit(const Element& element) {
  for (const std::string_view attribute : {"class", "itemprop"}) {
    const std::string value = absl::AsciiStrToLower(std::string(element.Get(attribute)));
    for (const std::string_view word : {"credit", "copyright", "photographer", "byline"}) {
      if (value.find(word) != std::string::npos) return true;
    }
  }
  return false;
}

struct WalkOptions {
  // Reads what stands around the story as well.
  bool around = false;
  // Tags may be written as text.
  bool tags_as_text = false;
};

class Walker {
 public:
  explicit Walker(const WalkOptions& options) : options_(options) {}

  // Whether something was passed over that stands around a story.
  bool passed_around() const { return passed_around_; }

  FlowText Finish() && {
    EndParagraph();
    return std::move(flow_);
  }

  void Walk(const Element& element) {
    for (const Node& node : element.children) {
      if (node.element != nullptr) {
        Visit(*node.element);
      } else if (!options_.tags_as_text || !AddHtml(node.text)) {
        AddText(node.text);
      }
    }
  }

 private:
  // Reads text that has tags in it; false when it has none.
  bool AddHtml(std::string_view text) {
    if (!HasHtmlTags(text)) return false;
    const absl::StatusOr<std::unique_ptr<Element>> tree = ParseHtmlFragment(text);
    if (!tree.ok()) return false;
    const bool before = std::exchange(options_.tags_as_text, false);
    Walk(**tree);
    options_.tags_as_text = before;
    return true;
  }

  void Visit(const Element& element) {
    const std::string_view name = element.name;
    if (Contains(kPassedOver, name)) return;
    if (!options_.around && Contains(kAround, name)) {
      passed_around_ = true;
      return;
    }
    if (name == "br") {
      current_ += '\n';
    } else if (name == "figure" || name == "media") {
      EndParagraph();
      AddMedium(element);
    } else if (name == "pre") {
      EndParagraph();
      const bool before = std::exchange(preformatted_, true);
      Walk(element);
      preformatted_ = before;
      EndParagraph();
    } else if (name == "td" || name == "th") {
      current_ += ' ';
      Walk(element);
    } else if (IsInline(name)) {
      Walk(element);
    } else {
      EndParagraph();
      Walk(element);
      EndParagraph();
    }
  }

  // Line ends of the source are spaces; those of <br> and <pre> stay.
  void AddText(std::string_view text) {
    for (const char c : text) {
      const bool is_space = absl::ascii_isspace(static_cast<unsigned char>(c));
      current_ += is_space && !preformatted_ ? ' ' : c;
    }
  }

  // A blank line made of <br> divides paragraphs as well.
  void EndParagraph() {
    const FlowText lines = ReadPlainFlow(current_);
    current_.clear();
    flow_.paragraphs.insert(flow_.paragraphs.end(), lines.paragraphs.begin(),
                            lines.paragraphs.end());
  }

  void AddMedium(const Element& element) {
    v1::Caption caption;
    if (element.name == "media") {
      ReadNitfMedia(element, &caption);
    } else {
      ReadFigure(element, &caption);
    }
    if (!caption.text().empty() || !caption.credit().empty()) {
      flow_.captions.push_back(std::move(caption));
    }
  }

  static void ReadNitfMedia(const Element& media, v1::Caption* caption) {
    std::vector<std::string> texts;
    for (const Element* text : media.Children("media-caption")) texts.push_back(text->Text());
    caption->set_text(absl::StrJoin(texts, " "));
    caption->set_credit(media.TextOf({"media-producer"}));
    if (const Element* reference = media.Child("media-reference"); reference != nullptr) {
      caption->set_media_url(std::string(reference->Get("source")));
    }
  }

  void ReadFigure(const Element& figure, v1::Caption* caption) {
    for (const Element* image : figure.Descendants("img")) {
      if (caption->media_url().empty()) caption->set_media_url(std::string(image->Get("src")));
    }
    const std::vector<const Element*> captions = figure.Descendants("figcaption");
    if (captions.empty()) {
      // A figure may hold a table or a quotation: text of the story.
      Walk(figure);
      EndParagraph();
      return;
    }
    std::string text;
    std::string credit;
    for (const Element* part : captions) SplitCredit(*part, &text, &credit);
    text::CleanLine(&text);
    text::CleanLine(&credit);
    caption->set_text(text);
    caption->set_credit(credit);
  }

  static void SplitCredit(const Element& element, std::string* text, std::string* credit) {
    for (const Node& node : element.children) {
      if (node.element == nullptr) {
        *text += node.text;
      } else if (NamesCredit(*node.element)) {
        *credit += " " + node.element->Text();
      } else {
        if (!IsInline(node.element->name)) *text += ' ';
        SplitCredit(*node.element, text, credit);
      }
    }
  }

  WalkOptions options_;
  bool passed_around_ = false;
  FlowText flow_;
  std::string current_;
  bool preformatted_ = false;
};

FlowText ReadFlowAs(const Element& element, WalkOptions options) {
  Walker walker(options);
  walker.Walk(element);
  FlowText flow = std::move(walker).Finish();
  if (!flow.paragraphs.empty() || options.around || !walker.passed_around()) return flow;
  options.around = true;
  return ReadFlowAs(element, options);
}

bool IsBlankLine(std::string_view line) {
  return line.find_first_not_of(" \t\r\f\v") == std::string_view::npos;
}

}  // namespace

std::string FlowText::Body() const { return absl::StrJoin(paragraphs, "\n\n"); }

FlowText ReadFlow(const Element& element) { return ReadFlowAs(element, {}); }

FlowText ReadAgencyFlow(const Element& element) {
  return ReadFlowAs(element, {.tags_as_text = true});
}

bool HasHtmlTags(std::string_view text) {
  constexpr std::array<std::string_view, 24> kTags = {
      "a", "b",  "blockquote", "br", "div", "em",   "figure", "h1",    "h2", "h3", "h4", "hr",
      "i", "li", "ol",         "p",  "pre", "span", "strong", "table", "td", "tr", "u",  "ul"};
  static_assert(std::is_sorted(kTags.begin(), kTags.end()));
  for (size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    std::string_view tag = text.substr(at + 1, 12);
    const bool is_end = tag.starts_with('/');
    if (is_end) tag.remove_prefix(1);
    const size_t end = tag.find_first_of(" \t\r\n/>");
    if (end == std::string_view::npos) continue;
    const std::string name = absl::AsciiStrToLower(std::string(tag.substr(0, end)));
    // What is only begun may be a sign in a sum.
    if (!is_end && name != "p" && name != "br" && name != "hr" && name != "div") continue;
    if (Contains(kTags, name)) return true;
  }
  return false;
}

absl::StatusOr<FlowText> ReadHtmlFlow(std::string_view html) {
  if (!LooksLikeHtml(html)) return ReadPlainFlow(html);
  const absl::StatusOr<std::unique_ptr<Element>> tree = ParseHtmlFragment(html);
  if (!tree.ok()) return tree.status();
  return ReadFlow(**tree);
}

FlowText ReadPlainFlow(std::string_view text) {
  FlowText flow;
  std::string paragraph;
  const auto end_paragraph = [&] {
    if (!paragraph.empty()) flow.paragraphs.push_back(std::exchange(paragraph, {}));
  };
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (IsBlankLine(line)) {
      end_paragraph();
      continue;
    }
    std::string cleaned(line);
    text::CleanLine(&cleaned);
    if (!paragraph.empty()) paragraph += '\n';
    paragraph += cleaned;
  }
  end_paragraph();
  return flow;
}

}  // namespace broadsheet::sources::markup
