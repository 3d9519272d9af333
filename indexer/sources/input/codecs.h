// SPDX-License-Identifier: GPL-3.0-or-later
// The packings that are read: gzip, zstd, xz and bzip2, told by the first bytes.
#pragma once

#include <memory>
#include <string_view>

#include "indexer/sources/input/codec.h"

namespace broadsheet::sources {

// The codec of data that begins with `head`; null when it is not packed. Codec::kHeadBytes bytes
// are enough to tell; of fewer, MayBePacked says whether more are needed.
std::unique_ptr<Codec> MakeCodec(std::string_view head);

// Whether `head` is the beginning of what tells some packing.
bool MayBePacked(std::string_view head);

}  // namespace broadsheet::sources
