# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that bad input never stops a build nor costs a good article, and that it is told.

Each kind of bad input goes through the real indexer. What is good beside it must be found by the
server, what is bad must be named with file, line and reason, and the exit status must say so:
0 all good, 1 some records rejected, 2 nothing published.
"""

import errno
import gzip
import json
import os
import pathlib
import random
import unittest
import zlib

from lib import api
from lib.programs import PATIENCE_SECONDS, Index, article, parse, run, start, wait_for, write_jsonl

ALL_GOOD, SOME_REJECTED, FAILED = 0, 1, 2


class BadInputTest(unittest.TestCase):
    def setUp(self):
        self.index = self.enterContext(Index())
        self.input = self.index.folder / "input"
        self.input.mkdir()

    def write(self, name, *articles):
        return write_jsonl(self.input / name, articles)

    def build(self, *arguments, status):
        """Builds from the input folder, or from `arguments`."""
        finished = self.index.build(*(arguments or [self.input]))
        self.assertEqual(finished.returncode, status, finished.stderr)
        return finished

    def assert_rejected(self, finished, path, line, *reasons):
        """One line names the place; `line` is None for a file as a whole."""
        place = f"{path}:{line}: " if line else f"{path}: "
        told = [said for said in finished.stderr.splitlines() if place in said]
        self.assertEqual(len(told), 1, f"{place} in {finished.stderr}")
        for reason in reasons:
            self.assertIn(reason, told[0])

    def assert_served(self, *ids):
        """A server that is started now has these articles and no others."""
        with self.index.serve() as server, api.connect(server.address) as channel:
            service = api.Service(channel)
            self.assertEqual(sorted(service.all_ids(filter=service.everything())), sorted(ids))

    def articles(self, *ids):
        with self.index.serve() as server, api.connect(server.address) as channel:
            (answer,) = api.Service(channel).batch_get(ids)
            self.assertEqual(list(answer[1]), [])
            return answer[0]


class Files(BadInputTest):
    def setUp(self):
        super().setUp()
        self.write("good-1.jsonl", article(1))
        self.write("good-2.jsonl", article(2))

    def assert_only_that_file_is_lost(self, path, *reasons, options=()):
        finished = self.build(*options, self.input, status=SOME_REJECTED)
        self.assert_rejected(finished, path, None, *reasons)
        self.assertRegex(finished.stderr.splitlines()[-1], r"\b2 articles\b.*\b1 rejected\b")
        self.assert_served("article-1", "article-2")

    def test_dangling_link_that_is_to_be_followed(self):
        link = self.input / "gone.jsonl"
        link.symlink_to(self.input / "no-such-file")
        self.assert_only_that_file_is_lost(link, "leads to", options=["--follow-links"])

    def test_file_without_permission(self):
        if os.geteuid() == 0:
            print("SKIPPED: root reads every file", flush=True)
            self.skipTest("root reads every file")
        secret = self.write("secret.jsonl", article(3))
        secret.chmod(0)
        self.assert_only_that_file_is_lost(secret, os.strerror(errno.EACCES))

    def test_file_that_fails_while_it_is_read(self):
        # Reading the first page of one's own memory is an input/output error, even for root.
        broken = self.input / "broken.jsonl"
        broken.symlink_to("/proc/self/mem")
        self.assert_only_that_file_is_lost(
            broken, os.strerror(errno.EIO), options=["--follow-links"]
        )

    def test_empty_file(self):
        empty = self.input / "empty.jsonl"
        empty.touch()
        self.assert_only_that_file_is_lost(empty, "empty")

    def test_binary_file(self):
        binary = self.input / "program.jsonl"
        binary.write_bytes(pathlib.Path("/bin/true").read_bytes())
        self.assert_only_that_file_is_lost(binary, "binary")

    def test_packed_file_that_breaks_off_gives_what_was_whole(self):
        noise = random.Random(2)
        lines = [
            json.dumps(article(n, body=f"enough {noise.getrandbits(4000):x}"))
            for n in range(9, 999)
        ]
        packed = gzip.compress("\n".join(lines).encode())
        packed = packed[: len(packed) // 2]
        unpacked = zlib.decompressobj(wbits=31).decompress(packed).decode()
        # The library that unpacks gives whole blocks of 64 KiB.
        whole = unpacked[: len(unpacked) >> 16 << 16].count("\n")
        self.assertGreater(whole, 300)
        broken = self.input / "broken.jsonl.gz"
        broken.write_bytes(packed)
        finished = self.build(status=SOME_REJECTED)
        self.assertIn(str(broken), finished.stderr)
        expected = [json.loads(line)["id"] for line in lines[:whole]]
        with self.index.serve() as server, api.connect(server.address) as channel:
            served = set(api.Service(channel).all_ids("=enough"))
        self.assertEqual({"article-1", "article-2", *expected} - served, set())

    def test_path_that_does_not_exist_is_found_out_before_anything_is_read(self):
        finished = self.build(self.input, self.input / "nowhere", status=FAILED)
        self.assertIn(str(self.input / "nowhere"), finished.stderr)
        self.assertEqual(len(finished.stderr.splitlines()), 1)
        self.assertEqual(self.index.generations(), [])


class Records(BadInputTest):
    def assert_only_line_2_is_lost(self, record, *reasons):
        path = self.write("mixed.jsonl", article(1), record, article(3))
        finished = self.build(status=SOME_REJECTED)
        self.assert_rejected(finished, path, 2, *reasons)
        self.assertRegex(finished.stderr.splitlines()[-1], r"\b2 articles\b.*\b1 rejected\b")
        self.assert_served("article-1", "article-3")

    def test_wrong_types(self):
        for field, value in (
            ("headline", 5),
            ("body", ["a", "b"]),
            ("tags", "politics"),
            ("bylines", [["Kim"]]),
            ("captions", True),
            ("published", {"year": 2024}),
        ):
            with self.subTest(field):
                self.assert_only_line_2_is_lost(article(2, **{field: value}), field)

    def test_lines_that_are_no_json_object(self):
        for line in ('{"id": "article-2", "headline": "cut', "[1, 2]", '"text"', "plain text"):
            with self.subTest(line):
                self.assert_only_line_2_is_lost(line)

    def test_article_without_text(self):
        self.assert_only_line_2_is_lost({"id": "article-2", "tags": ["tag"], "source": "Source"})
        self.assert_only_line_2_is_lost({"id": "article-2", "headline": " ", "body": "\n\u0000 "})

    def test_id_over_1000_bytes(self):
        self.assert_only_line_2_is_lost(article(2, id="é" * 500 + "x"), "id", "1000")

    def test_id_of_1000_bytes_is_good(self):
        longest = "é" * 499 + "xy"
        self.write("good.jsonl", article(1, id=longest))
        self.build(status=ALL_GOOD)
        self.assert_served(longest)

    def test_date_that_does_not_exist(self):
        for date in ("2023-02-30", "2023-13-01", "2024-06-19T25:00:00Z", "yesterday"):
            with self.subTest(date):
                self.assert_only_line_2_is_lost(article(2, published=date), date)

    def test_empty_lines_are_nothing(self):
        self.write("gaps.jsonl", article(1), "", "   ", article(2))
        self.build(status=ALL_GOOD)
        self.assert_served("article-1", "article-2")

    def test_invalid_utf8_is_repaired_and_counted(self):
        path = self.input / "latin1.jsonl"
        good = json.dumps(article(1)).encode()
        bad = json.dumps(article(2, headline="A caf? in the square")).encode()
        path.write_bytes(good + b"\n" + bad.replace(b"?", b"\xe9"))
        finished = self.build(status=ALL_GOOD)
        self.assertRegex(finished.stderr, r"UTF-8.*\b1 record\b")
        (repaired,) = self.articles("article-2")
        self.assertEqual(repaired.headline, "A caf\ufffd in the square")
        self.assert_served("article-1", "article-2")

    def test_line_of_100_megabytes(self):
        path = self.input / "huge.jsonl"
        with open(path, "w", encoding="utf-8") as file:
            file.write(json.dumps(article(1)) + "\n")
            file.write('{"id": "huge", "headline": "Huge", "body": "')
            for _ in range(100):
                file.write("number3 and so on, " * (1_000_000 // 19 + 1))
            file.write('"}\n' + json.dumps(article(3)) + "\n")
        rejects = self.index.folder / "rejects"
        with start("broadsheet-indexer", "build", "--index", self.index.path, "--memory", 64,
                   "--rejects", rejects, self.input) as process:
            _, said = process.communicate()
            self.assertEqual(process.returncode, SOME_REJECTED, said)
        self.assertIn(f"{path}:2: ".encode(), said)
        (reject,) = api.json_lines(rejects)
        self.assertLess(len(reject["record"]), 10_000)
        self.assert_served("article-1", "article-3")

    def test_line_of_100_megabytes_is_not_held_in_memory(self):
        path = self.input / "huge.jsonl"
        with open(path, "w", encoding="utf-8") as file:
            file.write(json.dumps(article(1)) + "\n")
            for _ in range(100):
                file.write("x" * 1_000_000)
        # The largest of all children so far: no other comes near it.
        with start("broadsheet-indexer", "parse", path) as process:
            process.stdout.read()
            process.stderr.read()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(process.returncode, SOME_REJECTED)
        self.assertLess(usage.ru_maxrss, 100_000)  # kB


class Duplicates(BadInputTest):
    def test_last_one_wins_and_the_others_are_counted(self):
        self.write("a.jsonl", article(1, headline="First"), article(2))
        self.write("b.jsonl", article(1, headline="Second"), article(1, headline="Third"))
        finished = self.build(status=ALL_GOOD)
        self.assertRegex(finished.stderr.splitlines()[-1], r"\b2 articles\b.*\b2 superseded\b")
        self.assertEqual(self.articles("article-1")[0].headline, "Third")
        self.assert_served("article-1", "article-2")

    def test_higher_version_beats_the_last_one(self):
        self.write("a.jsonl", article(1, headline="New", version=7))
        self.write("b.jsonl", article(1, headline="Old", version=6))
        self.build(status=ALL_GOOD)
        self.assertEqual(self.articles("article-1")[0].headline, "New")

    def test_articles_without_an_id_are_the_same_when_their_url_is(self):
        one, two = article(1), article(2)
        del one["id"], two["id"]
        self.write(
            "a.jsonl",
            {**one, "url": "https://Example.org/story?utm_source=feed#top"},
            {**two, "url": "https://example.org/story"},
        )
        finished = self.build(status=ALL_GOOD)
        self.assertRegex(finished.stderr.splitlines()[-1], r"\b1 article\b.*\b1 superseded\b")
        self.assert_served("https://example.org/story")


class Rejects(BadInputTest):
    """--rejects keeps them, --max-rejects says how many are too many."""

    def bad_among_good(self, bad, good):
        records = [article(n) for n in range(good)]
        records[1:1] = [{"id": f"bad-{n}", "headline": n} for n in range(bad)]
        return self.write("mixed.jsonl", *records)

    def test_file_of_rejects_has_place_reason_and_record(self):
        path = self.bad_among_good(bad=2, good=3)
        rejects = self.index.folder / "rejects.jsonl"
        self.build("--rejects", rejects, path, status=SOME_REJECTED)
        kept = list(api.json_lines(rejects))
        lines = path.read_text(encoding="utf-8").splitlines()
        self.assertEqual([reject["file"] for reject in kept], [str(path)] * 2)
        self.assertEqual([reject["line"] for reject in kept], [2, 3])
        self.assertEqual([reject["record"] for reject in kept], lines[1:3])
        self.assertEqual(kept[0]["byteOffset"], len(lines[0]) + 1)
        for reject in kept:
            self.assertIn("headline", reject["reason"])

    def test_past_max_rejects_nothing_is_published_and_the_old_generation_serves(self):
        self.index.build_articles(article(1000))
        with self.index.serve() as server:
            path = self.bad_among_good(bad=3, good=5)
            finished = self.build("--max-rejects", 2, path, status=FAILED)
            self.assertIn("--max-rejects", finished.stderr)
            self.assertIn("nothing was published", finished.stderr)
            self.assertEqual(self.index.generations(), ["000001"])
            self.assertEqual(server.ids("number1000"), ["article-1000"])
            self.assertEqual(server.status()["generationNumber"], 1)
        self.build("--max-rejects", 3, path, status=SOME_REJECTED)
        self.assert_served(*(f"article-{n}" for n in range(5)))

    def test_max_rejects_as_a_share(self):
        path = self.bad_among_good(bad=20, good=80)
        self.build("--max-rejects", "19%", path, status=FAILED)
        self.assertEqual(self.index.generations(), [])
        self.build("--max-rejects", "20%", path, status=SOME_REJECTED)
        self.assert_served(*(f"article-{n}" for n in range(80)))

    def test_max_rejects_that_is_no_number(self):
        path = self.bad_among_good(bad=0, good=1)
        self.assertIn("many", self.build("--max-rejects", "many", path, status=FAILED).stderr)

    def test_all_rejected_publishes_nothing(self):
        path = self.write("bad.jsonl", {"id": "bad", "headline": 1})
        self.build(path, status=FAILED)
        self.assertEqual(self.index.generations(), [])

    def test_parse_prints_the_good_and_tells_the_bad(self):
        path = self.bad_among_good(bad=1, good=2)
        articles, finished = parse(path)
        self.assertEqual(finished.returncode, SOME_REJECTED)
        self.assertEqual([parsed["id"] for parsed in articles], ["article-0", "article-1"])
        self.assert_rejected(finished, path, 2, "headline")

    def test_standard_input_is_named_by_its_sign(self):
        lines = f'{json.dumps(article(1))}\n{{"id": "bad", "headline": 1}}\n'
        finished = self.index.build("-", stdin=lines)
        self.assertEqual(finished.returncode, SOME_REJECTED, finished.stderr)
        self.assert_rejected(finished, "-", 2, "headline")
        self.assert_served("article-1")


class TheIndexItself(BadInputTest):
    def assert_fails_in_one_line(self, finished, *parts):
        self.assertEqual(finished.returncode, FAILED, finished.stderr)
        self.assertEqual(len(finished.stderr.splitlines()), 1, finished.stderr)
        for part in parts:
            self.assertIn(str(part), finished.stderr)

    def test_index_path_that_is_a_file(self):
        path = self.write("good.jsonl", article(1))
        self.index.path.write_text("precious", encoding="utf-8")
        self.assert_fails_in_one_line(self.index.build(path), self.index.path)
        self.assertEqual(self.index.path.read_text(encoding="utf-8"), "precious")

    def test_index_path_that_is_a_folder_of_other_things(self):
        path = self.write("good.jsonl", article(1))
        self.assert_fails_in_one_line(
            run("broadsheet-indexer", "build", "--index", self.input, path), self.input
        )
        self.assertEqual(os.listdir(self.input), ["good.jsonl"])

    def test_second_writer_is_refused_and_told_who_writes(self):
        path = self.write("good.jsonl", article(2))
        lock = self.index.path / "LOCK"
        with start("broadsheet-indexer", "build", "--index", self.index.path, "-") as first:
            try:
                wait_for(lambda: lock.exists() and str(first.pid) in lock.read_text(), "a lock")
                self.assert_fails_in_one_line(
                    self.index.build(path), self.index.path, first.pid, "broadsheet-indexer build"
                )
                # The first writer has noticed nothing.
                _, said = first.communicate(json.dumps(article(1)).encode() + b"\n")
                self.assertEqual(first.returncode, ALL_GOOD, said)
            finally:
                first.kill()
        self.assert_served("article-1")
        self.build(path, status=ALL_GOOD)
        self.assert_served("article-2")

    def test_interrupted_build_publishes_nothing(self):
        self.index.build_articles(article(1))
        with start("broadsheet-indexer", "build", "--index", self.index.path, "-") as process:
            try:
                wait_for(lambda: len(self.index.generations()) == 2, "a second generation")
                process.stdin.write(json.dumps(article(2)).encode() + b"\n")
                process.stdin.flush()
                process.terminate()
                self.assertEqual(process.wait(PATIENCE_SECONDS), FAILED)
                said = process.stderr.read()
            finally:
                process.kill()
        self.assertIn(b"nothing was published", said)
        self.assertEqual(self.index.generations(), ["000001"])
        self.assert_served("article-1")


if __name__ == "__main__":
    unittest.main()
