// SPDX-License-Identifier: GPL-3.0-or-later
// Makes the codec of packed data, told by its first bytes.
#pragma once

#include <memory>
#include <string_view>

#include "indexer/sources/input/codec.h"

namespace broadsheet::sources {

// The codec of data that begins with `head`; null when it is not packed. Whether more bytes are
// needed to tell: MayBePacked of fewer than Codec::kHeadBytes bytes.
std::unique_ptr<Codec> MakeCodec(std::string_view head);

// Whether `head` is the beginning of what tells some packing.
bool MayBePacked(std::string_view head);

}  // namespace broadsheet::sources
