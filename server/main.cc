// SPDX-License-Identifier: GPL-3.0-or-later
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <string>
#include <string_view>

#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "engine/base/file_mode.h"
#include "engine/base/standard_output.h"
#include "server/base/log_line.h"
#include "server/base/spare_memory.h"
#include "server/lifecycle.h"
#include "server/options.h"

namespace {

// To standard error; standard output holds the line that scripts wait for.
class StderrLogger final : public broadsheet::server::Logger {
 public:
  explicit StderrLogger(broadsheet::server::LogFormat format) : format_(format) {
    log_->set_pattern("%v");
  }
  void Info(const std::string& message) override { log_->info("{}", Line("info", message)); }
  void Warning(const std::string& message) override { log_->warn("{}", Line("warning", message)); }
  void Error(const std::string& message) override { log_->error("{}", Line("error", message)); }

 private:
  std::string Line(std::string_view level, const std::string& message) const {
    return broadsheet::server::LogMessage(format_, absl::Now(), level, message);
  }

  const broadsheet::server::LogFormat format_;
  const std::shared_ptr<spdlog::logger> log_ = spdlog::stderr_logger_mt("broadsheetd");
};

}  // namespace

int main(int argc, char** argv) {
  broadsheet::base::KeepStandardStreams();
  broadsheet::base::KeepFilesFromOthers();
  broadsheet::server::PrepareSpareMemory();
  // Debian builds Abseil, whose mutexes gRPC locks at every call, to look for deadlocks each time.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  const auto line = broadsheet::server::ParseCommandLine(argc, argv);
  if (!line.options) {
    return broadsheet::base::FinishStandardOutput("broadsheetd", line.exit_status, 1);
  }
  StderrLogger logger(line.options->log_format);
  if (line.check_only) {
    const int status = broadsheet::server::CheckConfiguration(line, logger);
    return broadsheet::base::FinishStandardOutput("broadsheetd", status, 1);
  }
  return broadsheet::server::RunUntilSignal(
      line, [argc, argv] { return broadsheet::server::ParseCommandLine(argc, argv); }, logger);
}
