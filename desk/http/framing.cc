// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/http/framing.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "absl/strings/ascii.h"

namespace broadsheet::desk {
namespace {

bool IsNumber(std::string_view text) {
  constexpr size_t kMostDigits = 18;
  return !text.empty() && text.size() <= kMostDigits &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "Content-Length " is another name for some, and the same for others.
bool IsName(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) { return c > ' ' && c < 0x7F; });
}

}  // namespace

bool HasOneReading(const evkeyvalq& headers) {
  int lengths = 0;
  int codings = 0;
  int hosts = 0;
  for (const evkeyval* header = headers.tqh_first; header != nullptr;
       header = header->next.tqe_next) {
    if (!IsName(header->key)) return false;
    const std::string name = absl::AsciiStrToLower(std::string(header->key));
    if (name == "content-length") {
      ++lengths;
      if (!IsNumber(header->value)) return false;
    } else if (name == "transfer-encoding") {
      ++codings;
      if (absl::AsciiStrToLower(std::string(header->value)) != "chunked") return false;
    } else if (name == "host") {
      ++hosts;
    }
  }
  return lengths + codings <= 1 && hosts <= 1;
}

}  // namespace broadsheet::desk
