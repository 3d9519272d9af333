// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/markup/xml_buffer.h"

#include <algorithm>

namespace broadsheet::sources::markup {
namespace {

constexpr size_t kReadBytes = 64 << 10;

}  // namespace

bool XmlBuffer::IsBlank(int byte) {
  return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

bool XmlBuffer::StartsName(int byte) {
  return byte >= 0x80 || byte == '_' || byte == ':' || (byte >= 'a' && byte <= 'z') ||
         (byte >= 'A' && byte <= 'Z');
}

bool XmlBuffer::EndsName(int byte) {
  return byte < 0 || IsBlank(byte) || byte == '>' || byte == '/' || byte == '=' || byte == '<' ||
         byte == '"' || byte == '\'';
}

XmlBuffer::XmlBuffer(Input& input, size_t max_token_bytes)
    : bytes_(input), max_token_bytes_(max_token_bytes) {}

void XmlBuffer::More() {
  const absl::StatusOr<bool> more = bytes_.Append(kReadBytes, &buffer_);
  // What came before the error is read to its end first.
  if (!more.ok()) failed_ = more.status();
  ended_ = !more.ok() || !*more;
}

void XmlBuffer::Count() {
  line_ = LineOf(token_start_);
  stored_ = OffsetOf(token_start_) - bytes_.skipped();
  counted_ = token_start_;
}

void XmlBuffer::Compact() {
  token_start_ = at_;
  if (at_ < kReadBytes || 2 * at_ < buffer_.size()) return;
  Count();
  base_ += at_;
  buffer_.erase(0, at_);
  at_ = 0;
  token_start_ = 0;
  counted_ = 0;
}

int XmlBuffer::LaterByteAt(size_t at) {
  while (at >= buffer_.size()) {
    if (ended_ || IsFull()) return -1;
    More();
  }
  return Byte(buffer_[at]);
}

bool XmlBuffer::IsAt(size_t at, std::string_view text) {
  return ByteAt(at + text.size() - 1) >= 0 &&
         std::string_view(buffer_).substr(at, text.size()) == text;
}

size_t XmlBuffer::Seek(Seeker* seeker, size_t from, size_t limit) {
  const uint64_t wanted = base_ + from;
  if (seeker->from > wanted || seeker->to < wanted)
    *seeker = {.wanted = seeker->wanted, .from = wanted, .to = wanted};
  while (!seeker->found) {
    const size_t begin = seeker->to - base_;
    const std::string_view known = std::string_view(buffer_).substr(0, limit);
    const size_t at = begin > known.size() ? kNowhere : known.find(seeker->wanted, begin);
    if (at != kNowhere) {
      seeker->to = base_ + at;
      seeker->found = true;
      break;
    }
    // It may have begun at the end of what is known.
    const size_t open = known.size() - std::min(known.size(), seeker->wanted.size() - 1);
    seeker->to = base_ + std::max(begin, open);
    if (buffer_.size() >= limit || ended_ || IsFull()) return kNowhere;
    More();
  }
  const size_t at = seeker->to - base_;
  return at >= limit ? kNowhere : at;
}

size_t XmlBuffer::EndOfName(size_t at) {
  while (!EndsName(ByteAt(at))) ++at;
  return at;
}

size_t XmlBuffer::SkipBlanks(size_t at) {
  while (IsBlank(ByteAt(at))) ++at;
  return at;
}

uint64_t XmlBuffer::LineOf(size_t at) const {
  const auto begin = buffer_.begin() + static_cast<std::ptrdiff_t>(counted_);
  return line_ + static_cast<uint64_t>(
                     std::count(begin, buffer_.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

uint64_t XmlBuffer::OffsetOf(size_t at) const {
  return bytes_.skipped() + stored_ +
         bytes_.StoredSize(std::string_view(buffer_).substr(counted_, at - counted_));
}

size_t XmlBuffer::StartOfCharacter(size_t at) const {
  constexpr size_t kLongestCharacter = 4;
  for (size_t i = 0; i < kLongestCharacter && (Byte(buffer_[at]) & 0xC0) == 0x80; ++i) --at;
  return at;
}

}  // namespace broadsheet::sources::markup
