# SPDX-License-Identifier: GPL-3.0-or-later
"""New generations under a writable server, by the programs as people run them.

BROADSHEET_LONG=1 raises the number of rebuilds under load from 2 to 10, and of their callers' work.
"""

import json
import os
import signal
import threading
import unittest

from lib import api
from lib.hold import Hold
from lib.programs import (
    PATIENCE_SECONDS, Index, article, read_until, run, start, terminal, wait_for, write_jsonl,
)

LONG = bool(os.environ.get("BROADSHEET_LONG"))
REBUILDS = 10 if LONG else 2
ARTICLES = 20_000 if LONG else 2_000
SEARCHERS = 8
# Ids that are written again and again, and ids that are written once.
REWRITTEN = 20
# Where a rebuild has read all that is stored and made a generation of it, and has not verified it.
BUILT = "rename */MANIFEST"


class Load:
    """8 callers that search and one that writes, each noting what it saw; stopped by leaving it."""

    def __init__(self, address):
        self._address = address
        self._stop = threading.Event()
        self._lock = threading.Lock()
        # id -> edition that was acknowledged; the highest number of an article that was written once.
        self._acknowledged = {}
        self.faults = []
        self.searches = 0
        self.writes = 0
        self._threads = [threading.Thread(target=self._run, args=(self._write,))]
        self._threads += [
            threading.Thread(target=self._run, args=(self._search, number))
            for number in range(SEARCHERS)
        ]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def acknowledged(self):
        with self._lock:
            return dict(self._acknowledged)

    def wait_for_more(self, count):
        """Until there were so many more searches and writes."""
        searches, writes = self.searches + count, self.writes + count
        wait_for(
            lambda: self.faults or (self.searches >= searches and self.writes >= writes),
            "searches and writes",
        )

    def _run(self, work, *arguments):
        try:
            with api.connect(self._address) as channel:
                while not self._stop.is_set():
                    work(channel, *arguments)
        except Exception as error:  # A caller's end is what the test is about.
            self.faults.append(repr(error))

    def _write(self, channel):
        service = api.ArticleService(channel)
        edition = self.writes = self.writes + 1
        an_id = f"rewritten-{edition % REWRITTEN}"
        service.put({"id": an_id, "headline": f"Harbour edition{edition}", "version": edition})
        with self._lock:
            self._acknowledged[an_id] = edition
        once = f"once-{edition}"
        service.put({"id": once, "headline": "Lighthouse", "version": 1})
        with self._lock:
            self._acknowledged[once] = 1

    def _search(self, channel, number):
        service = api.Service(channel)
        before = self.acknowledged()
        editions = {i: e for i, e in before.items() if i.startswith("rewritten-")}
        hits = service.search("harbour", page_size=1000).hits
        self.searches += 1
        seen = [hit.article.id for hit in hits]
        if len(seen) != len(set(seen)):
            self.faults.append(f"an article twice in one answer: {sorted(seen)}")
        for hit in hits:
            shown = hit.article.version
            if hit.article.headline != f"Harbour edition{shown}":
                self.faults.append(f"{hit.article.headline} is not edition {shown}")
        shown = {hit.article.id: hit.article.version for hit in hits}
        for an_id, edition in editions.items():
            if shown.get(an_id, 0) < edition:
                self.faults.append(f"{an_id}: edition {edition} was acknowledged, not {shown.get(an_id)}")
        # One of those that were built, which nobody writes.
        built = f"article-{(self.searches * 7 + number) % ARTICLES}"
        if service.get(built).id != built:
            self.faults.append(f"{built} is not there")


class RebuildUnderLoadTest(unittest.TestCase):
    def test_no_request_fails_and_no_acknowledged_write_is_lost(self):
        with Index() as index:
            index.build_articles(*(article(number) for number in range(ARTICLES)))
            with Hold(BUILT) as hold, index.serve("--writable", hold=hold) as server:
                with Load(server.address) as load:
                    for number in range(REBUILDS):
                        operation = self.rebuild(server, hold, load)
                        self.assertEqual(operation["generationNumber"], number + 2)
                        self.assertGreater(operation["carriedWrites"], 0)
                        print(
                            f"rebuild {number + 1}: {operation['carriedWrites']} writes carried over,"
                            f" writes waited {operation['writePause']}",
                            flush=True,
                        )
                        pruned = server.client("admin", "prune", "--keep", 0)
                        self.assertEqual(pruned.returncode, 0, pruned.stderr)
                print(f"{load.searches} searches, {load.writes} writes", flush=True)
                self.assertEqual(load.faults[:10], [])
                self.check(server, load.acknowledged())
            self.assertEqual(index.admin("verify").returncode, 0)
            # Once more from the disk, by another server.
            with index.serve() as server:
                self.check(server, load.acknowledged())

    def rebuild(self, server, hold, load):
        """While it goes on there are many searches and writes. Returns what came of it."""
        rebuilding = self.enterContext(start(
            "broadsheet", "--server", server.address, "--timeout", PATIENCE_SECONDS,
            "admin", "rebuild", "--output", "json",
        ))
        self.assertTrue(hold.reached(server.process))
        load.wait_for_more(30)
        hold.go_on()
        out, err = rebuilding.communicate()
        self.assertEqual(rebuilding.returncode, 0, out + err)
        return json.loads(out)

    def check(self, server, acknowledged):
        with api.connect(server.address) as channel:
            service = api.Service(channel)
            stored = set(service.all_ids("", filter=service.everything()))
            self.assertEqual(set(acknowledged) - stored, set())
            self.assertEqual(len(stored), ARTICLES + len(acknowledged))
            for an_id, edition in acknowledged.items():
                if an_id.startswith("rewritten-"):
                    self.assertEqual(service.get(an_id).version, edition)


class AdminRebuildTest(unittest.TestCase):
    def setUp(self):
        self.index = Index()
        self.addCleanup(self.index.__exit__, None, None, None)
        self.index.build_articles(*(article(number) for number in range(3000)))

    def test_an_interrupt_cancels_a_rebuild_and_the_next_one_succeeds(self):
        # The test used to interrupt a rebuild that a quick machine had ended.
        with Hold(BUILT) as hold, self.index.serve("--writable", hold=hold) as server:
            screen, end = terminal()
            self.addCleanup(os.close, screen)
            watching = self.enterContext(
                start("broadsheet", "--server", server.address, "admin", "rebuild", stderr=end)
            )
            os.close(end)
            self.assertTrue(hold.reached(server.process))
            watching.send_signal(signal.SIGINT)
            # The server knows by then.
            read_until("cancelling", screen)
            hold.let_go()
            out, _ = watching.communicate()
            self.assertEqual(watching.returncode, 1)
            self.assertIn("cancelled; the published generation is as it was", out.decode())
            self.assertEqual(self.index.generations(), ["000001"])
            rebuilt = server.client("admin", "rebuild")
            self.assertEqual(rebuilt.returncode, 0, rebuilt.stderr)
            self.assertIn("generation 3, 3000 articles, published", rebuilt.stdout)

    def test_a_takedown_undone_during_a_rebuild_loses_no_article(self):
        """The rebuild had left the article out, and a put of the same text had changed nothing: it
        was gone once the rebuild was published."""
        self.index.admin("takedown", "article-5", "article-6", "article-7")
        with Hold(BUILT) as hold, self.index.serve("--writable", hold=hold) as server:
            started = server.client("admin", "rebuild", "--detach")
            self.assertEqual(started.returncode, 0, started.stderr)
            self.assertTrue(hold.reached(server.process))
            self.index.admin("takedown", "--undo", "article-5", "article-6")
            put = server.client("put", "-", stdin=json.dumps(article(5)))
            self.assertEqual(put.stdout, "unchanged article-5\n", put.stderr)
            hold.let_go()
            wait_for(lambda: server.status()["generationNumber"] == 2, "the rebuilt generation")
            found = server.ids("number5 OR number6 OR number7")
            self.assertEqual(sorted(found), ["article-5", "article-6"])
        self.index.admin("verify")

    def test_a_killed_rebuild_leaves_all_as_it_was(self):
        with Hold(BUILT) as hold, self.index.serve("--writable", hold=hold) as server:
            put = server.client("put", "-", stdin=json.dumps(article(5000)))
            self.assertEqual(put.returncode, 0, put.stderr)
            started = server.client("admin", "rebuild", "--detach")
            self.assertEqual(started.returncode, 0, started.stderr)
            self.assertTrue(hold.reached(server.process))
            server.process.kill()
            server.process.wait()
        self.index.admin("verify")
        with self.index.serve("--writable") as server:
            self.assertEqual(server.ids("number5000"), ["article-5000"])
            rebuilt = server.client("admin", "rebuild")
            self.assertEqual(rebuilt.returncode, 0, rebuilt.stderr)
            # What the killed one left is gone.
            published = f"{server.status()['generationNumber']:06}"
            self.assertEqual(self.index.generations(), ["000001", published])


class BuildBesideAServerTest(unittest.TestCase):
    """`build` while a writable server has the index: the server publishes what was built."""

    def setUp(self):
        self.index = Index()
        self.addCleanup(self.index.__exit__, None, None, None)
        self.index.build_articles(article(1), article(2))
        self.source = write_jsonl(
            self.index.folder / "more.jsonl", [article(1), article(2, version=9), article(3)]
        )

    def put(self, server, fields):
        put = server.client("put", "-", stdin=json.dumps(fields))
        self.assertEqual(put.returncode, 0, put.stderr)

    def test_the_server_publishes_what_was_built_beside_it(self):
        with self.index.serve("--writable") as server:
            built = self.index.build(self.source)
            self.assertEqual(built.returncode, 0, built.stderr)
            # At once: the command ends when the server serves it.
            self.assertEqual(server.status()["generationNumber"], 2)
            self.assertEqual(sorted(server.ids("headline")), ["article-1", "article-2", "article-3"])
            self.put(server, article(4))
            self.assertEqual(server.ids("number4"), ["article-4"])
        self.index.admin("verify")

    def test_writes_are_refused_to_be_lost_kept_or_dropped_aloud(self):
        with self.index.serve("--writable") as server:
            self.put(server, article(2, version=5))
            self.put(server, article(4))
            refused = self.index.build(self.source)
            self.assertEqual(refused.returncode, 2)
            self.assertIn("--keep-writes", refused.stderr)
            kept = self.index.build("--keep-writes", self.source)
            self.assertEqual(kept.returncode, 0, kept.stderr)
            self.assertIn("1 article put", kept.stderr)
            self.assertEqual(server.ids("number4"), ["article-4"])
            with api.connect(server.address) as channel:
                self.assertEqual(api.Service(channel).get("article-2").version, 9)
            dropped = self.index.build("--discard-writes", self.source)
            self.assertEqual(dropped.returncode, 0, dropped.stderr)
            self.assertIn("Discarded", dropped.stderr)
            self.assertEqual(server.ids("number4"), [])

    def test_what_is_only_built_waits_for_the_admin(self):
        with self.index.serve("--writable") as server:
            built = self.index.build("--no-publish", self.source)
            self.assertEqual(built.returncode, 0, built.stderr)
            self.assertEqual(server.status()["generationNumber"], 1)
            listed = server.client("admin", "generations")
            self.assertIn("2  ready ", listed.stdout)
            published = server.client("admin", "publish", 2)
            self.assertEqual(published.stdout, "published generation 2: 3 articles\n")
            back = server.client("admin", "rollback")
            self.assertEqual(back.stdout, "published generation 1: 2 articles\n")
            self.assertEqual(sorted(server.ids("headline")), ["article-1", "article-2"])

    def test_other_writers_are_sent_to_the_server(self):
        with self.index.serve("--writable") as server:
            for command in (["rebuild"], ["prune"], ["rollback"], ["add", self.source]):
                refused = run("broadsheet-indexer", command[0], "--index", self.index.path, *command[1:])
                self.assertEqual(refused.returncode, 2, command)
                if command != ["rollback"]:  # There is none before it.
                    self.assertIn(f"broadsheetd --writable, pid {server.process.pid}", refused.stderr)
                    self.assertIn(f"broadsheet --server {server.address} admin", refused.stderr)


if __name__ == "__main__":
    unittest.main()
