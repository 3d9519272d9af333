// SPDX-License-Identifier: GPL-3.0-or-later
// Which role each method of the server asks for: the one table of it. A method without a row is
// nobody's.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/access/role.h"

namespace broadsheet::server {

struct MethodRule {
  enum class For : uint8_t {
    kAnybody,  // also whoever says nothing of who they are
    kCallers,  // whoever the server knows, whatever their roles
    kRole,     // those who have `role`
  };

  std::string_view method;  // its full name, "broadsheet.v1.SearchService.GetArticle"
  For whom = For::kRole;
  access::Role role = access::Role::kAdmin;
};

std::span<const MethodRule> MethodRules();

// "GetArticle" of a full name, for people.
inline std::string ShortNameOf(std::string_view method) {
  return std::string(method.substr(method.rfind('.') + 1));
}

// nullptr when there is none.
const MethodRule* FindMethodRule(std::string_view method);

}  // namespace broadsheet::server
