# SPDX-License-Identifier: GPL-3.0-or-later
"""What readers may not see, by the programs as people run them: takedowns, embargoes, withdrawals,
and stories that are held back in whatever words they are sent."""

import json
import time
import unittest

from lib import api
from lib.programs import Index, article, run, wait_for, write_jsonl


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
            said = self.index.admin("takedown", "--unknown", "article-1", "--ids-from", ids).stdout
            self.assertEqual(
                said,
                "took down 3 articles\nthe published generation has no article \"never-seen\", and "
                "none will come in\n",
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

    def test_an_undone_takedown_is_seen_again_by_every_server(self):
        self.index.build_articles(article(1), article(2))
        with self.index.serve("--writable") as writer, self.index.serve() as reader:
            self.index.admin("takedown", "article-1")
            for server in (writer, reader):
                self.assert_hidden(server, 1)
            self.assertEqual(self.put(writer, article(1, version=9)).returncode, 2)
            said = self.index.admin("takedown", "--undo", "article-1").stdout
            self.assertEqual(said, "undid 1 takedown\n")
            for server in (writer, reader):
                self.assertEqual(server.ids("headline"), ["article-1", "article-2"])
            self.assertEqual(self.put(writer, article(1, version=9)).returncode, 0)
        # What a rebuild has left out is not there any more.
        self.index.admin("takedown", "article-2", "--purge")
        said = self.index.admin("takedown", "--undo", "article-2").stdout
        self.assertIn("does not have \"article-2\" any more", said)
        self.index.admin("verify")

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

    def test_every_program_counts_what_readers_may_not_see(self):
        ahead = "2131-03-06T08:00:00Z"
        built = self.index.build_articles(
            article(1), article(2, status="STATUS_CANCELLED"), article(3, embargoTime=ahead),
            article(4, embargoTime="2001-03-06T08:00:00Z"), article(5, status="STATUS_WITHHELD"),
        )
        self.assertIn(", 1 withheld, 1 under embargo, 1 cancelled)", built.stderr)
        self.assert_counts(articles=5, withheld=1, embargoed=1, cancelled=1)
        more = write_jsonl(self.index.folder / "more.jsonl", [
            article(5, status="STATUS_WITHHELD"), article(1, status="STATUS_WITHHELD"),
            article(6, status="STATUS_WITHHELD"), article(2),
        ])
        added = self.index.admin("add", more).stderr
        self.assertIn("(1 new, 2 replaced, 2 withheld), 1 unchanged", added)
        self.assert_counts(articles=6, withheld=3, embargoed=1, cancelled=0)
        self.index.admin("takedown", "article-5")
        self.assert_counts(articles=5, withheld=2, embargoed=1, cancelled=0)
        rebuilt = self.index.admin("rebuild").stderr
        self.assertIn("Rebuilt 5 articles (2 withheld, 1 under embargo) in", rebuilt)
        self.assert_counts(articles=5, withheld=2, embargoed=1, cancelled=0)

    def assert_counts(self, articles, withheld, embargoed, cancelled):
        wanted = {"withheld": withheld, "embargoed": embargoed, "cancelled": cancelled}
        stats = json.loads(self.index.admin("stats", "--json").stdout)
        self.assertEqual(stats["articlesNow"], articles)
        self.assertEqual({name: stats[name] for name in wanted}, wanted)
        text = self.index.admin("stats").stdout
        with self.index.serve() as server:
            status = server.status()
            self.assertEqual(status["articleCount"], articles)
            self.assertEqual({name: status[name + "Count"] for name in wanted}, wanted)
            shown = server.client("status").stdout
        for number, words in ((withheld, "withheld"), (embargoed, "under embargo"),
                              (cancelled, "cancelled")):
            for said in (text, shown):
                row = [line for line in said.splitlines() if line.lower().startswith("not shown")]
                self.assertEqual(f"{number} {words}" in row[0], number > 0, said)

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


# What agencies and newsrooms send of one story that nobody may see yet: each has the word {word} in
# its headline, and what holds it back under some name, in some place.
EMBARGO = "2031-03-06T08:00:00+0000"
TEXT = "The mayor resigned on Monday after a long dispute about forty parking places in the square."
HELD_BACK = {
    # Read, and hidden: the formats in which that is stated properly.
    "ninjs-by-guid": '{{"guid":"g{n}","headline":"{word}","pubstatus":"usable","embargoed":"{at}",'
    '"body_html":"<p>{text}</p>"}}',
    "ninjs-guid-and-embargo": '{{"guid":"g{n}","headline":"{word}","embargoed":"{at}"}}',
    "ninjs-without-an-id": '{{"headline":"{word}","body_html":"<p>{text}</p>","embargoed":"{at}"}}',
    "ninjs-withheld": '[{{"guid":"g{n}","headline":"{word}",\n"pubstatus":"withheld"}}]',
    "ninjs-over-lines": '{{\n  "guid": "g{n}",\n  "headline": "{word}",\n  "pubstatus": "usable",\n'
    '  "embargoed": "{at}"\n}}\n',
    "lines": '{{"headline":"{word}","body":"{text}","embargo_time":"{at}"}}',
    # Refused: names that the format of the record does not have.
    "embargo": '{{"headline":"{word}","body":"{text}","embargo":"{at}"}}',
    "marks-behind-70-kB": '{{"guid":"g{n}","headline":"{word}","x":"' + "x" * 70_000
    + '","pubstatus":"usable","embargoed":"{at}"}}',
    "embargoed-until": '{{"headline":"{word}","body":"{text}","embargoed_until":"{at}"}}',
    "EMBARGO-UNTIL": '{{"headline":"{word}","body":"{text}","EMBARGO-UNTIL":"{at}"}}',
    "pubStatus": '{{"id":"i{n}","headline":"{word}","body":"{text}","pubStatus":"withheld"}}',
    "status-in-capitals": '{{"headline":"{word}","body":"{text}","STATUS":"withheld"}}',
    "status-twice": '{{"headline":"{word}","status":"withheld","status":"usable"}}',
    "embargo-twice": '{{"guid":"g{n}","headline":"{word}","embargoed":"{at}","embargoed":"2001"}}',
    "inside-another": '{{"headline":"{word}","body":"{text}","meta":{{"embargoed":"{at}"}}}}',
    "an-object": '{{"headline":"{word}","body":"{text}","embargo":{{"until":"{at}"}}}}',
    "wrapper": '{{"headline":"{word}","item":{{"guid":"g{n}","headline":"{word}",'
    '"pubstatus":"withheld"}}}}',
    "wrappers": '{{"headline":"{word}","_items":[{{"guid":"g{n}","embargoed":"{at}"}}]}}',
    "ninjs-in-a-later-line": '{{"id":"ok{n}","headline":"fine","body":"{text}"}}\n'
    '{{"guid":"g{n}","headline":"{word}","pubstatus":"usable","embargoed":"{at}"}}',
    "lines-behind-ninjs": '{{"guid":"ok{n}","headline":"fine","pubstatus":"usable"}}\n'
    '{{"id":"i{n}","headline":"{word}","body":"{text}","embargoTime":"{at}"}}',
    "caption": '{{"headline":"fine","captions":[{{"text":"{word} in a picture","embargoed":"{at}"}}]}}',
    "escaped-name": '{{"headline":"{word}","body":"{text}","emb\\u0061rgoed":"{at}"}}',
    # No JSON lines, and yet no text.
    "printed-dictionary": "{{'guid': 'g{n}', 'headline': '{word}', 'embargoed': '{at}', "
    "'body_html': '<p>{text}</p>'}}",
    "call": 'callback({{"headline": "{word}",\n "embargoed": "{at}",\n "text": "{text}"}})',
    "array-in-an-array": '[[{{"headline": "{word}", "embargoed": "{at}",\n "text": "{text}"}}]]',
}


class HeldBackTest(unittest.TestCase):
    """A bug once: `{"guid":"g1","headline":"X","embargoed":"2031-...` was read as JSON lines, which
    knew nothing of its embargo, and shown."""

    def setUp(self):
        self.index = Index()
        self.addCleanup(self.index.__exit__, None, None, None)
        self.input = self.index.folder / "input"
        self.input.mkdir()
        self.words = [f"sekret{n:02}x" for n in range(len(HELD_BACK))]
        for n, (name, shape) in enumerate(HELD_BACK.items()):
            story = shape.format(n=n, word=self.words[n], at=EMBARGO, text=TEXT)
            (self.input / name).write_text(story + "\n", encoding="utf-8")
        write_jsonl(self.input / "good.jsonl", [article(1)])

    def assert_nobody_sees_them(self, server):
        self.assertEqual(server.ids("number1"), ["article-1"])
        for name, word in zip(HELD_BACK, self.words):
            for query in (word, f"headline:{word}", f"caption:{word}", f"{word}*"):
                self.assertEqual(server.ids(query), [], (name, query))
        self.assertEqual(server.ids("sekret*", "--sort", "newest"), [])
        # Nor did the stories of a file cover one another.
        self.assertEqual(len(server.ids("headline:fine")), 2)
        for n in range(len(HELD_BACK)):
            self.assertEqual(server.client("get", f"g{n}").returncode, 1)

    def assert_each_refusal_is_told(self, said):
        refused = list(HELD_BACK)[list(HELD_BACK).index("embargo"):]
        for name in refused:
            self.assertRegex(said, rf"(?m)^{self.input / name}(:[12])?: ", name)
        self.assertRegex(said, rf"\b{len(refused)} rejected\b")

    def test_build_shows_none(self):
        built = self.index.build("--max-rejects", 50, self.input)
        self.assertEqual(built.returncode, 1, built.stderr)
        self.assert_each_refusal_is_told(built.stderr)
        with self.index.serve() as server:
            self.assert_nobody_sees_them(server)

    def test_jsonl_by_name_shows_none(self):
        built = self.index.build("--max-rejects", 99, "--format", "jsonl", self.input)
        self.assertEqual(built.returncode, 1, built.stderr)
        with self.index.serve() as server:
            self.assertEqual(server.ids("sekret*"), [])
            self.assertEqual(server.ids("number1"), ["article-1"])

    def test_add_shows_none(self):
        self.index.build_articles(article(2))
        said = self.index.admin("add", self.input, status=1).stderr
        self.assert_each_refusal_is_told(said)
        with self.index.serve() as server:
            self.assert_nobody_sees_them(server)

    def test_push_shows_none(self):
        self.index.build_articles(article(2))
        with self.index.serve("--writable") as server:
            pushed = run("broadsheet-indexer", "push", "--server", server.address, self.input)
            self.assertEqual(pushed.returncode, 1, pushed.stderr)
            self.assert_each_refusal_is_told(pushed.stderr)
            self.assert_nobody_sees_them(server)

    def test_put_takes_no_name_that_an_article_does_not_have(self):
        self.index.build_articles(article(1))
        with self.index.serve("--writable") as server:
            for name in ("embargoed", "embargo_until", "pubstatus", "Status"):
                story = json.dumps(article(7, **{name: EMBARGO}))
                put = server.client("put", "-", stdin=story)
                self.assertEqual(put.returncode, 2, name)
                self.assertIn(name, put.stderr)
            self.assertEqual(server.ids("number7"), [])

    def test_a_map_that_does_not_read_it_shows_none(self):
        names = self.index.folder / "map.json"
        names.write_text('{"headline": "title", "body": "text"}', encoding="utf-8")
        source = self.index.folder / "mapped"
        for member in ({"embargoed": EMBARGO}, {"pubstatus": "withheld"}, {"status": "withheld"},
                       {"meta": {"embargo": {"until": EMBARGO}}}):
            write_jsonl(source, [{"title": "open", "text": TEXT},
                                 {"title": "sekretmap", "text": TEXT, **member}])
            built = self.index.build("--map", names, "--format", "jsonl", source)
            self.assertEqual(built.returncode, 1, built.stderr)
            self.assertIn(f"{source}:2: field", built.stderr)
            with self.index.serve() as server:
                self.assertEqual(server.ids("sekretmap"), [])
                self.assertEqual(len(server.ids("headline:open")), 1)

    def test_three_stories_of_one_headline_are_three(self):
        source = write_jsonl(
            self.index.folder / "wire",
            [{"guid": f"g{n}", "headline": "Same", "pubstatus": "usable", "body_html": f"<p>{n}"}
             for n in range(3)],
        )
        built = self.index.build(source)
        self.assertEqual(built.returncode, 0, built.stderr)
        with self.index.serve() as server:
            self.assertEqual(sorted(server.ids("headline:same")), ["g0", "g1", "g2"])


if __name__ == "__main__":
    unittest.main()
