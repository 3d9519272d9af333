# SPDX-License-Identifier: GPL-3.0-or-later
"""Two who want to write to one index: one does, the other is told at once who, and changes nothing."""

import contextlib
import pathlib
import signal
import subprocess
import unittest

from lib.hold import Hold
from lib.programs import PATIENCE_SECONDS, Index, article, run, start, wait_for, write_jsonl

FAILED = 2


def files_of(folder):
    """Every file below `folder`, with what it holds."""
    return {
        path.relative_to(folder): path.read_bytes()
        for path in pathlib.Path(folder).rglob("*")
        if path.is_file()
    }


class TwoWritersTest(unittest.TestCase):
    def setUp(self):
        self.index = self.enterContext(Index())
        self.index.build_articles(article(1))
        self.index.build_articles(article(2))
        self.source = write_jsonl(self.index.folder / "more.jsonl", [article(3)])

    def start_indexer(self, command):
        """One that holds the lock while it waits for articles on its standard input."""
        process = self.enterContext(
            start("broadsheet-indexer", command, "--index", self.index.path, "-")
        )
        self.addCleanup(process.kill)
        self.wait_until_it_holds(process)
        if command == "build":
            wait_for(lambda: len(self.index.generations()) == 3, "its generation")
        return process, f"broadsheet-indexer {command}"

    def start_server(self):
        server = self.enterContext(contextlib.ExitStack()).enter_context(
            self.index.serve("--writable")
        )
        return server.process, "broadsheetd --writable"

    def wait_until_it_holds(self, process):
        lock = self.index.path / "LOCK"
        wait_for(lambda: f"pid {process.pid}\n" in lock.read_text(), "the lock")

    def contenders(self):
        indexer = ["broadsheet-indexer"]
        path = ["--index", self.index.path]
        return {
            "add": [*indexer, "add", *path, self.source],
            "rollback": [*indexer, "rollback", *path],
            "publish": [*indexer, "publish", *path, "--generation", 1],
            "prune": [*indexer, "prune", *path, "--keep", 0],
            "server": ["broadsheetd", *path, "--writable", "--listen", "127.0.0.1:0"],
        }

    def assert_refused(self, command, holder, pid):
        # Whoever waited for the lock would wait for longer than this test does.
        finished = run(*command)
        self.assertEqual(finished.returncode, FAILED, finished.stderr)
        self.assertEqual(len(finished.stderr.splitlines()), 1, finished.stderr)
        self.assertIn(
            f"index {self.index.path} is being written by {holder}, pid {pid}, since ",
            finished.stderr,
        )

    def assert_others_are_refused(self, process, holder, contenders):
        before = files_of(self.index.path)
        for name, command in contenders.items():
            with self.subTest(holder=holder, contender=name):
                self.assert_refused(command, holder, process.pid)
                self.assertEqual(files_of(self.index.path), before)
        # The kernel frees the lock of a process that is no more, whatever LOCK says.
        process.send_signal(signal.SIGKILL)
        process.wait()
        self.index.admin("add", self.source)

    def test_beside_a_building_indexer(self):
        process, holder = self.start_indexer("build")
        build = ["broadsheet-indexer", "build", "--index", self.index.path, self.source]
        rebuild = ["broadsheet-indexer", "rebuild", "--index", self.index.path]
        self.assert_others_are_refused(
            process, holder, {**self.contenders(), "build": build, "rebuild": rebuild}
        )

    def test_beside_an_adding_indexer(self):
        process, holder = self.start_indexer("add")
        build = ["broadsheet-indexer", "build", "--index", self.index.path, self.source]
        self.assert_others_are_refused(process, holder, {**self.contenders(), "build": build})

    def test_beside_a_writable_server(self):
        process, holder = self.start_server()
        self.assert_others_are_refused(process, holder, self.contenders())

    def test_one_that_has_the_lock_and_has_not_said_so_yet_is_named(self):
        # Used to name the process that had held the lock before, or none.
        self.assert_waits_for_the_name()
        killed, _ = self.start_indexer("add")
        killed.kill()
        killed.wait()
        self.assert_waits_for_the_name()
        self.index.admin("verify")

    def assert_waits_for_the_name(self):
        add = ["broadsheet-indexer", "add", "--index", self.index.path]
        with Hold("pwrite */LOCK") as saying, saying.start(*add, "-") as winner:
            self.assertTrue(saying.reached(winner))
            with Hold("nanosleep 0.002*") as looking, looking.start(*add, self.source) as other:
                # It has looked into LOCK, and found nobody who runs.
                self.assertTrue(looking.reached(other))
                saying.let_go()
                self.wait_until_it_holds(winner)
                looking.let_go()
                _, said = other.communicate()
            self.assertEqual(other.returncode, FAILED, said)
            self.assertIn(f"by broadsheet-indexer add, pid {winner.pid}, since", said.decode())
            winner.kill()

    def test_of_ten_at_once_one_proceeds(self):
        before = None
        for _ in range(3):
            ten = [
                start(
                    "broadsheet-indexer", "add", "--index", self.index.path, "-",
                    stdout=subprocess.DEVNULL,
                )
                for _ in range(10)
            ]
            with contextlib.ExitStack() as stack:
                for process in ten:
                    stack.enter_context(process)
                    stack.callback(process.kill)
                wait_for(lambda ten=ten: self.running(ten) <= 1, "all but one have ended")
                (winner,) = [process for process in ten if process.poll() is None]
                for process in ten:
                    if process is winner:
                        continue
                    said = process.stderr.read().decode()
                    self.assertEqual(process.returncode, FAILED, said)
                    self.assertIn(f"index {self.index.path} is being written by ", said)
                self.wait_until_it_holds(winner)
                self.assertNotEqual(winner.pid, before)
                before = winner.pid
        self.index.admin("verify")

    def running(self, processes):
        return sum(process.poll() is None for process in processes)

    def test_what_the_refused_one_wanted_to_write_goes_through_afterwards(self):
        process, _ = self.start_server()
        self.assertEqual(run(*self.contenders()["add"]).returncode, FAILED)
        process.terminate()
        self.assertEqual(process.wait(PATIENCE_SECONDS), 0)
        self.index.admin("add", self.source)
        with self.index.serve() as server:
            self.assertEqual(server.ids("headline"), ["article-2", "article-3"])


if __name__ == "__main__":
    unittest.main()
