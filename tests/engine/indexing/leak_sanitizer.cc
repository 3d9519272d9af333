// SPDX-License-Identifier: GPL-3.0-or-later
// What LeakSanitizer needs to be told in this program. Xapian 1.4.22 loses a cursor of 8 KB when
// Database::metadata_keys_begin finds that a writer has overtaken it (its cursor is made with new,
// and moving it throws): what handover_test.cc makes happen.

extern "C" const char* __lsan_default_suppressions();

const char* __lsan_default_suppressions() { return "leak:libxapian.so\n"; }
