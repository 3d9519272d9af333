// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/view/article_table.h"

#include <algorithm>
#include <array>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "arguments/nearest_name.h"
#include "client/view/article_text.h"
#include "client/view/terminal.h"

namespace broadsheet::client {
namespace {

// How many of the columns people look at first; the others have to be asked for.
constexpr size_t kFirstColumns = 8;
// Between the values of a field that has several. A comma stands within names.
constexpr const char* kBetweenValues = "; ";

// ISO 8601, as exact as the article states it.
std::string PublishedCell(const v1::Article& article) {
  constexpr DateFormats kForPrograms{.year = "%Y",
                                     .month = "%Y-%m",
                                     .day = "%Y-%m-%d",
                                     .without_zone = "%Y-%m-%dT%H:%M:%S",
                                     .instant = "%Y-%m-%dT%H:%M:%S%Ez"};
  return article.has_published_time() ? FormatPublished(article, kForPrograms) : "";
}

std::string BylinesCell(const v1::Article& article) {
  return absl::StrJoin(
      article.bylines(), kBetweenValues,
      [](std::string* out, const v1::Byline& byline) { out->append(byline.name()); });
}

std::string CaptionsCell(const v1::Article& article) {
  return absl::StrJoin(
      article.captions(), kBetweenValues,
      [](std::string* out, const v1::Caption& caption) { out->append(caption.text()); });
}

std::string CreditsCell(const v1::Article& article) {
  std::vector<std::string> credits;
  for (const v1::Caption& caption : article.captions()) {
    if (!caption.credit().empty()) credits.push_back(caption.credit());
  }
  return absl::StrJoin(credits, kBetweenValues);
}

std::string TagsCell(const v1::Article& article) {
  return absl::StrJoin(article.tags(), kBetweenValues);
}

using v1::Article;
constexpr std::array kTableColumns = {
    TableColumn{"id", "id", [](const Article& a) { return a.id(); }},
    TableColumn{"published", "published_time,published_precision,published_offset_minutes",
                PublishedCell},
    TableColumn{"headline", "headline", [](const Article& a) { return a.headline(); }},
    TableColumn{"bylines", "bylines", BylinesCell},
    TableColumn{"source", "source", [](const Article& a) { return a.source(); }},
    TableColumn{"section", "section", [](const Article& a) { return a.section(); }},
    TableColumn{"tags", "tags", TagsCell},
    TableColumn{"url", "url", [](const Article& a) { return a.url(); }},
    TableColumn{"language", "language", [](const Article& a) { return a.language(); }},
    TableColumn{"dateline", "dateline", [](const Article& a) { return a.dateline(); }},
    TableColumn{"copyright", "copyright", [](const Article& a) { return a.copyright(); }},
    TableColumn{"summary", "summary", [](const Article& a) { return a.summary(); }},
    TableColumn{"captions", "captions", CaptionsCell},
    TableColumn{"credits", "captions", CreditsCell},
    TableColumn{"body", "body", [](const Article& a) { return a.body(); }},
};

const TableColumn* FindColumn(std::string_view name) {
  for (const TableColumn& column : kTableColumns) {
    // As fields are named in queries: byline, tag, caption.
    const bool singular =
        column.name.size() == name.size() + 1 && column.name.ends_with('s') && !name.empty();
    if (column.name == name || (singular && column.name.starts_with(name))) return &column;
  }
  return nullptr;
}

std::vector<std::string> AllNames() {
  std::vector<std::string> names;
  for (const TableColumn& column : kTableColumns) names.emplace_back(column.name);
  return names;
}

// What a cell shows, without marks that hide or turn round text; line ends only where `lines`.
std::string CellText(std::string_view text, bool lines) {
  if (!lines) return Sanitized(text);
  const std::vector<std::string> parts = absl::StrSplit(std::string(text), '\n');
  return absl::StrJoin(parts, "\n",
                       [](std::string* out, const std::string& line) { *out += Sanitized(line); });
}

bool LooksLikeFormula(std::string_view cell) {
  return !cell.empty() && std::string_view("=+-@").find(cell.front()) != std::string_view::npos;
}

std::string CsvCell(std::string_view text) {
  std::string cell = CellText(text, /*lines=*/true);
  // Spreadsheets pass over spaces before a formula.
  const size_t start = cell.find_first_not_of(" \n");
  if (start != std::string::npos && LooksLikeFormula(std::string_view(cell).substr(start))) {
    cell.insert(0, "'");
  }
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

}  // namespace

absl::StatusOr<std::vector<const TableColumn*>> ColumnsOf(std::string_view names) {
  std::vector<const TableColumn*> columns;
  if (names.empty()) {
    for (size_t i = 0; i < kFirstColumns; ++i) columns.push_back(&kTableColumns[i]);
    return columns;
  }
  const std::vector<std::string> parts = absl::StrSplit(std::string(names), ',');
  for (const std::string& part : parts) {
    const std::string name(absl::StripAsciiWhitespace(part));
    const TableColumn* column = FindColumn(name);
    if (column == nullptr) {
      const std::string nearest = arguments::NearestName(name, AllNames());
      return absl::InvalidArgumentError(
          "--fields: there is no field \"" + Sanitized(name) + "\"" +
          (nearest.empty() ? "." : "; did you mean " + nearest + "?") + " There are " +
          ColumnNames());
    }
    columns.push_back(column);
  }
  return columns;
}

std::string ColumnNames() { return absl::StrJoin(AllNames(), ", "); }

google::protobuf::FieldMask MaskOf(const std::vector<const TableColumn*>& columns) {
  google::protobuf::FieldMask mask;
  mask.add_paths("id");
  for (const TableColumn* column : columns) {
    const std::vector<std::string> paths = absl::StrSplit(std::string(column->paths), ',');
    for (const std::string& path : paths) {
      const bool there =
          std::find(mask.paths().begin(), mask.paths().end(), path) != mask.paths().end();
      if (!there) mask.add_paths(path);
    }
  }
  return mask;
}

std::string TableLine(const std::vector<std::string>& cells, TableForm form) {
  if (form == TableForm::kCsv) {
    return absl::StrJoin(cells, ",",
                         [](std::string* out, const std::string& cell) { *out += CsvCell(cell); }) +
           "\r\n";
  }
  return absl::StrJoin(cells, "\t",
                       [](std::string* out, const std::string& cell) {
                         *out += CellText(cell, /*lines=*/false);
                       }) +
         "\n";
}

std::string HeaderLine(const std::vector<const TableColumn*>& columns, TableForm form) {
  std::vector<std::string> names;
  for (const TableColumn* column : columns) names.emplace_back(column->name);
  return TableLine(names, form);
}

std::string ArticleLine(const v1::Article& article, const std::vector<const TableColumn*>& columns,
                        TableForm form) {
  std::vector<std::string> cells;
  for (const TableColumn* column : columns) cells.push_back(column->text(article));
  return TableLine(cells, form);
}

}  // namespace broadsheet::client
