// SPDX-License-Identifier: GPL-3.0-or-later
// Prints the answer to a search, for a person or for a program.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "broadsheet/v1/search_service.pb.h"
#include "client/request/search_options.h"
#include "client/session/command_context.h"
#include "client/view/first_words.h"

namespace broadsheet::client {

// What was asked beside the hits, and how long the answer took.
struct SearchAnswer {
  std::string sent;  // the query as it was sent
  v1::SearchArticlesResponse response;
  v1::AggregateArticlesResponse counts;  // empty without --facet and --timeline
  std::chrono::milliseconds elapsed{};
};

// Prints in the form of --output. What is for programs goes to standard output alone, what a person
// should know to standard error. `query` is as typed.
void PrintAnswer(const SearchOptions& options, const std::string& query, const SearchAnswer& answer,
                 CommandContext& context);

// Gives articles that a list would show without a headline their texts, of which it shows the first
// words. Those whose text cannot be had stay as they are.
void FetchTexts(const std::vector<v1::Article*>& articles, Connection& connection);

// "broadsheet get 1", or with the id where `get` does not know the hit by its number.
std::string GetLine(size_t number, const std::string& id, bool remembered,
                    const CommandContext& context);

}  // namespace broadsheet::client
