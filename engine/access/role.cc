// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/access/role.h"

#include <algorithm>
#include <array>
#include <utility>

namespace broadsheet::access {
namespace {

constexpr std::array<std::pair<Role, std::string_view>, 4> kRoleNames = {{
    {Role::kSearch, "search"},
    {Role::kAlerts, "alerts"},
    {Role::kWrite, "write"},
    {Role::kAdmin, "admin"},
}};

}  // namespace

std::string_view NameOf(Role role) {
  for (const auto& [known, name] : kRoleNames) {
    if (known == role) return name;
  }
  return "";
}

std::optional<Role> FindRole(std::string_view name) {
  const auto* found = std::find_if(kRoleNames.begin(), kRoleNames.end(),
                                   [&](const auto& known) { return known.second == name; });
  if (found == kRoleNames.end()) return std::nullopt;
  return found->first;
}

std::string NamesOfRoles() {
  std::string names;
  for (const auto& [role, name] : kRoleNames)
    names += (names.empty() ? "" : ", ") + std::string(name);
  return names;
}

std::vector<std::string> Roles::Names() const {
  std::vector<std::string> names;
  for (const auto& [role, name] : kRoleNames) {
    if (Has(role)) names.emplace_back(name);
  }
  return names;
}

}  // namespace broadsheet::access
