# SPDX-License-Identifier: GPL-3.0-or-later
# broadsheet_library(NAME SOURCES file... DEPS target...)   a static library of one folder
# broadsheet_binary (NAME SOURCES file... DEPS target...)   a program in build/.../bin
# broadsheet_test   (NAME SOURCES file... DEPS target... [LABELS label...] [TIMEOUT seconds])
#   one test program a folder, one CTest entry a program (label `unit` unless said otherwise);
#   TIMEOUT is the most that it takes on a machine with nothing else to do: those that may take
#   longest start first, so that both cores end at the same time
# broadsheet_benchmark(NAME SOURCES file... DEPS target...)  a Google Benchmark program
# Includes are written from the top of the tree: #include "engine/text/analyzer.h".
# Gives a test CTest's TIMEOUT and COST. CTest waits thirty times as long before it takes the test for
# one that hangs: none fails because the machine has too much to do.
function(broadsheet_test_timeout name seconds)
  math(EXPR patience "30 * ${seconds}")
  set_tests_properties(${name} PROPERTIES TIMEOUT ${patience} COST ${seconds})
endfunction()

if(BROADSHEET_TESTS)
  # `ninja unit_tests` builds just what the sanitized runs need.
  add_custom_target(unit_tests)
endif()

function(broadsheet_library name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "" "SOURCES;DEPS")
  add_library(${name} STATIC ${ARG_SOURCES})
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PUBLIC ${ARG_DEPS} PRIVATE broadsheet_policy)
endfunction()

function(broadsheet_binary name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "" "SOURCES;DEPS")
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} broadsheet_policy)
endfunction()

function(broadsheet_test name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "TIMEOUT" "SOURCES;DEPS;LABELS")
  broadsheet_binary(${name} SOURCES ${ARG_SOURCES} DEPS ${ARG_DEPS} GTest::gtest_main GTest::gmock)
  if(BROADSHEET_SANITIZE MATCHES "undefined")
    # What the libraries do is watched for undefined behaviour; watching the tests doubles their compile time.
    target_compile_options(${name} PRIVATE -fno-sanitize=undefined)
  endif()
  add_test(NAME ${name} COMMAND ${name})
  if(NOT ARG_LABELS)
    set(ARG_LABELS unit)
    add_dependencies(unit_tests ${name})
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABELS}")
  broadsheet_test_timeout(${name} ${ARG_TIMEOUT})
endfunction()

function(broadsheet_benchmark name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "" "SOURCES;DEPS")
  broadsheet_binary(${name} SOURCES ${ARG_SOURCES} DEPS ${ARG_DEPS} benchmark::benchmark_main)
endfunction()
