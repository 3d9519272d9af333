# SPDX-License-Identifier: GPL-3.0-or-later
# Language, warnings, sanitizers and where binaries go: one place for what holds in every folder.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

option(BROADSHEET_WERROR "Treat warnings as errors" ON)
option(BROADSHEET_TESTS "Build the tests" ON)
option(BROADSHEET_BENCH "Build the benchmarks" OFF)
option(BROADSHEET_FUZZ "Build the libFuzzer targets (clang only)" OFF)
set(BROADSHEET_SANITIZE "" CACHE STRING "Sanitizers for -fsanitize=, e.g. address,undefined")

# All presets but tidy compile a folder's files together (CMAKE_UNITY_BUILD), which takes less than half of a build from
# clean: most of it is reading the headers of gRPC and protobuf. Sixteen at a time suit a change to a file; what
# scripts/test and quickstart build from clean takes more (CMakePresets.json). Names in anonymous namespaces are
# therefore unique in a folder. tidy goes file by file: it finds a missing include.
set(CMAKE_UNITY_BUILD_BATCH_SIZE 16 CACHE STRING "Files that are compiled together")

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()

# Our programs link Debian's shared libraries and our own archives; mold takes a tenth of the time of the usual linker.
find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM)
  add_link_options(-fuse-ld=mold)
endif()

# Applied by cmake/Targets.cmake to our own targets only; generated code and packages are SYSTEM.
add_library(broadsheet_policy INTERFACE)
target_compile_options(broadsheet_policy INTERFACE -Wall -Wextra -Wshadow -Wconversion -Wnon-virtual-dtor)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # False alarms over std::string in optimised code (gcc bug 105651, mended in 13).
  target_compile_options(broadsheet_policy INTERFACE -Wno-restrict)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_UNITY_BUILD)
  # An Impl may hold what its file's anonymous namespace has: g++ takes every file of a batch for a header.
  target_compile_options(broadsheet_policy INTERFACE -Wno-subobject-linkage)
endif()
if(BROADSHEET_WERROR)
  target_compile_options(broadsheet_policy INTERFACE -Werror)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # ABSL_GUARDED_BY is checked by clang alone.
  target_compile_options(broadsheet_policy INTERFACE -Wthread-safety)
endif()
if(BROADSHEET_SANITIZE)
  add_compile_options(-fsanitize=${BROADSHEET_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${BROADSHEET_SANITIZE})
  if(BROADSHEET_SANITIZE MATCHES "undefined")
    # A null pointer that is used ends the program with AddressSanitizer's report all the same; asking
    # before each use costs a third of the compiling.
    add_compile_options(-fno-sanitize-recover=undefined -fno-sanitize=null)
  endif()
endif()

# For folders in which property tests and fuzzers spend their time: optimised in sanitized builds, too.
# Everything else is compiled there without, which takes a third of the time.
macro(broadsheet_optimise_sanitized)
  if(BROADSHEET_SANITIZE)
    add_compile_options(-O1)
  endif()
endmacro()
