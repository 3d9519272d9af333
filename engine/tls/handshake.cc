// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/tls/handshake.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

#include "engine/base/file_descriptor.h"
#include "engine/tls/openssl.h"

namespace broadsheet::tls {
namespace {

using base::FileDescriptor;

constexpr std::string_view kUnix = "unix:";

// RFC 8446, 6.
constexpr int kUnknownCaAlert = 48;
constexpr int kCertificateRequiredAlert = 116;

// The functions that connect return why not as a message.
absl::Status NotReached(const char* why) { return absl::UnavailableError(why); }

absl::StatusOr<FileDescriptor> ConnectUnix(std::string_view path) {
  if (path.starts_with("//")) path.remove_prefix(2);
  sockaddr_un name = {};
  name.sun_family = AF_UNIX;
  if (path.size() >= sizeof(name.sun_path)) return NotReached(std::strerror(ENAMETOOLONG));
  std::memcpy(name.sun_path, path.data(), path.size());
  FileDescriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const auto* address = reinterpret_cast<const sockaddr*>(&name);
  if (!socket.open() || ::connect(socket.get(), address, sizeof(name)) != 0) {
    return NotReached(std::strerror(errno));
  }
  return socket;
}

// The name or number of the host, without brackets, and the port.
std::pair<std::string, std::string> HostAndPortOf(const std::string& address) {
  const size_t colon = address.rfind(':');
  if (colon == std::string::npos) return {address, "443"};
  std::string host = address.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  return {host, address.substr(colon + 1)};
}

absl::StatusOr<FileDescriptor> ConnectTcp(const std::string& address, absl::Duration patience) {
  const auto [host, port] = HostAndPortOf(address);
  addrinfo hints = {};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* resolved = nullptr;
  const int unknown = ::getaddrinfo(host.c_str(), port.c_str(), &hints, &resolved);
  if (unknown != 0) return NotReached(::gai_strerror(unknown));
  const std::unique_ptr<addrinfo, FreedBy<::freeaddrinfo>> owner(resolved);
  const timeval limit = absl::ToTimeval(patience);
  int error = 0;
  for (const addrinfo* each = resolved; each != nullptr; each = each->ai_next) {
    FileDescriptor socket(::socket(each->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
    // It bounds connecting, too.
    ::setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
    if (::connect(socket.get(), each->ai_addr, each->ai_addrlen) == 0) return socket;
    error = errno;
  }
  return NotReached(std::strerror(error));
}

// A handshake over a socket, through memory: OpenSSL's own writing would raise SIGPIPE.
class Handshake {
 public:
  // `ssl` is set up to connect.
  Handshake(FileDescriptor socket, SslPtr ssl, absl::Duration patience)
      : socket_(std::move(socket)), ssl_(std::move(ssl)), patience_(patience) {
    SSL_set_bio(ssl_.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
  }

  // Whether it has succeeded. If not, OpenSSL's queue has the error, which is empty when the server
  // hung up or said nothing for too long.
  bool Run() {
    return Until([this] { return SSL_connect(ssl_.get()); });
  }
  // The same until the server has sent a first byte inside the connection: in TLS 1.3 it judges the
  // client's certificate after the handshake.
  bool AwaitWord() {
    char byte = 0;
    return Until([&] { return SSL_read(ssl_.get(), &byte, 1); });
  }

  SSL* ssl() const { return ssl_.get(); }
  bool heard() const { return heard_; }
  bool closed() const { return closed_; }

 private:
  template <typename Step>
  bool Until(Step step) {
    for (;;) {
      ERR_clear_error();
      const int done = step();
      const int error = done == 1 ? SSL_ERROR_NONE : SSL_get_error(ssl_.get(), done);
      Send();
      if (done == 1 || error != SSL_ERROR_WANT_READ) return done == 1;
      if (!Receive()) return false;
    }
  }

  void Send() {
    std::array<char, 4096> out;
    int size = 0;
    while ((size = BIO_read(SSL_get_wbio(ssl_.get()), out.data(), out.size())) > 0) {
      ::send(socket_.get(), out.data(), static_cast<size_t>(size), MSG_NOSIGNAL);
    }
  }

  bool Receive() {
    pollfd waiting = {.fd = socket_.get(), .events = POLLIN, .revents = 0};
    const int millis = static_cast<int>(absl::ToInt64Milliseconds(patience_));
    if (::poll(&waiting, 1, millis) != 1) return false;
    std::array<char, 4096> in;
    const ssize_t size = ::recv(socket_.get(), in.data(), in.size(), 0);
    closed_ = size <= 0;
    if (closed_) return false;
    heard_ = true;
    return BIO_write(SSL_get_rbio(ssl_.get()), in.data(), static_cast<int>(size)) == size;
  }

  const FileDescriptor socket_;
  const SslPtr ssl_;
  const absl::Duration patience_;
  bool heard_ = false;
  bool closed_ = false;
};

// What was noticed during a handshake.
struct Notes {
  // The server asked for our certificate.
  bool asked = false;
  // The server's; OpenSSL keeps none that it has not verified.
  X509Ptr shown;
};

int NoteAsked(SSL* /*ssl*/, void* notes) {
  static_cast<Notes*>(notes)->asked = true;
  return 1;
}

int NoteShown(int verified, X509_STORE_CTX* verification) {
  const auto* ssl = static_cast<const SSL*>(
      X509_STORE_CTX_get_ex_data(verification, SSL_get_ex_data_X509_STORE_CTX_idx()));
  X509* shown = X509_STORE_CTX_get0_cert(verification);
  X509_up_ref(shown);
  static_cast<Notes*>(SSL_get_app_data(ssl))->shown.reset(shown);
  return verified;
}

// Null when the files of `security` cannot be read, which is told elsewhere.
ContextPtr MakeContext(const ChannelSecurity& security, Notes* notes) {
  ContextPtr context(SSL_CTX_new(TLS_client_method()));
  SSL_CTX_set_cert_cb(context.get(), NoteAsked, notes);
  if (!security.is_on()) return context;
  const absl::StatusOr<ChannelKeys> keys = ReadChannelKeys(security);
  if (!keys.ok()) return nullptr;
  for (const X509Ptr& each : ParseCertificates(keys->authorities)) {
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context.get()), each.get());
  }
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, NoteShown);
  if (keys->certificate.empty()) return context;
  std::vector<X509Ptr> chain = ParseCertificates(keys->certificate);
  SSL_CTX_use_certificate(context.get(), chain.front().get());
  SSL_CTX_use_PrivateKey(context.get(), ParseKey(keys->key).get());
  for (size_t i = 1; i < chain.size(); ++i) {
    // OpenSSL owns it then.
    SSL_CTX_add_extra_chain_cert(context.get(), chain[i].release());
  }
  return context;
}

// The name that the server's certificate has to have.
std::string ExpectedName(const std::string& address, const ChannelSecurity& security) {
  if (!security.server_name.empty()) return security.server_name;
  return address.starts_with(kUnix) ? "localhost" : HostAndPortOf(address).first;
}

SslPtr MakeSsl(SSL_CTX& context, const std::string& name) {
  constexpr std::array<unsigned char, 3> kHttp2 = {2, 'h', '2'};
  SslPtr ssl(SSL_new(&context));
  SSL_set_alpn_protos(ssl.get(), kHttp2.data(), kHttp2.size());
  if (X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl.get()), name.c_str()) != 1) {
    SSL_set_tlsext_host_name(ssl.get(), name.c_str());
    SSL_set1_host(ssl.get(), name.c_str());
  }
  return ssl;
}

// "news.example, 10.0.0.5": the names that a certificate has.
std::string NamesIn(const X509& certificate) {
  const std::unique_ptr<GENERAL_NAMES, FreedBy<GENERAL_NAMES_free>> found(
      static_cast<GENERAL_NAMES*>(
          X509_get_ext_d2i(&certificate, NID_subject_alt_name, nullptr, nullptr)));
  std::string names;
  for (int i = 0; i < sk_GENERAL_NAME_num(found.get()); ++i) {
    const GENERAL_NAME* each = sk_GENERAL_NAME_value(found.get(), i);
    const bool is_address = each->type == GEN_IPADD;
    if (each->type != GEN_DNS && !is_address) continue;
    const ASN1_STRING* text = is_address ? each->d.iPAddress : each->d.dNSName;
    const unsigned char* bytes = ASN1_STRING_get0_data(text);
    const auto size = static_cast<size_t>(ASN1_STRING_length(text));
    std::array<char, INET6_ADDRSTRLEN> number = {};
    if (is_address) {
      ::inet_ntop(size == sizeof(in_addr) ? AF_INET : AF_INET6, bytes, number.data(),
                  number.size());
    }
    names += names.empty() ? "" : ", ";
    names += is_address ? std::string(number.data())
                        : std::string(reinterpret_cast<const char*>(bytes), size);
  }
  return names;
}

HandshakeFinding OfCertificate(const Handshake& handshake, const X509* shown,
                               const std::string& name) {
  const auto verdict = SSL_get_verify_result(handshake.ssl());
  switch (verdict) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return {HandshakeFault::kExpired, "shows a certificate that has expired"};
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return {HandshakeFault::kNotYetValid, "shows a certificate that is not valid yet"};
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH: {
      const std::string names = shown == nullptr ? "" : NamesIn(*shown);
      return {HandshakeFault::kOtherName, "shows a certificate that is not for \"" + name +
                                              "\", but for " +
                                              (names.empty() ? "no name at all" : names)};
    }
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      return {HandshakeFault::kUnknownAuthority,
              "shows a certificate of an authority that is not trusted here"};
    default:
      return {HandshakeFault::kOtherCertificateFault,
              std::string("shows a certificate that is not accepted: ") +
                  X509_verify_cert_error_string(verdict)};
  }
}

HandshakeFinding Wants() {
  return {HandshakeFault::kWantsCertificate, "asks who calls, and was shown no certificate"};
}

HandshakeFinding Refuses(const std::string& why) {
  return {HandshakeFault::kRefusesCertificate,
          "does not accept the certificate that it was shown" + (why.empty() ? "" : ": " + why)};
}

// The alert with which the server ended the handshake; 0 when it sent none.
int Alert() {
  const int reason = ERR_GET_REASON(ERR_peek_error());
  return reason > SSL_AD_REASON_OFFSET ? reason - SSL_AD_REASON_OFFSET : 0;
}

// What a handshake tells that was ended by the other side. `asked`: for our certificate.
HandshakeFinding OfEnd(const Handshake& handshake, bool asked, bool shown) {
  const int alert = Alert();
  if (alert == kCertificateRequiredAlert) return Wants();
  if (asked && (alert != 0 || handshake.closed())) {
    if (!shown) return Wants();
    const bool foreign = alert == kUnknownCaAlert;
    return Refuses(foreign      ? "it is of an authority that the server does not trust"
                   : alert != 0 ? TakeError()
                                : "");
  }
  return {};
}

HandshakeFinding ProbeTls(FileDescriptor socket, const std::string& address,
                          const ChannelSecurity& security, absl::Duration patience) {
  Notes notes;
  const ContextPtr context = MakeContext(security, &notes);
  if (context == nullptr) return {};
  const std::string name = ExpectedName(address, security);
  SslPtr ssl = MakeSsl(*context, name);
  SSL_set_app_data(ssl.get(), &notes);
  Handshake handshake(std::move(socket), std::move(ssl), patience);
  const bool done = handshake.Run();
  if (!done && !handshake.heard()) {
    return handshake.closed() ? HandshakeFinding{HandshakeFault::kHungUp, "hung up at once"}
                              : HandshakeFinding{};
  }
  if (!done && SSL_get_verify_result(handshake.ssl()) != X509_V_OK) {
    return OfCertificate(handshake, notes.shown.get(), name);
  }
  if (!done && notes.shown == nullptr && Alert() == 0) {
    return {HandshakeFault::kSpeaksNoTls, "does not speak TLS there"};
  }
  if (done && handshake.AwaitWord()) return {};
  return OfEnd(handshake, notes.asked, !security.certificate_file.empty());
}

HandshakeFinding ProbePlain(FileDescriptor socket, absl::Duration patience) {
  Notes notes;
  const ContextPtr context = MakeContext({}, &notes);
  Handshake handshake(std::move(socket), SslPtr(SSL_new(context.get())), patience);
  handshake.Run();
  if (!handshake.heard() && handshake.closed()) {
    return {HandshakeFault::kHungUp, "hung up at once"};
  }
  if (SSL_get0_peer_certificate(handshake.ssl()) == nullptr) return {};
  return {HandshakeFault::kSpeaksTls, "speaks TLS there, and was spoken to without"};
}

}  // namespace

HandshakeFinding ProbeHandshake(const std::string& address, const ChannelSecurity& security,
                                absl::Duration patience) {
  absl::StatusOr<FileDescriptor> socket =
      address.starts_with(kUnix) ? ConnectUnix(std::string_view(address).substr(kUnix.size()))
                                 : ConnectTcp(address, patience);
  if (!socket.ok()) return {HandshakeFault::kNotReached, std::string(socket.status().message())};
  return security.is_on() ? ProbeTls(*std::move(socket), address, security, patience)
                          : ProbePlain(*std::move(socket), patience);
}

}  // namespace broadsheet::tls
