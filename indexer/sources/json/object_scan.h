// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the end of a JSON object in text that arrives in pieces, and notices at the first byte that
// cannot be where it is when brackets, quotation marks, commas or colons are missing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace broadsheet::sources {

// Not thread-safe. Scalars are not checked: "{"a": tru}" is whole.
class ObjectScan {
 public:
  enum class Outcome : uint8_t {
    kOpen,    // the object goes on behind the text
    kWhole,   // it ends at end()
    kBroken,  // the byte at end() cannot be there
  };

  // Starts with a text whose first byte is "{".
  void Restart();

  // Scans on in `text`, which begins with the object and has grown at its end since the last call.
  // After kWhole and kBroken call Restart.
  Outcome Scan(std::string_view text);

  // How far the text was scanned.
  size_t end() const { return at_; }
  // How many brackets are open there; none of a string.
  size_t depth() const { return in_string_ ? 0 : open_.size(); }

  // The caller has cut off that many bytes of the start of the text, at most end().
  void Forget(size_t bytes) { at_ -= bytes; }

 private:
  enum class Expect : uint8_t { kKey, kColon, kValue, kAfterValue, kScalarEnd };

  bool ScanString(std::string_view text);
  bool ScanByte(char c);
  bool Close(char bracket);
  bool AfterComma();
  bool InObject() const { return open_.back() == '{'; }

  size_t at_ = 0;
  // The open brackets from the outside in.
  std::string open_;
  Expect expect_ = Expect::kKey;
  bool in_string_ = false;
  bool escaped_ = false;
};

}  // namespace broadsheet::sources
