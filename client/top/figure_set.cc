// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/top/figure_set.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"

namespace broadsheet::client {
namespace {

// Takes `"value"` with its escapes from the start of `text`; false when there is none.
bool TakeQuoted(std::string_view& text, std::string& value) {
  if (!text.starts_with('"')) return false;
  for (size_t at = 1; at < text.size(); ++at) {
    if (text[at] == '"') {
      text.remove_prefix(at + 1);
      return true;
    }
    if (text[at] != '\\') {
      value += text[at];
    } else if (++at < text.size()) {
      value += text[at] == 'n' ? '\n' : text[at];
    }
  }
  return false;
}

// Takes `{name="value",...}` from the start of `text`; nothing when it does not begin so.
bool TakeLabels(std::string_view& text, std::map<std::string, std::string>& labels) {
  if (!text.starts_with('{')) return true;
  text.remove_prefix(1);
  while (!text.starts_with('}')) {
    const size_t equals = text.find('=');
    if (equals == text.npos) return false;
    std::string& value = labels[std::string(text.substr(0, equals))];
    text.remove_prefix(equals + 1);
    if (!TakeQuoted(text, value)) return false;
    if (text.starts_with(',')) text.remove_prefix(1);
  }
  text.remove_prefix(1);
  return true;
}

bool Has(const Figure& figure, const std::map<std::string, std::string>& only) {
  return std::all_of(only.begin(), only.end(), [&](const auto& label) {
    const auto found = figure.labels.find(label.first);
    return found != figure.labels.end() && found->second == label.second;
  });
}

double ReadBound(const std::string& text) {
  double bound = std::numeric_limits<double>::infinity();
  if (text != "+Inf" && !absl::SimpleAtod(text, &bound)) return 0;
  return bound;
}

// How many were observed up to each bound.
std::map<double, double> Buckets(const FigureSet& figures, const std::string& name,
                                 const std::map<std::string, std::string>& only) {
  std::map<double, double> buckets;
  for (const Figure& figure : figures.Named(name + "_bucket")) {
    const auto bound = figure.labels.find("le");
    if (bound != figure.labels.end() && Has(figure, only)) {
      buckets[ReadBound(bound->second)] += figure.value;
    }
  }
  return buckets;
}

}  // namespace

absl::StatusOr<FigureSet> FigureSet::Parse(std::string_view page) {
  FigureSet set;
  int number = 0;
  for (const auto piece : absl::StrSplit(absl::string_view(page.data(), page.size()), '\n')) {
    std::string_view line(piece.data(), piece.size());
    ++number;
    if (line.empty() || line.starts_with('#')) continue;
    const std::string name(line.substr(0, line.find_first_of("{ ")));
    line.remove_prefix(name.size());
    Figure figure;
    const bool has_labels = TakeLabels(line, figure.labels);
    // A time may follow the value; ours have none.
    const std::string value(line.substr(std::min<size_t>(line.size(), 1)));
    if (!has_labels || !line.starts_with(' ') || !absl::SimpleAtod(value, &figure.value)) {
      return absl::InvalidArgumentError(
          absl::StrFormat("line %d is no figure as Prometheus writes them", number));
    }
    set.figures_[name].push_back(std::move(figure));
  }
  return set;
}

const std::vector<Figure>& FigureSet::Named(const std::string& name) const {
  static const std::vector<Figure> kNone;
  const auto found = figures_.find(name);
  return found == figures_.end() ? kNone : found->second;
}

std::optional<double> FigureSet::Find(const std::string& name) const {
  const std::vector<Figure>& found = Named(name);
  if (found.empty()) return std::nullopt;
  return found.front().value;
}

double FigureSet::Sum(const std::string& name,
                      const std::map<std::string, std::string>& only) const {
  double sum = 0;
  for (const Figure& figure : Named(name)) {
    if (Has(figure, only)) sum += figure.value;
  }
  return sum;
}

std::optional<double> Quantile(const FigureSet& before, const FigureSet& now,
                               const std::string& name, double share,
                               const std::map<std::string, std::string>& only) {
  std::map<double, double> buckets = Buckets(now, name, only);
  for (const auto& [bound, count] : Buckets(before, name, only)) buckets[bound] -= count;
  const double all = buckets.empty() ? 0 : buckets.rbegin()->second;
  if (all <= 0) return std::nullopt;
  const double wanted = share * all;
  double lower = 0;
  double below = 0;
  for (const auto& [bound, count] : buckets) {
    if (count >= wanted) {
      if (bound == std::numeric_limits<double>::infinity()) return bound;
      return lower + (bound - lower) * (count > below ? (wanted - below) / (count - below) : 1);
    }
    lower = bound;
    below = count;
  }
  return std::numeric_limits<double>::infinity();
}

}  // namespace broadsheet::client
