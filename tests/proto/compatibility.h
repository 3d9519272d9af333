// SPDX-License-Identifier: GPL-3.0-or-later
// Finds what callers of a published API would trip over in a later version of it.
#pragma once

#include <google/protobuf/descriptor.pb.h>

#include <string>
#include <vector>

namespace broadsheet::testing {

// One line for each thing in `published` that `present` lacks or has otherwise: messages, fields,
// enums, values, services, methods, and the file options that name generated code. A line names the
// thing and what became of it. Additions are no breaking changes and are not reported.
//
// Both sets are as protoc or FileDescriptor::CopyTo() make them: type names fully qualified, JSON
// names filled in.
std::vector<std::string> BreakingChanges(const google::protobuf::FileDescriptorSet& published,
                                         const google::protobuf::FileDescriptorSet& present);

}  // namespace broadsheet::testing
