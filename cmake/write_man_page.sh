#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# write_man_page.sh PROGRAM SECTION WHAT-IT-IS: the man page of a program in roff, made of its --help
# and, for each of its commands, theirs.
set -eu
program=$1 section=$2 brief=$3
name=$(basename "$program")

# Text as it is, in roff.
verbatim() {
  echo .nf
  sed -e 's/\\/\\e/g' -e 's/-/\\-/g' -e "s/^\\([.']\\)/\\\\\\&\\1/"
  echo .fi
}

version=$("$program" --version 2>/dev/null || echo Broadsheet)
printf '.TH %s %s "" "%s"\n' "$(echo "$name" | tr a-z A-Z)" "$section" "$version"
printf '.SH NAME\n%s \\- %s\n' "$(echo "$name" | sed 's/-/\\-/g')" "$brief"
echo .SH DESCRIPTION
"$program" --help | verbatim
commands=$("$program" --help | sed -n '/^Subcommands:/,/^[^ ]*$/s/^  \([a-z][a-z-]*\)  *.*/\1/p')
[ -z "$commands" ] || echo .SH COMMANDS
for command in $commands; do
  printf '.SS %s %s\n' "$(echo "$name" | sed 's/-/\\-/g')" "$command"
  "$program" "$command" --help | verbatim
done
