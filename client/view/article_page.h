// SPDX-License-Identifier: GPL-3.0-or-later
// A whole article to read on a terminal.
#pragma once

#include <google/protobuf/repeated_field.h>

#include <iosfwd>

#include "broadsheet/v1/search_service.pb.h"
#include "client/view/terminal.h"

namespace broadsheet::client {

using Fragments = google::protobuf::RepeatedPtrField<v1::Fragment>;

// Headline, credits, summary, captions, body, tags, address. What matched in `fragments`, parts of
// this article, is lit up.
void PrintArticle(const v1::Article& article, const Fragments& fragments, const Terminal& terminal,
                  std::ostream& out);

}  // namespace broadsheet::client
