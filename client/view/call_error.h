// SPDX-License-Identifier: GPL-3.0-or-later
// The error of a failed call, read. Pure; safe from any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "broadsheet/v1/search_service.pb.h"
#include "google/rpc/status.pb.h"

namespace grpc {
class Status;
}

namespace broadsheet::client {

// A query as it was sent, and the part that the user typed.
struct SentQuery {
  std::string text;
  size_t typed_begin = 0;  // bytes [typed_begin, typed_end) of text
  size_t typed_end = 0;
  // Whether a mended query mends what was typed: nothing was added behind it.
  bool mendable = true;
};

// As the server sent it; without details when it has none that can be read.
google::rpc::Status ErrorOf(const grpc::Status& status);

// The mistake in the text of a query; nullopt for other errors.
std::optional<v1::QueryError> QueryErrorOf(const grpc::Status& status);

// The bytes of the error that lie in what the user typed, counted from there.
struct Place {
  size_t begin = 0;
  size_t end = 0;
};
Place PlaceInTyped(const v1::QueryError& error, const SentQuery& query);

}  // namespace broadsheet::client
