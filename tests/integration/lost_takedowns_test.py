# SPDX-License-Identifier: GPL-3.0-or-later
"""INDEX/takedowns emptied, cut, removed or replaced: what was taken down does not come back. Nothing
is served until the lines are back or their loss is accepted; what a crash leaves is no loss.
"""

import contextlib
import json
import os
import shutil
import subprocess
import threading
import unittest

from lib import api
from lib.programs import Index, Server, article, run, start, wait_for, write_jsonl

ARTICLES = 6
TAKEN_DOWN = [f"article-{number}" for number in range(1, 4)]
LEFT = [f"article-{number}" for number in range(4, ARTICLES + 1)]
FAILED = 2
DAMAGED = "nothing is served, since articles that were taken down"


def emptied(path):
    """As `: > takedowns` does it, in place."""
    with open(path, "wb"):
        pass


def removed(path):
    path.unlink()


def edited(name, change):
    """A copy with other lines, renamed into its place, as `sed -i` does it."""

    def replace(path):
        new = path.with_name("edited")
        new.write_bytes(b"".join(change(path.read_bytes().splitlines(keepends=True))))
        new.rename(path)

    replace.__name__ = name
    return replace


def edited_in_place(path):
    """Two lines of the same length change places: neither size nor inode tells."""
    lines = path.read_bytes().splitlines(keepends=True)
    with open(path, "r+b") as file:
        file.write(b"".join([lines[1], lines[0], *lines[2:]]))


def zeros(path):
    with open(path, "r+b") as file:
        file.write(b"\0" * path.stat().st_size)


def a_folder(path):
    path.unlink()
    path.mkdir()


def cut_within_a_line(path):
    os.truncate(path, path.stat().st_size - 3)


LOSSES = [
    emptied,
    removed,
    edited("without its first line", lambda lines: lines[1:]),
    edited("without its middle line", lambda lines: [lines[0], lines[2]]),
    edited("without its last line", lambda lines: lines[:-1]),
    edited("head -n 1", lambda lines: lines[:1]),
    edited_in_place,
    zeros,
    a_folder,
    cut_within_a_line,
]


class LostTakedownsTest(unittest.TestCase):
    def setUp(self):
        self.index = self.enterContext(Index())
        self.index.build_articles(*(article(number) for number in range(1, ARTICLES + 1)))
        for an_id in TAKEN_DOWN:
            self.index.admin("takedown", an_id)
        self.lines = self.index.path / "takedowns"
        self.record = self.index.path / "takedowns.record"
        self.published = self.index.path / "generations" / "000001" / "PUBLISHED"
        self.good = {
            path: path.read_bytes() for path in (self.lines, self.record, self.published)
        }

    def put_back(self):
        for path, content in self.good.items():
            if path.is_dir():
                path.rmdir()
            path.write_bytes(content)

    def take_snapshot(self, name):
        path = self.index.folder / name
        self.index.admin("snapshot", "--to", path)
        return path

    def restore(self, snapshot, index=None):
        return run(
            "broadsheet-indexer", "restore", "--from", snapshot, "--discard-writes",
            "--index", index or self.index.path,
        )

    def make_it_of_an_earlier_version(self):
        """Which has the lines and nothing else."""
        self.record.unlink()
        for published in self.index.path.glob("generations/*/PUBLISHED"):
            published.write_bytes(b"")
        current = self.index.path / "CURRENT"
        number, build_id = current.read_text().split()[:2]
        current.write_text(f"{number} {build_id}\n")

    def assert_serves_all_but_what_was_taken_down(self, *servers):
        for server in servers:
            self.assertEqual(sorted(server.ids("headline")), LEFT)
            self.assertEqual(server.client("get", TAKEN_DOWN[0]).returncode, 1)

    def assert_answers_nothing(self, server):
        for arguments in (
            ("search", "headline"), ("search", "number4", "--sort", "newest"),
            ("get", LEFT[0]), ("get", TAKEN_DOWN[0]),
        ):
            refused = server.client(*arguments)
            self.assertEqual(refused.returncode, FAILED, refused.stdout)
            self.assertNotIn("number", refused.stdout)
            self.assertNotIn(str(self.index.path), refused.stderr)
        self.assertIsNone(server.process.poll(), server.log())

    def assert_takes_no_writes(self, server):
        for arguments, fields in (
            (("put", "-"), article(2, version=9)), (("put", "-"), article(9)),
            (("delete", LEFT[0]), None),
        ):
            stdin = json.dumps(fields) if fields else None
            refused = server.client(*arguments, stdin=stdin)
            self.assertEqual(refused.returncode, FAILED, refused.stdout + refused.stderr)

    def assert_every_command_says_so(self):
        where, source = self.index.folder / "refused", self.index.folder / "more.jsonl"
        write_jsonl(source, [article(7)])
        path = ["--index", self.index.path]
        for command in (
            ["broadsheet-indexer", "verify", *path],
            ["broadsheet-indexer", "snapshot", *path, "--to", where],
            ["broadsheet-indexer", "takedown", *path, "article-5"],
            ["broadsheetd", *path, "--listen", "127.0.0.1:0"],
        ):
            refused = run(*command)
            self.assertEqual(refused.returncode, FAILED, command)
            self.assertEqual(len(refused.stderr.splitlines()), 1, refused.stderr)
            for part in (self.lines, DAMAGED, f"--index {self.index.path} --accept-loss`"):
                self.assertIn(str(part), refused.stderr)
        self.assertFalse(where.exists())

    def assert_writers_say_so(self):
        """Those who need the index to themselves."""
        source = self.index.folder / "more.jsonl"
        write_jsonl(source, [article(7)])
        for command in (["build", source], ["add", source], ["rebuild"]):
            refused = run("broadsheet-indexer", command[0], "--index", self.index.path, *command[1:])
            self.assertEqual(refused.returncode, FAILED, command)
            self.assertIn(DAMAGED, refused.stderr)
        self.assertEqual(self.index.generations(), ["000001"])


class Loss(LostTakedownsTest):
    def test_nothing_is_answered_or_written_until_the_lines_are_back(self):
        with self.index.serve("--writable") as writer, self.index.serve() as reader:
            for loss in LOSSES:
                with self.subTest(loss=loss.__name__):
                    loss(self.lines)
                    for server in (writer, reader):
                        self.assert_answers_nothing(server)
                        wait_for(
                            lambda server=server: "refusing searches and writes: "
                            f"{self.lines} is " in server.log(), "the log names the file",
                        )
                    self.assert_takes_no_writes(writer)
                    self.assert_every_command_says_so()
                    self.put_back()
                    # No server needs a restart.
                    self.assert_serves_all_but_what_was_taken_down(writer, reader)
            self.assertEqual(writer.client("put", "-", stdin=json.dumps(article(4, version=2)))
                             .returncode, 0)

    def test_the_record_is_not_lost_unnoticed(self):
        with self.index.serve("--writable") as writer, self.index.serve() as reader:
            for loss in (removed, emptied, zeros, a_folder, cut_within_a_line):
                for lines_too in (False, True):
                    with self.subTest(loss=loss.__name__, lines_too=lines_too):
                        loss(self.record)
                        if lines_too:
                            removed(self.lines)
                        self.assert_answers_nothing(reader)
                        self.assert_answers_nothing(writer)
                        self.assert_takes_no_writes(writer)
                        self.assert_every_command_says_so()
                        self.put_back()
                        self.assert_serves_all_but_what_was_taken_down(writer, reader)

    def test_who_needs_the_index_to_himself_says_so_too(self):
        for loss in LOSSES:
            with self.subTest(loss=loss.__name__):
                loss(self.lines)
                self.assert_writers_say_so()
                refused = run("broadsheetd", "--index", self.index.path, "--writable", "--listen",
                              "127.0.0.1:0")
                self.assertEqual(refused.returncode, FAILED)
                self.assertIn(DAMAGED, refused.stderr)
                self.put_back()

    def test_health_says_not_serving_as_long_as_it_lasts(self):
        with self.index.serve() as server, api.connect(server.address) as channel:
            watch = api.health_pb2_grpc.HealthStub(channel).Watch(
                api.health_pb2.HealthCheckRequest(service=""), timeout=60
            )
            states = api.health_pb2.HealthCheckResponse
            self.assertEqual(next(watch).status, states.SERVING)
            emptied(self.lines)
            self.assertEqual(next(watch).status, states.NOT_SERVING)
            self.put_back()
            self.assertEqual(next(watch).status, states.SERVING)
            watch.cancel()

    def test_an_older_copy_of_both_files_is_noticed(self):
        snapshot = self.take_snapshot("older")
        self.index.admin("takedown", "article-4")
        for name in ("takedowns", "takedowns.record"):
            shutil.copy(snapshot / name, self.index.path / name)
        self.assert_every_command_says_so()
        self.assertIn(
            "has 3 of the 4 lines on record", self.index.admin("verify", status=FAILED).stderr
        )

    def test_all_files_of_the_folder_removed_and_a_generation_published_anew(self):
        for path in self.index.path.iterdir():
            if path.is_file():
                path.unlink()
        self.index.admin("publish", "--generation", 1)
        self.assert_every_command_says_so()
        self.put_back()
        with self.index.serve() as server:
            self.assert_serves_all_but_what_was_taken_down(server)

    def test_a_generation_that_was_there_before_the_loss_may_be_published_and_is_not_served(self):
        self.index.build_articles(*(article(number) for number in range(1, ARTICLES + 1)))
        with self.index.serve() as server:
            emptied(self.lines)
            self.index.admin("rollback")
            self.assert_answers_nothing(server)
            self.put_back()
            wait_for(lambda: server.status()["generationNumber"] == 1, "the one before")
            self.assert_serves_all_but_what_was_taken_down(server)


class WayOn(LostTakedownsTest):
    def test_a_copy_from_a_snapshot_mends_it(self):
        snapshot = self.take_snapshot("snapshot")
        with self.index.serve() as server:
            for loss in (emptied, removed, zeros):
                loss(self.lines)
                self.assert_answers_nothing(server)
                shutil.copy(snapshot / "takedowns", self.lines)
                self.assert_serves_all_but_what_was_taken_down(server)

    def test_a_loss_is_accepted_aloud_and_servers_go_on(self):
        self.lines.write_bytes(self.lines.read_bytes().splitlines(keepends=True)[0])
        said = self.index.admin("takedown", "--accept-loss").stdout
        self.assertIn("3 takedowns on record: at least 2 lost; on record from now on: 1", said)
        self.assertIn("seen again, until they are taken down anew", said)
        self.index.admin("verify")
        with self.index.serve() as server:
            self.assertEqual(sorted(server.ids("headline")), [*TAKEN_DOWN[1:], *LEFT])
            self.index.admin("takedown", *TAKEN_DOWN[1:])
            self.assert_serves_all_but_what_was_taken_down(server)

    def test_a_loss_is_accepted_beside_servers(self):
        with self.index.serve("--writable") as writer, self.index.serve() as reader:
            for loss in LOSSES:
                with self.subTest(loss=loss.__name__):
                    loss(self.lines)
                    self.assert_answers_nothing(reader)
                    said = self.index.admin("takedown", "--accept-loss").stdout
                    self.assertIn("3 takedowns on record", said)
                    self.assertIn("on record from now on: ", said)
                    for server in (writer, reader):
                        self.assertLessEqual(set(LEFT), set(server.ids("headline")))
                    self.index.admin("takedown", *TAKEN_DOWN)
                    self.assert_serves_all_but_what_was_taken_down(writer, reader)
                    self.assertEqual(writer.client("delete", "nobody").returncode, 1)

    def test_nothing_is_accepted_where_nothing_is_lost_or_by_the_way(self):
        said = self.index.admin("takedown", "--accept-loss").stdout
        self.assertIn("there is no loss to accept: takedowns is whole and has 3 takedowns", said)
        emptied(self.lines)
        self.index.admin("takedown", "--accept-loss", "article-4", status=FAILED)
        self.index.admin("takedown", "--accept-loss", "--purge", status=FAILED)
        self.assert_every_command_says_so()

    def test_a_restore_is_refused_and_says_how_to_go_on(self):
        snapshot = self.take_snapshot("snapshot")
        for loss in LOSSES:
            with self.subTest(loss=loss.__name__):
                loss(self.lines)
                refused = self.restore(snapshot)
                self.assertEqual(refused.returncode, FAILED)
                self.assertIn(str(self.lines), refused.stderr)
                self.assertIn("put back a copy", refused.stderr)
                self.assertIn("nothing was restored", refused.stderr)
                self.put_back()
        self.assertEqual(self.restore(snapshot).returncode, 0)
        with self.index.serve() as server:
            self.assert_serves_all_but_what_was_taken_down(server)

    def test_a_snapshot_that_has_lost_its_takedowns_is_not_put_back(self):
        for name in ("takedowns", "takedowns.record"):
            for loss in (emptied, removed):
                with self.subTest(name=name, loss=loss.__name__):
                    snapshot = self.take_snapshot(f"{name}-{loss.__name__}")
                    loss(snapshot / name)
                    refused = self.restore(snapshot, self.index.folder / "fresh")
                    self.assertEqual(refused.returncode, FAILED)
                    self.assertIn(str(snapshot / name), refused.stderr)
                    self.assertIn("use another snapshot", refused.stderr)
                    # Nor is it served by itself.
                    refused = run("broadsheetd", "--index", snapshot, "--listen", "127.0.0.1:0")
                    self.assertEqual(refused.returncode, FAILED)

    def test_all_commands_go_on_over_takedowns_that_are_whole(self):
        source = write_jsonl(self.index.folder / "more.jsonl", [article(7)])
        self.index.admin("add", source)
        for command in (
            ["compact"], ["rebuild"], ["rollback", "--keep-writes"], ["stats"], ["generations"],
            ["takedown", "article-7", "--purge"], ["prune", "--keep", 0], ["verify"],
        ):
            self.index.admin(*command)
        fresh = self.index.folder / "fresh"
        self.assertEqual(self.restore(self.take_snapshot("snapshot"), fresh).returncode, 0)
        for path in (self.index.path, fresh):
            with Server(path) as server:
                self.assert_serves_all_but_what_was_taken_down(server)


class Crash(LostTakedownsTest):
    def test_what_a_crash_leaves_is_served_and_mended_by_the_next_takedown(self):
        self.index.admin("takedown", "article-4")
        more, left = self.lines.read_bytes(), LEFT[1:]
        line = more[len(self.good[self.lines]):]
        states = {
            "a line begun": (self.good[self.lines] + line[:40], LEFT),
            "a line that the record does not count": (more, left),
            "and one begun": (more + line[:10], left),
        }
        with self.index.serve() as server:
            for name, (lines, seen) in states.items():
                with self.subTest(state=name):
                    self.put_back()
                    self.lines.write_bytes(lines)
                    self.assertEqual(sorted(server.ids("headline")), seen)
                    self.index.admin("verify")
                    self.take_snapshot(name)
                    self.index.admin("takedown", "article-4")
                    self.assertEqual(sorted(server.ids("headline")), left)
                    # It is on record now.
                    emptied(self.lines)
                    self.assertIn("has 0 of the 4 lines",
                                  self.index.admin("verify", status=FAILED).stderr)

    def test_takedowns_killed_at_any_moment_cost_nothing(self):
        ids = [f"killed-{number}" for number in range(200)]
        listed = self.index.folder / "ids.txt"
        with self.index.serve() as server:
            for number in range(40):
                listed.write_text("".join(f"{an_id}-{number}\n" for an_id in ids))
                with start("broadsheet-indexer", "takedown", "--index", self.index.path,
                           "--unknown", "--ids-from", listed) as takedown:
                    with contextlib.suppress(subprocess.TimeoutExpired):
                        takedown.wait(number / 2000)
                    takedown.kill()
                self.assert_serves_all_but_what_was_taken_down(server)
            self.index.admin("verify")
            self.index.admin("takedown", "article-4")
            self.assertEqual(sorted(server.ids("headline")), LEFT[1:])

    def test_readers_and_snapshots_beside_takedowns_see_no_damage(self):
        stop, failed = threading.Event(), []

        def take_down():
            for number in range(10_000):
                if stop.is_set():
                    return
                done = run("broadsheet-indexer", "takedown", "--index", self.index.path,
                           "--unknown", f"other-{number}")
                if done.returncode != 0:
                    failed.append(done.stderr)

        takers = [threading.Thread(target=take_down) for _ in range(2)]
        with self.index.serve("--writable") as writer, self.index.serve() as reader:
            for taker in takers:
                taker.start()
            try:
                for number in range(10):
                    self.assert_serves_all_but_what_was_taken_down(reader, writer)
                    snapshot = self.take_snapshot(f"snapshot-{number}")
                    self.assertEqual(
                        run("broadsheet-indexer", "verify", "--index", snapshot).returncode, 0
                    )
                    put = writer.client("put", "-", stdin=json.dumps(article(5, version=number)))
                    self.assertEqual(put.returncode, 0, put.stderr)
                self.assertEqual(writer.client("admin", "rebuild").returncode, 0)
            finally:
                stop.set()
                for taker in takers:
                    taker.join()
            self.assert_serves_all_but_what_was_taken_down(reader, writer)
            self.assertNotIn("refusing", reader.log() + writer.log())
        self.assertEqual(failed, [])
        self.index.admin("verify")


class Upgrade(LostTakedownsTest):
    def assert_is_on_record(self):
        self.assertTrue((self.index.path / "CURRENT").read_text().endswith(" takedowns.record\n"))
        self.assertNotIn("not on record", self.index.admin("verify").stdout)
        emptied(self.lines)
        self.index.admin("verify", status=FAILED)
        self.put_back()

    def test_whoever_writes_first_puts_takedowns_on_record_and_says_so_once(self):
        source = write_jsonl(self.index.folder / "all.jsonl",
                             [article(number) for number in range(4, ARTICLES + 1)])
        for command in (
            ["takedown", "article-1"], ["add", source], ["build", "--discard-writes", source],
            ["rebuild"], ["rollback"],
        ):
            with self.subTest(command=command[0]):
                self.make_it_of_an_earlier_version()
                self.assertIn("not on record yet", self.index.admin("verify").stdout)
                self.assertIn("on record from now on", self.index.admin(*command).stderr)
                self.assert_is_on_record()
                self.assertNotIn("on record", self.index.admin("takedown", "article-1").stderr)

    def test_a_writable_server_does_it_at_its_start(self):
        self.make_it_of_an_earlier_version()
        with self.index.serve("--writable") as server:
            self.assert_serves_all_but_what_was_taken_down(server)
            self.assertEqual(server.log().count("on record from now on"), 1)
            self.assert_is_on_record()
        with self.index.serve("--writable") as server:
            self.assertNotIn("on record", server.log())

    def test_a_read_only_server_serves_it_as_it_is_and_says_what_is_missing(self):
        self.make_it_of_an_earlier_version()
        before = sorted(path.name for path in self.index.path.iterdir())
        with self.index.serve() as server:
            self.assert_serves_all_but_what_was_taken_down(server)
            wait_for(lambda: "not on record yet" in server.log(), "the log says so")
            self.assertEqual(sorted(path.name for path in self.index.path.iterdir()), before)
            snapshot = self.take_snapshot("snapshot")
            # Under it, by another.
            self.index.admin("takedown", "article-4")
            self.assertEqual(sorted(server.ids("headline")), LEFT[1:])
            emptied(self.lines)
            self.assert_answers_nothing(server)
        # The snapshot is on record by itself.
        emptied(snapshot / "takedowns")
        refused = run("broadsheetd", "--index", snapshot, "--listen", "127.0.0.1:0")
        self.assertEqual(refused.returncode, FAILED)

    def test_where_nothing_may_be_written_it_is_served_as_it_is(self):
        self.make_it_of_an_earlier_version()
        path = self.index.path
        mounted = subprocess.run(
            ["mount", "--bind", path, path], capture_output=True, text=True, check=False
        )
        if mounted.returncode != 0:
            print(f"SKIPPED: cannot mount: {mounted.stderr.strip()}", flush=True)
            self.skipTest("cannot mount")
        self.addCleanup(subprocess.run, ["umount", "--lazy", path], check=True)
        subprocess.run(["mount", "-o", "remount,bind,ro", path], check=True)
        with self.index.serve() as server:
            self.assert_serves_all_but_what_was_taken_down(server)
            self.assertIn("not on record yet", self.index.admin("verify").stdout)
            self.take_snapshot("snapshot")

    def test_a_takedown_beside_the_holder_of_the_lock_leaves_current_to_him(self):
        self.make_it_of_an_earlier_version()
        with start("broadsheet-indexer", "build", "--index", self.index.path, "-") as build:
            wait_for(lambda: len(self.index.generations()) == 2, "a build that holds the lock")
            self.index.admin("takedown", "article-4")
            current = (self.index.path / "CURRENT").read_text()
            self.assertFalse(current.endswith(" takedowns.record\n"), current)
            # Lost lines are noticed all the same.
            good = self.lines.read_bytes()
            emptied(self.lines)
            self.index.admin("verify", status=FAILED)
            self.lines.write_bytes(good)
            build.kill()
        self.index.admin("takedown", "article-4")
        current = (self.index.path / "CURRENT").read_text()
        self.assertTrue(current.endswith(" takedowns.record\n"), current)


if __name__ == "__main__":
    unittest.main()
