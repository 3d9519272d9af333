// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/access/callers.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <sstream>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/civil_time.h"
#include "engine/schema/field_table.h"

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

namespace broadsheet::access {
namespace {

constexpr size_t kMaxNameBytes = 100;
constexpr double kMostCallsPerSecond = 1e6;

absl::Status MistakeAt(const toml::node& node, std::string_view what) {
  return absl::InvalidArgumentError(
      absl::StrFormat("line %d: %s", node.source().begin.line, std::string(what)));
}

bool HasControlCharacter(const std::string& text) {
  return std::any_of(text.begin(), text.end(),
                     [](unsigned char byte) { return byte < 0x20 || byte == 0x7F; });
}

// Calls `read(key, node)` for each entry of `table`, until one has an error.
template <typename Read>
absl::Status ForEachEntry(const toml::table& table, Read read) {
  for (const auto& [key, node] : table) {
    if (absl::Status status = read(key.str(), node); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> ReadTexts(const toml::node& node) {
  const toml::array* list = node.as_array();
  if (list == nullptr || list->empty()) return MistakeAt(node, "expected a list of texts");
  std::vector<std::string> texts;
  for (const toml::node& each : *list) {
    std::optional<std::string> text = each.value_exact<std::string>();
    if (!text || text->empty() || HasControlCharacter(*text)) {
      return MistakeAt(each, "expected a text without control characters");
    }
    texts.push_back(*std::move(text));
  }
  return texts;
}

absl::StatusOr<absl::Time> ReadTime(const toml::node& node) {
  const std::optional<toml::date_time> stated = node.value_exact<toml::date_time>();
  if (!stated || !stated->offset) {
    return MistakeAt(node, "expected a time with its zone, such as 2026-11-30T15:00:00Z");
  }
  const absl::CivilSecond civil(stated->date.year, stated->date.month, stated->date.day,
                                stated->time.hour, stated->time.minute, stated->time.second);
  return absl::FromCivil(civil, absl::UTCTimeZone()) - absl::Minutes(stated->offset->minutes);
}

absl::StatusOr<TokenRecord> ReadToken(const toml::node& node) {
  const toml::table* table = node.as_table();
  if (table == nullptr) return MistakeAt(node, "a token is a table [[caller.token]]");
  TokenRecord token;
  bool has_hash = false;
  absl::Status status = ForEachEntry(*table, [&](std::string_view key, const toml::node& value) {
    if (key == "hash") {
      const auto hash = TokenHash::FromHex(value.value_or(std::string_view()));
      if (!hash) return MistakeAt(value, "a hash has 64 digits, 0-9 and a-f");
      token.hash = *hash;
      has_hash = true;
      return absl::OkStatus();
    }
    if (key != "created" && key != "expires") {
      return MistakeAt(value, absl::StrFormat("a token has no \"%s\"", std::string(key)));
    }
    const absl::StatusOr<absl::Time> time = ReadTime(value);
    if (time.ok()) (key == "created" ? token.created : token.expires) = *time;
    return time.status();
  });
  if (!status.ok()) return status;
  if (!has_hash) return MistakeAt(node, "the token has no hash");
  return token;
}

absl::StatusOr<FieldValues> ReadOnly(const toml::node& node) {
  const toml::table* table = node.as_table();
  if (table == nullptr) return MistakeAt(node, "expected fields and their values");
  FieldValues only;
  absl::Status status = ForEachEntry(*table, [&](std::string_view key, const toml::node& value) {
    const schema::Field* field = schema::FindField(key);
    if (field == nullptr || !field->facet) {
      return MistakeAt(value,
                       absl::StrFormat("a licence cannot be for values of \"%s\", but of %s",
                                       std::string(key), absl::StrJoin(LicenceFields(), ", ")));
    }
    absl::StatusOr<std::vector<std::string>> values = ReadTexts(value);
    if (values.ok()) only[std::string(field->name)] = *std::move(values);
    return values.status();
  });
  if (!status.ok()) return status;
  return only;
}

// One caller, entry by entry.
class CallerReader {
 public:
  absl::StatusOr<CallerRecord> Read(const toml::node& node);

 private:
  absl::Status Take(std::string_view key, const toml::node& value);
  absl::Status TakeName(const toml::node& value);
  absl::Status TakeRoles(const toml::node& value);
  absl::Status TakeRate(const toml::node& value);
  absl::Status TakeBurst(const toml::node& value);
  absl::Status TakeTokens(const toml::node& value);
  static absl::Status TakeTexts(const toml::node& value, std::vector<std::string>* texts);

  CallerRecord caller_;
};

absl::StatusOr<CallerRecord> CallerReader::Read(const toml::node& node) {
  const toml::table* table = node.as_table();
  if (table == nullptr) return MistakeAt(node, "a caller is a table [[caller]]");
  absl::Status status = ForEachEntry(
      *table, [&](std::string_view key, const toml::node& value) { return Take(key, value); });
  if (!status.ok()) return status;
  if (absl::Status checked = CheckCaller(caller_); !checked.ok()) {
    return MistakeAt(node, {checked.message().data(), checked.message().size()});
  }
  return std::move(caller_);
}

absl::Status CallerReader::Take(std::string_view key, const toml::node& value) {
  if (key == "name") return TakeName(value);
  if (key == "roles") return TakeRoles(value);
  if (key == "rate") return TakeRate(value);
  if (key == "burst") return TakeBurst(value);
  if (key == "token") return TakeTokens(value);
  if (key == "certificates") return TakeTexts(value, &caller_.certificates);
  if (key == "identities") return TakeTexts(value, &caller_.identities);
  if (key != "only") {
    return MistakeAt(value, absl::StrFormat("a caller has no \"%s\"", std::string(key)));
  }
  absl::StatusOr<FieldValues> only = ReadOnly(value);
  if (only.ok()) caller_.only = *std::move(only);
  return only.status();
}

absl::Status CallerReader::TakeName(const toml::node& value) {
  caller_.name = value.value_or(std::string());
  return absl::OkStatus();
}

absl::Status CallerReader::TakeRoles(const toml::node& value) {
  const absl::StatusOr<std::vector<std::string>> names = ReadTexts(value);
  if (!names.ok()) return names.status();
  for (const std::string& name : *names) {
    const std::optional<Role> role = FindRole(name);
    if (!role) {
      return MistakeAt(value,
                       absl::StrFormat("there is no role \"%s\", but %s", name, NamesOfRoles()));
    }
    caller_.roles.Add(*role);
  }
  return absl::OkStatus();
}

absl::Status CallerReader::TakeRate(const toml::node& value) {
  caller_.rate = value.value_or(-1.0);
  return absl::OkStatus();
}

absl::Status CallerReader::TakeBurst(const toml::node& value) {
  const int64_t burst = value.value_exact<int64_t>().value_or(0);
  if (burst < 1 || burst > 1'000'000) return MistakeAt(value, "a burst is 1 to 1000000 calls");
  caller_.burst = static_cast<uint32_t>(burst);
  return absl::OkStatus();
}

absl::Status CallerReader::TakeTokens(const toml::node& value) {
  const toml::array* list = value.as_array();
  if (list == nullptr) return MistakeAt(value, "tokens are tables [[caller.token]]");
  for (const toml::node& each : *list) {
    absl::StatusOr<TokenRecord> token = ReadToken(each);
    if (!token.ok()) return token.status();
    caller_.tokens.push_back(*std::move(token));
  }
  return absl::OkStatus();
}

absl::Status CallerReader::TakeTexts(const toml::node& value, std::vector<std::string>* texts) {
  absl::StatusOr<std::vector<std::string>> read = ReadTexts(value);
  if (read.ok()) *texts = *std::move(read);
  return read.status();
}

// A name, a token or an identity is one caller's.
absl::Status CheckUnique(const std::vector<CallerRecord>& callers) {
  std::set<std::string> taken;
  const auto take = [&taken](std::string_view kind, const std::string& what) {
    if (taken.insert(absl::StrFormat("%s %s", std::string(kind), what)).second) {
      return absl::OkStatus();
    }
    return absl::InvalidArgumentError(
        absl::StrFormat("the %s \"%s\" is there twice", std::string(kind), what));
  };
  absl::Status status;
  for (const CallerRecord& caller : callers) {
    status.Update(take("name", caller.name));
    for (const TokenRecord& token : caller.tokens) status.Update(take("token", token.hash.ToHex()));
    for (const std::string& one : caller.certificates) status.Update(take("certificate", one));
    for (const std::string& one : caller.identities) status.Update(take("identity", one));
  }
  return status;
}

std::string TimeText(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", time, absl::UTCTimeZone());
}

toml::array ListOf(const std::vector<std::string>& texts) {
  toml::array list;
  for (const std::string& text : texts) list.push_back(text);
  return list;
}

// A text, a number or a list in TOML's notation, all texts in the quotes that people expect.
std::string Notation(const toml::node& value) {
  std::ostringstream out;
  out << toml::toml_formatter(
      value, toml::toml_formatter::default_flags & ~toml::format_flags::allow_literal_strings);
  return out.str();
}

std::string FormatCaller(const CallerRecord& caller) {
  std::string text = "\n[[caller]]\nname = " + Notation(toml::value<std::string>(caller.name));
  text += "\nroles = " + Notation(ListOf(caller.roles.Names()));
  if (caller.rate > 0) text += "\nrate = " + Notation(toml::value<double>(caller.rate));
  if (caller.burst > 0) text += absl::StrFormat("\nburst = %d", caller.burst);
  for (const auto& [field, values] : caller.only) {
    text += "\nonly." + field + " = " + Notation(ListOf(values));
  }
  if (!caller.certificates.empty()) {
    text += "\ncertificates = " + Notation(ListOf(caller.certificates));
  }
  if (!caller.identities.empty()) text += "\nidentities = " + Notation(ListOf(caller.identities));
  text += "\n";
  for (const TokenRecord& token : caller.tokens) {
    text += "\n  [[caller.token]]\n  hash = \"" + token.hash.ToHex() + "\"\n";
    text += "  created = " + TimeText(token.created) + "\n";
    if (token.expires != absl::InfiniteFuture()) {
      text += "  expires = " + TimeText(token.expires) + "\n";
    }
  }
  return text;
}

}  // namespace

std::vector<std::string> LicenceFields() {
  std::vector<std::string> names;
  for (const schema::Field& field : schema::Fields()) {
    if (field.facet) names.emplace_back(field.name);
  }
  return names;
}

absl::Status CheckCaller(const CallerRecord& caller) {
  const auto refuse = [](const std::string& why) { return absl::InvalidArgumentError(why); };
  if (caller.name.empty() || caller.name.size() > kMaxNameBytes ||
      HasControlCharacter(caller.name)) {
    return refuse("a caller has a name, of up to 100 bytes and without control characters");
  }
  if (caller.roles.empty()) return refuse("the caller has no role; there are " + NamesOfRoles());
  if (!(caller.rate >= 0 && caller.rate <= kMostCallsPerSecond)) {
    return refuse("a rate is a number of calls a second, up to 1000000");
  }
  if (caller.burst > 0 && caller.rate == 0) return refuse("a burst is no limit without a rate");
  if (caller.tokens.size() > kMostTokens) {
    return refuse(absl::StrFormat("a caller has at most %d tokens", kMostTokens));
  }
  const bool changes = caller.roles.Has(Role::kWrite) || caller.roles.Has(Role::kAdmin);
  if (!caller.only.empty() && changes) {
    return refuse(
        "who has the role write or admin has to do with all articles, so \"only\" cannot "
        "be for them");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<CallerRecord>> ParseCallers(std::string_view text) {
  const toml::parse_result parsed = toml::parse(text);
  if (!parsed) {
    return absl::InvalidArgumentError(absl::StrFormat("line %d: %s",
                                                      parsed.error().source().begin.line,
                                                      std::string(parsed.error().description())));
  }
  std::vector<CallerRecord> callers;
  absl::Status status =
      ForEachEntry(parsed.table(), [&](std::string_view key, const toml::node& node) {
        const toml::array* list = node.as_array();
        if (key != "caller" || list == nullptr) {
          return MistakeAt(node, "expected tables [[caller]] and nothing else");
        }
        for (const toml::node& each : *list) {
          absl::StatusOr<CallerRecord> caller = CallerReader().Read(each);
          if (!caller.ok()) return caller.status();
          callers.push_back(*std::move(caller));
        }
        return absl::OkStatus();
      });
  if (status.ok()) status = CheckUnique(callers);
  if (!status.ok()) return status;
  return callers;
}

std::string FormatCallers(const std::vector<CallerRecord>& callers) {
  std::string text =
      "# Who may call the server of an index, and what each may do. Tokens are here as hashes "
      "only.\n";
  for (const CallerRecord& caller : callers) text += FormatCaller(caller);
  return text;
}

}  // namespace broadsheet::access
