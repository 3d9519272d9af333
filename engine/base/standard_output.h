// SPDX-License-Identifier: GPL-3.0-or-later
// Standard output that cannot be written is told, not passed over: each program's main() makes its
// exit status say so. For one thread.
#pragma once

namespace broadsheet::base {

// Call first: opens standard streams that the caller closed, in a way that reading and writing them
// still fail. Otherwise the next file that is opened, such as one of an index, would take the
// number of standard output, and be written over.
void KeepStandardStreams();

// Call last, with the exit status so far: writes out what std::cout still holds. Returns `status`
// when all of it was written, or when a reader such as `head` has gone and wants no more; else
// `failed`, after a line on standard error that begins with `program`.
int FinishStandardOutput(const char* program, int status, int failed);

}  // namespace broadsheet::base
