// SPDX-License-Identifier: GPL-3.0-or-later
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "absl/synchronization/mutex.h"
#include "engine/base/standard_output.h"
#include "server/lifecycle.h"
#include "server/options.h"

namespace {

// To standard error; standard output holds the line that scripts wait for.
class StderrLogger final : public broadsheet::server::Logger {
 public:
  void Info(const std::string& message) override { log_->info("{}", message); }
  void Warning(const std::string& message) override { log_->warn("{}", message); }
  void Error(const std::string& message) override { log_->error("{}", message); }

 private:
  const std::shared_ptr<spdlog::logger> log_ = spdlog::stderr_logger_mt("broadsheetd");
};

}  // namespace

int main(int argc, char** argv) {
  broadsheet::base::KeepStandardStreams();
  // Debian builds Abseil, whose mutexes gRPC locks at every call, to look for deadlocks each time.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  const auto line = broadsheet::server::ParseCommandLine(argc, argv);
  if (!line.options) {
    return broadsheet::base::FinishStandardOutput("broadsheetd", line.exit_status, 1);
  }
  StderrLogger logger;
  return broadsheet::server::RunUntilSignal(*line.options, logger);
}
