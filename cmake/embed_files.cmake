# SPDX-License-Identifier: GPL-3.0-or-later
# Writes a source file that holds the texts of files, so that a program needs no folder of its own:
#   cmake -DOUTPUT=embedded_files.cc "-DFILES=a.html;b.css" -P embed_files.cmake
# The function that it defines is declared in desk/pages/embedded_files.h.
set(rows "")
foreach(file IN LISTS FILES)
  file(READ ${file} text)
  get_filename_component(name ${file} NAME)
  string(APPEND rows "    {\"${name}\", R\"~broadsheet~(${text})~broadsheet~\"},\n")
endforeach()
list(LENGTH FILES count)
file(WRITE ${OUTPUT} "// Written by cmake/embed_files.cmake.
#include \"desk/pages/embedded_files.h\"

namespace broadsheet::desk {
namespace {

constexpr EmbeddedFile kEmbeddedFiles[${count}] = {
${rows}};

}  // namespace

std::span<const EmbeddedFile> EmbeddedFiles() { return kEmbeddedFiles; }

}  // namespace broadsheet::desk
")
