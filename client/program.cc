// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/program.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <functional>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <ostream>
#include <set>

#include "absl/strings/str_format.h"
#include "arguments/mistyped.h"
#include "client/commands/admin_command.h"
#include "client/commands/copies_command.h"
#include "client/commands/counts_command.h"
#include "client/commands/delete_command.h"
#include "client/commands/export_command.h"
#include "client/commands/get_command.h"
#include "client/commands/open_command.h"
#include "client/commands/put_command.h"
#include "client/commands/search_command.h"
#include "client/commands/similar_command.h"
#include "client/commands/status_command.h"
#include "client/commands/suggest_command.h"
#include "client/commands/top_command.h"
#include "client/completion.h"
#include "client/help_text.h"
#include "client/session/channel_protection.h"
#include "client/session/option.h"
#include "client/session/pager.h"
#include "client/session/settings.h"
#include "client/view/safe_output.h"
#include "engine/base/shell_word.h"

namespace broadsheet::client {
namespace {

struct GlobalOptions {
  ConnectionOptions connection;
  ColorMode color = ColorMode::kAuto;
  bool no_pager = false;
  bool print_request = false;
};

// What was typed behind the name of each command.
struct CommandOptions {
  std::string shell;
  SearchOptions search;
  SearchOptions exported;
  CountsOptions facets;
  CountsOptions timeline;
  CountsOptions tags;
  SuggestOptions suggest;
  SimilarOptions similar;
  CopiesOptions copies;
  GetOptions get;
  OpenOptions open;
  PutOptions put;
  DeleteOptions remove;
  StatusOptions status;
  TopOptions top;
  AdminOptions admin;
};

// Of the program itself: what it may be asked, and how.
void DeclareSelfHelp(CLI::App& app, CommandOptions& options) {
  CLI::App* completion = app.add_subcommand(
      "completion", "Print a script that completes command lines in bash, zsh or fish");
  completion->footer(
      "Values of fields and words are asked from the server. For bash and zsh put into ~/.bashrc "
      "or "
      "~/.zshrc\n  eval \"$(broadsheet completion bash)\"\nand for fish into "
      "~/.config/fish/config.fish\n  broadsheet completion fish | source");
  AddOption(*completion, "SHELL", options.shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  CLI::App* man = app.add_subcommand("man", "Print the man page");
  man->footer("To read it:\n  broadsheet man | man -l -");
}

using Run = std::function<int(CommandContext&)>;

// Declares the commands and says how each is run, in the order in which help lists them.
std::map<const CLI::App*, Run> DeclareCommands(CLI::App& app, CommandOptions& options) {
  std::map<const CLI::App*, Run> runs;
  const auto add = [&](const CLI::App* command, const auto& run, const auto& its_options) {
    runs[command] = [&run, &its_options](CommandContext& context) {
      return run(its_options, context);
    };
  };
  add(DeclareSearch(app, options.search), RunSearch, options.search);
  add(DeclareGet(app, options.get), RunGet, options.get);
  add(DeclareOpen(app, options.open), RunOpen, options.open);
  add(DeclareSimilar(app, options.similar), RunSimilar, options.similar);
  add(DeclareCopies(app, options.copies), RunCopies, options.copies);
  add(DeclareFacets(app, options.facets), RunCounts, options.facets);
  add(DeclareTimeline(app, options.timeline), RunCounts, options.timeline);
  add(DeclareTags(app, options.tags), RunCounts, options.tags);
  add(DeclareSuggest(app, options.suggest), RunSuggest, options.suggest);
  add(DeclareExport(app, options.exported), RunExport, options.exported);
  add(DeclareStatus(app, options.status), RunStatus, options.status);
  add(DeclareTop(app, options.top), RunTop, options.top);
  add(DeclarePut(app, options.put), RunPut, options.put);
  add(DeclareDelete(app, options.remove), RunDelete, options.remove);
  add(DeclareAdmin(app, options.admin), RunAdmin, options.admin);
  DeclareSelfHelp(app, options);
  return runs;
}

void DeclareGlobals(CLI::App& app, GlobalOptions& options) {
  app.set_help_flag("--help", "Show this help");
  app.set_version_flag("--version", "broadsheet " BROADSHEET_VERSION);
  AddOption(app, "--server", options.connection.server,
            "Address of broadsheetd; also BROADSHEET_SERVER, or `server` in config.toml")
      ->capture_default_str();
  AddOption(app, "--token-file", options.connection.token_file,
            "File of the token by which the server knows you; else BROADSHEET_TOKEN has it, or "
            "`token_file` in config.toml")
      ->option_text("FILE");
  app.add_flag("--insecure", options.connection.insecure,
               "Send the token to another machine unencrypted, where all between can read it");
  DeclareProtection(app, options.connection.security);
  AddOption(app, "--timeout", options.connection.timeout_seconds, "Seconds to wait for an answer")
      ->check(CLI::Range(1, 3600))
      ->capture_default_str();
  const std::map<std::string, ColorMode> modes = {
      {"auto", ColorMode::kAuto}, {"always", ColorMode::kAlways}, {"never", ColorMode::kNever}};
  AddOption(app, "--color", options.color, "auto, always or never; NO_COLOR is honoured")
      ->transform(CLI::CheckedTransformer(modes, CLI::ignore_case))
      ->option_text("WHEN");
  app.add_flag("--no-pager", options.no_pager,
               "Print an answer that is longer than the screen without PAGER (default less -RFX)");
  app.add_flag("--print-request", options.print_request,
               "Print what would be asked, as JSON with the method's full name, and ask nothing");
}

// What reaches the same server as these options, when settings stay as they are.
std::string ProgramText(const ConnectionOptions& options, const Settings& settings) {
  const std::string usual = settings.server.empty() ? std::string(kDefaultServer) : settings.server;
  return "broadsheet" +
         (options.server == usual ? "" : base::ShellOption("--server", options.server)) +
         (options.token_file == settings.token_file
              ? ""
              : base::ShellOption("--token-file", options.token_file)) +
         (options.insecure ? " --insecure" : "") +
         ProtectionText(options.security, settings.security);
}

// Makes `value` the default of the option in each command that has it and takes such a value: not
// every command has every output.
void SetDefault(const CLI::App& app, const std::string& name, const std::string& value) {
  if (value.empty()) return;
  for (const CLI::App* command :
       app.get_subcommands([](const CLI::App* /*any*/) { return true; })) {
    const CLI::Option* option = command->get_option_no_throw(name);
    SetDefault(*command, name, value);
    if (option == nullptr) continue;
    try {
      const_cast<CLI::Option*>(option)->run_callback_for_default()->default_val(value);
    } catch (const CLI::Error&) {
      // This command has no such output.
    }
  }
}

void ApplySettings(const Settings& settings, const CLI::App& app, GlobalOptions& globals) {
  if (!settings.server.empty()) globals.connection.server = settings.server;
  if (settings.timeout_seconds) globals.connection.timeout_seconds = *settings.timeout_seconds;
  if (settings.color == "always") globals.color = ColorMode::kAlways;
  if (settings.color == "never") globals.color = ColorMode::kNever;
  globals.no_pager = !settings.pager;
  SetDefault(app, "--time-zone", settings.time_zone);
  SetDefault(app, "--output", settings.output);
}

void PrintSelfHelp(const CLI::App& app, const std::string& name, const CommandOptions& options,
                   std::ostream& out) {
  if (name == "man") {
    out << ManPage(app, BROADSHEET_VERSION);
  } else {
    out << CompletionScript(options.shell);
  }
}

// Puts this machine's zone for "local", and that of TZ for reading dates where none was given.
// False when there is none to put.
bool ResolveZones(CommandOptions& options) {
  for (SearchOptions* search :
       {&options.search, &options.exported, &options.facets.query, &options.timeline.query}) {
    search->own_zone = ZoneOfEnvironment();
    if (search->time_zone != "local") continue;
    search->time_zone = LocalZone();
    if (search->time_zone.empty()) return false;
  }
  return true;
}

// Whether the answer is to be read, and may be long. The others show what they do meanwhile.
bool IsPaged(const CommandOptions& options, const std::string& command) {
  static const std::set<std::string> kShort = {"status", "top", "put", "delete", "admin", "open"};
  return kShort.count(command) == 0 && options.search.queries.empty();
}

// Reports the end of parsing. `advice` may be empty. The exit status.
int ReportParse(const CLI::App& app, const CLI::ParseError& error, std::string advice,
                const Streams& streams) {
  if (advice.empty() && &arguments::ParsedCommand(app) == &app) {
    advice = "see: broadsheet --help, or broadsheet search --help";
  }
  const bool asked = arguments::ReportEnd(app, error, streams.out, streams.err, advice);
  return asked ? kExitFound : kExitError;
}

// All that a command line is parsed with, and into.
struct CommandLine {
  CLI::App app{"Search a news archive served by broadsheetd.", "broadsheet"};
  GlobalOptions globals;
  CommandOptions options;
  absl::StatusOr<Settings> of_file = ReadSettings(SettingsFile());
  Settings settings = WithEnvironment(of_file.value_or(Settings()));
  std::map<const CLI::App*, Run> runs;

  CommandLine() {
    app.formatter(
        std::make_shared<HelpFormatter>(Terminal::ForStandardOutput(ColorMode::kNever).width()));
    app.require_subcommand(1);
    app.fallthrough();
    if (!settings.server.empty()) globals.connection.server = settings.server;
    globals.connection.security = settings.security;
    globals.connection.token_file = settings.token_file;
    DeclareGlobals(app, globals);
    runs = DeclareCommands(app, options);
    ApplySettings(settings, app, globals);
  }

  std::string Program() const { return ProgramText(globals.connection, settings); }
  const CLI::App* Search() const { return app.get_subcommand("search"); }
};

// What to type instead of arguments that no command knows; "" when nothing is near.
std::string AdviceOnExtras(const CommandLine& line, const std::vector<std::string>& typed) {
  if (!line.Search()->parsed()) return "";
  return NegatedWordAdvice(line.Program() + " search", line.options.search, typed,
                           arguments::UnexpectedOf(line.app));
}

// What to do about a word that is no command. People type what they look for, so where no command
// of the program is near, a search is offered.
std::string DescribeNoCommand(const CLI::App& app, const arguments::UnknownCommand& unknown,
                              const std::vector<std::string>& typed) {
  if (!unknown.nearest.empty() || unknown.parent != &app) {
    return arguments::DescribeUnknown(app, unknown, typed);
  }
  return absl::StrFormat("broadsheet: there is no command \"%s\"\n  try: %s\n", unknown.path,
                         arguments::WithCommand(app, unknown, typed,
                                                "search " + base::ShellWord(typed[unknown.place])));
}

// Parses. The exit status when that is the end: help was asked for, or there is a mistake.
std::optional<int> Parse(CommandLine& line, const std::vector<std::string>& typed,
                         const Streams& streams) {
  const std::vector<std::string> spelled = SpelledOut(line.app, typed);
  std::vector<std::string> shown;
  std::transform(spelled.begin(), spelled.end(), std::back_inserter(shown), &Sanitized);
  if (const auto unknown = arguments::FindUnknownCommand(line.app, shown)) {
    streams.err << DescribeNoCommand(line.app, *unknown, shown);
    return kExitError;
  }
  try {
    // CLI11 takes the arguments in reverse.
    line.app.parse(std::vector<std::string>(spelled.rbegin(), spelled.rend()));
    ApplyNoTls(line.app, line.globals.connection.security);
    return std::nullopt;
  } catch (const CLI::ExtrasError& error) {
    return ReportParse(line.app, error, Sanitized(AdviceOnExtras(line, typed)), streams);
  } catch (const CLI::ParseError& error) {
    return ReportParse(line.app, error, "", streams);
  }
}

// What is wrong with what was set beside the command line; "" = nothing.
std::string MistakeInSettings(CommandLine& line) {
  if (!line.of_file.ok()) return std::string(line.of_file.status().message());
  if (ResolveZones(line.options)) return "";
  return "this machine does not say its time zone; name it, as in --time-zone Europe/London";
}

int RunSafely(const std::vector<std::string>& arguments, const Streams& streams,
              PagerBuffer& pager) {
  CommandLine line;
  // Asked by shells: words as they are typed, the last one unfinished, which are no command line.
  if (arguments.size() > 1 && arguments[0] == "complete" && arguments[1] == "--") {
    const std::vector<std::string> words(arguments.begin() + 2, arguments.end());
    for (const std::string& found : Completions(line.app, words, line.globals.connection)) {
      streams.out << found << '\n';
    }
    return kExitFound;
  }
  if (const auto status = Parse(line, arguments, streams)) return *status;
  const CLI::App* command = line.app.get_subcommands().front();
  if (line.runs.count(command) == 0) {
    PrintSelfHelp(line.app, command->get_name(), line.options, streams.out);
    return kExitFound;
  }
  if (const std::string mistake = MistakeInSettings(line); !mistake.empty()) {
    streams.err << "broadsheet: " << mistake << '\n';
    return kExitError;
  }
  // Its commands are conversations, of several requests.
  if (line.globals.print_request && command->get_name() == "admin") {
    streams.err << "broadsheet: admin has no --print-request; its methods are in "
                   "proto/broadsheet/v1/admin_service.proto\n";
    return kExitError;
  }
  if (line.globals.print_request && command->get_name() == "top") {
    streams.err << "broadsheet: top has no --print-request; it reads the metrics over HTTP\n";
    return kExitError;
  }
  const auto pager_command = PagerCommand();
  const bool paged = !line.globals.no_pager && IsPaged(line.options, command->get_name());
  if (pager_command && paged && pager.passes_to(std::cout)) {
    pager.Enable(RowsOfScreen(), *pager_command);
  }
  const bool options_ended = std::count(arguments.begin(), arguments.end(), "--") > 0;
  line.options.search.takes_page = line.Search()->count("--page") == 0 && !options_ended;
  Connection connection(line.globals.connection);
  CommandContext context{.streams = streams,
                         .terminal = Terminal::ForStandardOutput(line.globals.color),
                         .connection = connection,
                         .program = line.Program(),
                         .print_request = line.globals.print_request};
  return line.runs.at(command)(context);
}

}  // namespace

int RunClient(const std::vector<std::string>& arguments, const Streams& streams) {
  PagerBuffer pager(streams.out);
  std::ostream paged(&pager);
  SafeBuffer out_buffer(paged);
  SafeBuffer err_buffer(streams.err);
  std::ostream out(&out_buffer);
  std::ostream err(&err_buffer);
  return RunSafely(arguments, {.in = streams.in, .out = out, .err = err}, pager);
}

}  // namespace broadsheet::client
