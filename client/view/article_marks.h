// SPDX-License-Identifier: GPL-3.0-or-later
// What of an article matched a search. Pure; safe from any thread.
#pragma once

#include <google/protobuf/repeated_field.h>

#include <cstddef>
#include <string_view>
#include <vector>

#include "broadsheet/v1/search_service.pb.h"

namespace broadsheet::client {

using Fragments = google::protobuf::RepeatedPtrField<v1::Fragment>;

// Bytes [begin, end) of a text that matched.
struct Mark {
  size_t begin = 0;
  size_t end = 0;
};

// Where `text`, the value of a field, matched; in order. `field` and `index` as a fragment has
// them.
std::vector<Mark> MarksOf(std::string_view text, std::string_view field, int index,
                          const Fragments& fragments);

}  // namespace broadsheet::client
