# SPDX-License-Identifier: GPL-3.0-or-later
# Lets the generated files of messages be compiled together, as our own are: each reads the same headers for seconds.
# They repeat two names of file scope, which get the file's own number here.
function(broadsheet_unite_messages target)
  set_target_properties(${target} PROPERTIES
    UNITY_BUILD_UNIQUE_ID BROADSHEET_FILE_NUMBER
    UNITY_BUILD_CODE_BEFORE_INCLUDE [[
#define BROADSHEET_JOIN_NOW(a, b) a##b
#define BROADSHEET_JOIN(a, b) BROADSHEET_JOIN_NOW(a, b)
#define schemas BROADSHEET_JOIN(schemas_, BROADSHEET_FILE_NUMBER)
#define file_default_instances BROADSHEET_JOIN(file_default_instances_, BROADSHEET_FILE_NUMBER)
]])
endfunction()
