// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes of an XML document as UTF-8, whatever character set they are in, and even if the
// document declares a wrong one. Reads a stream: memory is bounded, whatever the document's size.
//
// The first of these decides: a byte order mark; markup in wide characters; the bytes, when they
// are UTF-8 with characters beyond ASCII; what is declared, unless it is UTF-8 (the bytes are not)
// or unknown; the result of ICU's detection; windows-1252.
#pragma once

#include <unicode/ucnv.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "indexer/sources/input/input.h"

namespace broadsheet::sources::markup {

// Not thread-safe.
class XmlBytes {
 public:
  // `input` outlives this.
  explicit XmlBytes(Input& input);
  XmlBytes(const XmlBytes&) = delete;
  XmlBytes& operator=(const XmlBytes&) = delete;

  // Appends about `want` more bytes to `text`; false at the end. In a document that is taken for
  // UTF-8 they are passed on as they are, and may be ill-formed. Errors of Input::Read.
  absl::StatusOr<bool> Append(size_t want, std::string* text);

  // The character for a byte that is part of no character of UTF-8, as UTF-8.
  std::string_view CharacterOf(unsigned char byte) const { return (*fallback_)[byte]; }

  // Whether such bytes are as the document declares: windows-1252, or a set that browsers take for
  // it, such as iso-8859-1.
  bool is_declared_western() const { return is_declared_western_; }

  // How many bytes of the input `text`, a part of what was appended, comes from. Exact for UTF-8,
  // UTF-16 and sets of single bytes.
  uint64_t StoredSize(std::string_view text) const;

  // How many bytes of the input were no text: a byte order mark.
  uint64_t skipped() const { return skipped_; }

  // What had to be assumed, said of the document: "declares iso-8859-1 but is UTF-8: read as
  // UTF-8";
  // "" as long as nothing was.
  const std::string& note() const { return note_; }

 private:
  // How bytes become UTF-8.
  enum class Way : uint8_t {
    kUndecided,  // only ASCII was seen, which is the same in all sets that are left
    kUtf8,       // passed on as they are
    kTable,      // a set of single bytes
    kConverter,  // any other
  };
  struct CloseConverter {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
  };
  using Table = std::array<std::string, 256>;

  absl::Status Start();
  absl::Status Decide(std::string_view first);
  void Choose(std::string_view sample);
  bool TakeCharset(const std::string& charset);
  absl::Status TakeEbcdic();
  static const Table& WesternTable();
  static bool FillTable(UConverter* converter, Table* table);
  bool FitsBadly(std::string_view sample);
  void Convert(std::string_view bytes, bool is_end, std::string* text);

  Input& input_;
  bool started_ = false;
  Way way_ = Way::kUndecided;
  // As the document says, for messages, and what it means.
  std::string declared_label_;
  std::string declared_;
  std::string note_;
  bool is_declared_western_ = false;
  uint64_t skipped_ = 0;
  std::unique_ptr<UConverter, CloseConverter> converter_;
  // Bytes a character: 2 in UTF-16, 4 in UTF-32, else 0 for sets of varying length.
  uint64_t width_ = 0;
  Table table_;
  // table_, or that of browsers for what they cannot read.
  const Table* fallback_;
  std::vector<UChar> wide_;
};

}  // namespace broadsheet::sources::markup
