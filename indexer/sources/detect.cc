// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/detect.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <sstream>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

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

// First bytes of binary files that people keep beside their articles.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kMagic = {{
    {"%PDF-", "a PDF document"},
    {"\x89PNG", "a PNG picture"},
    {"\xff\xd8\xff", "a JPEG picture"},
    {"GIF8", "a GIF picture"},
    {"SQLite format 3", "an SQLite database"},
    {"\xff\xfe", "UTF-16 text: convert it with iconv -t UTF-8"},
    {"\xfe\xff", "UTF-16 text: convert it with iconv -t UTF-8"},
}};

// The first element of an XML or HTML document of each kind, without its prefix.
constexpr std::array<std::pair<std::string_view, Format>, 21> kRoots = {{
    {"nitf", Format::kNitf},
    {"newsitem", Format::kNewsml},
    {"newsmessage", Format::kNewsml},
    {"packageitem", Format::kNewsml},
    {"conceptitem", Format::kNewsml},
    {"knowledgeitem", Format::kNewsml},
    {"planningitem", Format::kNewsml},
    {"catalogitem", Format::kNewsml},
    {"rss", Format::kRss},
    {"rdf", Format::kRss},
    {"feed", Format::kRss},
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
}};

// Members of ninjs objects, in lower case, that other people's JSON does not have.
constexpr std::array<std::string_view, 14> kNinjsNames = {
    "versioncreated",  "pubstatus",       "bodies",       "headlines",   "descriptions",
    "associations",    "renditions",      "infosource",   "infosources", "representationtype",
    "copyrightholder", "copyrightnotice", "eventdetails", "$standard"};

// Members that make ninjs of an object with a uri or a guid.
constexpr std::array<std::string_view, 6> kNinjsNamesBesideId = {
    "embargoed", "embargoeduntil", "firstcreated", "contentcreated", "slugline", "usageterms"};

// Members of an article of JSON lines that an object of ninjs does not have.
constexpr std::array<std::string_view, 17> kArticleNames = {
    "id",          "url",          "body",           "summary",     "bylines",      "captions",
    "tags",        "section",      "published",      "updatedTime", "updated_time", "publishedTime",
    "embargoTime", "embargo_time", "published_time", "labels",      "status"};

// Control characters other than white space and the escape of terminal logs; more than one byte in
// this many makes a file binary.
constexpr size_t kBytesPerControl = 100;

absl::Status Binary(std::string_view what) {
  std::string reason = "binary file";
  if (!what.empty()) reason += " (" + std::string(what) + ")";
  return absl::InvalidArgumentError(reason);
}

absl::Status CheckText(std::string_view head) {
  for (const auto& [magic, what] : kMagic) {
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

// The names of the members of the first object in `text`, as far as they are in sight.
std::set<std::string, std::less<>> FirstMembers(std::string_view text) {
  std::set<std::string, std::less<>> members;
  int depth = 0;
  bool is_name = false;
  for (size_t at = text.find('{'); at < text.size(); ++at) {
    const char c = text[at];
    if (c == '{' || c == '[') {
      ++depth;
      is_name = c == '{';
    } else if (c == '}' || c == ']') {
      if (--depth == 0) break;
    } else if (c == ',') {
      is_name = true;
    } else if (c == ':') {
      is_name = false;
    } else if (c == '"') {
      const size_t begin = at + 1;
      for (++at; at < text.size() && text[at] != '"'; ++at) {
        if (text[at] == '\\') ++at;
      }
      if (depth == 1 && is_name && at < text.size()) {
        members.emplace(text.substr(begin, at - begin));
      }
    }
  }
  return members;
}

template <size_t N>
bool HasAnyOf(const std::set<std::string, std::less<>>& members,
              const std::array<std::string_view, N>& names) {
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view name) { return members.contains(name); });
}

// Whether the first object is of ninjs: it has a uri and a name that only ninjs has; or one of
// these names, or a guid and what an agency puts beside it, and none of those of JSON lines. Where
// a map reads other people's names, these are no mark without the uri.
bool LooksLikeNinjs(std::string_view text, bool is_mapped) {
  if (!StartsJsonObject(text.starts_with('[') ? text.substr(1) : text)) return false;
  const std::set<std::string, std::less<>> members = FirstMembers(text);
  std::set<std::string, std::less<>> lower;
  for (const std::string& name : members) lower.insert(absl::AsciiStrToLower(name));
  const bool has_own = HasAnyOf(lower, kNinjsNames) ||
                       std::any_of(lower.begin(), lower.end(), [](const std::string& name) {
                         return name.starts_with("body_") || name.starts_with("description_");
                       });
  if (has_own && members.contains("uri")) return true;
  if (is_mapped || HasAnyOf(members, kArticleNames)) return false;
  const bool has_id = members.contains("uri") || members.contains("guid");
  return has_own || (has_id && HasAnyOf(lower, kNinjsNamesBesideId));
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

std::optional<Format> FormatOfElement(std::string_view name) {
  const size_t colon = name.find(':');
  if (colon != std::string_view::npos) name.remove_prefix(colon + 1);
  const std::string lower = absl::AsciiStrToLower(std::string(name));
  for (const auto& [root, format] : kRoots) {
    if (root == lower) return format;
  }
  return std::nullopt;
}

std::optional<Format> DetectMarkup(std::string_view text) {
  if (!text.starts_with('<')) return std::nullopt;
  std::string doctype;
  const std::string_view root = SkipProlog(text, &doctype);
  if (doctype.starts_with("html") || doctype.starts_with("HTML")) return Format::kHtml;
  if (!root.starts_with('<')) return FormatOfElement(doctype);
  return FormatOfElement(root.substr(1, root.find_first_of(" \t\r\n/>") - 1));
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

absl::StatusOr<Format> DetectFormat(std::string_view head, bool is_mapped) {
  if (head.starts_with("\xef\xbb\xbf")) head.remove_prefix(3);
  if (head.empty()) return absl::InvalidArgumentError("empty file");
  if (const std::optional<Format> wide = DetectMarkup(Narrowed(head)); wide.has_value()) {
    return *wide;
  }
  const std::string_view text = StripLeft(head);
  // What was archived may be packed, so that little of it is text.
  if (text.starts_with("WARC/1.") || text.starts_with("filedesc://")) return Format::kWarc;
  if (absl::Status is_text = CheckText(head); !is_text.ok()) return is_text;
  if (text.empty()) return absl::InvalidArgumentError("empty file: nothing but white space");
  if (const std::optional<Format> markup = DetectMarkup(text); markup.has_value()) return *markup;
  if (text.starts_with("<?xml")) {
    return absl::InvalidArgumentError("an XML document of an unknown kind");
  }
  if (LooksLikeNinjs(text, is_mapped)) return Format::kNinjs;
  if (absl::Status json = CheckNotWholeJson(text); !json.ok()) return json;
  return LooksLikeJsonLines(text) ? Format::kJsonl : Format::kText;
}

}  // namespace broadsheet::sources
