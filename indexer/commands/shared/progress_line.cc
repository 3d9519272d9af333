// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/shared/progress_line.h"

#include "absl/time/clock.h"
#include "indexer/commands/shared/figures.h"

namespace broadsheet::commands {
namespace {

constexpr absl::Duration kBetweenDrawings = absl::Milliseconds(100);
// Before that a rate says little.
constexpr absl::Duration kEarliestEstimate = absl::Seconds(1);
// Back to the first column, and clear to the end of the line.
constexpr const char* kEraseLine = "\r\x1b[K";

}  // namespace

bool ProgressLine::IsDue() const {
  if (!enabled_) return false;
  absl::MutexLock lock(&mutex_);
  return absl::Now() - drawn_ >= kBetweenDrawings;
}

void ProgressLine::Draw(const std::string& text) {
  if (!enabled_) return;
  absl::MutexLock lock(&mutex_);
  out_ << kEraseLine << text << std::flush;
  visible_ = true;
  drawn_ = absl::Now();
}

void ProgressLine::PrintAbove(const std::string& text) {
  absl::MutexLock lock(&mutex_);
  Erase();
  out_ << text << "\n";
}

void ProgressLine::Clear() {
  absl::MutexLock lock(&mutex_);
  Erase();
}

void ProgressLine::Erase() {
  if (visible_) out_ << kEraseLine << std::flush;
  visible_ = false;
}

std::string ProgressText(const ProgressFigures& figures) {
  std::string text = figures.stage;
  if (figures.articles > 0 || figures.bytes == 0) {
    text += "  " + Count(figures.articles);
    if (figures.articles_total > 0) text += " of " + Count(figures.articles_total);
    text += " articles";
  }
  const double seconds = absl::ToDoubleSeconds(figures.elapsed);
  const bool telling = figures.elapsed >= kEarliestEstimate;
  if (telling && figures.articles > 0) {
    const double rate = static_cast<double>(figures.articles) / seconds;
    text += "  " + Count(static_cast<uint64_t>(rate)) + "/s";
  }
  if (figures.bytes > 0) text += "  " + Bytes(figures.bytes);
  if (telling && figures.share > 0 && figures.share <= 1) {
    text += "  " + Elapsed(figures.elapsed * (1 / figures.share - 1)) + " left";
  }
  return text;
}

}  // namespace broadsheet::commands
