// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/access/gatekeeper.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/clock.h"
#include "engine/access/caller_file.h"
#include "engine/schema/error.h"
#include "tests/server/collected_log.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::server {
namespace {

using access::CallerRecord;
using access::Role;
using access::TokenHash;
using ::broadsheet::testing::TempDir;

constexpr const char* kGet = "broadsheet.v1.SearchService.GetArticle";
constexpr const char* kPut = "broadsheet.v1.ArticleService.PutArticle";
constexpr const char* kStatus = "broadsheet.v1.SearchService.GetStatus";
constexpr const char* kHealth = "grpc.health.v1.Health.Check";

Credential TokenOf(const std::string& token) {
  return {.kind = Credential::Kind::kToken, .token = TokenHash::Of(token), .names = {}};
}

class GatekeeperTest : public ::testing::Test {
 protected:
  void Write(const std::vector<CallerRecord>& callers) {
    const absl::Status written =
        access::EditCallers(file_, [&](std::vector<CallerRecord>* records) {
          *records = callers;
          return absl::OkStatus();
        });
    ASSERT_TRUE(written.ok()) << written;
  }

  std::unique_ptr<Gatekeeper> Open() {
    return Gatekeeper::Open({.callers = file_, .poll_interval = absl::Milliseconds(1)}, log_)
        .value();
  }

  static std::string ReasonFor(const Gatekeeper& gatekeeper, const Credential& credential,
                               const char* method = kGet) {
    const auto caller = gatekeeper.Admit(credential, method);
    return caller.ok() ? (*caller)->name : schema::ErrorReason(caller.status());
  }

  void WaitForLog(const std::string& text) {
    while (log_.text().find(text) == std::string::npos) std::this_thread::yield();
  }

  static CallerRecord Website() {
    return {.name = "website",
            .roles = {Role::kSearch},
            .tokens = {{.hash = TokenHash::Of("old")},
                       {.hash = TokenHash::Of("new"), .expires = absl::Now() + absl::Hours(1)}},
            .certificates = {"www.example.org"},
            .identities = {"editor"}};
  }

  TempDir folder_;
  const std::filesystem::path file_ = folder_ / "callers.toml";
  CollectedLog log_;
};

TEST_F(GatekeeperTest, WithoutAFileEverybodyMayDoEverything) {
  const auto gatekeeper = Gatekeeper::Open({}, log_).value();
  for (const char* method : {kGet, kPut, kStatus, kHealth}) {
    EXPECT_TRUE(gatekeeper->Admit(Credential(), method).ok()) << method;
  }
}

TEST_F(GatekeeperTest, BothTokensOfACallerAreItsOwn) {
  Write({Website()});
  const auto gatekeeper = Open();
  EXPECT_EQ(ReasonFor(*gatekeeper, TokenOf("old")), "website");
  EXPECT_EQ(ReasonFor(*gatekeeper, TokenOf("new")), "website");
  EXPECT_EQ(ReasonFor(*gatekeeper, TokenOf("other")), "TOKEN_INVALID");
  EXPECT_EQ(ReasonFor(*gatekeeper, {.kind = Credential::Kind::kUnreadable}), "TOKEN_INVALID");
  EXPECT_EQ(ReasonFor(*gatekeeper, Credential()), "TOKEN_MISSING");
}

TEST_F(GatekeeperTest, ATokenEndsWithItsTime) {
  CallerRecord late = Website();
  late.tokens[0].expires = absl::Now() - absl::Seconds(2);
  Write({late});
  const auto gatekeeper = Open();
  EXPECT_EQ(ReasonFor(*gatekeeper, TokenOf("old")), "TOKEN_EXPIRED");
  EXPECT_EQ(ReasonFor(*gatekeeper, TokenOf("new")), "website");
}

TEST_F(GatekeeperTest, RolesAreForTheirOwnMethods) {
  Write({Website(),
         {.name = "desk",
          .roles = {Role::kWrite, Role::kAdmin},
          .tokens = {{.hash = TokenHash::Of("desk")}}}});
  const auto gatekeeper = Open();
  EXPECT_EQ(ReasonFor(*gatekeeper, TokenOf("old"), kPut), "ROLE_MISSING");
  EXPECT_EQ(ReasonFor(*gatekeeper, TokenOf("desk"), kPut), "desk");
  EXPECT_EQ(ReasonFor(*gatekeeper, TokenOf("desk"), kGet), "ROLE_MISSING");
  // Any role will do.
  EXPECT_EQ(ReasonFor(*gatekeeper, TokenOf("desk"), kStatus), "desk");
  EXPECT_EQ(ReasonFor(*gatekeeper, Credential(), kStatus), "TOKEN_MISSING");
  const absl::Status refused = gatekeeper->Admit(TokenOf("old"), kPut).status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(std::string(refused.message()),
            "\"website\" may not call PutArticle, which takes the role \"write\"");
}

TEST_F(GatekeeperTest, AMethodWithoutARuleIsNobodys) {
  Write(
      {{.name = "root", .roles = access::Roles::All(), .tokens = {{.hash = TokenHash::Of("r")}}}});
  EXPECT_EQ(ReasonFor(*Open(), TokenOf("r"), "broadsheet.v1.SearchService.Forgotten"),
            "ROLE_MISSING");
}

TEST_F(GatekeeperTest, HealthIsForAnybody) {
  Write({});
  EXPECT_TRUE(Open()->Admit(Credential(), kHealth).ok());
}

TEST_F(GatekeeperTest, NamesOfCertificatesAndOfAFrontAreKeptApart) {
  Write({Website()});
  const auto gatekeeper = Open();
  const auto named = [&](Credential::Kind kind, const std::vector<std::string>& names) {
    return ReasonFor(*gatekeeper, {.kind = kind, .token = {}, .names = names});
  };
  using Kind = Credential::Kind;
  EXPECT_EQ(named(Kind::kCertificate, {"example.org", "www.example.org"}), "website");
  EXPECT_EQ(named(Kind::kCertificate, {"editor"}), "IDENTITY_UNKNOWN");
  EXPECT_EQ(named(Kind::kIdentity, {"editor"}), "website");
  EXPECT_EQ(named(Kind::kIdentity, {"www.example.org"}), "IDENTITY_UNKNOWN");
}

TEST_F(GatekeeperTest, FollowsItsFile) {
  Write({Website()});
  const auto gatekeeper = Open();
  gatekeeper->Watch();
  CallerRecord changed = Website();
  changed.tokens.erase(changed.tokens.begin());
  Write({changed});
  while (ReasonFor(*gatekeeper, TokenOf("old")) != "TOKEN_INVALID") std::this_thread::yield();
  EXPECT_EQ(ReasonFor(*gatekeeper, TokenOf("new")), "website");
}

TEST_F(GatekeeperTest, ABrokenFileLeavesTheCallersAsTheyWere) {
  Write({Website()});
  const auto gatekeeper = Open();
  gatekeeper->Watch();
  // At once: while a file is being written it may be one without callers.
  const std::filesystem::path broken = file_.string() + ".broken";
  std::ofstream(broken) << "[[caller]\n";
  ASSERT_EQ(::chmod(broken.c_str(), 0600), 0);
  std::filesystem::rename(broken, file_);
  WaitForLog("the callers known before stay in force");
  EXPECT_EQ(ReasonFor(*gatekeeper, TokenOf("old")), "website");
  std::ofstream(file_, std::ios::trunc).close();
  WaitForLog("callers are 0");
  EXPECT_EQ(ReasonFor(*gatekeeper, TokenOf("old")), "TOKEN_INVALID");
  ASSERT_EQ(::chmod(file_.c_str(), 0644), 0);
  WaitForLog("has the mode 0644");
}

TEST_F(GatekeeperTest, ARateIsOneForAllTokensOfACallerAndOutlivesAReading) {
  CallerRecord limited = Website();
  limited.rate = 1e-6;
  limited.burst = 2;
  Write({limited});
  const auto gatekeeper = Open();
  gatekeeper->Watch();
  const auto charge = [&](const char* token) {
    return schema::ErrorReason(Gatekeeper::Charge(**gatekeeper->Admit(TokenOf(token), kGet)));
  };
  EXPECT_EQ(charge("old"), "");
  EXPECT_EQ(charge("new"), "");
  EXPECT_EQ(charge("old"), "RATE_LIMITED");
  Write({limited, {.name = "other", .roles = {Role::kSearch}}});
  WaitForLog("callers are 2");
  EXPECT_EQ(charge("new"), "RATE_LIMITED");
  limited.burst = 3;
  Write({limited});
  WaitForLog("callers are 1");
  EXPECT_EQ(charge("new"), "");
}

TEST_F(GatekeeperTest, DoesNotOpenAFileThatIsNone) {
  EXPECT_EQ(Gatekeeper::Open({.callers = file_}, log_).status().code(),
            absl::StatusCode::kNotFound);
  Write({Website()});
  ASSERT_EQ(::chmod(file_.c_str(), 0644), 0);
  EXPECT_EQ(Gatekeeper::Open({.callers = file_}, log_).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace broadsheet::server
