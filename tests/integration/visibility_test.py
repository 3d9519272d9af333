# SPDX-License-Identifier: GPL-3.0-or-later
"""What readers may not see, by the programs as people run them: takedowns, embargoes, withdrawals."""

import json
import time
import unittest

import api
from programs import Index, article, run, wait_for, write_jsonl


class VisibilityTest(unittest.TestCase):
    def setUp(self):
        self.index = Index()
        self.addCleanup(self.index.__exit__, None, None, None)

    def put(self, server, fields):
        return server.client("put", "-", stdin=json.dumps(fields))

    def assert_hidden(self, server, number):
        self.assertNotIn(f"article-{number}", server.ids("headline"))
        self.assertNotIn(f"article-{number}", server.ids("headline", "--sort", "newest"))
        self.assertEqual(server.client("get", f"article-{number}").returncode, 1)

    def test_a_takedown_hides_at_once_beside_a_writer_and_for_good(self):
        self.index.build_articles(article(1), article(2), article(3))
        with self.index.serve("--writable") as writer, self.index.serve() as reader:
            self.assertEqual(self.put(writer, article(4)).returncode, 0)
            ids = self.index.folder / "ids.txt"
            ids.write_text("article-4\n\nnever-seen\n")
            said = self.index.admin("takedown", "article-1", "--ids-from", ids).stdout
            self.assertEqual(
                said,
                "took down 3 articles\nof one the published generation has no article, and none "
                "will come in: \"never-seen\"\n",
            )
            for server in (writer, reader):
                self.assert_hidden(server, 1)
                self.assert_hidden(server, 4)
                self.assertEqual(server.ids("headline"), ["article-2", "article-3"])
            back = self.put(writer, article(1, version=9))
            self.assertEqual(back.returncode, 2)
            self.assertIn("was taken down for good", back.stderr)
        # Nor does a build bring it back, nor a generation from before.
        source = write_jsonl(self.index.folder / "all.jsonl", [article(n) for n in range(1, 5)])
        built = self.index.build("--discard-writes", source)
        self.assertEqual(built.returncode, 0, built.stderr)
        self.assertIn("2 taken down", built.stderr)
        self.assert_only_others_are_seen()
        self.index.admin("rollback")
        self.assert_only_others_are_seen()

    def assert_only_others_are_seen(self):
        self.index.admin("verify")
        with self.index.serve() as server:
            self.assert_hidden(server, 1)
            self.assertIn("article-2", server.ids("headline"))

    def test_a_purge_removes_the_text_from_the_disk(self):
        self.index.build_articles(article(1), article(2))
        self.index.admin("add", write_jsonl(self.index.folder / "more.jsonl", [article(3)]))
        said = self.index.admin("takedown", "article-3", "--purge").stdout
        self.assertIn("took down 1 article\n", said)
        self.assertIn("rebuilt without them as generation 2: 2 articles; removed 1 older", said)
        self.assertEqual(self.index.generations(), ["000002"])
        self.assertIn("articles    2,", self.index.admin("stats").stdout)
        self.assertIn("2 articles", self.index.admin("verify").stdout)
        self.assertIn(
            "1 was taken down before", self.index.admin("takedown", "article-3").stdout
        )
        with self.index.serve() as server:
            self.assertEqual(server.ids("headline"), ["article-1", "article-2"])
            # A server that has the old one open is waited for, and that is said.
            said = self.index.admin("takedown", "article-2", "--purge", status=2)
            self.assertIn("taken down, but not purged from the disk", said.stderr)
            self.assertIn("prune --index", said.stderr)
        with self.index.serve("--writable") as server:
            said = self.index.admin("takedown", "article-1", "--purge", status=2)
            self.assertIn(f"`broadsheet --server {server.address} admin rebuild`", said.stderr)

    def test_a_list_with_a_mistake_takes_nothing_down(self):
        self.index.build_articles(article(1))
        self.index.admin("takedown", "article-1", "x" * 1001, status=2)
        self.index.admin("takedown", status=2)
        self.index.admin("takedown", "--ids-from", self.index.folder / "nowhere", status=2)
        with self.index.serve() as server:
            self.assertEqual(server.ids("headline"), ["article-1"])

    def test_a_damaged_list_is_named_and_nothing_comes_back(self):
        self.index.build_articles(article(1), article(2))
        self.index.admin("takedown", "article-1")
        takedowns = self.index.path / "takedowns"
        good = takedowns.read_bytes()
        takedowns.write_bytes(good.replace(b"article-1", b"article-7"))
        refused = run("broadsheetd", "--index", self.index.path, "--listen", "127.0.0.1:0")
        self.assertEqual(refused.returncode, 2)
        self.assertIn("takedowns is damaged in line 1", refused.stderr)
        takedowns.write_bytes(good)
        with self.index.serve() as server:
            self.assertEqual(server.ids("headline"), ["article-2"])

    def test_withdrawals_and_corrections_arrive_as_writes(self):
        self.index.build_articles(article(1, version=1), article(2, version=1))
        with self.index.serve("--writable") as server:
            for status in ("STATUS_CANCELLED", "STATUS_WITHHELD"):
                self.assertEqual(
                    self.put(server, article(1, version=3, status=status)).returncode, 0
                )
                self.assert_hidden(server, 1)
                # A late copy of a lower version does not bring it back.
                late = self.put(server, article(1, version=2))
                self.assertIn("the index has a higher version", late.stdout)
                self.assert_hidden(server, 1)
            self.put(server, article(1, version=4, headline="Headline corrected"))
            self.assertEqual(server.ids("corrected"), ["article-1"])

    def test_an_embargo_ends_without_a_restart(self):
        self.index.build_articles(article(1))
        with self.index.serve("--writable") as server, api.connect(server.address) as channel:
            service = api.Service(channel)
            ends = int(time.time()) + 2
            when = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(ends))
            self.assertEqual(self.put(server, article(2, embargoTime=when)).returncode, 0)
            seen_at = wait_for(
                lambda: time.time() if service.count("number2") else None, "the embargo's end"
            )
            self.assertGreaterEqual(seen_at, ends)
            self.assertEqual(service.get("article-2").id, "article-2")


if __name__ == "__main__":
    unittest.main()
