// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/help_text.h"

#include <algorithm>
#include <sstream>
#include <string_view>
#include <vector>

#include "absl/strings/str_replace.h"
#include "client/session/option.h"
#include "client/view/text_layout.h"

namespace broadsheet::client {
namespace {

// "-n, --limit N"; a flag has no value.
std::string NameText(const CLI::Option& option, bool is_positional) {
  if (is_positional) {
    const bool list = option.get_expected_max() > 1;
    return option.get_name(true) + (list ? "..." : "");
  }
  // CLI11 writes "--tls,--no-tls{false}" for a flag and its opposite.
  const std::string name =
      absl::StrReplaceAll(option.get_name(false, true), {{"{false}", ""}, {",", ", "}});
  const std::string letter(ShortForm(name));
  std::string text = (letter.empty() ? "" : letter + ", ") + name;
  if (option.get_items_expected_max() == 0) return text;
  // "--limit LIMIT" says more than "--limit INT:INT in [1 - 1000]".
  std::string value = name.substr(2);
  std::transform(value.begin(), value.end(), value.begin(),
                 [](char c) { return c == '-' ? '_' : static_cast<char>(std::toupper(c)); });
  return text + " " + value;
}

// What it means, with the default where there is one.
std::string MeaningText(const CLI::Option& option) {
  const std::string standard = option.get_default_str();
  const bool shown = !standard.empty() && standard != "[]" && standard != "\"\"";
  return option.get_description() + (shown ? " (default " + standard + ")" : "");
}

std::vector<const CLI::Option*> OptionsOf(const CLI::App& app, bool positional) {
  return app.get_options([positional](const CLI::Option* option) {
    return option->get_positional() == positional && !option->get_group().empty();
  });
}

std::vector<const CLI::App*> CommandsOf(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App* /*any*/) { return true; });
}

// Text in roff: a backslash is an escape, a minus is not a hyphen, and a line that begins with a
// dot or a quote is a request.
std::string Roff(const std::string& text) {
  std::string roff;
  for (const char c : text) {
    const bool begins = roff.empty() || roff.back() == '\n';
    if (begins && (c == '.' || c == '\'')) roff += "\\&";
    if (c == '\\') {
      roff += "\\e";
    } else if (c == '-') {
      roff += "\\-";
    } else {
      roff += c;
    }
  }
  return roff;
}

void AddEntries(const CLI::App& app, std::string& page) {
  for (const bool positional : {true, false}) {
    for (const CLI::Option* option : OptionsOf(app, positional)) {
      page += ".TP\n.B " + Roff(NameText(*option, positional)) + "\n" + Roff(MeaningText(*option)) +
              "\n";
    }
  }
}

void AddCommand(const CLI::App& command, const std::string& prefix, std::string& page) {
  const std::string name = prefix + command.get_name();
  page += ".SS \"" + Roff(name) + "\"\n" + Roff(command.get_description()) + ".\n";
  AddEntries(command, page);
  if (!command.get_footer().empty()) {
    page += ".PP\n.nf\n" + Roff(command.get_footer()) + "\n.fi\n";
  }
  for (const CLI::App* below : CommandsOf(command)) AddCommand(*below, name + " ", page);
}

// The cells of a line of a table, which three blanks or more part: "kim OR putin      either".
std::vector<std::string_view> CellsOf(std::string_view line) {
  constexpr std::string_view kGap = "   ";
  std::vector<std::string_view> cells;
  size_t at = line.find_first_not_of(' ');
  while (at < line.size()) {
    const size_t end = std::min(line.find(kGap, at), line.size());
    cells.push_back(line.substr(at, end - at));
    at = line.find_first_not_of(' ', end);
  }
  return cells;
}

// Where `line` may be broken so that at most `width` bytes stand before it: at a blank that is in
// no quotes; 0 where it cannot be.
size_t BreakOf(std::string_view line, size_t width) {
  size_t found = 0;
  char quote = 0;
  for (size_t at = line.find_first_not_of(' '); at < std::min(line.size(), width + 1); ++at) {
    if (quote != 0) {
      if (line[at] == quote) quote = 0;
    } else if (line[at] == '\'' || line[at] == '"') {
      quote = line[at];
    } else if (line[at] == ' ') {
      found = at;
    }
  }
  return found;
}

// A command over as many lines as it needs, each but the last with the sign that a shell knows.
std::string BrokenCommand(std::string line, size_t width) {
  constexpr std::string_view kGoesOn = " \\\n";
  constexpr size_t kSign = 2;
  std::string lines;
  while (line.size() > width) {
    const size_t at = BreakOf(line, width - kSign);
    if (at == 0) break;
    lines.append(line, 0, at).append(kGoesOn);
    line = "      " + line.substr(at + 1);
  }
  return lines + line + "\n";
}

constexpr const char* kFiles = R"(.SH FILES
.TP
.I ~/.config/broadsheet/config.toml
Settings, below $XDG_CONFIG_HOME if that is set: server, token_file, time_zone, output, color, timeout (seconds),
tls_ca, tls_cert, tls_key and tls_name as the options of these names, and pager and tls (true or false).
.SH ENVIRONMENT
.TP
.B BROADSHEET_SERVER, BROADSHEET_TIME_ZONE, BROADSHEET_OUTPUT
.TQ
.B BROADSHEET_TLS (1 or 0), BROADSHEET_TLS_CA, BROADSHEET_TLS_CERT, BROADSHEET_TLS_KEY, BROADSHEET_TLS_NAME
As the options; they win over the file, and options win over them.
.TP
.B BROADSHEET_TOKEN
The token by which the server knows you, where no option names a file of it.
.TP
.B TZ
The zone in which dates are read where no other is given.
.TP
.B PAGER, NO_COLOR, FORCE_HYPERLINK
What shows long answers; no colours; links (1) or none (0).
)";

}  // namespace

std::string HelpFormatter::Entry(const std::string& name, const std::string& meaning) const {
  constexpr size_t kIndent = 2;
  constexpr size_t kMeaning = 24;
  // Where half of a narrow line would be left, the meaning stands below the name.
  const size_t column = width_ >= 2 * kMeaning ? kMeaning : 2 * kIndent;
  std::string lines = Filled(meaning, column);
  const std::string begin = std::string(kIndent, ' ') + name;
  if (lines.empty()) return begin + "\n";
  if (begin.size() > width_) return Filled(name, kIndent) + lines;
  if (begin.size() + 2 > column) return begin + "\n" + lines;
  return begin + lines.substr(begin.size());
}

std::string HelpFormatter::make_option(const CLI::Option* option, bool is_positional) const {
  return Entry(NameText(*option, is_positional), MeaningText(*option));
}

std::string HelpFormatter::make_subcommand(const CLI::App* command) const {
  return Entry(command->get_name(), command->get_description());
}

std::string HelpFormatter::make_usage(const CLI::App* app, std::string name) const {
  std::string usage = "Usage: " + name;
  if (!OptionsOf(*app, false).empty()) usage += " [OPTIONS]";
  for (const CLI::Option* option : OptionsOf(*app, true)) {
    const std::string word = NameText(*option, true);
    usage += option->get_required() ? " " + word : " [" + word + "]";
  }
  if (!CommandsOf(*app).empty()) usage += " COMMAND";
  return Filled(usage, 0);
}

std::string HelpFormatter::FooterLine(const std::string& line) const {
  if (DisplayWidth(line) <= width_) return line + "\n";
  if (line.starts_with("  broadsheet ")) return BrokenCommand(line, width_);
  // Pairs of what is typed and what it means, each on a line.
  const std::vector<std::string_view> cells = CellsOf(line);
  std::string lines;
  for (size_t i = 0; i + 1 < cells.size(); i += 2) {
    lines += Entry(std::string(cells[i]), std::string(cells[i + 1]));
  }
  return cells.size() % 2 == 0 ? lines : lines + Filled(cells.back(), 2);
}

std::string HelpFormatter::Filled(std::string_view text, size_t indent) const {
  const Terminal plain(false, width_);
  Paragraph paragraph(plain, indent);
  paragraph.Add(Style::kPlain, text);
  return paragraph.Take();
}

std::string HelpFormatter::make_description(const CLI::App* app) const {
  return Filled(app->get_description(), 0);
}

std::string HelpFormatter::make_footer(const CLI::App* app) const {
  std::istringstream footer(app->get_footer());
  std::string filled;
  std::string running;
  const auto end_running = [&] {
    filled += Filled(running, 0);
    running.clear();
  };
  for (std::string line; std::getline(footer, line);) {
    if (!line.empty() && line.front() != ' ') {
      running += line + (line.back() == ':' ? "" : " ");
      if (line.back() == ':') end_running();
      continue;
    }
    end_running();
    filled += FooterLine(line);
  }
  end_running();
  return filled;
}

std::string ManPage(const CLI::App& app, const std::string& version) {
  std::string page = ".TH BROADSHEET 1 \"\" \"Broadsheet " + version +
                     "\"\n.SH NAME\nbroadsheet \\- search a news archive\n.SH SYNOPSIS\n"
                     ".B broadsheet\n[OPTIONS] COMMAND ...\n.SH DESCRIPTION\n" +
                     Roff(app.get_description()) + "\n.SH OPTIONS\nOf all commands.\n";
  AddEntries(app, page);
  page += ".SH COMMANDS\n";
  for (const CLI::App* command : CommandsOf(app)) AddCommand(*command, "", page);
  return page + kFiles;
}

}  // namespace broadsheet::client
