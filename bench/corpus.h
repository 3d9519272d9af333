// SPDX-License-Identifier: GPL-3.0-or-later
// The articles that benchmarks run on: real ones where they are at hand, else generated ones.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "broadsheet/v1/article.pb.h"

namespace broadsheet::bench {

struct Corpus {
  std::string name;  // for the benchmark's label
  std::vector<v1::Article> articles;
  size_t text_bytes = 0;
};

// The first `count` press releases of data/articles/senate-72k.jsonl.xz below the folder that the
// environment variable BROADSHEET_SHARED names; without it (or on any error, told on stderr)
// articles made of a built-in vocabulary whose words are distributed like those of a language.
Corpus LoadCorpus(size_t count);

}  // namespace broadsheet::bench
