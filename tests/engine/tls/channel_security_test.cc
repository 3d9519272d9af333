// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/tls/channel_security.h"

#include <gtest/gtest.h>

namespace broadsheet::tls {
namespace {

TEST(ChannelSecurityTest, SecretsGoEncryptedOrStayOnThisMachineUnlessSomebodySaysOtherwise) {
  ChannelSecurity encrypted;
  encrypted.authorities_file = "ca.pem";
  EXPECT_FALSE(MaySendSecrets({}, "search.example:6460", /*told_to=*/false));
  EXPECT_TRUE(MaySendSecrets({}, "search.example:6460", /*told_to=*/true));
  EXPECT_TRUE(MaySendSecrets(encrypted, "search.example:6460", /*told_to=*/false));
  EXPECT_TRUE(MaySendSecrets({}, "127.0.0.1:6460", /*told_to=*/false));
  EXPECT_TRUE(MaySendSecrets({}, "unix:/run/search.sock", /*told_to=*/false));
}

}  // namespace
}  // namespace broadsheet::tls
