// SPDX-License-Identifier: GPL-3.0-or-later
// The options of `broadsheet search`.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace broadsheet::client {

// The words and options typed after `broadsheet search`.
struct SearchOptions {
  std::vector<std::string> words;
  std::vector<std::string> tags;
  // Words of a name, or a whole name in quotes.
  std::vector<std::string> bylines;
  std::vector<std::string> captions;
  std::vector<std::string> sections;
  std::vector<std::string> sources;
  std::vector<std::string> languages;
  std::string since;
  std::string until;
  int limit = 10;
  int page = 1;
  std::string sort;
  std::string match = "all";
  std::string output = "text";
  std::string profile;
  double half_life_days = 0;               // 0 = the server's
  std::optional<double> recency_cap = {};  // absent = the server's
  std::string time_zone;
  // The person's zone, in which dates are read where no time_zone is given; empty = UTC.
  std::string own_zone = {};
  bool explain = false;
  bool exact_total = false;
  bool collapse_copies = false;
  bool without_synonyms = false;
  // What is asked for besides a page of hits, or instead of it.
  bool count = false;
  bool all = false;
  bool whole_values = false;  // names in `bylines` are whole, though without quotes
  bool may_be_empty = false;  // no query and no filter mean all articles
  std::string queries;        // a file of queries, "-" for standard input
  std::string fields;         // columns of a table, between commas
  std::string facets;         // fields to count by, between commas
  std::string timeline;       // an interval: "month"
  // True if --page can be appended to the typed line: it has neither --page nor `--`.
  bool takes_page = true;
};

}  // namespace broadsheet::client
