// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/access/call_credential.h"

#include <grpcpp/security/auth_context.h>

#include <array>
#include <string_view>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"

namespace broadsheet::server {
namespace {

constexpr const char* kAuthorization = "authorization";
constexpr const char* kFrontIdentity = "x-broadsheet-identity";
constexpr std::string_view kBearer = "bearer ";

std::string_view TextOf(grpc::string_ref text) { return {text.data(), text.size()}; }

// "Bearer bs_...", the scheme in any case.
std::optional<access::TokenHash> TokenIn(std::string_view header) {
  if (header.size() < kBearer.size()) return std::nullopt;
  const std::string_view scheme = header.substr(0, kBearer.size());
  if (!absl::EqualsIgnoreCase({scheme.data(), scheme.size()}, {kBearer.data(), kBearer.size()})) {
    return std::nullopt;
  }
  header.remove_prefix(kBearer.size());
  while (header.starts_with(' ')) header.remove_prefix(1);
  if (!access::LooksLikeToken(header)) return std::nullopt;
  return access::TokenHash::Of(header);
}

std::vector<std::string> CertificateNames(const grpc::AuthContext& auth) {
  std::vector<std::string> names;
  if (!auth.IsPeerAuthenticated()) return names;
  for (const char* property : {"x509_subject_alternative_name", "x509_common_name"}) {
    for (const grpc::string_ref& name : auth.FindPropertyValues(property)) {
      names.emplace_back(name.data(), name.size());
    }
  }
  return names;
}

}  // namespace

Credential CredentialOf(const grpc::ServerContext& context, bool trusts_front) {
  const auto& metadata = context.client_metadata();
  const auto [first, last] = metadata.equal_range(kAuthorization);
  if (first != last) {
    // Of two, nobody knows which was meant.
    if (std::next(first) != last) return {.kind = Credential::Kind::kUnreadable};
    const auto token = TokenIn(TextOf(first->second));
    if (!token) return {.kind = Credential::Kind::kUnreadable};
    return {.kind = Credential::Kind::kToken, .token = *token, .names = {}};
  }
  if (trusts_front && context.peer().starts_with("unix:")) {
    const auto [told, told_end] = metadata.equal_range(kFrontIdentity);
    if (told != told_end) {
      // A front sets the header, and takes out what its own callers sent; two were let through.
      if (std::next(told) != told_end) return {.kind = Credential::Kind::kUnreadable};
      return {.kind = Credential::Kind::kIdentity,
              .token = {},
              .names = {std::string(TextOf(told->second))}};
    }
  }
  if (const auto auth = context.auth_context(); auth != nullptr) {
    if (std::vector<std::string> names = CertificateNames(*auth); !names.empty()) {
      return {.kind = Credential::Kind::kCertificate, .token = {}, .names = std::move(names)};
    }
  }
  return {};
}

std::string TurnNameOf(const Caller& caller, const grpc::ServerContext& context) {
  return caller.name.empty() ? context.peer() : caller.name;
}

}  // namespace broadsheet::server
