// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/tls/way_out.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "absl/time/time.h"

namespace broadsheet::tls {
namespace {

// $0 to $6 are the members of SecurityOptions, in order.
const char* WordsFor(HandshakeFault fault) {
  switch (fault) {
    case HandshakeFault::kHungUp:
      return "it may have as many connections open as it takes: try again shortly";
    case HandshakeFault::kSpeaksTls:
      return "add $0, and $2 FILE if its certificate is of an authority of your own";
    case HandshakeFault::kSpeaksNoTls:
      return "name the address at which it does, or $1";
    case HandshakeFault::kUnknownAuthority:
      return "name that authority's certificate with $2 FILE";
    case HandshakeFault::kExpired:
    case HandshakeFault::kNotYetValid:
      return "whoever runs it has to replace it, unless the clock of this machine is wrong";
    case HandshakeFault::kOtherName:
      return "use one of these names in the address, or say with $5 NAME which to expect";
    case HandshakeFault::kWantsCertificate:
      return "show one with $3 FILE $4 FILE";
    case HandshakeFault::kRefusesCertificate:
      return "show one of an authority that it trusts ($6)";
    case HandshakeFault::kOtherCertificateFault:
    case HandshakeFault::kNone:
    case HandshakeFault::kNotReached:
      return "";
  }
  return "";
}

// To find out why a connection failed is not worth a longer wait.
constexpr absl::Duration kProbePatience = absl::Seconds(2);

absl::string_view Piece(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

std::string WayOutOf(HandshakeFault fault, const SecurityOptions& options) {
  return absl::Substitute(WordsFor(fault), Piece(options.encrypt), Piece(options.do_not_encrypt),
                          Piece(options.authorities), Piece(options.certificate),
                          Piece(options.key), Piece(options.server_name), Piece(options.of_server));
}

std::string WhyNotConnected(const std::string& address, const ChannelSecurity& security,
                            const SecurityOptions& options, const std::string& failure,
                            const std::string& when_absent) {
  const HandshakeFinding finding = ProbeHandshake(address, security, kProbePatience);
  const bool nothing_amiss = finding.fault == HandshakeFault::kNone;
  if (nothing_amiss || finding.fault == HandshakeFault::kNotReached) {
    const std::string& reason = nothing_amiss ? failure : finding.text;
    std::string text = absl::StrCat("no server answers at ", address);
    if (!reason.empty()) absl::StrAppend(&text, " (", reason, ")");
    if (!when_absent.empty()) absl::StrAppend(&text, "; ", when_absent);
    return text;
  }
  const std::string remedy = WayOutOf(finding.fault, options);
  return absl::StrCat("the server at ", address, " ", finding.text, remedy.empty() ? "" : "; ",
                      remedy);
}

}  // namespace broadsheet::tls
