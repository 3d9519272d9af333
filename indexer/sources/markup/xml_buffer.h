// SPDX-License-Identifier: GPL-3.0-or-later
// The stretch of an XML document that a tokenizer looks at: what it has not passed yet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "indexer/sources/input/input.h"
#include "indexer/sources/markup/xml_bytes.h"

namespace broadsheet::sources::markup {

// A base of XmlTokenizer, which moves at_. Places are indices of buffer_, and stay valid until
// Compact. Not thread-safe.
class XmlBuffer {
 protected:
  // Finds the next of one string at or after a place, without searching any stretch twice.
  struct Seeker {
    std::string_view wanted;
    // Every one that starts in [from, to) of the document is known: there is none.
    uint64_t from = 0;
    uint64_t to = 0;
    bool found = false;  // one is at `to`
  };
  static constexpr size_t kNowhere = std::string::npos;

  XmlBuffer(Input& input, size_t max_token_bytes);

  // Forgets what is before at_, where a token starts.
  void Compact();
  // The byte at `at`, or -1 where the input, or what a token may have, ends.
  int ByteAt(size_t at) { return at < buffer_.size() ? Byte(buffer_[at]) : LaterByteAt(at); }
  static int Byte(char c) { return static_cast<unsigned char>(c); }
  bool IsAt(size_t at, std::string_view text);
  static bool IsBlank(int byte);
  static bool StartsName(int byte);
  static bool EndsName(int byte);
  size_t EndOfName(size_t at);
  size_t SkipBlanks(size_t at);
  // Reads on as far as needed, but not beyond `limit`.
  size_t Seek(Seeker* seeker, size_t from, size_t limit = kNowhere);
  // Where the character starts that the byte at `at` is part of.
  size_t StartOfCharacter(size_t at) const;

  // Reads on. After an error the input counts as ended, so that what came before is read first.
  void More();
  bool IsFull() const { return buffer_.size() - at_ >= max_token_bytes_; }

  // The line, from 1, and the byte in the input of a place at or after the token's start.
  uint64_t LineOf(size_t at) const;
  uint64_t OffsetOf(size_t at) const;
  // Counts up to the token's start, so that neither counts the same twice.
  void Count();
  uint64_t token_line() {
    Count();
    return line_;
  }
  uint64_t token_offset() {
    Count();
    return bytes_.skipped() + stored_;
  }

  XmlBytes bytes_;
  const size_t max_token_bytes_;
  std::string buffer_;
  // Where the reading is, and where its token starts.
  size_t at_ = 0;
  size_t token_start_ = 0;
  bool ended_ = false;
  absl::Status failed_;

 private:
  int LaterByteAt(size_t at);

  // The offset of the buffer's first byte in what was decoded.
  uint64_t base_ = 0;
  // The lines and stored bytes before counted_.
  size_t counted_ = 0;
  uint64_t line_ = 1;
  uint64_t stored_ = 0;
};

}  // namespace broadsheet::sources::markup
