// SPDX-License-Identifier: GPL-3.0-or-later
// Lines that stand in a terminal, texts of them, and articles that quote some.
#include "indexer/sources/plain_text/foreign/terminal_line.h"

#include <gtest/gtest.h>

#include "indexer/sources/plain_text/foreign/foreign_text.h"

namespace broadsheet::sources::page {
namespace {

TEST(TerminalLineTest, PromptsAreThoseOfShellsAndPrograms) {
  for (const char* line :
       {"jane@desk:~/wire$ ls", "root@desk:/srv# ls -la", "[jane@desk wire]$ make", "$ git push",
        "C:\\wire>dir", "PS C:\\wire> Get-Service", "(gdb) bt", ">>> import wire",
        "mysql> show tables;", "wire=# select 1;", "In [3]: read()", "jane@desk wire % ls"}) {
    EXPECT_EQ(KindOfTerminalLine(line), TerminalLine::kPrompt) << line;
  }
  for (const char* line : {"$ 5 for bread", "Write to jane@desk.example: the editor reads all",
                           "(dpa) The ferry stops", ">>> BREAKING: ferry stops",
                           "Rain > sun, they say", "a=b is all one needs to know"}) {
    EXPECT_EQ(KindOfTerminalLine(line), TerminalLine::kNone) << line;
  }
}

TEST(TerminalLineTest, OutputIsToldByItsForm) {
  for (const char* line : {"#1  0x0000555555555212 in main () at main.c:17",
                           "==4242== Invalid read of size 8",
                           "Program received signal SIGSEGV, Segmentation fault.",
                           "Reading package lists... Done",
                           "[ 25%] Building CXX object reader.cc.o",
                           "[3/4] Linking dependencies...",
                           "(2/3) Installing wire (1.4-r0)",
                           "Counting objects: 100% (5/5), done.",
                           "added 412 packages, and audited 413 packages in 9s",
                           "0 upgraded, 3 newly installed, 0 to remove and 12 not upgraded.",
                           "Get:2 http://deb.example.org/debian bookworm InRelease [55.4 kB]",
                           "Setting up wire (1.4-1) ...",
                           "Compiling serde v1.0.200",
                           "npm WARN deprecated request@2.88.2: request has been deprecated",
                           "E: Unable to locate package wire",
                           "make: *** [Makefile:3: wire] Error 1",
                           "reader.cpp(41): warning C4996: 'strcpy': This function may be unsafe.",
                           "src/reader.ts(41,9): error TS2304: Cannot find name 'Story'.",
                           "reader.py:41: DeprecationWarning: read() is deprecated",
                           "fsck from util-linux 2.38.1",
                           "ffmpeg version 5.1.6-0 Copyright (c) 2000-2024 the developers",
                           "Pass 1: Checking inodes, blocks, and sizes",
                           "Step 3/4 : RUN make",
                           "-a, --all   read all"}) {
    EXPECT_EQ(KindOfTerminalLine(line), TerminalLine::kOutput) << line;
  }
  for (const char* line :
       {"Ferry stops at noon", "And the winner is... Doe", "#1 song of the week",
        "3,000 packages found at the harbour, police said on Monday, and nobody knows whose",
        "E: Because the council asked for it.", "warning signs were ignored for years",
        "Collecting stamps is what she did.", "Updating the old rules took ten years.",
        "Finished in 2026, the bridge leads to the island.", "Hit: Harbour song",
        "Warning: storm ahead", "Building costs 7.2 million",
        "Stage 3: she rode alone to the coast.", "Pass laws first, they say",
        "iOS 17.2 mends what 17.1 broke", "nobody expected version 2.0 of the mayor."}) {
    EXPECT_EQ(KindOfTerminalLine(line), TerminalLine::kNone) << line;
  }
}

// A bug once: warnings of npm, traces of gdb, and what apt says became articles.
TEST(TerminalLineTest, TextsOfATerminalAreNoArticles) {
  for (const char* text :
       {"npm WARN deprecated har-validator@5.1.5: this library is no longer supported\nnpm WARN "
        "deprecated request@2.88.2: request has been deprecated, see the issue for what to do\nnpm "
        "notice created a lockfile as package-lock.json. You should commit this file.\nnpm WARN "
        "wire@1.0.0 No repository field.\n\nadded 48 packages from 59 contributors and audited 48 "
        "packages in 3.2s\nfound 0 vulnerabilities\n",
        "GNU gdb (Debian 13.1-3) 13.1\nCopyright (C) 2023 Free Software Foundation, Inc.\nLicense "
        "GPLv3+: GNU GPL version 3 or later <http://gnu.org/licenses/gpl.html>\nThis is free "
        "software: you are free to change and redistribute it.\nThere is NO WARRANTY, to the "
        "extent permitted by law.\nType \"show copying\" and \"show warranty\" for details.\nFor "
        "help, type \"help\".\nType \"apropos word\" to search for commands related to "
        "\"word\"...\nReading symbols from ./wire...\n(gdb) run\nStarting program: "
        "/srv/wire/wire\n[Thread debugging using libthread_db enabled]\n\nProgram received signal "
        "SIGSEGV, Segmentation fault.\n0x00005555555551a9 in read_story (s=0x0) at "
        "reader.c:41\n41\t  return s->text;\n(gdb) bt\n#0  0x00005555555551a9 in read_story "
        "(s=0x0) at reader.c:41\n#1  0x0000555555555212 in main () at main.c:17\n(gdb) quit\nA "
        "debugging session is active.\n",
        "Thread 3 \"wire\" received signal SIGABRT, Aborted.\n[Switching to Thread 0x7ffff77fe6c0 "
        "(LWP 4242)]\n__pthread_kill_implementation () at "
        "./nptl/pthread_kill.c:44\n44\t./nptl/pthread_kill.c: No such file or directory.\nMissing "
        "separate debuginfos, use: dnf debuginfo-install wire\nNo locals.\n",
        "Hit:1 http://deb.example.org/debian bookworm InRelease\nGet:2 "
        "http://deb.example.org/debian bookworm-updates InRelease [55.4 kB]\nFetched 55.4 kB in 1s "
        "(60.2 kB/s)\nReading package lists... Done\nBuilding dependency tree... Done\nReading "
        "state information... Done\n12 packages can be upgraded. Run 'apt list --upgradable' to "
        "see them.\n",
        "Reading package lists...\nBuilding dependency tree...\nReading state information...\nSome "
        "packages could not be installed. This may mean that you have\nrequested an impossible "
        "situation or if you are using the unstable\ndistribution that some required packages have "
        "not yet been created\nor been moved out of Incoming.\nThe following information may help "
        "to resolve the situation:\n\nThe following packages have unmet dependencies:\n wire : "
        "Depends: libwire1 (>= 1.4) but it is not going to be installed\nE: Unable to correct "
        "problems, you have held broken packages.\n",
        "W: GPG error: http://deb.example.org/debian bookworm InRelease: The following signatures "
        "couldn't be verified because the public key is not available: NO_PUBKEY "
        "0123456789ABCDEF\nE: The repository 'http://deb.example.org/debian bookworm InRelease' is "
        "not signed.\nN: Updating from such a repository can't be done securely, and is therefore "
        "disabled by default.\nN: See apt-secure(8) manpage for repository creation and user "
        "configuration details.\n",
        "Collecting wire-reader\n  Downloading wire_reader-1.4.0-py3-none-any.whl (61 "
        "kB)\nRequirement already satisfied: certifi in ./lib/python3/site-packages "
        "(2024.2.2)\nInstalling collected packages: wire-reader\nSuccessfully installed "
        "wire-reader-1.4.0\nWARNING: Running pip as the 'root' user can result in broken "
        "permissions and conflicting behaviour with the system package manager. It is recommended "
        "to use a virtual environment instead.\n",
        "$ git push origin main\nEnumerating objects: 5, done.\nCounting objects: 100% (5/5), "
        "done.\nDelta compression using up to 8 threads\nCompressing objects: 100% (3/3), "
        "done.\nWriting objects: 100% (3/3), 1.02 KiB | 1.02 MiB/s, done.\nTotal 3 (delta 2), "
        "reused 0 (delta 0), pack-reused 0\nTo git.example.org:desk/wire.git\n   1f0e2d3..4c5b6a7  "
        "main -> main\n",
        "On branch main\nYour branch is ahead of 'origin/main' by 2 commits.\n  (use \"git push\" "
        "to publish your local commits)\n\nChanges not staged for commit:\n  (use \"git add "
        "<file>...\" to update what will be committed)\n  (use \"git restore <file>...\" to "
        "discard changes in working directory)\n\tmodified:   reader.cc\n\nno changes added to "
        "commit (use \"git add\" and/or \"git commit -a\")\n",
        "Microsoft (R) C/C++ Optimizing Compiler Version 19.38.33135 for x64\nCopyright (C) "
        "Microsoft Corporation.  All rights reserved.\n\nreader.cpp\nreader.cpp(41): warning "
        "C4996: 'strcpy': This function or variable may be unsafe. Consider using strcpy_s "
        "instead.\nreader.cpp(52): error C2065: 'story': undeclared identifier\n",
        "src/reader.ts(41,9): error TS2304: Cannot find name 'Story'.\nsrc/reader.ts(52,3): error "
        "TS7006: Parameter 'text' implicitly has an 'any' type.\nFound 2 errors in the same file, "
        "starting at: src/reader.ts:41\n",
        "(node:4242) [DEP0040] DeprecationWarning: The `punycode` module is deprecated. Please use "
        "a userland alternative instead.\n(Use `node --trace-deprecation ...` to show where the "
        "warning was created)\n(node:4242) UnhandledPromiseRejectionWarning: Error: the wire is "
        "closed\n(node:4242) [DEP0018] DeprecationWarning: Unhandled promise rejections are "
        "deprecated. In the future, promise rejections that are not handled will terminate the "
        "process with a non-zero exit code.\n",
        "PS C:\\Users\\jane> Get-Service wire\nGet-Service : Cannot find any service with service "
        "name 'wire'.\nAt line:1 char:1\n+ Get-Service wire\n+ ~~~~~~~~~~~~~~~~\n    + "
        "CategoryInfo          : ObjectNotFound: (wire:String) [Get-Service], "
        "ServiceCommandException\n    + FullyQualifiedErrorId : NoServiceFoundForGivenName\nPS "
        "C:\\Users\\jane>\n",
        "Python 3.11.2 (main, Mar 13 2023, 12:18:29) [GCC 12.2.0] on linux\nType \"help\", "
        "\"copyright\", \"credits\" or \"license\" for more information.\n>>> import wire\n>>> "
        "wire.read()\n'The mayor resigned on Monday after a long dispute about forty parking "
        "places.'\n>>> len(_)\n78\n>>> exit()\n",
        "jane@desk:~$ ls\nstories  notes\njane@desk:~$ wire --all\nThe wire has 3 stories for you "
        "today, and none of them is under an embargo.\njane@desk:~$ wire --next\nThere is nothing "
        "more to read on the wire.\njane@desk:~$ exit\nlogout\n",
        "yarn install v1.22.19\n[1/4] Resolving packages...\nwarning wire > request@2.88.2: "
        "request has been deprecated, see the issue for details\n[2/4] Fetching packages...\n[3/4] "
        "Linking dependencies...\n[4/4] Building fresh packages...\nsuccess Saved lockfile.\nDone "
        "in 4.12s.\n",
        "Last metadata expiration check: 0:12:41 ago on Mon 02 Mar 2026 10:00:00 AM "
        "CET.\nDependencies resolved.\nPackage        Architecture   Version        Repository   "
        "Size\nInstalling:\n wire           x86_64         1.4-1.el9      appstream    1.0 "
        "M\nTransaction Summary\nInstall  1 Package\nTotal download size: 1.0 M\nInstalled size: "
        "4.0 M\nIs this ok [y/N]: y\nRunning transaction check\nTransaction check "
        "succeeded.\nComplete!\n",
        "$ ssh jane@desk.example\nThe authenticity of host 'desk.example (192.0.2.7)' can't be "
        "established.\nED25519 key fingerprint is SHA256:Jx0zQhbJq3m2YbFnRk1sTzq8VwXyQn7Zy0p.\nAre "
        "you sure you want to continue connecting (yes/no/[fingerprint])? yes\nWarning: "
        "Permanently added 'desk.example' (ED25519) to the list of known "
        "hosts.\njane@desk.example's password:\nPermission denied, please try again.\n",
        "Usage: wire [OPTION]... [FILE]...\nReads the stories of the desk in the order in which "
        "they came.\n\n  -a, --all             do not leave out stories that start with a dot\n  "
        "-n, --next=N          read the next N stories only\n  -h, --help            show this "
        "text and exit\n\nReport bugs to <bugs@desk.example>.\n",
        "Fetching gem metadata from https://gems.example/........\nResolving "
        "dependencies...\nUsing bundler 2.4.1\nFetching wire 1.4.0\nInstalling wire 1.4.0\nBundle "
        "complete! 3 Gemfile dependencies, 12 gems now installed.\nUse `bundle info [gemname]` to "
        "see where a bundled gem is installed.\n",
        "Initializing the backend...\nInitializing provider plugins...\n- Finding latest version "
        "of desk/wire...\n- Installing desk/wire v1.4.0...\nTerraform has been successfully "
        "initialized!\n",
        "fetch https://dl.example/alpine/v3.20/main/x86_64/APKINDEX.tar.gz\n(1/3) Installing "
        "libwire (1.4-r0)\n(2/3) Installing wire (1.4-r0)\n(3/3) Installing wire-doc "
        "(1.4-r0)\nExecuting busybox-1.36.1-r28.trigger\nOK: 12 MiB in 24 packages\n",
        "resolving dependencies...\nlooking for conflicting packages...\n\nPackages (2) "
        "libwire-1.4-1  wire-1.4-1\n\nTotal Download Size:   1.02 MiB\nTotal Installed Size:  4.10 "
        "MiB\n\n:: Proceed with installation? [Y/n] y\n(2/2) checking keys in keyring              "
        "       [######################] 100%\n(1/2) installing libwire                           "
        "[######################] 100%\n(2/2) installing wire                              "
        "[######################] 100%\n"}) {
    EXPECT_NE(ForeignKind(text).value_or("(running text)"), "(running text)") << text;
  }
}

TEST(TerminalLineTest, ArticlesThatQuoteATerminalAreText) {
  for (const char* text :
       {"Why the office computers stopped\n\nThe harbour board voted on Tuesday to close the old "
        "ferry terminal, which has served the islands for eighty years and more than a million "
        "people each summer.\n\nThe screen showed a single line:\n\nE: Unable to locate package "
        "wire\n\nThe council met on Wednesday, and its members asked for a vote before the summer, "
        "since the town has no other landing that boats of that size can use in winter.\n",
        "How to read the wire at home\n\nThe harbour board voted on Tuesday to close the old ferry "
        "terminal, which has served the islands for eighty years and more than a million people "
        "each summer.\n\nOpen a terminal and type this:\n\n$ sudo apt-get install wire\n$ wire "
        "--all\n\nThe council met on Wednesday, and its members asked for a vote before the "
        "summer, since the town has no other landing that boats of that size can use in winter.\n",
        "Bug of the month\n\nThe harbour board voted on Tuesday to close the old ferry terminal, "
        "which has served the islands for eighty years and more than a million people each "
        "summer.\n\nProgram received signal SIGSEGV, Segmentation fault.\n#0  0x00005555555551a9 "
        "in read_story () at reader.c:41\n#1  0x0000555555555212 in main () at main.c:17\n\nThe "
        "council met on Wednesday, and its members asked for a vote before the summer, since the "
        "town has no other landing that boats of that size can use in winter.\n",
        "Maker of packages explains himself\n\nThe harbour board voted on Tuesday to close the old "
        "ferry terminal, which has served the islands for eighty years and more than a million "
        "people each summer.\n\nnpm warn deprecated request@2.88.2: request has been "
        "deprecated\nadded 48 packages in 3s\n\nThe council met on Wednesday, and its members "
        "asked for a vote before the summer, since the town has no other landing that boats of "
        "that size can use in winter.\n",
        "WARNING: Storm ahead\n\nWARNING: Rain is expected at the harbour.\n\nThe harbour board "
        "voted on Tuesday to close the old ferry terminal, which has served the islands for eighty "
        "years and more than a million people each summer.\n\nThe council met on Wednesday, and "
        "its members asked for a vote before the summer, since the town has no other landing that "
        "boats of that size can use in winter.\n",
        "And the winner is... found\n\n3 packages found at harbour\n\nThe harbour board voted on "
        "Tuesday to close the old ferry terminal, which has served the islands for eighty years "
        "and more than a million people each summer.\n",
        "Talk with the mayor\n\nW: Why now, and not before the summer?\n\nE: Because the council "
        "asked for it on Monday.\n\nW: And then, what comes next for the town?\n\nE: Then we will "
        "see what the voters want of us.\n",
        "Collecting stamps again\n\nCollecting stamps is what the mayor did on Sunday.\n\nUpdating "
        "the old rules took ten years.\n\nFinished in 2026, the bridge leads to the "
        "island.\n\nInstalling lamps along the wall costs 40,000.\n",
        "#1 song of the week\n\n#1 Harbour song (3 weeks)\n#2 Mill song (1 week)\n#3 Ferry song "
        "(12 weeks)\n\nThe harbour board voted on Tuesday to close the old ferry terminal, which "
        "has served the islands for eighty years and more than a million people each summer.\n",
        "Ten prices\n\n$ 5 for bread\n$ 7 for milk\n$ 9 for tea\n\nThe harbour board voted on "
        "Tuesday to close the old ferry terminal, which has served the islands for eighty years "
        "and more than a million people each summer.\n",
        "Hit: the song of summer\n\nHit: Harbour song\nMiss: Mill song\n\nThe harbour board voted "
        "on Tuesday to close the old ferry terminal, which has served the islands for eighty years "
        "and more than a million people each summer.\n",
        "Ferry stops at noon...\n\nThe mill turns...\nRain is coming...\n\nUntracked files: how "
        "the town lost its archive\n\nThe harbour board voted on Tuesday to close the old ferry "
        "terminal, which has served the islands for eighty years and more than a million people "
        "each summer.\n"}) {
    EXPECT_EQ(ForeignKind(text).value_or("(running text)"), "(running text)") << text;
  }
}

}  // namespace
}  // namespace broadsheet::sources::page
