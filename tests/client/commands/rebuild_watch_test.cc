// SPDX-License-Identifier: GPL-3.0-or-later
// What is left to do after a rebuild is offered as a command to copy.
#include "client/commands/rebuild_watch.h"

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "broadsheet/v1/admin_service.grpc.pb.h"
#include "tests/client/program_fixture.h"

namespace broadsheet::client {
namespace {

using ::testing::HasSubstr;

// Starts every rebuild as `started`, and then is lost.
class FakeAdminService final : public v1::AdminService::Service {
 public:
  explicit FakeAdminService(v1::Operation started) : started_(std::move(started)) {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
  }
  ~FakeAdminService() override { server_->Shutdown(); }

  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

  grpc::Status Rebuild(grpc::ServerContext* /*context*/, const v1::RebuildRequest* /*request*/,
                       v1::RebuildResponse* reply) override {
    *reply->mutable_operation() = started_;
    return grpc::Status::OK;
  }
  grpc::Status GetOperation(grpc::ServerContext* /*context*/,
                            const v1::GetOperationRequest* /*request*/,
                            v1::GetOperationResponse* /*reply*/) override {
    return {grpc::StatusCode::UNAVAILABLE, "lost"};
  }

 private:
  const v1::Operation started_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

class RebuildWatchTest : public ProgramTest {};

TEST_F(RebuildWatchTest, ALostServerIsAskedAboutTheRebuildByACommand) {
  v1::Operation operation;
  operation.set_id("5f");
  operation.set_kind(v1::Operation::KIND_REBUILD);
  operation.set_state(v1::Operation::STATE_RUNNING);
  const FakeAdminService admin(operation);

  const Result result = Run({"--server", admin.address(), "admin", "rebuild"});

  EXPECT_EQ(result.exit_status, 2);
  EXPECT_THAT(result.err, HasSubstr("the rebuild may still be running: broadsheet --server " +
                                    admin.address() + " admin operation 5f\n"));
}

TEST_F(RebuildWatchTest, AGenerationThatIsNotPublishedComesWithTheCommandThatDoes) {
  v1::Operation operation;
  operation.set_id("5f");
  operation.set_kind(v1::Operation::KIND_REBUILD);
  operation.set_state(v1::Operation::STATE_SUCCEEDED);
  operation.set_generation_number(7);
  operation.mutable_end_time()->set_seconds(1);
  const FakeAdminService admin(operation);
  setenv("BROADSHEET_SERVER", admin.address().c_str(), 1);

  EXPECT_THAT(Run({"admin", "rebuild", "--no-publish"}).out,
              HasSubstr("not published: broadsheet admin publish 7 --keep-writes\n"));
}

}  // namespace
}  // namespace broadsheet::client
