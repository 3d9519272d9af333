// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admission/server_certificate.h"

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "engine/tls/handshake.h"
#include "tests/server/test_server.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"
#include "tests/testing/test_certificates.h"

namespace broadsheet::server {
namespace {

using broadsheet::testing::StatusIs;
using broadsheet::testing::TestCertificate;
using ::testing::AllOf;
using ::testing::HasSubstr;
using tls::HandshakeFault;

class ServerCertificateTest : public ::testing::Test {
 protected:
  ServerCertificateTest() {
    authority_.WriteCertificateTo(folder_ / "ca.pem");
    Write(authority_.Sign({}));
  }

  std::string Path(std::string_view name) const { return (folder_ / name).string(); }
  // What the server shows.
  void Write(const TestCertificate& certificate) const {
    certificate.WriteTo(folder_ / "cert.pem", folder_ / "key.pem");
  }
  ServerOptions Options() const {
    ServerOptions options = TestOptions();
    options.tls = {
        .certificate = Path("cert.pem"), .key = Path("key.pem"), .client_authorities = {}};
    return options;
  }
  tls::ChannelSecurity Trusting(const std::string& authorities) const {
    tls::ChannelSecurity security;
    security.authorities_file = Path(authorities);
    return security;
  }
  // A client that trusts the authority, over a connection of its own; `mine` names its certificate.
  grpc::Status Search(TestServer& server, const std::string& mine = "") const {
    tls::ChannelSecurity security = Trusting("ca.pem");
    if (!mine.empty()) {
      security.certificate_file = Path(mine + ".pem");
      security.key_file = Path(mine + ".key.pem");
    }
    const tls::ChannelKeys keys = tls::ReadChannelKeys(security).value();
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    const auto channel = grpc::CreateCustomChannel(
        server.server().address(),
        grpc::SslCredentials({keys.authorities, keys.key, keys.certificate}), arguments);
    grpc::ClientContext context;
    v1::SearchArticlesResponse response;
    return v1::SearchService::NewStub(channel)->SearchArticles(&context, {}, &response);
  }
  HandshakeFault Probe(TestServer& server, const tls::ChannelSecurity& security) const {
    return tls::ProbeHandshake(server.server().address(), security, absl::Minutes(1)).fault;
  }
  // Until the log says so, which takes a second or two.
  static void AwaitLog(TestServer& server, const std::string& words) {
    while (server.log().text().find(words) == std::string::npos) std::this_thread::yield();
  }

  const broadsheet::testing::TempDir folder_;
  const TestCertificate authority_ = TestCertificate::Authority();
};

TEST_F(ServerCertificateTest, AClientThatTrustsTheAuthorityIsServed) {
  TestServer server({}, Options());
  EXPECT_TRUE(Search(server).ok());
  EXPECT_EQ(Probe(server, Trusting("ca.pem")), HandshakeFault::kNone);
}

TEST_F(ServerCertificateTest, AProbeTellsWhyNoConnectionComesAbout) {
  TestCertificate::Authority("Another").WriteCertificateTo(folder_ / "other.pem");
  TestServer server({}, Options());
  EXPECT_EQ(Probe(server, Trusting("other.pem")), HandshakeFault::kUnknownAuthority);
  EXPECT_EQ(Probe(server, {}), HandshakeFault::kSpeaksTls);
  tls::ChannelSecurity other_name = Trusting("ca.pem");
  other_name.server_name = "news.example";
  const tls::HandshakeFinding finding =
      tls::ProbeHandshake(server.server().address(), other_name, absl::Minutes(1));
  EXPECT_EQ(finding.fault, HandshakeFault::kOtherName);
  EXPECT_THAT(finding.text, HasSubstr("\"news.example\", but for localhost, 127.0.0.1"));

  TestServer plain;
  EXPECT_EQ(Probe(plain, Trusting("ca.pem")), HandshakeFault::kSpeaksNoTls);
  EXPECT_EQ(Probe(plain, {}), HandshakeFault::kNone);
}

TEST_F(ServerCertificateTest, ACertificateOutOfItsTimeIsServedWithAWarningAndTold) {
  Write(authority_.Sign({.begins_in_days = -9, .ends_in_days = -2}));
  TestServer expired({}, Options());
  EXPECT_EQ(Probe(expired, Trusting("ca.pem")), HandshakeFault::kExpired);
  EXPECT_THAT(expired.log().text(), AllOf(HasSubstr("warning: the certificate " + Path("cert.pem")),
                                          HasSubstr("clients refuse it")));
  Write(authority_.Sign({.begins_in_days = 2}));
  TestServer early({}, Options());
  EXPECT_EQ(Probe(early, Trusting("ca.pem")), HandshakeFault::kNotYetValid);
  EXPECT_THAT(early.log().text(), HasSubstr("is not valid before"));
  Write(authority_.Sign({.ends_in_days = 5}));
  TestServer ending({}, Options());
  EXPECT_THAT(ending.log().text(), HasSubstr("in 4 days: replace it"));
}

TEST_F(ServerCertificateTest, ClientsShowACertificateWhereItIsAskedFor) {
  const TestCertificate clients = TestCertificate::Authority("Clients");
  clients.WriteCertificateTo(folder_ / "clients.pem");
  clients.Sign({}).WriteTo(folder_ / "friend.pem", folder_ / "friend.key.pem");
  authority_.Sign({}).WriteTo(folder_ / "stranger.pem", folder_ / "stranger.key.pem");
  ServerOptions options = Options();
  options.tls.client_authorities = Path("clients.pem");
  TestServer server({}, options);
  EXPECT_TRUE(Search(server, "friend").ok());
  EXPECT_EQ(Search(server, "stranger").error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(Search(server).error_code(), grpc::StatusCode::UNAVAILABLE);
  tls::ChannelSecurity security = Trusting("ca.pem");
  EXPECT_EQ(Probe(server, security), HandshakeFault::kWantsCertificate);
  security.certificate_file = Path("stranger.pem");
  security.key_file = Path("stranger.key.pem");
  EXPECT_EQ(Probe(server, security), HandshakeFault::kRefusesCertificate);
}

TEST_F(ServerCertificateTest, ANewPairIsShownToNewConnectionsAndABadOneIsNot) {
  TestServer server({}, Options());
  const TestCertificate next = TestCertificate::Authority("Next");
  next.WriteCertificateTo(folder_ / "next.pem");
  EXPECT_EQ(Probe(server, Trusting("next.pem")), HandshakeFault::kUnknownAuthority);
  Write(next.Sign({}));
  AwaitLog(server, "new connections see the certificate");
  EXPECT_EQ(Probe(server, Trusting("next.pem")), HandshakeFault::kNone);

  // The key of another certificate.
  authority_.Sign({}).WriteCertificateTo(folder_ / "cert.pem");
  AwaitLog(server, "error: keeping the certificate in use");
  EXPECT_EQ(Probe(server, Trusting("next.pem")), HandshakeFault::kNone);
  EXPECT_THAT(server.log().text(), HasSubstr("is not that of the certificate"));
}

TEST_F(ServerCertificateTest, IsReadAgainWhenAsked) {
  TestServer server({}, Options());
  server.server().ReloadFiles();
  AwaitLog(server, "new connections see the certificate");
}

TEST_F(ServerCertificateTest, AServerDoesNotStartWithABadOne) {
  authority_.Sign({}).WriteCertificateTo(folder_ / "cert.pem");
  FakeIndex disk;
  disk.Publish(1);
  CollectedLog log;
  EXPECT_THAT(
      Server::Start(Options(), disk.MakeSource(), log),
      StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("is not that of the certificate")));
}

TEST_F(ServerCertificateTest, AUnixSocketStaysPlain) {
  ServerOptions options = Options();
  options.listen = {"unix:" + Path("search.sock"), "127.0.0.1:0"};
  TestServer server({}, options);
  EXPECT_TRUE(server.Search("flood").ok());
  const std::string tcp = server.server().addresses()[1];
  EXPECT_EQ(tls::ProbeHandshake(tcp, {}, absl::Minutes(1)).fault, HandshakeFault::kSpeaksTls);
}

}  // namespace
}  // namespace broadsheet::server
