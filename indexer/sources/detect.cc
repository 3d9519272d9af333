// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/detect.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <sstream>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "indexer/sources/foreign_markup.h"
#include "indexer/sources/input/media_kind.h"
#include "indexer/sources/json/ninjs_marks.h"
#include "indexer/sources/markup/charset.h"
#include "indexer/sources/markup/namespaces.h"
#include "indexer/sources/plain_text/foreign/foreign_text.h"
#include "indexer/sources/plain_text/utf16_text.h"
#include "indexer/sources/wording/word_set.h"
#include "indexer/sources/xml/mapped_xml.h"

namespace broadsheet::sources {
namespace {

constexpr std::array<std::pair<Format, std::string_view>, 10> kNames = {{
    {Format::kAuto, "auto"},
    {Format::kText, "text"},
    {Format::kHtml, "html"},
    {Format::kJsonl, "jsonl"},
    {Format::kNinjs, "ninjs"},
    {Format::kNitf, "nitf"},
    {Format::kNewsml, "newsml"},
    {Format::kRss, "rss"},
    {Format::kWarc, "warc"},
    {Format::kXml, "xml"},
}};

// First bytes of binary files that may have articles in them.
constexpr auto kDocumentMagic = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"%PDF-", "a PDF document"},
    {"SQLite format 3", "an SQLite database"},
    {"\xd0\xcf\x11\xe0", "a document of Microsoft Office"},
    {"\x7f"
     "ELF",
     "a program"},
    {"MZ\x90", "a program"},
    {"7z\xbc\xaf\x27\x1c", "a 7-Zip archive: unpack it and give its folder"},
    {"Rar!\x1a\x07", "a RAR archive: unpack it and give its folder"},
    {"\x1f\x9d", "a file packed by compress: unpack it"},
    {"\x04\x22\x4d\x18", "a file packed by lz4: unpack it"},
});

// The first element of an XML or HTML document of each kind, without its prefix.
constexpr auto kRoots = std::to_array<std::pair<std::string_view, Format>>({
    {"nitf", Format::kNitf},
    {"newsitem", Format::kNewsml},
    {"newsmessage", Format::kNewsml},
    // 1.x
    {"newsml", Format::kNewsml},
    {"packageitem", Format::kNewsml},
    {"conceptitem", Format::kNewsml},
    {"knowledgeitem", Format::kNewsml},
    {"planningitem", Format::kNewsml},
    {"catalogitem", Format::kNewsml},
    {"rss", Format::kRss},
    {"rdf", Format::kRss},
    {"feed", Format::kRss},
    {"channel", Format::kRss},
    {"entry", Format::kRss},
    {"html", Format::kHtml},
    {"head", Format::kHtml},
    {"body", Format::kHtml},
    // Pages without what HTML allows to be left out.
    {"title", Format::kHtml},
    {"meta", Format::kHtml},
    {"article", Format::kHtml},
    {"div", Format::kHtml},
    {"h1", Format::kHtml},
    {"p", Format::kHtml},
});

// Elements of HTML that a part of a page may begin with.
constexpr auto kElementsOfPages = std::to_array<std::string_view>(
    {"a",      "abbr",     "address", "aside", "b",      "base",     "blockquote", "br",
     "center", "details",  "dl",      "em",    "figure", "font",     "footer",     "form",
     "h2",     "h3",       "h4",      "h5",    "h6",     "header",   "hr",         "i",
     "iframe", "img",      "link",    "main",  "nav",    "noscript", "ol",         "picture",
     "pre",    "script",   "section", "span",  "strong", "style",    "table",      "tbody",
     "td",     "template", "tr",      "u",     "ul",     "video"});

// Control characters other than white space and the escape of terminal logs; more than one byte in
// this many makes a file binary.
constexpr size_t kBytesPerControl = 100;

absl::Status Binary(std::string_view what) {
  std::string reason = "binary file";
  if (!what.empty()) reason += " (" + std::string(what) + ")";
  return absl::InvalidArgumentError(reason);
}

absl::Status CheckText(std::string_view head) {
  for (const auto& [magic, what] : kDocumentMagic) {
    if (head.starts_with(magic)) return Binary(what);
  }
  if (head.find('\0') != std::string_view::npos) return Binary("");
  const auto controls = std::count_if(head.begin(), head.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && std::isspace(static_cast<unsigned char>(c)) == 0;
  });
  if (static_cast<size_t>(controls) * kBytesPerControl > head.size()) return Binary("");
  return absl::OkStatus();
}

std::string_view StripLeft(std::string_view text) {
  const size_t start = text.find_first_not_of(" \t\r\n\f\v");
  return start == std::string_view::npos ? std::string_view() : text.substr(start);
}

// The ASCII characters of a text in UTF-16, which XML may be in; nothing for any other.
std::string Narrowed(std::string_view head) {
  const bool little = head.starts_with("\xff\xfe") || head.starts_with(std::string_view("<\0", 2));
  const bool big = head.starts_with("\xfe\xff") || head.starts_with(std::string_view("\0<", 2));
  std::string narrow;
  if (!little && !big) return narrow;
  for (size_t at = little ? 0 : 1; at < head.size(); at += 2) {
    if (static_cast<unsigned char>(head[at]) < 0x80) narrow += head[at];
  }
  const size_t start = narrow.find('<');
  return start == std::string::npos ? std::string() : narrow.substr(start);
}

// Takes the first line off `rest`.
std::string_view TakeLine(std::string_view* rest) {
  const size_t end = rest->find('\n');
  const std::string_view line = rest->substr(0, end);
  *rest = end == std::string_view::npos ? std::string_view() : rest->substr(end + 1);
  return line;
}

// {"name": or {} : how a JSON object starts and no sentence does.
bool StartsJsonObject(std::string_view line) {
  line = StripLeft(line);
  if (!line.starts_with('{')) return false;
  line = StripLeft(line.substr(1));
  return line.starts_with('"') || line.starts_with('}');
}

// True when the first line starts a JSON object, or at least half of the lines in sight do: a
// broken record, the first one even, does not make text of the others.
bool LooksLikeJsonLines(std::string_view head) {
  if (StartsJsonObject(head)) return true;
  size_t lines = 0;
  size_t objects = 0;
  while (!head.empty()) {
    const std::string_view line = StripLeft(TakeLine(&head));
    if (line.empty()) continue;
    ++lines;
    if (StartsJsonObject(line)) ++objects;
  }
  return objects > 0 && 2 * objects >= lines;
}

// A JSON document over several lines, or an array of objects.
absl::Status CheckNotWholeJson(std::string_view text) {
  constexpr std::string_view kRemedy =
      "an article is one JSON object on one line; convert it with jq -c ";
  std::string_view rest = text;
  const std::string_view first = StripLeft(TakeLine(&rest));
  const bool alone = first.size() == 1 || StripLeft(first.substr(1)).empty();
  if (first.starts_with('{') && alone && StripLeft(rest).starts_with('"')) {
    return absl::InvalidArgumentError(
        "a JSON document over several lines: " + std::string(kRemedy) + ".");
  }
  if (text.starts_with('[') && StartsJsonObject(StripLeft(text.substr(1)).substr(0, 200))) {
    return absl::InvalidArgumentError("a JSON array: " + std::string(kRemedy) + "'.[]'");
  }
  return absl::OkStatus();
}

// Past white space, declarations, comments and the document type; where "<!DOCTYPE html" is, it is
// what the document is.
std::string_view SkipProlog(std::string_view text, std::string* doctype) {
  while (true) {
    text = StripLeft(text);
    size_t end = std::string_view::npos;
    if (text.starts_with("<?")) {
      end = text.find("?>");
    } else if (text.starts_with("<!--")) {
      end = text.find("-->");
    } else if (text.starts_with("<!")) {
      std::istringstream words(std::string(text.substr(2, 200)));
      words >> *doctype >> *doctype;
      // An internal subset has declarations of its own.
      const size_t subset = text.find('[');
      const size_t close = text.find('>');
      end = subset < close ? text.find("]", subset) : close;
      if (end != std::string_view::npos) end = text.find('>', end);
    } else {
      return text;
    }
    if (end == std::string_view::npos) return {};
    text.remove_prefix(text.find('>', end) + 1);
  }
}

std::optional<Detected> KindOfElement(std::string_view name) {
  const std::string lower = absl::AsciiStrToLower(std::string(markup::LocalName(name)));
  for (const auto& [root, format] : kRoots) {
    if (root == lower) return Detected{.format = format};
  }
  if (lower == "svg") return Detected{.no_article = "SVG picture"};
  const bool is_of_page = IsOneOf(lower, kElementsOfPages);
  return is_of_page ? std::optional(Detected{.format = Format::kHtml}) : std::nullopt;
}

// What an envelope of an unknown kind, `text`, has in it.
std::optional<Detected> KindOfContent(std::string_view text) {
  for (const auto& [record, format] : {std::pair<std::string_view, Format>("nitf", Format::kNitf),
                                       {"newsItem", Format::kNewsml},
                                       {"NewsItem", Format::kNewsml}}) {
    if (HasElement(text, record)) return Detected{.format = format};
  }
  return std::nullopt;
}

// nullopt when `text` is no markup; INVALID_ARGUMENT when it is of an unknown kind.
std::optional<absl::StatusOr<Detected>> DetectMarkup(std::string_view text) {
  if (!text.starts_with('<')) return std::nullopt;
  std::string doctype;
  const std::string_view root = SkipProlog(text, &doctype);
  if (absl::StartsWithIgnoreCase(doctype, "html")) return Detected{.format = Format::kHtml};
  const std::string_view name =
      root.starts_with('<') ? root.substr(1, root.find_first_of(" \t\r\n/>") - 1) : doctype;
  if (const std::optional<Detected> known = KindOfElement(name); known.has_value()) return *known;
  const bool is_declared = !doctype.empty() || text.starts_with("<?xml");
  if (!is_declared && !IsMarkup(root)) return std::nullopt;
  if (const std::optional<Detected> inner = KindOfContent(root); inner.has_value()) return *inner;
  return absl::InvalidArgumentError(NameOfXml(name) +
                                    ": read it by a --map with \"record\", or convert it to one of "
                                    "the formats that are read, see docs/formats.md");
}

// What follows words, or HTML, that a server printed before an XML document: a warning of PHP, say.
// Nullopt when no document of a known format does.
std::optional<Detected> DetectBehindNotice(std::string_view text) {
  constexpr size_t kLongestNotice = 4096;
  constexpr auto kBeginnings =
      std::to_array<std::string_view>({"<?xml ", "<rss ", "<rdf:RDF ", "<feed ", "<nitf>", "<nitf ",
                                       "<newsItem ", "<newsMessage ", "<NewsML>", "<NewsML "});
  const bool is_tagged = text.starts_with('<');
  if (is_tagged) {
    const auto own = DetectMarkup(text);
    if (!own.has_value() || !own->ok() || (*own)->format != Format::kHtml) return std::nullopt;
  }
  const std::string_view head = text.substr(0, kLongestNotice);
  for (const std::string_view beginning : kBeginnings) {
    const bool is_declared = beginning == "<?xml ";
    // A page may show how a feed is written.
    if (!is_declared && is_tagged) continue;
    const size_t at = head.find(beginning);
    if (at == head.npos || at == 0 || (!is_declared && head[at - 1] != '\n')) continue;
    const std::string before = absl::AsciiStrToLower(std::string(head.substr(0, at)));
    // A page, or a notice that holds back what follows.
    constexpr auto kNoNotice = std::to_array<std::string_view>(
        {"<html", "<!doctype", "embargo", "draft", "withh", "kill", "hold"});
    const bool is_notice = std::ranges::none_of(
        kNoNotice, [&](std::string_view part) { return before.find(part) != before.npos; });
    if (!is_notice) continue;
    const auto found = DetectMarkup(text.substr(at));
    if (!found.has_value() || !found->ok() || !(*found)->no_article.empty()) continue;
    if ((*found)->format != Format::kHtml) return **found;
  }
  return std::nullopt;
}

// What a text is, in UTF-8; INVALID_ARGUMENT when it is no running text.
absl::StatusOr<Detected> DetectText(std::string_view utf8) {
  const std::optional<std::string> foreign = page::ForeignKind(utf8);
  if (!foreign.has_value()) return Detected{.format = Format::kText};
  return absl::InvalidArgumentError(
      "no running text: seems to be " + *foreign +
      "; convert it to one of the formats that are read, or say --format text if it is the text of "
      "a page");
}

// What is in UTF-16 and no markup.
absl::StatusOr<Detected> DetectWideText(std::string_view utf8) {
  const std::string_view text = StripLeft(utf8);
  if (text.empty()) return absl::InvalidArgumentError("empty file: nothing but white space");
  if (text.starts_with('{') || text.starts_with("[{")) {
    return absl::InvalidArgumentError("JSON in UTF-16: convert it with iconv -f UTF-16 -t UTF-8");
  }
  return DetectText(text);
}

// {"version": "https://jsonfeed.org/version/1.1", "items": [...; some have the number alone.
bool IsJsonFeed(std::string_view text) {
  const auto has = [text](std::string_view part) { return text.find(part) != text.npos; };
  if (!has("\"version\"") || !has("\"items\"")) return false;
  return has("jsonfeed.org/version/") || has("jsonfeed.org\\/version") ||
         has("\"home_page_url\"") || has("\"feed_url\"");
}

}  // namespace

std::string_view FormatName(Format format) {
  for (const auto& [known, name] : kNames) {
    if (known == format) return name;
  }
  return "unknown";
}

std::string_view KindName(Format format) {
  return format == Format::kAuto ? "other" : FormatName(format);
}

std::optional<Format> FormatByName(std::string_view name) {
  for (const auto& [format, known] : kNames) {
    if (known == name) return format;
  }
  return std::nullopt;
}

absl::StatusOr<Detected> DetectFormat(std::string_view head, bool is_mapped) {
  if (head.starts_with("\xef\xbb\xbf")) head.remove_prefix(3);
  if (head.empty()) return absl::InvalidArgumentError("empty file");
  if (const auto media = MediaKind(head); media.has_value()) return Detected{.no_article = *media};
  // What was archived may be in any character set, or packed, so that little of it is text.
  if (StripLeft(head).starts_with("WARC/1.") || StripLeft(head).starts_with("filedesc://")) {
    return Detected{.format = Format::kWarc};
  }
  if (const auto wide = DetectMarkup(Narrowed(head)); wide.has_value()) return *wide;
  if (markup::BeginsLikeEbcdicXml(head)) {
    if (const auto found = DetectMarkup(markup::DecodeEbcdic(head)); found.has_value()) {
      return *found;
    }
  }
  if (markup::LooksLikeEbcdic(head)) {
    return absl::InvalidArgumentError(std::string(markup::kWhichEbcdic));
  }
  if (const auto utf8 = page::ReadUtf16(head); utf8.has_value()) return DetectWideText(*utf8);
  const std::string_view text = StripLeft(head);
  // A control character in a string of JSON costs its record at most, and no other.
  const bool is_json = StartsJsonObject(text.starts_with('[') ? text.substr(1) : text);
  if (is_json && IsJsonFeed(text)) return Detected{.format = Format::kRss};
  if (!is_json) {
    if (const auto behind = DetectBehindNotice(text); behind.has_value()) return *behind;
  }
  // Neither do such characters between tags.
  if (const auto markup = DetectMarkup(text); markup.has_value()) return *markup;
  if (absl::Status is_text = CheckText(head); !is_json && !is_text.ok()) return is_text;
  if (text.empty()) return absl::InvalidArgumentError("empty file: nothing but white space");
  if (is_json && LooksLikeNinjs(text, is_mapped)) return Detected{.format = Format::kNinjs};
  if (absl::Status json = CheckNotWholeJson(text); !json.ok()) return json;
  if (LooksLikeJsonLines(text)) return Detected{.format = Format::kJsonl};
  return DetectText(markup::DecodePage(head, "").utf8);
}

}  // namespace broadsheet::sources
