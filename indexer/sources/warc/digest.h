// SPDX-License-Identifier: GPL-3.0-or-later
// Checks the digests that web archives keep of their records.
#pragma once

#include <string_view>

namespace broadsheet::sources::warc {

// Whether `content` has another digest than `stated`: "sha1:" or another algorithm, and the digest
// in base 32 or in hexadecimal digits. False when `stated` is of no algorithm that is known. Pure.
bool ContradictsDigest(std::string_view content, std::string_view stated);

}  // namespace broadsheet::sources::warc
