// SPDX-License-Identifier: GPL-3.0-or-later
// Unpacks frames of zstd, and those of web archives (.warc.zst) that share a dictionary, which the
// first frame holds.
#pragma once

#include <memory>
#include <string_view>

#include "indexer/sources/input/codec.h"

namespace broadsheet::sources {

// A dictionary has at most so many bytes, as stored and unpacked.
inline constexpr size_t kMaxZstdDictionaryBytes = 16 << 20;

std::unique_ptr<Codec> MakeZstdCodec();

// Whether `head` is the beginning of a frame's magic number.
bool MayBeZstd(std::string_view head);

}  // namespace broadsheet::sources
