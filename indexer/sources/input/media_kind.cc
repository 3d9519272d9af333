// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/input/media_kind.h"

#include <array>
#include <cstddef>

namespace broadsheet::sources {
namespace {

struct Magic {
  size_t at;
  std::string_view bytes;
  std::string_view kind;
};

// A literal with zeros in it.
template <size_t N>
constexpr std::string_view Bytes(const char (&literal)[N]) {
  return {literal, N - 1};
}

constexpr auto kMediaMagic = std::to_array<Magic>({
    {0, "\xff\xd8\xff", "JPEG picture"},
    {0, "\x89PNG\r\n", "PNG picture"},
    {0, "GIF87a", "GIF picture"},
    {0, "GIF89a", "GIF picture"},
    {0, Bytes("II*\0"), "TIFF picture"},
    {0, Bytes("MM\0*"), "TIFF picture"},
    {0, "8BPS", "Photoshop picture"},
    {0, Bytes("\0\0\1\0"), "icon"},
    {0, Bytes("\0\0\2\0"), "icon"},
    {0, Bytes("\0\0\0\x0cjP  "), "JPEG 2000 picture"},
    {0, Bytes("\0\0\0\x0cJXL "), "JPEG XL picture"},
    {0, "\xff\x0a", "JPEG XL picture"},
    {0, Bytes("\x1a\x45\xdf\xa3"), "Matroska or WebM video"},
    {0, Bytes("FLV\1"), "Flash video"},
    {0, Bytes("\0\0\1\xba"), "MPEG video"},
    {0, Bytes("\0\0\1\xb3"), "MPEG video"},
    {0, "\x30\x26\xb2\x75\x8e\x66\xcf\x11", "Windows Media file"},
    {0, Bytes("ID3\2"), "MP3 audio"},
    {0, Bytes("ID3\3"), "MP3 audio"},
    {0, Bytes("ID3\4"), "MP3 audio"},
    {0, "\xff\xfb", "MP3 audio"},
    {0, "\xff\xf3", "MP3 audio"},
    {0, "\xff\xf2", "MP3 audio"},
    {0, "\xff\xf1", "AAC audio"},
    {0, "\xff\xf9", "AAC audio"},
    {0, Bytes("OggS\0"), "Ogg audio or video"},
    {0, "fLaC", "FLAC audio"},
    {0, "#!AMR", "AMR audio"},
    {0, Bytes("MThd\0\0\0\6"), "MIDI audio"},
    {0, "wOFF", "font"},
    {0, "wOF2", "font"},
    {0, Bytes("OTTO\0"), "font"},
    {0, Bytes("true\0"), "font"},
    {0, Bytes("ttcf\0"), "font"},
    {0, Bytes("\0\1\0\0\0"), "font"},
    {0, Bytes("\0\0\0\1Bud1"), "folder settings of a file manager"},
    {0, Bytes("\0\5\x16\7"), "resource fork of a file"},
    {0, Bytes("\0\5\x16\0"), "resource fork of a file"},
});

bool HasAt(std::string_view head, size_t at, std::string_view bytes) {
  return head.size() >= at + bytes.size() && head.substr(at, bytes.size()) == bytes;
}

std::optional<std::string_view> KindOfRiff(std::string_view head) {
  if (HasAt(head, 0, "FORM") && HasAt(head, 8, "AIF")) return "AIFF audio";
  if (!HasAt(head, 0, "RIFF")) return std::nullopt;
  if (HasAt(head, 8, "WEBP")) return "WebP picture";
  if (HasAt(head, 8, "AVI ")) return "AVI video";
  if (HasAt(head, 8, "WAVE")) return "WAV audio";
  return std::nullopt;
}

// The family of MP4, by its brand.
std::optional<std::string_view> KindOfMp4(std::string_view head) {
  // Before there were brands.
  const bool is_old = HasAt(head, 4, "moov") || HasAt(head, 4, "mdat");
  if (is_old && head.front() == '\0') return "QuickTime video";
  if (!HasAt(head, 4, "ftyp")) return std::nullopt;
  for (const std::string_view brand : {"heic", "heix", "hevc", "mif1", "msf1", "heim"}) {
    if (HasAt(head, 8, brand)) return "HEIC picture";
  }
  if (HasAt(head, 8, "avif") || HasAt(head, 8, "avis")) return "AVIF picture";
  if (HasAt(head, 8, "M4A") || HasAt(head, 8, "M4B")) return "M4A audio";
  return HasAt(head, 8, "qt  ") ? "QuickTime video" : "MP4 video";
}

// "BM" alone begins a text about cars: the reserved bytes of a bitmap are zero.
bool IsBitmap(std::string_view head) {
  return HasAt(head, 0, "BM") && HasAt(head, 6, Bytes("\0\0\0\0"));
}

// Packets of 188 bytes, each with its sign.
bool IsTransportStream(std::string_view head) {
  constexpr size_t kPacketBytes = 188;
  constexpr char kSign = 0x47;
  if (head.size() <= 3 * kPacketBytes) return false;
  for (size_t at = 0; at <= 3 * kPacketBytes; at += kPacketBytes) {
    if (head[at] != kSign) return false;
  }
  return true;
}

// The thumbnails that Windows keeps in a folder, in the container of its office documents.
bool IsThumbnails(std::string_view head) {
  return head.starts_with("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") &&
         head.find(Bytes("C\0a\0t\0a\0l\0o\0g\0")) != head.npos;
}

}  // namespace

std::optional<std::string_view> MediaKind(std::string_view head) {
  for (const Magic& magic : kMediaMagic) {
    if (HasAt(head, magic.at, magic.bytes)) return magic.kind;
  }
  if (const auto riff = KindOfRiff(head); riff.has_value()) return riff;
  if (const auto mp4 = KindOfMp4(head); mp4.has_value()) return mp4;
  if (IsBitmap(head)) return "BMP picture";
  if (IsTransportStream(head)) return "MPEG video";
  if (IsThumbnails(head)) return "thumbnails of a file manager";
  return std::nullopt;
}

}  // namespace broadsheet::sources
