// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/tls/key_pair.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/time/clock.h"
#include "engine/tls/channel_security.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"
#include "tests/testing/test_certificates.h"

namespace broadsheet::tls {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;
using testing::TestCertificate;

class KeyPairTest : public ::testing::Test {
 protected:
  std::string Path(std::string_view name) const { return (folder_ / name).string(); }
  absl::StatusOr<KeyPair> Read() const { return ReadKeyPair(Path("cert.pem"), Path("key.pem")); }
  void Write(const TestCertificate& certificate) const {
    certificate.WriteTo(folder_ / "cert.pem", folder_ / "key.pem");
  }

  const testing::TempDir folder_;
  const TestCertificate authority_ = TestCertificate::Authority();
};

TEST_F(KeyPairTest, ATrueOneIsReadWithItsValidity) {
  Write(authority_.Sign({.begins_in_days = -3, .ends_in_days = 30}));
  const absl::StatusOr<KeyPair> pair = Read();
  ASSERT_THAT(pair, IsOk());
  EXPECT_LT(absl::AbsDuration(pair->begins - (absl::Now() - absl::Hours(72))), absl::Minutes(10));
  EXPECT_LT(absl::AbsDuration(pair->ends - (absl::Now() + absl::Hours(720))), absl::Minutes(10));
  EXPECT_FALSE(pair->key_readable_by_all);
}

TEST_F(KeyPairTest, ACertificateAboveThatEndsSoonerEndsThemAll) {
  Write(authority_.Sign({.ends_in_days = 30}));
  authority_.Sign({.ends_in_days = 5}).WriteCertificateTo(folder_ / "above.pem");
  folder_.Write("cert.pem",
                testing::ReadFile(folder_ / "cert.pem") + testing::ReadFile(folder_ / "above.pem"));
  const absl::StatusOr<KeyPair> pair = Read();
  ASSERT_THAT(pair, IsOk());
  EXPECT_LT(pair->ends, absl::Now() + absl::Hours(24 * 6));
}

TEST_F(KeyPairTest, AKeyThatAllMayReadIsNoticed) {
  Write(authority_.Sign({}));
  std::filesystem::permissions(folder_ / "key.pem", std::filesystem::perms::others_read,
                               std::filesystem::perm_options::add);
  EXPECT_TRUE(Read()->key_readable_by_all);
}

TEST_F(KeyPairTest, TheKeyOfAnotherCertificateIsRefused) {
  Write(authority_.Sign({}));
  authority_.Sign({}).WriteCertificateTo(folder_ / "cert.pem");
  EXPECT_THAT(Read(), StatusIs(absl::StatusCode::kFailedPrecondition,
                               AllOf(HasSubstr("is not that of"), HasSubstr(Path("key.pem")))));
}

TEST_F(KeyPairTest, WhatIsMissingOrIsNoPemIsNamed) {
  Write(authority_.Sign({}));
  EXPECT_THAT(ReadKeyPair(Path("none.pem"), Path("key.pem")),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr(Path("none.pem"))));
  EXPECT_THAT(ReadKeyPair(Path("key.pem"), Path("key.pem")),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("no certificate")));
  EXPECT_THAT(ReadKeyPair(Path("cert.pem"), Path("cert.pem")),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("no private key")));
}

TEST_F(KeyPairTest, HalfAFileIsRefused) {
  Write(authority_.Sign({}));
  const std::string whole = testing::ReadFile(folder_ / "cert.pem");
  folder_.Write("cert.pem", whole + whole.substr(0, whole.size() / 2));
  EXPECT_THAT(Read(), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("cert.pem")));
}

TEST_F(KeyPairTest, AChannelNeedsBothHalvesOfItsCertificate) {
  Write(authority_.Sign({}));
  ChannelSecurity security{.certificate_file = Path("cert.pem")};
  EXPECT_TRUE(security.is_on());
  EXPECT_THAT(ReadChannelKeys(security),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("private key")));
  security.key_file = Path("key.pem");
  security.authorities_file = Path("cert.pem");
  EXPECT_THAT(ReadChannelKeys(security), IsOk());
}

}  // namespace
}  // namespace broadsheet::tls
