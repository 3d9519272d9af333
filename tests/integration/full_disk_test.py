# SPDX-License-Identifier: GPL-3.0-or-later
"""A disk that fills up, whatever is being written: a clear error, the old generation serves on,
nothing acknowledged is lost, and all goes on when there is room again.

The index lies on a memory file system of its own; mounting one takes root.
"""

import random
import unittest

from lib import api
from lib.programs import PATIENCE_SECONDS, Index, article, run, start, wait_for, write_jsonl
from lib.small_disk import small_disk

FAILED = 2
REMEDY = "disk full; free space and run again"


def noisy_articles(count, first=1000):
    """Articles of 10 KB that pack to half of it: half of each digit is chance."""
    noise = random.Random(1)
    for number in range(first, first + count):
        body = " ".join(f"{noise.getrandbits(64):016x}" for _ in range(600))
        yield article(number, body=body)


class FullDiskTest(unittest.TestCase):
    def setUp(self):
        self.disk = self.enterContext(small_disk(megabytes=8))
        self.index = self.enterContext(Index())
        self.index.path = self.disk.path / "index"
        self.index.build_articles(article(1), article(2))

    def write(self, count):
        return write_jsonl(self.index.folder / "noisy.jsonl", noisy_articles(count))

    def assert_says_what_to_do(self, finished):
        said = finished.stderr.decode() if isinstance(finished.stderr, bytes) else finished.stderr
        self.assertEqual(finished.returncode, FAILED, said)
        self.assertEqual(len(said.splitlines()), 1, said)
        self.assertIn(str(self.index.path), said)
        self.assertIn(REMEDY, said)
        return said


class FullWhileBuilding(FullDiskTest):
    def test_in_every_stage_the_old_generation_stays_and_nothing_is_left_behind(self):
        source = self.write(300)
        failures = 0
        with self.index.serve() as server:
            # From no room for a folder to room for all but the last stages.
            for kilobytes in (0, 40, 400, 1500, 3000, 4500, 6000, 8000, 12_000, 50_000):
                self.disk.leave(kilobytes << 10)
                with self.subTest(room=kilobytes):
                    free = self.disk.free()
                    built = self.index.build(source)
                    if built.returncode == 0:
                        break
                    failures += 1
                    said = self.assert_says_what_to_do(built)
                    self.assertIn("nothing was published", said)
                    self.assertEqual(self.index.generations(), ["000001"])
                    self.assertGreaterEqual(self.disk.free(), free - 8192)
                    self.assertEqual(server.ids("headline"), ["article-1", "article-2"])
            self.assertEqual(built.returncode, 0, built.stderr)
            self.assertGreaterEqual(failures, 4)
            wait_for(lambda: len(server.ids("headline")) == 300, "the new generation")
        self.index.admin("verify")

    def test_a_full_folder_for_temporary_files_is_not_used(self):
        with small_disk(megabytes=1) as other:
            other.leave(0)
            source = self.write(20)
            built = run(
                "broadsheet-indexer", "build", "--index", self.index.path, source,
                env={"TMPDIR": str(other.path)},
            )
            self.assertEqual(built.returncode, 0, built.stderr)

    def test_rebuild(self):
        self.disk.grow(60)
        self.assertEqual(self.index.build(self.write(300)).returncode, 0)
        with self.index.serve() as server:
            for kilobytes in (0, 1000, 3000):
                self.disk.leave(kilobytes << 10)
                rebuilt = run("broadsheet-indexer", "rebuild", "--index", self.index.path)
                self.assert_says_what_to_do(rebuilt)
                self.assertEqual(self.index.generations(), ["000001", "000002"])
                self.assertEqual(len(server.ids("headline")), 300)
            self.disk.grow(60)
            self.index.admin("rebuild")
            newest = int(self.index.generations()[-1])
            wait_for(lambda: server.status()["generationNumber"] == newest, "the new generation")


class FullWhilePublishing(FullDiskTest):
    def test_rollback_and_publish(self):
        self.index.build_articles(article(3))
        with self.index.serve() as server:
            self.disk.leave(0)
            for command in (["rollback"], ["publish", "--generation", 1]):
                with self.subTest(command=command[0]):
                    finished = run(
                        "broadsheet-indexer", command[0], "--index", self.index.path, *command[1:]
                    )
                    # Small as CURRENT is, it needs a block.
                    self.assert_says_what_to_do(finished)
                    self.assertEqual(server.ids("headline"), ["article-3"])
            self.disk.leave(1 << 20)
            self.index.admin("rollback")
            wait_for(lambda: server.ids("headline") == ["article-1", "article-2"], "the old one")

    def test_prune_makes_room_on_a_full_disk(self):
        self.index.build_articles(article(3))
        self.disk.leave(0)
        self.assertEqual(self.index.admin("prune", "--keep", 0).stdout, "removed generation 1\n")
        self.assertGreater(self.disk.free(), 0)

    def test_takedown_that_could_not_be_written_says_so(self):
        self.disk.leave(0)
        finished = run("broadsheet-indexer", "takedown", "--index", self.index.path, "article-1")
        self.assert_says_what_to_do(finished)
        self.disk.leave(1 << 20)
        self.index.admin("takedown", "article-1")
        with self.index.serve() as server:
            self.assertEqual(server.ids("headline"), ["article-2"])


class FullWhileWriting(FullDiskTest):
    def test_server_refuses_writes_serves_on_and_recovers(self):
        with self.index.serve("--writable") as server, api.connect(server.address) as channel:
            writes = api.ArticleService(channel)
            acknowledged = {"article-1", "article-2"}
            with self.assertRaises(api.grpc.RpcError) as full:
                for fields in noisy_articles(5000):
                    writes.put(fields)
                    acknowledged.add(fields["id"])
            self.assertEqual(api.reason(full.exception), "INDEX_FULL")
            self.assertIn("free space on its disk", full.exception.details())
            self.assertGreater(len(acknowledged), 10)
            self.assertEqual(set(server.ids("headline")), acknowledged)
            # Whoever runs it learns which disk; callers do not learn its paths.
            self.assertIn(str(self.index.path), server.log().split("writes to index", 1)[1])
            self.assertNotIn(str(self.index.path), full.exception.details())
            # A restart on the full disk serves and refuses likewise.
            self.assertEqual(server.stop(), 0)
        self.disk.leave(1 << 20)
        with self.index.serve("--writable") as server, api.connect(server.address) as channel:
            self.assertEqual(set(server.ids("headline")), acknowledged)
            with self.assertRaises(api.grpc.RpcError) as full:
                api.ArticleService(channel).put(article(9999))
            self.assertEqual(api.reason(full.exception), "INDEX_FULL")
            self.disk.grow(200)
            api.ArticleService(channel).put(article(9999))
            self.assertEqual(set(server.ids("headline")), acknowledged | {"article-9999"})
            self.assertIn("writes succeed again", server.log())
        self.index.admin("verify")

    def test_push_gives_up_on_a_server_that_takes_nothing(self):
        """It tried for ever, and whoever waited for it did too."""
        self.disk.leave(0)
        with self.index.serve("--writable") as server:
            pushed = run("broadsheet-indexer", "push", "--server", server.address,
                         "--give-up-after", 1, self.write(3))
        self.assertEqual(pushed.returncode, 1, pushed.stderr)
        self.assertIn("no article was taken by the server", pushed.stderr)
        self.assertIn("the command may be repeated", pushed.stderr)

    def test_add_says_where_and_keeps_what_it_had_written(self):
        added = run(
            "broadsheet-indexer", "add", "--index", self.index.path, self.write(200)
        )
        self.assertEqual(added.returncode, FAILED, added.stderr)
        self.assertEqual(len(added.stderr.splitlines()), 1, added.stderr)
        self.assertIn(str(self.index.path), added.stderr)
        self.assertIn("free space", added.stderr)
        self.index.admin("verify")
        self.disk.grow(200)
        again = run(
            "broadsheet-indexer", "add", "--index", self.index.path, self.write(200)
        )
        self.assertEqual(again.returncode, 0, again.stderr)
        with self.index.serve() as server, api.connect(server.address) as channel:
            self.assertEqual(api.Service(channel).count("headline"), 202)

    def test_push_says_what_it_waits_for_and_goes_on(self):
        # Tried again in silence.
        with self.index.serve("--writable") as server:
            source = self.write(400)
            with start("broadsheet-indexer", "push", "--server", server.address, source) as push:
                told = push.stderr.readline().decode()
                self.assertIn("no articles are taken for now: no room left for the index", told)
                self.disk.grow(200)
                _, rest = push.communicate(timeout=PATIENCE_SECONDS)
                self.assertEqual(push.returncode, 0, rest)
                self.assertIn(b"Stored 400 articles", rest)
            self.assertEqual(server.status()["articleCount"], 402)

    def test_build_that_cannot_carry_what_was_written_publishes_nothing(self):
        self.disk.grow(60)
        self.assertEqual(
            run("broadsheet-indexer", "add", "--index", self.index.path, self.write(100)).returncode, 0
        )
        source = write_jsonl(self.index.folder / "few.jsonl", [article(n) for n in range(30)])
        with self.index.serve() as server:
            # Enough for the build itself, not for the writes.
            self.disk.leave(2 << 20)
            built = self.index.build("--keep-writes", source)
            self.assertEqual(built.returncode, FAILED, built.stderr)
            self.assertIn("nothing was published", built.stderr)
            self.assertIn("free space", built.stderr)
            self.assertEqual(self.index.generations(), ["000001"])
            self.assertEqual(len(server.ids("headline")), 102)
            self.disk.grow(100)
            built = self.index.build("--keep-writes", source)
            self.assertEqual(built.returncode, 0, built.stderr)
            wait_for(lambda: len(server.ids("headline")) == 130, "the new generation")


if __name__ == "__main__":
    unittest.main()
