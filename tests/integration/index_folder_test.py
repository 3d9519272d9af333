# SPDX-License-Identifier: GPL-3.0-or-later
"""An index folder that cannot be written to, and a CURRENT that is lost: readers are served, writers
are told why not, and what was acknowledged stays.
"""

import contextlib
import json
import os
import subprocess
import unittest

from lib import api
from lib.programs import BIN, PATIENCE_SECONDS, Index, article, environment, run, wait_for, write_jsonl

FAILED = 2
NOBODY = 65534
MENDED = "the published index is readable again"


class IndexFolderTest(unittest.TestCase):
    def setUp(self):
        self.index = self.enterContext(Index())
        self.index.build_articles(article(1))
        self.index.build_articles(article(2))
        self.source = write_jsonl(self.index.folder / "more.jsonl", [article(3)])

    def assert_fails_in_one_line(self, finished, *parts):
        self.assertEqual(finished.returncode, FAILED, finished.stderr)
        self.assertEqual(len(finished.stderr.splitlines()), 1, finished.stderr)
        for part in parts:
            self.assertIn(str(part), finished.stderr)

    def writers(self):
        path = ["--index", self.index.path]
        return {
            "build": ["broadsheet-indexer", "build", *path, self.source],
            "add": ["broadsheet-indexer", "add", *path, self.source],
            "rebuild": ["broadsheet-indexer", "rebuild", *path],
            "rollback": ["broadsheet-indexer", "rollback", *path],
            "prune": ["broadsheet-indexer", "prune", *path],
            "takedown": ["broadsheet-indexer", "takedown", *path, "article-2"],
            "server": ["broadsheetd", *path, "--writable", "--listen", "127.0.0.1:0"],
        }


class ReadOnlyFolder(IndexFolderTest):
    def mount_read_only(self):
        path = self.index.path
        mounted = subprocess.run(
            ["mount", "--bind", path, path], capture_output=True, text=True, check=False
        )
        if mounted.returncode != 0:
            print(f"SKIPPED: cannot mount: {mounted.stderr.strip()}", flush=True)
            self.skipTest("cannot mount")
        self.addCleanup(subprocess.run, ["umount", "--lazy", path], check=True)
        subprocess.run(["mount", "-o", "remount,bind,ro", path], check=True)

    def test_readers_are_served_and_writers_told_so(self):
        self.mount_read_only()
        with self.index.serve() as server:
            self.assertEqual(server.ids("headline"), ["article-2"])
            for name, command in self.writers().items():
                with self.subTest(writer=name):
                    self.assert_fails_in_one_line(
                        run(*command), self.index.path, os.strerror(30)
                    )
            # Used to take tables for damaged that it might not open for writing.
            self.index.admin("verify")
            self.index.admin("generations")
            self.assertEqual(server.ids("headline"), ["article-2"])


class AnotherUser(IndexFolderTest):
    """Somebody of the folder's group, who is neither its owner nor root."""

    def setUp(self):
        super().setUp()
        if os.geteuid() != 0:
            self.skip("only root can become somebody else")
        self.index.folder.chmod(0o755)
        if self.run_as_nobody("broadsheet-indexer", "--help").returncode != 0:
            self.skip(f"another user cannot run {BIN}")

    def skip(self, why):
        print(f"SKIPPED: {why}", flush=True)
        self.skipTest(why)

    def run_as_nobody(self, program, *arguments):
        group = self.index.path.stat().st_gid
        become = ["setpriv", f"--reuid={NOBODY}", f"--regid={group}", "--clear-groups"]
        return subprocess.run(
            [*become, BIN / program, *map(str, arguments)],
            capture_output=True, text=True, timeout=PATIENCE_SECONDS, env=environment(), check=False,
        )

    def test_may_read_and_is_told_that_he_may_not_write(self):
        self.assertIn(
            "is whole",
            self.run_as_nobody("broadsheet-indexer", "verify", "--index", self.index.path).stdout,
        )
        for name, command in self.writers().items():
            with self.subTest(writer=name):
                self.assert_fails_in_one_line(
                    self.run_as_nobody(*command), self.index.path, os.strerror(13)
                )
        self.assertEqual(self.index.generations(), ["000001", "000002"])

    def test_is_told_that_he_may_not_read(self):
        self.index.path.chmod(0o700)
        for command in (
            ["broadsheetd", "--index", self.index.path, "--listen", "127.0.0.1:0"],
            ["broadsheet-indexer", "verify", "--index", self.index.path],
            ["broadsheet-indexer", "generations", "--index", self.index.path],
            ["broadsheet-indexer", "stats", "--index", self.index.path],
        ):
            with self.subTest(command=command[:2]):
                self.assert_fails_in_one_line(
                    self.run_as_nobody(*command), self.index.path, os.strerror(13)
                )


class LostCurrent(IndexFolderTest):
    """CURRENT is missing or holds something else."""

    def setUp(self):
        super().setUp()
        self.current = self.index.path / "CURRENT"
        self.good = self.current.read_bytes()

    def spoil(self, content):
        with contextlib.suppress(FileNotFoundError):
            self.current.unlink()
        if content is not None:
            self.current.write_bytes(content)

    def spoilt(self):
        """What it may hold instead, by name."""
        return {
            "missing": None,
            "empty": b"",
            "garbage": b"\x00\xff" * 300,
            "cut": self.good[:20],
            "a generation that is not there": self.good.replace(b"000002", b"000009"),
            "a build that is not there": self.good[:-5] + b"0000\n",
        }

    def test_while_served_it_is_said_once_and_publish_mends_it(self):
        with self.index.serve() as server:
            for name, content in self.spoilt().items():
                with self.subTest(current=name):
                    warnings = server.log().count("still serving generation 2")
                    mended = server.log().count(MENDED)
                    self.spoil(content)
                    wait_for(
                        lambda before=warnings:
                        server.log().count("still serving generation 2") > before,
                        "a warning",
                    )
                    self.assertEqual(server.ids("headline"), ["article-2"])
                    self.index.admin("publish", "--generation", 2)
                    self.assertEqual(self.current.read_bytes(), self.good)
                    self.assertEqual(server.ids("headline"), ["article-2"])
                    # Each problem is logged once, and so is its end.
                    wait_for(
                        lambda before=mended: server.log().count(MENDED) > before, "its end"
                    )
            # It follows again.
            self.index.admin("publish", "--generation", 1)
            wait_for(lambda: server.ids("headline") == ["article-1"], "the other one")

    def test_at_start_it_is_refused(self):
        for name, content in self.spoilt().items():
            with self.subTest(current=name):
                self.spoil(content)
                for options in ([], ["--writable"]):
                    refused = run("broadsheetd", "--index", self.index.path, "--listen",
                                  "127.0.0.1:0", *options)
                    self.assert_fails_in_one_line(refused, self.index.path, "broadsheet-indexer")

    def test_at_start_it_may_be_waited_for(self):
        for content in (None, b"garbage"):
            with self.subTest(current=content):
                self.spoil(content)
                with self.index.serve("--wait-for-index") as server:
                    self.index.admin("publish", "--generation", 2)
                    wait_for(
                        lambda server=server: server.client("search", "headline").returncode == 0,
                        "the mended index",
                    )

    def test_a_writable_server_goes_on_and_loses_nothing(self):
        with self.index.serve("--writable") as server, api.connect(server.address) as channel:
            writes = api.ArticleService(channel)
            for number, (name, content) in enumerate(self.spoilt().items(), start=10):
                with self.subTest(current=name):
                    self.spoil(content)
                    writes.put(article(number))
            self.assertEqual(len(server.ids("headline")), 7)
            self.spoil(None)
        self.index.admin("publish", "--generation", 2)
        with self.index.serve() as server:
            self.assertEqual(len(server.ids("headline")), 7)

    def test_nothing_written_is_dropped_because_nobody_knows_what_is_published(self):
        # A build over a lost CURRENT used to leave behind, in silence, what had been written.
        self.index.admin("add", self.source)
        self.spoil(None)
        for command in ("build", "publish"):
            arguments = ["--generation", 1] if command == "publish" else [self.source]
            for option in ([], ["--keep-writes"]):
                refused = run("broadsheet-indexer", command, "--index", self.index.path,
                              *option, *arguments)
                self.assert_fails_in_one_line(
                    refused, self.index.path, "publish", "--generation", "--discard-writes"
                )
        self.index.admin("publish", "--generation", 2)
        with self.index.serve() as server:
            self.assertEqual(server.ids("headline"), ["article-2", "article-3"])
        self.spoil(None)
        self.index.admin("publish", "--generation", 1, "--discard-writes")


class EmptyFolderTest(unittest.TestCase):
    def test_a_writable_server_makes_the_index_and_takes_articles(self):
        with Index() as index:
            with index.serve("--writable") as server:
                self.assertEqual(server.ids("number1"), [])
                put = server.client("put", "-", stdin=json.dumps(article(1)))
                self.assertEqual(put.returncode, 0, put.stderr)
                self.assertEqual(server.ids("number1"), ["article-1"])
            index.admin("verify")
            with index.serve() as server:
                self.assertEqual(server.ids("number1"), ["article-1"])


if __name__ == "__main__":
    unittest.main()
