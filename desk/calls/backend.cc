// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/calls/backend.h"

#include "engine/base/bearer_token.h"

namespace broadsheet::desk {
namespace {

// A page of 100 articles, or one batch of an export.
constexpr int kMaxReceiveBytes = 64 << 20;

std::shared_ptr<grpc::Channel> Connect(const BackendOptions& options) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxReceiveBytes);
  // A server that was restarted is found again within a second.
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1000);
  // A proxy for the web, which the environment may name, is no way to this machine; and what is
  // sent to this machine does not leave it.
  if (base::IsOnThisMachine(options.server)) arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  if (!options.server_name.empty()) arguments.SetSslTargetNameOverride(options.server_name);
  return grpc::CreateCustomChannel(options.server, options.credentials, arguments);
}

}  // namespace

Backend::Backend(const BackendOptions& options)
    : timeout_(options.timeout),
      channel_(Connect(options)),
      stub_(v1::SearchService::NewStub(channel_)) {}

void Backend::Prepare(const Caller& caller, grpc::ClientContext& context) const {
  PrepareStream(caller, context);
  context.set_deadline(std::chrono::system_clock::now() + timeout_);
}

void Backend::PrepareStream(const Caller& caller, grpc::ClientContext& context) {
  if (!caller.authorization.empty()) context.AddMetadata("authorization", caller.authorization);
}

void ParallelCalls::Open::Add() {
  const base::MutexLock lock(mutex_);
  ++count_;
}

void ParallelCalls::Open::Remove() {
  {
    const base::MutexLock lock(mutex_);
    if (--count_ > 0) return;
  }
  none_.NotifyAll();
}

void ParallelCalls::Open::WaitForNone() {
  const base::MutexLock lock(mutex_);
  while (count_ > 0) none_.Wait(mutex_);
}

}  // namespace broadsheet::desk
