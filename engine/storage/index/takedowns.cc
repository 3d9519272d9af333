// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/index/takedowns.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "engine/base/file_error.h"
#include "engine/base/file_reader.h"
#include "engine/base/file_writer.h"
#include "engine/base/steady_time.h"
#include "engine/schema/error.h"
#include "engine/schema/index_fault.h"
#include "engine/storage/index/current.h"
#include "engine/storage/index/takedown_lines.h"
#include "engine/storage/index/takedowns_record.h"

namespace broadsheet::storage {
namespace {

namespace fs = std::filesystem;

// Some 250,000 of the longest ids.
constexpr size_t kMaxTakedownsBytes = 256 << 20;

// The takedowns as they are on disk, and what tells whether that is all.
struct StoredTakedowns {
  TakedownsEvidence evidence;
  std::string text;
  TakedownLines lines;
};

absl::Status DamagedLines(const Layout& layout, const std::string& what) {
  return schema::FaultError(
      absl::StatusCode::kDataLoss,
      {.reason = schema::FaultReason::kTakedownsLost, .index = layout.root().string()},
      absl::StrFormat("%s %s; nothing is served, since articles that were taken down would be seen "
                      "again",
                      layout.takedowns().string(), what));
}

absl::Status DamagedRecord(const Layout& layout, const absl::Status& what) {
  return schema::FaultError(
      absl::StatusCode::kDataLoss,
      {.reason = schema::FaultReason::kTakedownsUnrecorded, .index = layout.root().string()},
      absl::StrFormat("cannot tell whether %s is whole: %s; nothing is served, since articles that "
                      "were taken down might be seen again",
                      layout.takedowns().string(), std::string(what.message())));
}

// What is wrong with the lines by this record; "" when nothing is.
std::string WhatIsMissing(const TakedownsRecord& record, const Layout& layout,
                          const StoredTakedowns& stored) {
  if (Holds(record, stored.text, stored.lines)) return "";
  if (stored.lines.ids.size() >= record.lines) {
    return absl::StrFormat("is damaged: its first %d lines are not those on record", record.lines);
  }
  const char* what = base::ReadFileStamp(layout.takedowns()).exists() ? "damaged" : "missing";
  return absl::StrFormat("is %s: it has %d of the %d lines on record", what,
                         stored.lines.ids.size(), record.lines);
}

// Nothing when there is no such file. As much as is there while it is read, were it cut meanwhile.
absl::StatusOr<std::string> ReadText(const Layout& layout) {
  const absl::StatusOr<base::FileReader> file = base::FileReader::Open(layout.takedowns());
  if (absl::IsNotFound(file.status())) return std::string();
  if (absl::IsFailedPrecondition(file.status())) return DamagedLines(layout, "is no file");
  if (!file.ok()) return file.status();
  if (file->size() > kMaxTakedownsBytes) return DamagedLines(layout, "is damaged: it is too large");
  std::string text(file->size(), '\0');
  const absl::StatusOr<size_t> got = file->ReadSomeAt(0, text.size(), text.data());
  if (!got.ok()) return got.status();
  text.resize(*got);
  return text;
}

// In the order that takedowns_record.h asks for.
absl::StatusOr<StoredTakedowns> ReadStored(const Layout& layout) {
  absl::StatusOr<TakedownsEvidence> evidence = ReadTakedownsEvidence(layout);
  if (!evidence.ok()) return evidence.status();
  absl::StatusOr<std::string> text = ReadText(layout);
  if (!text.ok()) return text.status();
  absl::StatusOr<TakedownLines> lines = ParseTakedownLines(*text);
  if (!lines.ok()) return DamagedLines(layout, std::string(lines.status().message()));
  StoredTakedowns stored{*std::move(evidence), *std::move(text), *std::move(lines)};
  std::vector<TakedownsRecord> records = stored.evidence.repeats;
  if (stored.evidence.record) records.push_back(*stored.evidence.record);
  for (const TakedownsRecord& record : records) {
    const std::string missing = WhatIsMissing(record, layout, stored);
    if (!missing.empty()) return DamagedLines(layout, missing);
  }
  if (!stored.evidence.damage.ok()) return DamagedRecord(layout, stored.evidence.damage);
  return stored;
}

base::FileDescriptor OpenToHold(const fs::path& file, int access) {
  return base::FileDescriptor(
      ::open(file.c_str(), access | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0644));
}

// flock cannot wait with a timeout, so it is polled.
constexpr absl::Duration kLockPatience = absl::Seconds(30);
constexpr absl::Duration kBetweenLockTries = absl::Milliseconds(5);

// Others hold it for milliseconds, unless one of them is stopped or means harm: UNAVAILABLE then.
absl::Status LockSoon(const base::FileDescriptor& fd, const fs::path& file) {
  const base::SteadyTime deadline = base::SteadyIn(kLockPatience);
  while (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) {
      return base::FileError(errno, "cannot lock", file);
    }
    if (base::SteadyNow() >= deadline) {
      return absl::UnavailableError(absl::StrFormat(
          "another program has held the lock of %s for %s (its process is listed by `lslocks`)",
          file.string(), absl::FormatDuration(kLockPatience)));
    }
    absl::SleepFor(kBetweenLockTries);
  }
  return absl::OkStatus();
}

// Keeps others from adding lines, for milliseconds. Makes the file when there is none. DATA_LOSS
// when something else is in its place. `access` is O_RDWR, or O_RDONLY for whoever may not write to
// it, since another one has made it, and need not.
absl::StatusOr<base::FileDescriptor> Hold(const Layout& layout, int access) {
  const fs::path file = layout.takedowns();
  while (true) {
    // Some file systems lock nothing that is open for reading.
    base::FileDescriptor fd = OpenToHold(file, O_RDWR);
    if (!fd.open() && errno == EACCES) fd = OpenToHold(file, access);
    if (!fd.open() && errno == EISDIR) return DamagedLines(layout, "is no file");
    if (!fd.open()) return base::FileError(errno, "cannot open", file);
    if (absl::Status locked = LockSoon(fd, file); !locked.ok()) return locked;
    // Another may have been put into its place meanwhile, by a person or by AcceptTakedownsLoss.
    if (base::IsNamedBy(fd, file)) return fd;
  }
}

absl::Status AppendDurably(const base::FileDescriptor& fd, const Layout& layout, size_t whole_bytes,
                           const std::string& added) {
  const auto fail = [&](int error) {
    return base::FileError(error, "cannot write", layout.takedowns());
  };
  if (::ftruncate(fd.get(), static_cast<off_t>(whole_bytes)) != 0) return fail(errno);
  const ssize_t written =
      ::pwrite(fd.get(), added.data(), added.size(), static_cast<off_t>(whole_bytes));
  if (written != static_cast<ssize_t>(added.size())) return fail(written < 0 ? errno : ENOSPC);
  if (::fsync(fd.get()) != 0) return fail(errno);
  return base::SyncFolder(layout.root());
}

absl::Status WriteRecord(const Layout& layout, const std::string& content) {
  // Whoever reads the lines reads it, too.
  return base::ReplaceFile(layout.takedowns_record(), content, layout.takedowns());
}

// After the lines. Under a Hold.
absl::Status WriteRecords(const Layout& layout, const TakedownsRecord& record,
                          const TakedownsEvidence& before) {
  const std::string content = EncodeTakedownsRecord(record);
  if (before.record != record) {
    absl::Status written = WriteRecord(layout, content);
    if (!written.ok()) return written;
  }
  // Without a CURRENT, no generation is the published one.
  const absl::StatusOr<GenerationRef> current = ReadCurrent(layout);
  if (!current.ok() || before.repeats == std::vector{record}) return absl::OkStatus();
  absl::Status repeated =
      base::ReplaceFile(layout.generation(current->number) / kPublishedName, content);
  // It is not there any more, since another one was published and this one pruned meanwhile.
  return absl::IsNotFound(repeated) ? absl::OkStatus() : repeated;
}

absl::Status NotRecorded(const absl::Status& why) {
  return schema::WithPrefix("taken down, but not put on record: ", why);
}

// Before something else is put into the place of `file`: what is there gets another name, too, or
// only, when it is no file. The other name, or empty when there is nothing.
absl::StatusOr<fs::path> KeepAside(const fs::path& file, const std::string& suffix) {
  std::error_code error;
  const fs::file_status status = fs::symlink_status(file, error);
  if (!fs::exists(status)) return fs::path();
  fs::path kept = file;
  kept += suffix;
  // Another one may have been kept in the same second.
  while (fs::exists(fs::symlink_status(kept, error))) kept += "+";
  if (fs::is_regular_file(status)) {
    fs::create_hard_link(file, kept, error);
    if (error) fs::copy_file(file, kept, error);
  } else {
    fs::rename(file, kept, error);
  }
  if (error) return base::FileError(error.value(), "cannot keep what is damaged as", kept);
  if (absl::Status synced = base::SyncFolder(file.parent_path()); !synced.ok()) return synced;
  return kept;
}

// Makes lines of what can be read of them, if they are damaged.
absl::Status SalvageLines(const Layout& layout, const std::string& suffix, TakedownsLoss& loss) {
  std::string text;
  if (const absl::StatusOr<base::FileReader> file = base::FileReader::Open(layout.takedowns());
      file.ok()) {
    text.resize(std::min<uint64_t>(file->size(), kMaxTakedownsBytes));
    const absl::StatusOr<size_t> got = file->ReadSomeAt(0, text.size(), text.data());
    if (!got.ok()) return got.status();
    text.resize(*got);
    const bool whole = file->size() == text.size() && ParseTakedownLines(text).ok();
    if (whole) return absl::OkStatus();
  } else if (!absl::IsNotFound(file.status()) && !absl::IsFailedPrecondition(file.status())) {
    return file.status();
  }
  absl::StatusOr<fs::path> kept = KeepAside(layout.takedowns(), suffix);
  if (!kept.ok()) return kept.status();
  loss.kept_lines = *std::move(kept);
  return base::ReplaceFile(layout.takedowns(), SalvageTakedownLines(text));
}

// Every record that there is has to hold for the lines that are left.
absl::Status CountAnew(const Layout& layout, const std::optional<TakedownsRecord>& before,
                       const std::string& suffix, TakedownsLoss& loss) {
  const absl::StatusOr<std::string> text = ReadText(layout);
  if (!text.ok()) return text.status();
  const absl::StatusOr<TakedownLines> lines = ParseTakedownLines(*text);
  if (!lines.ok()) return DamagedLines(layout, std::string(lines.status().message()));
  loss.left = lines->ids.size();
  loss.recorded_are_left = before && Holds(*before, *text, *lines);
  if (!ReadTakedownsRecord(layout.takedowns_record()).ok()) {
    absl::StatusOr<fs::path> kept = KeepAside(layout.takedowns_record(), suffix);
    if (!kept.ok()) return kept.status();
    loss.kept_record = *std::move(kept);
  }
  const std::string content = EncodeTakedownsRecord(RecordOf(*text, *lines));
  absl::Status written = WriteRecord(layout, content);
  for (const fs::path& generation : FindRepeatedRecords(layout)) {
    if (written.ok()) written = base::ReplaceFile(generation / kPublishedName, content);
  }
  return written;
}

// Adds a line for each of `ids` that is not as wanted yet; how many there are.
absl::StatusOr<size_t> ChangeTakedowns(const Layout& layout, const std::vector<std::string>& ids,
                                       bool undo, absl::Time now) {
  // First, since a missing file is not made anew.
  if (const auto whole = ReadStored(layout); !whole.ok()) return whole.status();
  const absl::StatusOr<base::FileDescriptor> hold = Hold(layout, O_RDWR);
  if (!hold.ok()) return hold.status();
  absl::StatusOr<StoredTakedowns> stored = ReadStored(layout);
  if (!stored.ok()) return stored.status();
  std::unordered_set<std::string> down;
  for (auto& [id, time] : stored->lines.InForce()) down.insert(std::move(id));
  size_t changed = 0;
  std::string added;
  for (const std::string& id : ids) {
    const bool changes = undo ? down.erase(id) > 0 : down.insert(id).second;
    if (!changes) continue;
    added += undo ? UndoLine(id, now) : TakedownLine(id, now);
    ++changed;
  }
  const size_t whole_bytes = stored->lines.bytes();
  if (!added.empty() || whole_bytes < stored->text.size()) {
    absl::Status appended = AppendDurably(*hold, layout, whole_bytes, added);
    if (!appended.ok()) return appended;
  }
  const std::string text = stored->text.substr(0, whole_bytes) + added;
  const absl::StatusOr<TakedownLines> lines = ParseTakedownLines(text);
  if (!lines.ok()) return lines.status();
  absl::Status recorded = WriteRecords(layout, RecordOf(text, *lines), stored->evidence);
  if (!recorded.ok()) return NotRecorded(recorded);
  return changed;
}

}  // namespace

TakedownsStamp ReadTakedownsStamp(const Layout& layout) {
  return {.lines = base::ReadFileStamp(layout.takedowns()),
          .record = base::ReadFileStamp(layout.takedowns_record())};
}

absl::StatusOr<std::shared_ptr<const Takedowns>> Takedowns::Read(const Layout& layout) {
  absl::StatusOr<StoredTakedowns> stored = ReadStored(layout);
  if (!stored.ok()) return stored.status();
  std::shared_ptr<Takedowns> takedowns(new Takedowns());
  for (auto& [id, time] : stored->lines.InForce()) takedowns->ids_.insert(std::move(id));
  for (std::string& id : stored->lines.ids) {
    // All that are not in force were undone by a line.
    if (!takedowns->Contains(id)) takedowns->undone_.insert(std::move(id));
  }
  takedowns->recorded_ = stored->evidence.expected;
  return takedowns;
}

absl::StatusOr<std::string> ReadTakedownLines(const Layout& layout) {
  absl::StatusOr<StoredTakedowns> stored = ReadStored(layout);
  if (!stored.ok()) return stored.status();
  return stored->text.substr(0, stored->lines.bytes());
}

absl::StatusOr<std::vector<TakenDown>> ListTakedowns(const Layout& layout) {
  absl::StatusOr<StoredTakedowns> stored = ReadStored(layout);
  if (!stored.ok()) return stored.status();
  std::vector<TakenDown> list;
  for (auto& [id, time] : stored->lines.InForce()) {
    list.push_back({.id = std::move(id), .time = std::move(time)});
  }
  return list;
}

absl::StatusOr<size_t> AddTakedowns(const Layout& layout, const std::vector<std::string>& ids,
                                    absl::Time now) {
  return ChangeTakedowns(layout, ids, /*undo=*/false, now);
}

absl::StatusOr<size_t> UndoTakedowns(const Layout& layout, const std::vector<std::string>& ids,
                                     absl::Time now) {
  return ChangeTakedowns(layout, ids, /*undo=*/true, now);
}

absl::StatusOr<TakedownsLoss> AcceptTakedownsLoss(const Layout& layout, absl::Time now) {
  TakedownsLoss loss;
  const absl::StatusOr<StoredTakedowns> stored = ReadStored(layout);
  loss.damage = stored.status();
  if (stored.ok()) {
    loss.left = stored->lines.ids.size();
    return loss;
  }
  if (!absl::IsDataLoss(loss.damage)) return loss.damage;
  const absl::StatusOr<TakedownsEvidence> evidence = ReadTakedownsEvidence(layout);
  if (!evidence.ok()) return evidence.status();
  const std::optional<TakedownsRecord> strongest = evidence->Strongest();
  if (strongest) loss.recorded = strongest->lines;
  const std::string suffix = absl::FormatTime(".damaged-%Y%m%dT%H%M%SZ", now, absl::UTCTimeZone());
  absl::StatusOr<base::FileDescriptor> hold = Hold(layout, O_RDONLY);
  if (!hold.ok() && !absl::IsDataLoss(hold.status())) return hold.status();
  if (absl::Status salvaged = SalvageLines(layout, suffix, loss); !salvaged.ok()) return salvaged;
  // Lets go of the file that is there now. Whoever is quicker finds it damaged, or adds lines that
  // are counted.
  if (hold.ok()) hold->Close();
  hold = Hold(layout, O_RDONLY);
  if (!hold.ok()) return hold.status();
  absl::Status counted = CountAnew(layout, strongest, suffix, loss);
  if (!counted.ok()) return counted;
  return loss;
}

absl::StatusOr<RecordedTakedowns> RecordTakedowns(const Layout& layout,
                                                  const fs::path& generation) {
  absl::StatusOr<base::FileDescriptor> hold = Hold(layout, O_RDONLY);
  // Damaged, by something that is no file: as with other damage, whoever reads says so.
  if (!hold.ok() && !absl::IsDataLoss(hold.status())) return hold.status();
  const absl::StatusOr<TakedownsEvidence> evidence = ReadTakedownsEvidence(layout);
  if (!evidence.ok()) return evidence.status();
  RecordedTakedowns recorded;
  recorded.recorded = evidence->expected;
  std::optional<TakedownsRecord> strongest = evidence->Strongest();
  if (!recorded.recorded) {
    const absl::StatusOr<StoredTakedowns> stored = ReadStored(layout);
    if (!stored.ok() && !absl::IsDataLoss(stored.status())) return stored.status();
    if (stored.ok()) {
      strongest = RecordOf(stored->text, stored->lines);
      absl::Status written = WriteRecord(layout, EncodeTakedownsRecord(*strongest));
      if (!written.ok()) return written;
      recorded.recorded = true;
    }
  }
  absl::Status marked = base::ReplaceFile(generation / kPublishedName,
                                          strongest ? EncodeTakedownsRecord(*strongest) : "");
  if (!marked.ok()) return marked;
  if (hold.ok()) recorded.hold = *std::move(hold);
  return recorded;
}

}  // namespace broadsheet::storage
