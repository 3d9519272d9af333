// SPDX-License-Identifier: GPL-3.0-or-later
// The rules that the API's .proto files keep: those of buf's STANDARD set that matter to callers,
// and this project's own on comments.
//
//   PACKAGE_DIRECTORY   package broadsheet.v1 is in broadsheet/v1/, and ends in a version
//   FILE_OPTIONS        go_package, java_package, java_multiple_files, csharp_namespace are set
//   FILE_HEADER         the first line is the SPDX line
//   NAMES               files and fields lower_snake_case; types, services and methods PascalCase;
//                       enum values UPPER_SNAKE_CASE
//   SERVICE_SUFFIX      services end in "Service"
//   METHOD_TYPES        method Xyz takes XyzRequest and returns XyzResponse, used nowhere else
//   ENUM_ZERO           the value 0 is ENUM_NAME_UNSPECIFIED
//   ENUM_PREFIX         every value begins with ENUM_NAME_
//   COMMENT             everything has a comment
//   FIELD_BEHAVIOUR     what callers send says first if it is Required, Optional or Output only
#pragma once

#include <google/protobuf/descriptor.h>

#include <string>
#include <vector>

namespace broadsheet::testing {

// One line for each broken rule in `files`: the full name of the thing, the rule's name, what is
// wrong. The files make up one API and come from a pool of descriptors with source info, without
// which nothing has comments.
std::vector<std::string> StyleViolations(
    const std::vector<const google::protobuf::FileDescriptor*>& files);

// FILE_HEADER and COMMENT only: for files whose names are given from outside, such as google/rpc.
std::vector<std::string> CommentViolations(
    const std::vector<const google::protobuf::FileDescriptor*>& files);

}  // namespace broadsheet::testing
