// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/completion.h"

#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <map>

#include "client/request/search_value_options.h"
#include "client/session/channel_protection.h"
#include "client/session/option.h"
#include "client/view/terminal.h"

namespace broadsheet::client {
namespace {

// The kind of completions that are titles, see Completion.
constexpr std::string_view kHeadlines = "headline";

// Quoting is each shell's own: bash gets words escaped by printf %q, the others take lines.
constexpr std::string_view kBash =
    R"sh(# Completion of broadsheet for bash: source <(broadsheet completion bash)
_broadsheet() {
  local IFS=$'\n' word
  COMPREPLY=()
  while read -r word; do
    COMPREPLY+=("$(printf '%q' "$word")")
  done < <(broadsheet complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _broadsheet broadsheet
)sh";

constexpr std::string_view kZsh = R"sh(#compdef broadsheet
# Completion of broadsheet for zsh: source <(broadsheet completion zsh)
_broadsheet() {
  local -a found
  found=("${(@f)$(broadsheet complete -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "${found[1]}" ]]; then compadd -U -a found; else _files; fi
}
compdef _broadsheet broadsheet
)sh";

constexpr std::string_view kFish =
    R"sh(# Completion of broadsheet for fish: broadsheet completion fish | source
function __broadsheet_complete
  set -l words (commandline -opc) (commandline -ct)
  broadsheet complete -- $words[2..-1] 2>/dev/null
end
complete -c broadsheet -a '(__broadsheet_complete)'
)sh";

void AddBeginning(const std::string& name, const std::string& typed,
                  std::vector<std::string>& found) {
  if (name.starts_with(typed) && std::count(found.begin(), found.end(), name) == 0) {
    found.push_back(name);
  }
}

// Asks the server for what `text` may become: queries, or values of `kind` unless that is empty.
std::vector<std::string> FromServer(const std::string& text, const std::string& kind,
                                    ConnectionOptions server) {
  server.timeout_seconds = 1;
  v1::SuggestCompletionsRequest request;
  request.set_text(text);
  if (InvalidByte(text)) return {};
  if (!kind.empty()) request.add_kinds(kind);
  Connection connection(server);
  if (!AddressMistake(server.server).empty() || connection.Connect() != Reached::kServer) return {};
  v1::SuggestCompletionsResponse response;
  grpc::ClientContext call;
  connection.Prepare(call);
  if (!connection.stub().SuggestCompletions(&call, request, &response).ok()) return {};
  std::vector<std::string> found;
  for (const v1::Completion& completion : response.completions()) {
    // A headline is nothing that people begin to type in a shell.
    if (kind.empty() && completion.kind() == kHeadlines) continue;
    found.push_back(Sanitized(kind.empty() ? completion.query() : completion.value()));
  }
  return found;
}

// The values that an option takes, if they are few and known here.
std::vector<std::string> KnownValues(const CLI::Option& option, const std::string& typed) {
  static const std::map<std::string, std::vector<std::string>> kValues = {
      {"--output", {"text", "json", "jsonl", "ids", "csv", "tsv", "lines"}},
      {"--sort", {"relevance", "newest", "oldest"}},
      {"--match", {"all", "any"}},
      {"--color", {"auto", "always", "never"}},
      {"--profile", {"default", "recent", "exact", "plain"}},
      {"--order", {"count", "value"}},
      {"--timeline", {"hour", "day", "week", "month", "quarter", "year"}},
      {"--time-zone", {"local", "UTC"}},
  };
  std::vector<std::string> found;
  const auto values = kValues.find(option.get_name(false, true));
  if (values == kValues.end()) return found;
  for (const std::string& value : values->second) AddBeginning(value, typed, found);
  return found;
}

std::vector<std::string> ValuesOf(const CLI::Option& option, const std::string& typed,
                                  const ConnectionOptions& server) {
  const std::string name = option.get_name(false, true);
  for (const ValueOption& value : ValueOptions()) {
    if (value.name == name && value.filter != nullptr) {
      return FromServer(typed, std::string(value.field()), server);
    }
  }
  return KnownValues(option, typed);
}

const CLI::Option* FindOption(const CLI::App& command, const CLI::App& app,
                              const std::string& name) {
  if (!name.starts_with('-') || name == "--") return nullptr;
  const CLI::Option* option = command.get_option_no_throw(name);
  return option != nullptr ? option : app.get_option_no_throw(name);
}

const CLI::App* FindCommand(const CLI::App& command, const std::string& name) {
  for (const CLI::App* below : command.get_subcommands([](const CLI::App*) { return true; })) {
    if (below->get_name() == name) return below;
  }
  return nullptr;
}

void AddOptions(const CLI::App& command, const std::string& typed,
                std::vector<std::string>& found) {
  for (const CLI::Option* option : command.get_options([](const CLI::Option*) { return true; })) {
    for (const std::string& name : option->get_lnames()) AddBeginning("--" + name, typed, found);
  }
}

}  // namespace

std::string_view CompletionScript(std::string_view shell) {
  if (shell == "bash") return kBash;
  if (shell == "zsh") return kZsh;
  if (shell == "fish") return kFish;
  return "";
}

std::vector<std::string> Completions(const CLI::App& app, const std::vector<std::string>& words,
                                     ConnectionOptions server) {
  std::vector<std::string> spelled = SpelledOut(app, words);
  const std::string typed = spelled.empty() ? "" : spelled.back();
  if (!spelled.empty()) spelled.pop_back();
  const CLI::App* command = &app;
  const CLI::Option* awaits = nullptr;
  for (const std::string& word : spelled) {
    if (awaits != nullptr) {
      const std::string name = awaits->get_name(false, true);
      if (name == "--server") server.server = word;
      if (name == "--token-file") server.token_file = word;
      if (name.starts_with("--tls-")) SetProtection(name, word, server.security);
      awaits = nullptr;
      continue;
    }
    if (word == "--tls") server.security.encrypt = true;
    const CLI::Option* option = FindOption(*command, app, word);
    if (option != nullptr) {
      awaits = option->get_items_expected_max() > 0 ? option : nullptr;
    } else if (const CLI::App* below = FindCommand(*command, word); below != nullptr) {
      command = below;
    }
  }
  if (awaits != nullptr) return ValuesOf(*awaits, typed, server);
  std::vector<std::string> found;
  if (typed.starts_with('-')) {
    AddOptions(*command, typed, found);
    if (command != &app) AddOptions(app, typed, found);
    return found;
  }
  for (const CLI::App* below : command->get_subcommands([](const CLI::App*) { return true; })) {
    if (!below->get_group().empty()) AddBeginning(below->get_name(), typed, found);
  }
  const bool takes_words = command->get_option_no_throw("WORDS") != nullptr;
  // A word by itself, as a shell's word is: what stands before it stays as it is.
  if (takes_words && !typed.empty()) found = FromServer(typed, "", server);
  return found;
}

}  // namespace broadsheet::client
