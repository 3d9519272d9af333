# SPDX-License-Identifier: GPL-3.0-or-later
"""Choosing what is served, by the programs as people run them, while a server serves."""

import json
import unittest

from lib.programs import Index, article, run, start, wait_for, write_jsonl


class GenerationsTest(unittest.TestCase):
    def setUp(self):
        self.index = Index()
        self.addCleanup(self.index.__exit__, None, None, None)

    def files_of_base(self, number):
        return sorted((self.index.path / "generations" / f"{number:06}" / "base").iterdir())

    def test_rollback_and_publish_are_followed_by_a_server(self):
        self.index.build_articles(article(1))
        self.index.build_articles(article(2))
        with self.index.serve() as server:
            self.assertEqual(server.ids("headline"), ["article-2"])
            self.index.admin("rollback")
            wait_for(lambda: server.ids("headline") == ["article-1"], "the old one")
            self.index.admin("publish", "--generation", 2)
            wait_for(lambda: server.ids("headline") == ["article-2"], "the new one")

    def test_rollback_mends_damage_to_any_file_of_the_base(self):
        self.index.build_articles(*(article(number) for number in range(50)))
        whole = {path.name for path in self.files_of_base(1)}
        self.assertLessEqual({"tokens", "cards", "bodies", "iamglass", "postlist.glass"}, whole)
        for name in sorted(whole):
            with self.subTest(file=name):
                built = self.index.build("--force", self.index.folder / "build_articles.jsonl")
                self.assertEqual(built.returncode, 0, built.stderr)
                number = int(self.index.generations()[-1])
                damaged = self.index.path / "generations" / f"{number:06}" / "base" / name
                content = bytearray(damaged.read_bytes())
                if content:
                    content[len(content) // 2] ^= 1
                else:
                    content += b"x"
                damaged.write_bytes(content)
                self.assertIn(str(damaged), self.index.admin("verify", status=2).stderr)
                self.index.admin("rollback")
                self.assertIn("is whole", self.index.admin("verify").stdout)
                refused = self.index.admin("publish", "--generation", number, status=2)
                self.assertIn(str(damaged), refused.stderr)
                self.assertEqual(self.index.admin("prune").stdout, f"removed generation {number}\n")

    def test_rollback_keeps_what_was_written_or_says_what_it_leaves_behind(self):
        for _ in range(2):
            self.index.build_articles(article(1), article(2))
        with self.index.serve("--writable") as server:
            put = server.client("put", "-", stdin=json.dumps(article(3)))
            self.assertEqual(put.returncode, 0, put.stderr)
            self.assertEqual(server.client("delete", "article-1").returncode, 0)
            # A writable server has the index to itself.
            held = self.index.admin("rollback", "--keep-writes", status=2)
            self.assertIn(f"broadsheetd --writable, pid {server.process.pid}", held.stderr)
        self.assertIn("1 article put, 1 of its own", self.index.admin("rollback", status=2).stderr)
        self.assertIn("since then 1 article put", self.index.admin("generations").stdout)
        kept = self.index.admin("rollback", "--keep-writes").stdout
        self.assertIn("1 article put, 1 deleted, 0 superseded", kept)
        with self.index.serve() as server:
            self.assertEqual(sorted(server.ids("headline")), ["article-2", "article-3"])
        self.index.admin("publish", "--generation", 2, "--discard-writes")

    def test_a_rebuild_folds_what_was_written_into_the_base(self):
        self.index.build_articles(article(1), article(2, version=1))
        corrected = [article(2, version=2, headline="Headline corrected"), article(3)]
        more = write_jsonl(self.index.folder / "more.jsonl", corrected)
        self.index.admin("add", more)
        with self.index.serve() as server:
            before = server.ids("headline", "--sort", "newest")
            self.assertIn("Rebuilt 3 articles", self.index.admin("rebuild").stderr)
            wait_for(lambda: server.status()["generationNumber"] == 2, "the new one")
            self.assertEqual(server.ids("headline", "--sort", "newest"), before)
            self.assertEqual(server.ids("corrected"), ["article-2"])
            self.assertEqual(server.status()["articleCount"], 3)
        self.assertNotIn("written", self.index.admin("verify").stdout)

    def test_compact_folds_what_was_written_and_does_nothing_without_it(self):
        self.index.build_articles(article(1), article(2, version=1))
        self.assertIn("Nothing to do", self.index.admin("compact").stderr)
        more = write_jsonl(self.index.folder / "more.jsonl", [article(2, version=2, tags=["new"])])
        self.index.admin("add", more)
        with self.index.serve() as server:
            before = server.search("headline", "--sort", "newest")["hits"]
            self.assertIn("Compacted 2 articles", self.index.admin("compact").stderr)
            wait_for(lambda: server.status()["generationNumber"] == 2, "the new one")
            self.assertEqual(server.search("headline", "--sort", "newest")["hits"], before)
            self.assertEqual(server.ids("tag:new"), ["article-2"])
        self.assertNotIn("written", self.index.admin("generations").stdout.splitlines()[1])

    def test_prune_leaves_what_a_server_has_open(self):
        self.index.build_articles(article(1))
        with self.index.serve() as server:
            self.index.build_articles(article(2))
            wait_for(lambda: server.ids("headline") == ["article-2"], "the new one")
            # Pages over the one before go on for two minutes.
            self.assertIn(
                "generation 1 stays: a server has it open, until ",
                self.index.admin("prune", "--keep", 0).stdout,
            )
        self.assertEqual(self.index.admin("prune", "--keep", 0).stdout, "removed generation 1\n")

    def test_a_killed_build_is_seen_and_cleaned_up(self):
        self.index.build_articles(article(1))
        with start("broadsheet-indexer", "build", "--index", self.index.path, "-") as process:
            wait_for(lambda: len(self.index.generations()) == 2, "a second generation")
            process.kill()
        self.assertIn("2  being built, or left by a build", self.index.admin("generations").stdout)
        self.assertEqual(self.index.admin("prune").stdout, "removed generation 2\n")
        self.assertEqual(self.index.generations(), ["000001"])

    def test_publish_mends_a_lost_current(self):
        self.index.build_articles(article(1))
        current = self.index.path / "CURRENT"
        for content in (None, b"garbage", b""):
            with self.subTest(content=content):
                current.unlink()
                if content is not None:
                    current.write_bytes(content)
                refused = run(
                    "broadsheetd", "--index", self.index.path, "--listen", "127.0.0.1:0"
                )
                self.assertEqual(refused.returncode, 2)
                self.assertIn("broadsheet-indexer publish", refused.stderr)
                self.index.admin("publish", "--generation", 1)
                with self.index.serve() as server:
                    self.assertEqual(server.ids("headline"), ["article-1"])

    def test_a_build_that_shrinks_too_much_has_to_be_forced(self):
        self.index.build_articles(*(article(number) for number in range(10)))
        few = write_jsonl(self.index.folder / "few.jsonl", [article(1)])
        refused = self.index.build(few)
        self.assertEqual(refused.returncode, 2)
        self.assertIn("would have 1 articles, less than half of the 10", refused.stderr)
        self.assertEqual(self.index.generations(), ["000001"])
        self.assertEqual(self.index.build("--force", few).returncode, 0)

    def test_a_build_may_be_published_later(self):
        self.index.build_articles(article(1))
        source = write_jsonl(self.index.folder / "two.jsonl", [article(2)])
        built = self.index.build("--no-publish", source)
        self.assertEqual(built.returncode, 0, built.stderr)
        self.assertIn("publish --index", built.stderr)
        with self.index.serve() as server:
            self.assertEqual(server.ids("headline"), ["article-1"])
            self.index.admin("publish", "--generation", 2)
            wait_for(lambda: server.ids("headline") == ["article-2"], "the new one")


if __name__ == "__main__":
    unittest.main()
