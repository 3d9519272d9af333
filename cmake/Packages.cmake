# SPDX-License-Identifier: GPL-3.0-or-later
# Every package comes from Debian 12 (scripts/packages.txt). Packages without a CMake target get one here.
find_package(Threads REQUIRED)
find_package(Protobuf 3.21 REQUIRED)      # module mode: Debian ships no protobuf-config.cmake
find_package(gRPC 1.51 CONFIG REQUIRED)   # prints a harmless "Could NOT find c-ares"
find_package(absl CONFIG REQUIRED)
find_package(ICU 72 REQUIRED COMPONENTS uc i18n data)
find_package(LibArchive REQUIRED)
find_package(LibXml2 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(BZip2 REQUIRED)
find_package(LibLZMA REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS SSL Crypto)
find_package(simdjson CONFIG REQUIRED)
find_package(CLI11 CONFIG REQUIRED)
find_package(spdlog CONFIG REQUIRED)
find_package(xapian 1.4.22 CONFIG REQUIRED)  # sets variables only

add_library(xapian::core INTERFACE IMPORTED)
target_include_directories(xapian::core SYSTEM INTERFACE ${XAPIAN_INCLUDE_DIR})
target_link_libraries(xapian::core INTERFACE ${XAPIAN_LIBRARIES})

# Makes an imported target from a header and a library that come without any CMake or pkg-config file.
function(broadsheet_import target header library)
  find_path(${target}_INCLUDE ${header} REQUIRED)
  find_library(${target}_LIBRARY ${library} REQUIRED)
  add_library(${target} INTERFACE IMPORTED)
  target_include_directories(${target} SYSTEM INTERFACE ${${target}_INCLUDE})
  target_link_libraries(${target} INTERFACE ${${target}_LIBRARY})
endfunction()
broadsheet_import(stemmer::stemmer libstemmer.h stemmer)
broadsheet_import(cld2::cld2 cld2/public/compact_lang_det.h cld2)
broadsheet_import(zstd::zstd zstd.h zstd)
broadsheet_import(xxhash::xxhash xxhash.h xxhash)
broadsheet_import(mimalloc::mimalloc mimalloc.h mimalloc)
broadsheet_import(brotli::dec brotli/decode.h brotlidec)
# HTTP needs nothing of libevent's other parts, nor of prometheus-cpp's, which link a web server with known holes.
broadsheet_import(libevent::core event2/event.h event_core)
broadsheet_import(libevent::extra event2/http.h event_extra)
target_link_libraries(libevent::extra INTERFACE libevent::core)
broadsheet_import(systemd::systemd systemd/sd-daemon.h systemd)
broadsheet_import(prometheus-cpp::core prometheus/registry.h prometheus-cpp-core)
broadsheet_import(ctemplate::ctemplate ctemplate/template.h ctemplate)

if(BROADSHEET_TESTS)
  find_package(GTest CONFIG REQUIRED)
endif()
if(BROADSHEET_BENCH)
  find_package(benchmark CONFIG REQUIRED)
endif()
