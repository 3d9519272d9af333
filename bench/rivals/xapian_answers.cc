// SPDX-License-Identifier: GPL-3.0-or-later
// What Xapian answers to the queries that tools/peers' xqry times, on the index that xidx filled
// with one thread: a line a query, the number of articles that match, a tab, the numbers of the
// first ten in the input, from 1.
//
//   xapian_answers INDEX and|or|phrase QUERIES
#include <xapian.h>

#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

namespace {

constexpr Xapian::doccount kDepth = 10;

// TermGenerator keeps stems with a Z before them, and positions of exact words alone.
Xapian::Query ParseLine(const std::string& line, const std::string& kind,
                        const Xapian::Stem& stem) {
  std::vector<Xapian::Query> words;
  std::istringstream in(line);
  for (std::string word; in >> word;) {
    words.emplace_back(kind == "phrase" ? word : "Z" + stem(word));
  }
  if (kind == "phrase") {
    const auto window = static_cast<Xapian::termcount>(words.size());
    return {Xapian::Query::OP_PHRASE, words.begin(), words.end(), window};
  }
  return {kind == "and" ? Xapian::Query::OP_AND : Xapian::Query::OP_OR, words.begin(), words.end()};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  try {
    const Xapian::Database database(argv[1]);
    const Xapian::Stem stem("english");
    std::ifstream lines(argv[3]);
    if (!lines) return 2;
    for (std::string line; std::getline(lines, line);) {
      Xapian::Enquire enquire(database);
      enquire.set_query(ParseLine(line, argv[2], stem));
      // All are checked, so that the count is exact.
      const Xapian::MSet hits = enquire.get_mset(0, kDepth, database.get_doccount());
      std::cout << hits.get_matches_estimated() << '\t';
      const char* between = "";
      for (auto hit = hits.begin(); hit != hits.end(); ++hit) {
        std::cout << between << *hit;
        between = " ";
      }
      std::cout << '\n';
    }
  } catch (const Xapian::Error& error) {
    std::cerr << error.get_description() << '\n';
    return 1;
  }
  return 0;
}
