// SPDX-License-Identifier: GPL-3.0-or-later
// What Sphinx answers to the queries that tools/peers' sphinx times: a line a query, the number of
// articles that match, a tab, the numbers of the first ten in the input, from 1.
//
//   sphinx_answers PORT and|or|phrase QUERIES
#include <mariadb/mysql.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using Rows = std::vector<std::vector<std::string>>;

// Exits with the server's words when it refuses.
Rows Ask(MYSQL* server, const std::string& statement) {
  if (mysql_real_query(server, statement.data(), statement.size()) != 0) {
    std::cerr << statement << ": " << mysql_error(server) << '\n';
    std::exit(1);
  }
  const std::unique_ptr<MYSQL_RES, decltype(&mysql_free_result)> result(mysql_store_result(server),
                                                                        &mysql_free_result);
  if (result == nullptr) {
    std::cerr << statement << ": no result\n";
    std::exit(1);
  }
  Rows rows;
  const unsigned columns = mysql_num_fields(result.get());
  while (MYSQL_ROW row = mysql_fetch_row(result.get())) {
    rows.emplace_back();
    for (unsigned i = 0; i < columns; ++i) rows.back().emplace_back(row[i] ? row[i] : "");
  }
  return rows;
}

// In SphinxQL's own syntax, with its quotation marks escaped for the statement.
std::string Match(const std::string& line, std::string_view kind) {
  if (kind == "phrase") return "\\\"" + line + "\\\"";
  std::string match = "(";
  std::istringstream words(line);
  for (std::string word; words >> word;) {
    if (match.size() > 1) match += kind == "or" ? " | " : " ";
    match += word;
  }
  return match + ")";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const std::unique_ptr<MYSQL, decltype(&mysql_close)> server(mysql_init(nullptr), &mysql_close);
  const auto port = static_cast<unsigned>(std::atoi(argv[1]));
  if (mysql_real_connect(server.get(), "127.0.0.1", "", "", "", port, nullptr, 0) == nullptr) {
    std::cerr << mysql_error(server.get()) << '\n';
    return 1;
  }
  std::ifstream lines(argv[3]);
  if (!lines) return 2;
  for (std::string line; std::getline(lines, line);) {
    const Rows hits =
        Ask(server.get(), "select id from t where match('@(headline,body) " + Match(line, argv[2]) +
                              "') limit 10 option ranker=proximity_bm25,"
                              "field_weights=(headline=3,body=1)");
    std::string count = "0";
    for (const auto& row : Ask(server.get(), "show meta")) {
      if (row[0] == "total_found") count = row[1];
    }
    std::cout << count << '\t';
    for (size_t i = 0; i < hits.size(); ++i) std::cout << (i > 0 ? " " : "") << hits[i][0];
    std::cout << '\n';
  }
  return 0;
}
