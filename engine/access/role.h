// SPDX-License-Identifier: GPL-3.0-or-later
// What a caller of a server may do. No role includes another.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::access {

enum class Role : uint8_t {
  kSearch,  // find and read articles
  kAlerts,  // keep queries for what comes in
  kWrite,   // put and delete articles
  kAdmin,   // generations: rebuild, publish, roll back, prune
};

// "search"
std::string_view NameOf(Role role);
// nullopt when there is no such role.
std::optional<Role> FindRole(std::string_view name);
// "search, alerts, write, admin"
std::string NamesOfRoles();

// A set of roles.
class Roles {
 public:
  Roles() = default;
  Roles(std::initializer_list<Role> roles) {
    for (const Role role : roles) Add(role);
  }
  static Roles All() { return {Role::kSearch, Role::kAlerts, Role::kWrite, Role::kAdmin}; }

  void Add(Role role) { bits_ |= BitOf(role); }
  bool Has(Role role) const { return (bits_ & BitOf(role)) != 0; }
  bool empty() const { return bits_ == 0; }
  // In the order of the enum.
  std::vector<std::string> Names() const;
  bool operator==(const Roles&) const = default;

 private:
  static constexpr uint8_t BitOf(Role role) {
    return static_cast<uint8_t>(1U << static_cast<unsigned>(role));
  }
  uint8_t bits_ = 0;
};

}  // namespace broadsheet::access
