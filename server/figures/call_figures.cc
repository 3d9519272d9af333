// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/figures/call_figures.h"

#include <google/protobuf/descriptor.h>

#include <cstdlib>

namespace broadsheet::server {
namespace {

std::string_view TypeOf(const google::protobuf::MethodDescriptor& method) {
  if (method.client_streaming()) {
    return method.server_streaming() ? "bidi_stream" : "client_stream";
  }
  return method.server_streaming() ? "server_stream" : "unary";
}

}  // namespace

CallFigures::CallFigures(const std::vector<std::string>& services) {
  for (const std::string& name : services) {
    const auto* service =
        google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(name);
    // A mistake in the list of services, which every test of the server meets.
    if (service == nullptr) std::abort();
    for (int i = 0; i < service->method_count(); ++i) {
      MethodFigures& added = methods_.emplace_back();
      added.service = name;
      added.method = service->method(i)->name();
      added.type = TypeOf(*service->method(i));
    }
  }
}

MethodFigures& CallFigures::Of(std::string_view method) {
  for (MethodFigures& each : methods_) {
    if (each.method == method) return each;
  }
  // As above.
  std::abort();
}

void CallFigures::CountError(const std::string& reason) {
  base::MutexLock lock(mutex_);
  ++errors_[reason];
}

std::map<std::string, uint64_t> CallFigures::errors() const {
  base::MutexLock lock(mutex_);
  return errors_;
}

}  // namespace broadsheet::server
