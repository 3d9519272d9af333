// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/tls/way_out.h"

#include <gtest/gtest.h>

#include "tests/testing/idle_port.h"

namespace broadsheet::tls {
namespace {

constexpr SecurityOptions kNames = {.encrypt = "ENCRYPT",
                                    .do_not_encrypt = "LEAVE IT",
                                    .authorities = "AUTHORITIES",
                                    .certificate = "CERTIFICATE",
                                    .key = "KEY",
                                    .server_name = "SERVER-NAME",
                                    .of_server = "OF-SERVER"};

TEST(WayOutTest, NamesTheOptionThatHelps) {
  EXPECT_EQ(WayOutOf(HandshakeFault::kSpeaksTls, kNames),
            "add ENCRYPT, and AUTHORITIES FILE if its certificate is of an authority of your own");
  EXPECT_EQ(WayOutOf(HandshakeFault::kSpeaksNoTls, kNames),
            "name the address at which it does, or LEAVE IT");
  EXPECT_EQ(WayOutOf(HandshakeFault::kWantsCertificate, kNames),
            "show one with CERTIFICATE FILE KEY FILE");
  EXPECT_EQ(WayOutOf(HandshakeFault::kOtherName, kNames),
            "use one of these names in the address, or say with SERVER-NAME NAME which to expect");
  EXPECT_EQ(WayOutOf(HandshakeFault::kRefusesCertificate, kNames),
            "show one of an authority that it trusts (OF-SERVER)");
}

TEST(WayOutTest, SaysNothingWhereNothingHelps) {
  EXPECT_EQ(WayOutOf(HandshakeFault::kNone, kNames), "");
  EXPECT_EQ(WayOutOf(HandshakeFault::kOtherCertificateFault, kNames), "");
}

TEST(WhyNotConnectedTest, SaysWhatTheSystemSaysOfAServerThatIsNotThere) {
  const testing::IdlePort port(testing::IdlePort::kRefuses);
  EXPECT_EQ(WhyNotConnected(port.address(), {}, kNames, "gRPC's account", "start one"),
            "no server answers at " + port.address() + " (Connection refused); start one");
}

// gRPC 1.51 may fail to connect although nothing is amiss.
TEST(WhyNotConnectedTest, SaysWhatGrpcSaysWhereSomethingTakesConnections) {
  const testing::IdlePort port(/*backlog=*/1);
  EXPECT_EQ(WhyNotConnected(port.address(), {}, kNames, "gRPC's account", "start one"),
            "no server answers at " + port.address() + " (gRPC's account); start one");
  EXPECT_EQ(WhyNotConnected(port.address(), {}, kNames, "", ""),
            "no server answers at " + port.address());
}

}  // namespace
}  // namespace broadsheet::tls
