# SPDX-License-Identifier: GPL-3.0-or-later
"""The scripts in a folder that is no git checkout: an unpacked archive, by itself or inside another
project's repository.

They used to end at once without git, and inside another repository took for unchanged what that one
ignores.
"""

import pathlib
import shutil
import subprocess
import tempfile
import unittest

from lib.programs import PATIENCE_SECONDS, SOURCE, environment

UNCHANGED = "nothing has changed since"


class ScriptsTest(unittest.TestCase):
    """`tree` has the scripts and a source file, and lies in a folder by itself."""

    def setUp(self):
        self.parent = pathlib.Path(
            self.enterContext(tempfile.TemporaryDirectory(prefix="broadsheet-test-"))
        )
        self.tree = self.parent / "broadsheet"
        shutil.copytree(SOURCE / "scripts", self.tree / "scripts")
        (self.tree / "client").mkdir()
        (self.tree / "client" / "main.cc").write_text("int main() { return 0; }\n")
        for file in (".clang-format", ".gitignore"):
            shutil.copy(SOURCE / file, self.tree)
        # For whoever calls it all the same.
        no_git = self.parent / "bin" / "git"
        no_git.parent.mkdir()
        no_git.write_text("#!/bin/sh\necho 'git: command not found' >&2\nexit 127\n")
        no_git.chmod(0o755)
        self.environment = environment()
        self.environment["PATH"] = f"{no_git.parent}:{self.environment['PATH']}"

    def run_script(self, name, *arguments):
        return subprocess.run(
            [self.tree / "scripts" / name, *arguments], capture_output=True, text=True, check=False,
            env=self.environment, stdin=subprocess.DEVNULL, timeout=PATIENCE_SECONDS,
        )

    def fingerprint(self):
        found = self.run_script("fingerprint")
        self.assertEqual((found.returncode, found.stderr), (0, ""))
        return found.stdout

    def changes(self):
        """Each changes the tree."""
        code = self.tree / "client" / "main.cc"
        yield lambda: code.write_text(code.read_text() + "// A comment.\n")
        yield lambda: (self.tree / "client" / "a new file.cc").write_text("int one() { return 1; }\n")
        yield lambda: code.rename(code.with_name("other.cc"))
        yield lambda: (self.tree / "client" / "a new file.cc").unlink()
        yield lambda: (self.tree / "scripts" / "packages.txt").write_text("g++\n")
        yield lambda: (self.tree / "scripts" / "format").chmod(0o644)

    def assert_only_changes_are_noticed(self):
        (self.tree / "build").mkdir()
        before = self.fingerprint()
        (self.tree / "build" / "made").write_text("by a build")
        (self.tree / "scripts" / "__pycache__").mkdir()
        (self.tree / "scripts" / "__pycache__" / "x.pyc").write_text("by Python")
        self.assertEqual(self.fingerprint(), before)
        for change in self.changes():
            change()
            after = self.fingerprint()
            self.assertNotEqual(after, before)
            before = after

    def in_another_repository(self):
        if not shutil.which("git"):
            print("SKIPPED: git is not installed", flush=True)
            self.skipTest("git is not installed")
        (self.parent / "bin" / "git").unlink()
        (self.parent / ".gitignore").write_text("/broadsheet/\n/bin/\n")
        for command in (["init", "-q"], ["add", ".gitignore"],
                        ["-c", "user.name=x", "-c", "user.email=x", "commit", "-qm", "Something"]):
            subprocess.run(["git", "-C", self.parent, *command], check=True)


class WithoutGit(ScriptsTest):
    def test_every_change_is_noticed_and_what_a_build_makes_is_none(self):
        self.assert_only_changes_are_noticed()

    def test_the_format_of_all_files_is_checked(self):
        good = self.run_script("format", "--check")
        self.assertEqual((good.returncode, good.stderr), (0, ""))
        (self.tree / "client" / "bad.cc").write_text("int  one( ) {return 1;}\n")
        bad = self.run_script("format", "--check")
        self.assertNotEqual(bad.returncode, 0)
        self.assertIn("client/bad.cc:1:", bad.stderr)
        mended = self.run_script("format")
        self.assertEqual((mended.returncode, mended.stderr), (0, ""))
        self.assertEqual((self.tree / "client" / "bad.cc").read_text(), "int one() { return 1; }\n")

    def test_all_is_tested_again_exactly_when_something_has_changed(self):
        passed = self.tree / "build" / "asan" / "all_passed"
        passed.parent.mkdir(parents=True)
        passed.write_text(self.fingerprint())
        again = self.run_script("test")
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertIn(UNCHANGED, again.stdout)
        (self.tree / "client" / "new.cc").write_text("int one() { return 1; }\n")
        changed = self.run_script("test")
        # To where this file is not enough.
        self.assertIn("== Build", changed.stdout, changed.stderr)
        self.assertNotIn(UNCHANGED, changed.stdout)
        self.assertNotIn("git", changed.stderr)
        self.assertNotEqual(changed.returncode, 0)


class InsideAnotherRepository(ScriptsTest):
    def test_every_change_is_noticed_although_that_one_ignores_it(self):
        self.in_another_repository()
        self.assert_only_changes_are_noticed()

    def test_the_format_of_all_files_is_checked_although_that_one_ignores_them(self):
        self.in_another_repository()
        (self.tree / "client" / "bad.cc").write_text("int  one( ) {return 1;}\n")
        self.assertIn("client/bad.cc:1:", self.run_script("format", "--check").stderr)


class InACheckout(unittest.TestCase):
    def test_the_files_are_those_that_git_would_commit(self):
        if not (SOURCE / ".git").exists() or not shutil.which("git"):
            print("SKIPPED: this is no git checkout", flush=True)
            self.skipTest("this is no git checkout")
        found = subprocess.run(
            [SOURCE / "scripts" / "files"], capture_output=True, text=True, check=True
        )
        listed = subprocess.run(
            ["git", "-C", SOURCE, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            capture_output=True, text=True, check=True,
        )
        there = {path for path in listed.stdout.split("\0") if path and (SOURCE / path).exists()}
        self.assertEqual(set(found.stdout.split("\0")) - {""}, there)


if __name__ == "__main__":
    unittest.main()
