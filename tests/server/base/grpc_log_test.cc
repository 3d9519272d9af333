// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/base/grpc_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/server/collected_log.h"

namespace broadsheet::server {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

void FailHandshake() {
  gpr_log(GPR_ERROR,
          "Handshake failed with fatal error SSL_ERROR_SSL: "
          "error:0A000418:SSL routines::tlsv1 alert unknown ca.");
}

TEST(GrpcLogTest, CountsHandshakesThatFailAndTellsOnce) {
  CollectedLog log;
  const GrpcLog grpc(log, /*tells_all=*/false, absl::Hours(1));
  const uint64_t before = GrpcLog::failed_handshakes();
  for (int i = 0; i < 5; ++i) FailHandshake();
  EXPECT_EQ(GrpcLog::failed_handshakes(), before + 5);
  EXPECT_EQ(log.text(),
            "warning: TLS handshakes that failed since this was last said: 1, the last with "
            "\"tlsv1 alert unknown ca\"\n");
}

TEST(GrpcLogTest, TellsHowManyFailedSinceItWasSaid) {
  CollectedLog log;
  const GrpcLog grpc(log, /*tells_all=*/false, absl::ZeroDuration());
  FailHandshake();
  FailHandshake();
  EXPECT_THAT(log.text(), HasSubstr("said: 1,"));
  EXPECT_THAT(log.text(), Not(HasSubstr("said: 2,")));
}

TEST(GrpcLogTest, LeavesOutTheRestUnlessItIsAskedFor) {
  CollectedLog log;
  {
    const GrpcLog grpc(log);
    gpr_log(GPR_ERROR, "a port is taken");
  }
  EXPECT_EQ(log.text(), "");
  const GrpcLog grpc(log, /*tells_all=*/true);
  gpr_log(GPR_ERROR, "a port is taken");
  EXPECT_THAT(log.text(), HasSubstr("warning: gRPC: a port is taken"));
}

}  // namespace
}  // namespace broadsheet::server
