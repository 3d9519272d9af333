// SPDX-License-Identifier: GPL-3.0-or-later
// broadsheet-indexer token: who may call a server, and the tokens by which it knows them.
#include "engine/access/token.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "engine/access/caller_file.h"
#include "engine/base/shell_word.h"
#include "indexer/commands/shared/command.h"
#include "indexer/commands/shared/figures.h"

namespace broadsheet::commands {
namespace {

using access::CallerRecord;
using access::TokenRecord;

constexpr const char* kTokenHelp =
    "Says who may call a server, in a file that `broadsheetd --tokens FILE` reads anew whenever "
    "it\n"
    "changes. It has hashes of tokens, no tokens; certificates and identities of a front are "
    "added\n"
    "to it by hand (docs/operations.md).\n"
    "\n"
    "  broadsheet-indexer token new --tokens callers.toml website --roles search > website.token\n"
    "  broadsheet-indexer token list --tokens callers.toml\n"
    "  broadsheet-indexer token revoke --tokens callers.toml website\n";

constexpr const char* kNewHelp =
    "Prints a new token, this once. A caller that the file does not have yet is added with the\n"
    "roles that are given: search, alerts, write, admin. One that it has gets a second token with\n"
    "the same rights, beside the one in use: change to it where it is used, and then revoke the\n"
    "other. Of tokens that have expired the file is cleared.\n"
    "\n"
    "With --source and the like the caller finds, counts and reads only articles that have one of\n"
    "the values in each field that is named; an article without the field is not among them.\n"
    "\n"
    "  broadsheet-indexer token new --tokens callers.toml website --roles search > website.token\n"
    "  broadsheet-indexer token new --tokens callers.toml partner --roles search \\\n"
    "      --source \"The Guardian\" --source \"The Times\" --rate 20 --expires 90d\n";

constexpr const char* kRevokeHelp =
    "A server refuses the token within a second, in streams that are open as well. Without "
    "--token\n"
    "the caller is taken out with all that it has.\n";

struct TokenFlags {
  std::string file;
  std::string name;
  std::vector<std::string> roles;
  std::string expires = "365d";
  double rate = 0;
  uint32_t burst = 0;
  // One list for each field of access::NamesOfLicenceFields().
  std::vector<std::pair<std::string, std::vector<std::string>>> only;
  std::string token;  // access::TokenHash::ShortName()
};

absl::StatusOr<absl::Time> ExpiryOf(const std::string& text, absl::Time now) {
  if (text == "never") return absl::InfiniteFuture();
  const auto mistake = absl::InvalidArgumentError(
      "--expires takes a number of days or hours, such as 90d or 12h, or never; not " + text);
  const size_t digits = text.find_first_not_of("0123456789");
  if (digits == 0 || digits == std::string::npos || digits + 1 != text.size() || digits > 5) {
    return mistake;
  }
  const int64_t number = std::stoll(text.substr(0, digits));
  if (number == 0 || (text.back() != 'd' && text.back() != 'h')) return mistake;
  return now + number * absl::Hours(text.back() == 'd' ? 24 : 1);
}

std::string DayText(absl::Time time) {
  return absl::FormatTime("%Y-%m-%d %H:%M UTC", time, absl::UTCTimeZone());
}

std::string ExpiryText(const TokenRecord& token, absl::Time now) {
  if (token.expires == absl::InfiniteFuture()) return "never expires";
  return (token.expires <= now ? "expired " : "expires ") + DayText(token.expires);
}

// What the options say of a caller that is new.
absl::StatusOr<CallerRecord> NewCaller(const TokenFlags& flags) {
  CallerRecord caller{.name = flags.name, .rate = flags.rate, .burst = flags.burst};
  for (const std::string& name : flags.roles) {
    const std::optional<access::Role> role = access::FindRole(name);
    if (!role) {
      return absl::InvalidArgumentError("there is no role " + name + "; there are " +
                                        access::NamesOfRoles());
    }
    caller.roles.Add(*role);
  }
  for (const auto& [field, values] : flags.only) {
    if (!values.empty()) caller.only[field] = values;
  }
  if (caller.roles.empty()) {
    return absl::InvalidArgumentError("the file has no caller \"" + flags.name +
                                      "\" yet: name its roles with --roles, of " +
                                      access::NamesOfRoles());
  }
  return caller;
}

bool NamesRights(const TokenFlags& flags) {
  return !flags.roles.empty() || flags.rate > 0 || flags.burst > 0 ||
         std::any_of(flags.only.begin(), flags.only.end(),
                     [](const auto& field) { return !field.second.empty(); });
}

std::vector<CallerRecord>::iterator FindCaller(std::vector<CallerRecord>& callers,
                                               const std::string& name) {
  return std::find_if(callers.begin(), callers.end(),
                      [&](const CallerRecord& caller) { return caller.name == name; });
}

absl::Status AddToken(const TokenFlags& flags, const TokenRecord& token,
                      std::vector<CallerRecord>* callers) {
  auto caller = FindCaller(*callers, flags.name);
  if (caller == callers->end()) {
    absl::StatusOr<CallerRecord> added = NewCaller(flags);
    if (!added.ok()) return added.status();
    caller = callers->insert(caller, *std::move(added));
  } else if (NamesRights(flags)) {
    return absl::FailedPreconditionError(
        "the file has \"" + flags.name +
        "\" already, whose tokens all have the same rights: give no options for them, or change "
        "them in the file");
  }
  std::erase_if(caller->tokens,
                [&](const TokenRecord& old) { return old.expires <= token.created; });
  if (caller->tokens.size() >= access::kMostTokens) {
    return absl::FailedPreconditionError(absl::StrFormat(
        "\"%s\" has %s, and no caller has more; revoke one first: `broadsheet-indexer token "
        "revoke%s --token %s%s`",
        flags.name, Counted(caller->tokens.size(), "token"),
        base::ShellOption("--tokens", flags.file), caller->tokens.front().hash.ShortName(),
        base::ShellArgument(flags.name)));
  }
  caller->tokens.push_back(token);
  return access::CheckCaller(*caller);
}

ExitStatus NewToken(const TokenFlags& flags, const Io& io) {
  const absl::Time now = absl::FromUnixSeconds(absl::ToUnixSeconds(absl::Now()));
  const absl::StatusOr<absl::Time> expires = ExpiryOf(flags.expires, now);
  if (!expires.ok()) return Fail(io, expires.status());
  const absl::StatusOr<std::string> secret = access::MakeToken();
  if (!secret.ok()) return Fail(io, secret.status());
  const TokenRecord token{
      .hash = access::TokenHash::Of(*secret), .created = now, .expires = *expires};
  const absl::Status added = access::EditCallers(
      flags.file, [&](auto* callers) { return AddToken(flags, token, callers); });
  if (!added.ok()) return Fail(io, added);
  io.out << *secret << "\n";
  io.err << "token " << token.hash.ShortName() << " of \"" << flags.name << "\" "
         << ExpiryText(token, now) << "; it is not shown again\n";
  return kAllGood;
}

std::string RightsText(const CallerRecord& caller) {
  std::string text = absl::StrJoin(caller.roles.Names(), ", ");
  if (caller.rate > 0) text += absl::StrFormat("; %g calls a second", caller.rate);
  if (caller.burst > 0) text += absl::StrFormat(", %d at once", caller.burst);
  for (const auto& [field, values] : caller.only) {
    text += "; only " + field + " " + absl::StrJoin(values, " | ");
  }
  return text;
}

ExitStatus ListTokens(const TokenFlags& flags, const Io& io) {
  const auto callers = access::ReadCallers(flags.file);
  if (!callers.ok()) return Fail(io, callers.status());
  const absl::Time now = absl::Now();
  for (const CallerRecord& caller : *callers) {
    io.out << caller.name << ": " << RightsText(caller) << "\n";
    for (const TokenRecord& token : caller.tokens) {
      io.out << "  token " << token.hash.ShortName() << ", created " << DayText(token.created)
             << ", " << ExpiryText(token, now) << "\n";
    }
    for (const std::string& name : caller.certificates) io.out << "  certificate " << name << "\n";
    for (const std::string& name : caller.identities) io.out << "  identity " << name << "\n";
  }
  return kAllGood;
}

absl::Status TakeOut(const TokenFlags& flags, std::vector<CallerRecord>* callers) {
  const auto caller = FindCaller(*callers, flags.name);
  if (caller == callers->end()) {
    return absl::NotFoundError("the file has no caller \"" + flags.name + "\"");
  }
  if (flags.token.empty()) {
    callers->erase(caller);
    return absl::OkStatus();
  }
  const auto removed = std::erase_if(caller->tokens, [&](const TokenRecord& token) {
    return token.hash.ShortName() == flags.token;
  });
  if (removed > 0) return absl::OkStatus();
  return absl::NotFoundError(
      absl::StrFormat("\"%s\" has no token %s; `broadsheet-indexer token "
                      "list%s` shows which it has",
                      flags.name, flags.token, base::ShellOption("--tokens", flags.file)));
}

ExitStatus RevokeToken(const TokenFlags& flags, const Io& io) {
  // No file is made to take something out of it.
  if (const auto read = access::ReadCallers(flags.file); !read.ok()) return Fail(io, read.status());
  const absl::Status taken =
      access::EditCallers(flags.file, [&](auto* callers) { return TakeOut(flags, callers); });
  if (!taken.ok()) return Fail(io, taken);
  io.out << "revoked " << (flags.token.empty() ? "" : "token " + flags.token + " of ") << "\""
         << flags.name << "\"\n";
  return kAllGood;
}

CLI::App* AddTokenCommandOf(CLI::App& token, const std::string& name, const std::string& brief,
                            const char* about, TokenFlags* flags) {
  CLI::App* command = AddCommand(token, name, brief, about);
  command->add_option("--tokens", flags->file, "The file of callers")
      ->envname("BROADSHEET_TOKENS")
      ->required()
      ->type_name("FILE");
  return command;
}

void AddRights(CLI::App& command, TokenFlags* flags) {
  command.add_option("--roles", flags->roles, "What a new caller may do")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->delimiter(',')
      ->type_name("ROLE,...");
  command.add_option("--expires", flags->expires, "When the token expires: 90d, 12h, never")
      ->capture_default_str()
      ->type_name("WHEN");
  command.add_option("--rate", flags->rate, "Calls a second that a new caller has, 0 = any number")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 1e6));
  command
      .add_option("--burst", flags->burst,
                  "Calls that it may make at once [those of two seconds, at least one]")
      ->check(CLI::Range(1, 1'000'000));
  for (auto& [field, values] : flags->only) {
    command
        .add_option("--" + field, values,
                    "Only articles with this " + field + "; may be given several times")
        ->group("Licence of a new caller")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->type_name("VALUE");
  }
}

}  // namespace

void AddTokenCommand(CLI::App& app, const Io& io, ExitStatus* status) {
  auto flags = std::make_shared<TokenFlags>();
  for (const std::string& field : access::LicenceFields()) flags->only.push_back({field, {}});
  CLI::App* token = AddCommand(app, "token", "Say who may call a server, and what", kTokenHelp);
  token->require_subcommand(1);
  CLI::App* made =
      AddTokenCommandOf(*token, "new", "Make a token, and its caller", kNewHelp, flags.get());
  made->add_option("NAME", flags->name, "Whose token it is")->required();
  AddRights(*made, flags.get());
  made->callback([flags, &io, status] { *status = NewToken(*flags, io); });
  CLI::App* list =
      AddTokenCommandOf(*token, "list", "List callers and their tokens", "", flags.get());
  list->callback([flags, &io, status] { *status = ListTokens(*flags, io); });
  CLI::App* revoke =
      AddTokenCommandOf(*token, "revoke", "Refuse a token, or a caller", kRevokeHelp, flags.get());
  revoke->add_option("NAME", flags->name, "Whose token it is")->required();
  revoke->add_option("--token", flags->token, "Only this one, by the name that list shows")
      ->type_name("TOKEN");
  revoke->callback([flags, &io, status] { *status = RevokeToken(*flags, io); });
}

}  // namespace broadsheet::commands
