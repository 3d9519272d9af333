// SPDX-License-Identifier: GPL-3.0-or-later
// What ThreadSanitizer needs to be told in this program. Debian's gRPC is not instrumented, so what
// its threads hand over to ours through its own locks looks like a race whenever code of its
// headers touches it. Races among our own threads (searcher_pool_test.cc, served_index_test.cc,
// which have no gRPC in them) are reported as ever.

extern "C" const char* __tsan_default_options();
extern "C" const char* __tsan_default_suppressions();

const char* __tsan_default_options() { return "ignore_noninstrumented_modules=1"; }

const char* __tsan_default_suppressions() {
  return "race:grpc::internal::\n"
         "race:grpc::ServerUnaryReactor\n"
         "race:grpc::Server\n"
         "race:grpc_event_engine::\n"
         // An answer that gRPC has sent, and gives back.
         "race:grpc_core::NewSliceRefcount::Destroy\n";
}
