// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/schema/index_fault.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/string_view.h"
#include "engine/schema/error.h"

namespace broadsheet::schema {
namespace {

struct FaultRow {
  FaultReason reason;
  std::string_view name;
};

constexpr std::array kFaultRows = {
    FaultRow{FaultReason::kNoIndex, "NO_INDEX"},
    FaultRow{FaultReason::kNotAFolder, "NOT_A_FOLDER"},
    FaultRow{FaultReason::kNotAnIndex, "NOT_AN_INDEX"},
    FaultRow{FaultReason::kNothingPublished, "NOTHING_PUBLISHED"},
    FaultRow{FaultReason::kCurrentDamaged, "CURRENT_DAMAGED"},
    FaultRow{FaultReason::kGenerationUnfinished, "GENERATION_UNFINISHED"},
    FaultRow{FaultReason::kGenerationDamaged, "GENERATION_DAMAGED"},
    FaultRow{FaultReason::kOtherFormat, "OTHER_FORMAT"},
    FaultRow{FaultReason::kEarlierFormat, "EARLIER_FORMAT"},
    FaultRow{FaultReason::kOtherAnalyser, "OTHER_ANALYSER"},
    FaultRow{FaultReason::kTakedownsLost, "TAKEDOWNS_LOST"},
    FaultRow{FaultReason::kTakedownsUnrecorded, "TAKEDOWNS_UNRECORDED"},
    FaultRow{FaultReason::kIndexLocked, "INDEX_LOCKED"},
    FaultRow{FaultReason::kIndexShrinks, "INDEX_SHRINKS"},
    FaultRow{FaultReason::kWritesUnknown, "WRITES_UNKNOWN"},
    FaultRow{FaultReason::kNotABackup, "NOT_A_BACKUP"},
    FaultRow{FaultReason::kBackupOvertaken, "BACKUP_OVERTAKEN"},
    FaultRow{FaultReason::kLiveCopyDamaged, "LIVE_COPY_DAMAGED"},
};
constexpr bool IsInOrder() {
  for (size_t i = 0; i < kFaultRows.size(); ++i) {
    if (static_cast<size_t>(kFaultRows[i].reason) != i) return false;
  }
  return true;
}
static_assert(IsInOrder(), "the rows come in the order of the enum");

// What ends each part of a fault in the payload. Neither a path nor an address can have it; a
// message of protobuf could not carry a path that is not UTF-8.
constexpr char kEnd = '\0';

std::string Encode(const IndexFault& fault) {
  std::string bytes(NameOf(fault.reason));
  for (const std::string& part : {fault.index, fault.server}) bytes += kEnd + part;
  return bytes + kEnd;
}

std::optional<FaultReason> ReasonNamed(std::string_view name) {
  const auto row = std::find_if(kFaultRows.begin(), kFaultRows.end(),
                                [name](const FaultRow& each) { return each.name == name; });
  return row == kFaultRows.end() ? std::nullopt : std::optional(row->reason);
}

std::string TakePart(std::string_view& bytes) {
  const size_t end = std::min(bytes.find(kEnd), bytes.size());
  std::string part(bytes.substr(0, end));
  bytes.remove_prefix(std::min(end + 1, bytes.size()));
  return part;
}

absl::string_view TypeUrlOfFaults() { return {kFaultsTypeUrl.data(), kFaultsTypeUrl.size()}; }

std::string EncodedFaultsOf(const absl::Status& status) {
  const auto payload = status.GetPayload(TypeUrlOfFaults());
  return payload.has_value() ? std::string(*payload) : std::string();
}

}  // namespace

std::string_view NameOf(FaultReason reason) { return kFaultRows[static_cast<size_t>(reason)].name; }

absl::Status FaultError(absl::StatusCode code, const IndexFault& fault, std::string_view message,
                        const absl::Status& cause) {
  absl::Status status(code, absl::string_view(message.data(), message.size()));
  status.SetPayload(TypeUrlOfFaults(), absl::Cord(Encode(fault) + EncodedFaultsOf(cause)));
  return status;
}

std::vector<IndexFault> FaultsOf(const absl::Status& status) {
  const std::string encoded = EncodedFaultsOf(status);
  std::string_view bytes = encoded;
  std::vector<IndexFault> faults;
  while (!bytes.empty()) {
    const std::optional<FaultReason> reason = ReasonNamed(TakePart(bytes));
    std::string index = TakePart(bytes);
    std::string server = TakePart(bytes);
    if (!reason.has_value()) continue;
    faults.push_back({.reason = *reason, .index = std::move(index), .server = std::move(server)});
  }
  return faults;
}

bool HasFault(const absl::Status& status, FaultReason reason) {
  const std::vector<IndexFault> faults = FaultsOf(status);
  return std::any_of(faults.begin(), faults.end(),
                     [reason](const IndexFault& fault) { return fault.reason == reason; });
}

absl::Status WithFaultsOf(const absl::Status& why, absl::Status status) {
  const std::string encoded = EncodedFaultsOf(why);
  if (!encoded.empty()) status.SetPayload(TypeUrlOfFaults(), absl::Cord(encoded));
  return status;
}

absl::Status WithReason(const absl::Status& status) {
  if (status.ok() || !ErrorReason(status).empty()) return status;
  const auto reason = [&](absl::StatusCode code, std::string_view name) {
    return WithFaultsOf(
        status, Error(code, name, std::string(status.message().data(), status.message().size())));
  };
  switch (status.code()) {
    case absl::StatusCode::kDeadlineExceeded:
      return reason(status.code(), "DEADLINE_EXCEEDED");
    case absl::StatusCode::kCancelled:
      return reason(status.code(), "CANCELLED");
    case absl::StatusCode::kDataLoss:
      return reason(status.code(), "INDEX_DAMAGED");
    case absl::StatusCode::kAborted:
      return reason(absl::StatusCode::kUnavailable, "INDEX_UNAVAILABLE");
    default:
      return reason(status.code(), "INTERNAL");
  }
}

}  // namespace broadsheet::schema
