// SPDX-License-Identifier: GPL-3.0-or-later
// The heads of records: a line in ARC, lines of names and values in WARC.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace broadsheet::sources::warc {

struct RecordHead {
  // "response", "request", "warcinfo", ...; in ARC "response", and "warcinfo" for the first record.
  std::string type;
  // WARC-Target-URI.
  std::string uri;
  // The content's type: "application/http; msgtype=response".
  std::string content_type;
  // Content-Length.
  std::optional<uint64_t> size;
  // WARC-Block-Digest: "sha1:...".
  std::string block_digest;
  // WARC-Truncated: why the crawler kept only the beginning; "" when it kept all.
  std::string truncated;
  // WARC-Segment-Number; 0 when the record is no segment of a larger one.
  uint64_t segment = 0;
};

// Reads a line of a WARC head into `head`; passes over what is not read, and what is no header.
void ReadWarcHeader(std::string_view line, RecordHead* head);

// "URL IP-address Archive-date Content-type Archive-length", the URL perhaps with spaces in it;
// nullopt for any other line.
std::optional<RecordHead> ReadArcHead(std::string_view line);

// Whether a head of WARC begins at `text`: "WARC/1.0", a line end, and a header, as far as they are
// there.
bool IsWarcHead(std::string_view text);
// The same of ARC, for looking for one in anything: with an address, and a date of 14 digits.
bool IsArcHead(std::string_view line);

// Where in a line of a head the head of the next record begins, when the archive was cut there:
// what ends with "WARC/1.0" and not as an address may. npos without one.
size_t WarcHeadWithin(std::string_view line);

}  // namespace broadsheet::sources::warc
