// SPDX-License-Identifier: GPL-3.0-or-later
// Writes to standard output what of the field table the client may know: a header with the names of
// fields. The client itself sees nothing of the engine.
#include <iostream>
#include <string>

#include "engine/schema/field_table.h"

namespace {

using broadsheet::schema::FieldKind;

std::string NamesOf(FieldKind kind) {
  std::string names;
  for (const broadsheet::schema::Field& field : broadsheet::schema::Fields()) {
    if (field.kind == kind) names.append(names.empty() ? "" : " ").append(field.name);
  }
  return names;
}

}  // namespace

int main() {
  std::cout << "// Written by cmake/write_field_names.cc from engine/schema/field_table.cc.\n"
               "#pragma once\n\n"
               "namespace broadsheet::client {\n\n"
               "// As help lists them, with a space between two.\n"
               "inline constexpr const char* kWordFields = \""
            << NamesOf(FieldKind::kText)
            << "\";\n"
               "inline constexpr const char* kValueFields = \""
            << NamesOf(FieldKind::kExact) << "\";\n\n}  // namespace broadsheet::client\n";
  return std::cout.flush() ? 0 : 1;
}
