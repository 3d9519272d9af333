# SPDX-License-Identifier: GPL-3.0-or-later
"""Snapshots taken and put back by the programs as people run them, beside servers that go on."""

import json
import threading
import unittest

from lib.programs import Index, Server, article, run, wait_for, write_jsonl


class BackupTest(unittest.TestCase):
    def setUp(self):
        self.index = Index()
        self.addCleanup(self.index.__exit__, None, None, None)
        self.snapshot = self.index.folder / "snapshot"

    def take(self, *options):
        return self.index.admin("snapshot", "--to", self.snapshot, *options).stdout

    def restore(self, index, *options, status=0):
        finished = run(
            "broadsheet-indexer", "restore", "--from", self.snapshot, "--index", index, *options
        )
        self.assertEqual(finished.returncode, status, finished.stdout + finished.stderr)
        return finished

    def test_what_a_writable_server_has_acknowledged_is_in_the_snapshot(self):
        self.index.build_articles(*(article(number) for number in range(50)))
        acknowledged, stop = [], threading.Event()
        with self.index.serve("--writable") as server:

            def put():
                for number in range(1000, 100_000):
                    if stop.is_set():
                        return
                    done = server.client("put", "-", stdin=json.dumps(article(number)))
                    self.assertEqual(done.returncode, 0, done.stderr)
                    acknowledged.append(f"article-{number}")

            writer = threading.Thread(target=put)
            writer.start()
            try:
                wait_for(lambda: len(acknowledged) >= 5, "the first writes")
                before = list(acknowledged)
                self.assertIn("took a snapshot of generation 1: 50 articles", self.take())
            finally:
                stop.set()
                writer.join()
            self.assertEqual(server.client("delete", before[0]).returncode, 0)
        restored = self.index.folder / "restored"
        self.assertIn("as generation 1: 50 articles", self.restore(restored).stdout)
        with Server(restored) as server:
            found = set(server.ids("headline"))
        self.assertLessEqual(set(before), found)
        self.assertLessEqual({f"article-{number}" for number in range(50)}, found)

    def test_a_snapshot_is_an_index_by_itself(self):
        self.index.build_articles(article(1), article(2))
        self.index.admin("add", write_jsonl(self.index.folder / "more.jsonl", [article(3)]))
        self.assertIn("since then 1 article put", self.take())
        verified = run("broadsheet-indexer", "verify", "--index", self.snapshot)
        self.assertEqual(verified.returncode, 0, verified.stderr)
        with Server(self.snapshot) as server:
            self.assertEqual(
                sorted(server.ids("headline")), ["article-1", "article-2", "article-3"]
            )

    def test_a_server_changes_over_to_what_is_restored_and_back(self):
        self.index.build_articles(article(1))
        self.take()
        self.index.build_articles(article(2))
        with self.index.serve() as server:
            self.assertEqual(server.ids("headline"), ["article-2"])
            self.assertIn("as generation 3", self.restore(self.index.path).stdout)
            wait_for(lambda: server.ids("headline") == ["article-1"], "what is restored")
            self.index.admin("publish", "--generation", 2)
            wait_for(lambda: server.ids("headline") == ["article-2"], "what was there")

    def test_a_takedown_outlives_a_restore(self):
        self.index.build_articles(article(1), article(2))
        self.take()
        self.index.admin("takedown", "article-1")
        self.restore(self.index.path)
        with self.index.serve() as server:
            self.assertEqual(server.ids("headline"), ["article-2"])

    def test_a_restore_loses_no_writes_unasked(self):
        self.index.build_articles(article(1))
        self.take()
        self.index.admin("add", write_jsonl(self.index.folder / "more.jsonl", [article(2)]))
        refused = self.restore(self.index.path, status=2)
        self.assertIn("1 article put", refused.stderr)
        self.assertIn("--discard-writes; nothing was restored", refused.stderr.strip())
        kept = self.restore(self.index.path, "--keep-writes").stdout
        self.assertIn("1 article put, 0 deleted, 0 superseded", kept)
        with self.index.serve() as server:
            self.assertEqual(sorted(server.ids("headline")), ["article-1", "article-2"])

    def test_beside_a_writable_server_the_server_publishes_what_is_restored(self):
        self.index.build_articles(article(1), article(2))
        self.take()
        self.index.build_articles(article(3))
        with self.index.serve("--writable") as server:
            said = self.restore(self.index.path).stdout
            self.assertIn("as generation 3: 2 articles", said)
            # At once: the command ends when the server serves it.
            self.assertEqual(sorted(server.ids("headline")), ["article-1", "article-2"])
            put = server.client("put", "-", stdin=json.dumps(article(4)))
            self.assertEqual(put.returncode, 0, put.stderr)
            self.assertEqual(server.ids("number4"), ["article-4"])
            back = server.client("admin", "rollback", "--keep-writes")
            self.assertEqual(back.returncode, 0, back.stderr)
            self.assertEqual(sorted(server.ids("headline")), ["article-3", "article-4"])
        self.index.admin("verify")

    def test_beside_a_writable_server_a_restore_loses_no_writes_unasked_and_no_takedowns(self):
        self.index.build_articles(article(1), article(2))
        self.index.admin("takedown", "article-2")
        self.take()
        with self.index.serve("--writable") as server:
            put = server.client("put", "-", stdin=json.dumps(article(3)))
            self.assertEqual(put.returncode, 0, put.stderr)
            self.index.admin("takedown", "--unknown", "article-9")
            refused = self.restore(self.index.path, status=2)
            self.assertIn("1 article put", refused.stderr)
            self.assertIn("--discard-writes; nothing was restored", refused.stderr.strip())
            self.assertEqual(self.index.generations(), ["000001"])
            kept = self.restore(self.index.path, "--keep-writes").stdout
            self.assertIn("1 article put, 0 deleted", kept)
            self.assertEqual(sorted(server.ids("headline")), ["article-1", "article-3"])
            refused = server.client("put", "-", stdin=json.dumps(article(9)))
            self.assertIn("taken down", refused.stderr)
            self.assertIn("Discarded", self.restore(self.index.path, "--discard-writes").stdout)
            self.assertEqual(server.ids("headline"), ["article-1"])
        self.index.admin("verify")

    def test_a_restore_that_the_server_refuses_says_how_to_try_again(self):
        self.index.build_articles(article(1))
        self.take()
        tokens = self.index.folder / "callers.toml"
        made = run("broadsheet-indexer", "token", "new", "--tokens", tokens, "admin", "--roles", "admin")
        self.assertEqual(made.returncode, 0, made.stderr)
        with self.index.serve("--writable", "--tokens", tokens) as server:
            refused = self.restore(self.index.path, status=2).stderr
            self.assertIn("generation 2 is restored, but the server at", refused)
            self.assertIn("name it with --token-file FILE", refused)
            again = f"broadsheet --server {server.address} admin publish 2"
            self.assertEqual(refused.strip().splitlines()[-1][-len(again):], again)
            token = self.index.folder / "token"
            token.write_text(made.stdout)
            token.chmod(0o600)
            self.assertIn("as generation 3", self.restore(self.index.path, "--token-file", token).stdout)

    def test_a_damaged_snapshot_leaves_a_writable_server_as_it_is(self):
        self.index.build_articles(article(1))
        self.take("--copy")
        [words] = self.snapshot.glob("generations/*/base/words")
        words.write_bytes(b"x" + words.read_bytes()[1:])
        with self.index.serve("--writable") as server:
            refused = self.restore(self.index.path, status=2)
            self.assertIn(f"{words}: its content is not what SNAPSHOT vouches for", refused.stderr)
            self.assertIn("nothing was restored", refused.stderr)
            self.assertEqual(server.ids("headline"), ["article-1"])
            self.assertEqual(server.status()["generationNumber"], 1)

    def test_nothing_is_overwritten(self):
        self.index.build_articles(article(1))
        self.take("--copy")
        refused = self.index.admin("snapshot", "--to", self.snapshot, status=2)
        self.assertIn("it exists; name a new folder; no snapshot was taken", refused.stderr)


if __name__ == "__main__":
    unittest.main()
