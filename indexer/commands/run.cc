// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/run.h"

#include "arguments/mistyped.h"
#include "indexer/commands/shared/remedy.h"

namespace broadsheet::commands {
namespace {

constexpr const char* kProgramHelp =
    "Turns news articles into a Broadsheet index and looks after it.\n"
    "\n"
    "  broadsheet-indexer build --index /srv/news articles/    index files and folders\n"
    "  broadsheet-indexer parse page.txt                       see what a file would give\n"
    "  broadsheet-indexer stats --index /srv/news              see what an index holds\n";

constexpr const char* kExitStatuses =
    "Exit status: 0 all went well; 1 done, but some records were rejected or lost (they are "
    "reported);\n"
    "2 an error: nothing was published, an index that was there is as it was.\n"
    "The index may be named by BROADSHEET_INDEX instead of --index.";

}  // namespace

ExitStatus Fail(const Io& io, const absl::Status& status) { return Fail(io, status, ""); }

ExitStatus Fail(const Io& io, const absl::Status& status, const std::string& consequence) {
  io.err << "broadsheet-indexer: " << WithRemedy(status) << (consequence.empty() ? "" : "; ")
         << consequence << "\n";
  return kFailed;
}

CLI::App* AddCommand(CLI::App& app, const std::string& name, const std::string& brief,
                     const std::string& about) {
  CLI::App* command = app.add_subcommand(name, brief);
  command->footer(about);
  return command;
}

void AddIndexOption(CLI::App& command, std::string* index) {
  command.add_option("--index", *index, "Folder of the index")
      ->envname("BROADSHEET_INDEX")
      ->required()
      ->type_name("DIR");
}

CLI::Option* AddArguments(CLI::App& command, const std::string& name,
                          std::vector<std::string>* values, const std::string& help) {
  constexpr int kAnyNumber = CLI::detail::expected_max_vector_size;
  // CLI11 goes on with words behind `--` only while some are missing: here they always are. And it
  // would take the word "[a,b]" for a list of two.
  return command.add_option(name, *values, help)
      ->expected(kAnyNumber, kAnyNumber)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->allow_extra_args(false);
}

int Run(int argc, const char* const* argv, const Io& io) {
  CLI::App app(kProgramHelp, "broadsheet-indexer");
  app.set_help_flag("-h,--help", "Explain and exit; also after a command");
  app.set_version_flag("--version", "broadsheet-indexer " BROADSHEET_VERSION);
  app.footer(kExitStatuses);
  app.require_subcommand(1);
  ExitStatus status = kFailed;
  AddBuildCommand(app, io, &status);
  AddAddCommand(app, io, &status);
  AddPushCommand(app, io, &status);
  AddParseCommand(app, io, &status);
  AddVerifyCommand(app, io, &status);
  AddStatsCommand(app, io, &status);
  AddGenerationsCommand(app, io, &status);
  AddRebuildCommand(app, io, &status);
  AddCompactCommand(app, io, &status);
  AddPublishCommand(app, io, &status);
  AddRollbackCommand(app, io, &status);
  AddPruneCommand(app, io, &status);
  AddTakedownCommand(app, io, &status);
  AddSnapshotCommand(app, io, &status);
  AddRestoreCommand(app, io, &status);
  AddTokenCommand(app, io, &status);
  AddQueriesCommand(app, io, &status);
  const std::vector<std::string> typed(argv + 1, argv + argc);
  if (const auto unknown = arguments::FindUnknownCommand(app, typed)) {
    io.err << arguments::DescribeUnknown(app, *unknown, typed);
    return kFailed;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return arguments::ReportEnd(app, error, io.out, io.err) ? kAllGood : kFailed;
  }
  io.out.flush();
  return status;
}

}  // namespace broadsheet::commands
