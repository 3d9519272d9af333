# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes to a live index, by the programs as people run them.

BROADSHEET_LONG=1 raises the number of kills from a few to 50; BROADSHEET_SEED repeats a run.
"""

import json
import queue
import random
import threading
import unittest

from lib import api
from lib import chance
from lib.programs import (
    PATIENCE_SECONDS, Index, address_of_its_own, article, run, start, wait_for, write_jsonl,
)


def verify(index):
    return run("broadsheet-indexer", "verify", "--index", index.path)


class Import:
    """A sender on a stream: what it sent, and what was acknowledged, as a harness's own record."""

    def __init__(self, address):
        self._channel = api.connect(address)
        self._outbox = queue.Queue()
        self.acknowledged = []
        self.error = None
        self._stream = api.ArticleService(self._channel).import_articles(iter(self._outbox.get, None))
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self):
        try:
            for answer in self._stream:
                self.acknowledged.append(answer)
        except api.grpc.RpcError as error:
            self.error = error

    def send(self, sequence, fields):
        self._outbox.put(api.import_request(sequence, fields))

    def finish(self):
        self._outbox.put(None)
        self._reader.join()
        self._channel.close()


class KillTest(unittest.TestCase):
    """kill -9 of a writable server under import, at random moments."""

    def test_every_acknowledged_article_survives_and_none_is_there_twice(self):
        source = chance.seeded()
        expected = {}
        with Index() as index:
            index.build_articles(*(article(number) for number in range(20)))
            for round_number in range(chance.rounds(3, 50)):
                with self.subTest(round=round_number):
                    self.kill_under_import(index, source, expected, round_number)
                    self.check(index, expected)

    def kill_under_import(self, index, source, expected, round_number):
        with index.serve("--writable") as server:
            stream = Import(server.address)
            sent = {}
            for sequence in range(1, 4001):
                # New ids, those of base, and those of earlier rounds.
                number = source.choice([sequence + 5000 * round_number, sequence % 20, sequence % 500])
                version = round_number * 10_000 + sequence
                sent[sequence] = (number, version)
                stream.send(sequence, article(number, version=version))
            until = source.randrange(1, 3000)
            wait_for(lambda: len(stream.acknowledged) >= until, "so many acknowledgements")
            server.process.kill()
            server.process.wait()
            stream.finish()
        for answer in stream.acknowledged:
            number, version = sent[answer.sequence]
            self.assertEqual(answer.result.reason, "")
            expected[number] = max(version, expected.get(number, 0))

    def check(self, index, expected):
        checked = verify(index)
        self.assertEqual(checked.returncode, 0, checked.stderr)
        with index.serve() as server, api.connect(server.address) as channel:
            service = api.Service(channel)
            # all_ids fails when an id comes twice.
            ids = set(service.all_ids("headline"))
            missing = [n for n in expected if f"article-{n}" not in ids]
            self.assertEqual(missing, [])
            for number, version in random.Random(0).sample(
                sorted(expected.items()), min(100, len(expected))
            ):
                stored = service.get(f"article-{number}")
                self.assertGreaterEqual(stored.version, version)


class LiveWritesTest(unittest.TestCase):
    def setUp(self):
        self.index = Index()
        self.addCleanup(self.index.__exit__, None, None, None)
        self.index.build_articles(article(1), article(2))

    def test_an_article_is_searchable_at_once_here_and_at_a_read_only_server(self):
        with self.index.serve("--writable") as writer, self.index.serve() as reader:
            self.assertEqual(reader.ids("ferry"), [])
            put = writer.client("put", "-", stdin=json.dumps(article(3, headline="Ferry sails")))
            self.assertEqual((put.returncode, put.stdout), (0, "created article-3\n"))
            self.assertEqual(writer.ids("ferry"), ["article-3"])
            self.assertEqual(reader.ids("ferry"), ["article-3"])

    def test_put_and_delete_by_the_client(self):
        with self.index.serve("--writable") as server:
            file = self.index.folder / "one.json"
            file.write_text(json.dumps(article(1, headline="Corrected")))
            self.assertEqual(server.client("put", file).stdout, "replaced article-1\n")
            self.assertEqual(server.client("put", file).stdout, "unchanged article-1\n")
            self.assertEqual(server.ids("corrected"), ["article-1"])
            self.assertEqual(server.client("delete", "article-1").stdout, "deleted article-1\n")
            self.assertEqual(server.client("delete", "article-1").returncode, 1)
            self.assertEqual(server.ids("corrected"), [])
            bad = server.client("put", "-", stdin="{}")
            self.assertEqual(bad.returncode, 2)
            self.assertIn("it has no headline, summary, body or caption", bad.stderr)
            self.assertEqual(server.client("put", "-", stdin="no json").returncode, 2)
            # Ended the client.
            folder = server.client("put", self.index.folder)
            self.assertEqual(folder.returncode, 2)
            self.assertIn("is a folder; for several articles", folder.stderr)

    def test_a_server_that_takes_no_writes_says_so(self):
        with self.index.serve() as server:
            put = server.client("put", "-", stdin=json.dumps(article(3)))
            self.assertEqual(put.returncode, 2)
            self.assertIn("start it with --writable", put.stderr)

    def test_the_second_writer_is_told_who_the_first_is(self):
        source = write_jsonl(self.index.folder / "more.jsonl", [article(3)])
        before = self.index.generations()
        with self.index.serve("--writable") as server:
            others = [
                run("broadsheetd", "--index", self.index.path, "--writable", "--listen", "127.0.0.1:0"),
                run("broadsheet-indexer", "add", "--index", self.index.path, source),
                run("broadsheet-indexer", "rebuild", "--index", self.index.path),
            ]
            for other in others:
                self.assertEqual(other.returncode, 2)
                self.assertIn("broadsheetd --writable, pid %d" % server.process.pid, other.stderr)
            self.assertEqual(server.ids("headline"), ["article-1", "article-2"])
        self.assertEqual(self.index.generations(), before)
        # With the server the lock is gone.
        added = run("broadsheet-indexer", "add", "--index", self.index.path, source)
        self.assertEqual(added.returncode, 0, added.stderr)

    def test_add_writes_without_a_server(self):
        source = self.index.folder / "more.jsonl"
        write_jsonl(source, [article(1, version=2), article(3), article(3), "no article"])
        added = run("broadsheet-indexer", "add", "--index", self.index.path, source)
        self.assertEqual(added.returncode, 1)
        self.assertIn("more.jsonl:4: ", added.stderr)
        self.assertIn("Stored 2 articles (1 new, 1 replaced), 1 unchanged, 0 superseded, 1 rejected",
                      added.stderr)
        with self.index.serve() as server:
            self.assertEqual(len(server.ids("headline")), 3)
        checked = verify(self.index)
        self.assertEqual(checked.returncode, 0, checked.stderr)
        self.assertIn("since then 2 articles put, 1 of its own replaced or deleted", checked.stdout)

    def test_add_makes_no_index(self):
        source = write_jsonl(self.index.folder / "more.jsonl", [article(3)])
        nowhere = self.index.folder / "nowhere"
        added = run("broadsheet-indexer", "add", "--index", nowhere, source)
        self.assertEqual(added.returncode, 2)
        self.assertFalse(nowhere.exists())

    def test_push_reports_bad_records_and_goes_on_through_a_restart_of_the_server(self):
        count = 3000
        source = write_jsonl(
            self.index.folder / "more.jsonl",
            [article(number) for number in range(100, 100 + count)] + [{"id": "empty"}],
        )
        records = source.read_bytes()
        server = self.index.serve("--writable", listen=address_of_its_own())
        push = start("broadsheet-indexer", "push", "--server", server.address, "-")
        with server:
            # It cannot come to its end: the rest follows when the server is gone.
            push.stdin.write(records[: len(records) // 2])
            push.stdin.flush()
            wait_for(lambda: len(server.ids("headline")) > 10, "some are stored")
            server.process.kill()
            server.process.wait()
        with self.index.serve("--writable", listen=server.address) as again:
            _, errors = push.communicate(records[len(records) // 2 :], PATIENCE_SECONDS)
            errors = errors.decode()
            self.assertEqual(push.returncode, 1, errors)
            self.assertIn(f"-:{count + 1}: ", errors)
            with api.connect(again.address) as channel:
                self.assertEqual(len(api.Service(channel).all_ids("headline")), count + 2)
            repeated = run("broadsheet-indexer", "push", "--server", again.address, source)
            self.assertIn(f"Stored 0 articles (0 new, 0 replaced), {count:,} unchanged", repeated.stderr)
        self.assertEqual(verify(self.index).returncode, 0)

    def test_push_without_a_server_fails_at_once(self):
        # It has not even begun to read its articles, which never end.
        with start("broadsheet-indexer", "push", "--server", "127.0.0.1:1", "-") as push:
            self.assertEqual(push.wait(PATIENCE_SECONDS), 2)
            self.assertIn(b"no server answers at 127.0.0.1:1", push.stderr.read())

    def test_sigterm_ends_an_import_with_all_that_was_acknowledged_on_disk(self):
        with self.index.serve("--writable") as server:
            stream = Import(server.address)
            for sequence in range(1, 1001):
                stream.send(sequence, article(1000 + sequence))
            wait_for(lambda: stream.acknowledged, "a first acknowledgement")
            server.terminate()
            server.process.wait(PATIENCE_SECONDS)
            stream.finish()
        if len(stream.acknowledged) < 1000:
            self.assertEqual(stream.error.code(), api.grpc.StatusCode.UNAVAILABLE)
        with self.index.serve() as server, api.connect(server.address) as channel:
            ids = set(api.Service(channel).all_ids("headline"))
        self.assertLessEqual({answer.result.id for answer in stream.acknowledged}, ids)

    def test_poison_among_good_articles_costs_the_good_ones_nothing(self):
        with self.index.serve("--writable") as server:
            stream = Import(server.address)
            poison = [
                {"id": "x" * 1001, "headline": "a long id"},
                {"id": "nul\0byte", "headline": "a NUL in the id"},
                {"id": "empty"},
                {"id": "huge", "body": "word " * (9 << 18)},
                article(9, published_time={"seconds": 1 << 60}),
            ]
            odd = [
                article(10, headline="Headline " + "x" * 100_000),
                article(11, tags=["t" * 5000], body="a\0b"),
            ]
            sequence = 0
            for number in range(200):
                sequence += 1
                stream.send(sequence, article(1000 + number))
                if number % 10 == 0:
                    sequence += 1
                    stream.send(sequence, poison[number // 10 % len(poison)])
            for fields in odd:
                sequence += 1
                stream.send(sequence, fields)
            stream.finish()
            self.assertIsNone(stream.error)
            self.assertEqual([a.sequence for a in stream.acknowledged], list(range(1, sequence + 1)))
            refused = [a for a in stream.acknowledged if a.result.reason]
            self.assertEqual({a.result.reason for a in refused}, {"ARTICLE_INVALID"})
            self.assertEqual(len(refused), 20)
            self.assertEqual(len(server.ids("headline")), 204)
        self.assertEqual(verify(self.index).returncode, 0)

    def test_a_build_does_not_lose_what_was_written(self):
        source = write_jsonl(self.index.folder / "more.jsonl", [article(3)])
        run("broadsheet-indexer", "add", "--index", self.index.path, source)
        refused = self.index.build(source)
        self.assertEqual(refused.returncode, 2)
        self.assertIn("1 article put, 0 of its own replaced or deleted", refused.stderr)
        self.assertIn("--discard-writes", refused.stderr)
        kept = self.index.build("--keep-writes", write_jsonl(self.index.folder / "new.jsonl", [article(4)]))
        self.assertEqual(kept.returncode, 0, kept.stderr)
        self.assertIn("Kept what was written since the last build: 1 article put", kept.stderr)
        with self.index.serve() as server:
            self.assertEqual(sorted(server.ids("headline")), ["article-3", "article-4"])
        discarded = self.index.build("--discard-writes", source)
        self.assertEqual(discarded.returncode, 0, discarded.stderr)
        self.assertIn("Discarded what was written since the last build: 1 article put", discarded.stderr)


if __name__ == "__main__":
    unittest.main()
