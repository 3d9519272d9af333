// SPDX-License-Identifier: GPL-3.0-or-later
// Articles as rows of a table: comma-separated values for spreadsheets, tab-separated ones for
// programs that cut lines.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "broadsheet/v1/article.pb.h"
#include "google/protobuf/field_mask.pb.h"

namespace broadsheet::client {

enum class TableForm : uint8_t {
  // RFC 4180: lines end with CRLF, a cell with a comma, a quote or a line end is quoted. A cell
  // that a spreadsheet would run as a formula, since it begins with = + - or @, gets an apostrophe
  // in front: articles come from elsewhere. Line ends within a cell are kept.
  kCsv,
  // To the letter, but for tabs and line ends, which become spaces.
  kTsv,
};

// A column of articles. Lives as long as the program.
struct TableColumn {
  std::string_view name;
  // The fields of Article that it is made of, as paths of a FieldMask, between commas.
  std::string_view paths;
  std::string (*text)(const v1::Article&);
};

// The columns named in `names`, such as "id,headline,published"; empty = those that people look at
// first. INVALID_ARGUMENT with a message for a person for a name that is none.
absl::StatusOr<std::vector<const TableColumn*>> ColumnsOf(std::string_view names);

// All names, for help: "id, headline, ...".
std::string ColumnNames();

// The fields of Article that the columns need.
google::protobuf::FieldMask MaskOf(const std::vector<const TableColumn*>& columns);

// A line with its end.
std::string TableLine(const std::vector<std::string>& cells, TableForm form);
std::string HeaderLine(const std::vector<const TableColumn*>& columns, TableForm form);
std::string ArticleLine(const v1::Article& article, const std::vector<const TableColumn*>& columns,
                        TableForm form);

}  // namespace broadsheet::client
