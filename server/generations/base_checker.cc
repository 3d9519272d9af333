// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/generations/base_checker.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "server/base/remedy.h"

namespace broadsheet::server {
namespace {

// What is read at a time (storage::CheckBase).
constexpr double kBlockBytes = 1 << 20;

// Linux gives each thread a priority of its own.
void TakeLowestPriority() { setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), 19); }

}  // namespace

BaseChecker::BaseChecker(uint64_t bytes_per_second, Logger& logger)
    : bytes_per_second_(bytes_per_second), logger_(logger) {}

BaseChecker::~BaseChecker() { Stop(); }

void BaseChecker::Check(std::shared_ptr<const ServedGeneration> generation) {
  if (bytes_per_second_ == 0 || generation->check_base == nullptr) return;
  base::MutexLock lock(mutex_);
  if (stopping_) return;
  wanted_ = std::move(generation);
  report_ = {.state = BaseReport::State::kRunning};
  if (!thread_.joinable()) thread_ = std::thread([this] { Work(); });
  changed_.NotifyAll();
}

void BaseChecker::Stop() {
  {
    base::MutexLock lock(mutex_);
    stopping_ = true;
  }
  changed_.NotifyAll();
  // Check() starts no other from here on.
  if (thread_.joinable()) thread_.join();
}

BaseReport BaseChecker::ReportOf(const ServedGeneration* generation) const {
  base::MutexLock lock(mutex_);
  return generation != nullptr && generation == wanted_.get() ? report_ : BaseReport();
}

void BaseChecker::Work() {
  TakeLowestPriority();
  for (;;) {
    std::shared_ptr<const ServedGeneration> next;
    {
      base::MutexLock lock(mutex_);
      while (!stopping_ && report_.state != BaseReport::State::kRunning) changed_.Wait(mutex_);
      if (stopping_) return;
      next = wanted_;
    }
    CheckOne(*next);
  }
}

void BaseChecker::CheckOne(const ServedGeneration& generation) {
  const base::SteadyTime started = base::SteadyNow();
  base::SteadyTime next = started;
  NoteEnd(generation, generation.check_base([&] { return IsOver(generation, &next); }), started);
}

bool BaseChecker::IsOver(const ServedGeneration& generation, base::SteadyTime* next) const {
  base::MutexLock lock(mutex_);
  const auto over = [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return stopping_ || wanted_.get() != &generation;
  };
  while (!over() && base::SteadyNow() < *next) changed_.WaitUntil(mutex_, *next);
  // A disk that was slow for a while is not hurried afterwards.
  *next = std::max(*next, base::SteadyNow()) +
          absl::ToChronoNanoseconds(
              absl::Seconds(kBlockBytes / static_cast<double>(bytes_per_second_)));
  return over();
}

void BaseChecker::NoteEnd(const ServedGeneration& generation, const absl::Status& result,
                          base::SteadyTime started) {
  {
    base::MutexLock lock(mutex_);
    if (stopping_ || wanted_.get() != &generation) return;
    report_ = {.state = BaseReport::State::kUnchecked, .found = absl::Now()};
    if (result.ok()) report_.state = BaseReport::State::kWhole;
    if (absl::IsDataLoss(result)) report_.state = BaseReport::State::kDamaged;
  }
  const uint64_t number = generation.manifest.ref.number;
  const std::string why = WithRemedy(result);
  if (result.ok()) {
    logger_.Info(
        absl::StrFormat("checked the base of generation %d: %d files as MANIFEST has "
                        "them, in %d s",
                        number, generation.manifest.files.size(),
                        absl::ToInt64Seconds(absl::FromChrono(base::SteadyNow() - started))));
  } else if (absl::IsDataLoss(result)) {
    logger_.Error("refusing searches and writes until another generation is published: " + why);
  } else {
    logger_.Warning(absl::StrFormat("cannot check the base of generation %d: %s", number, why));
  }
}

}  // namespace broadsheet::server
