# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves what README and examples/README.md promise of searching the sample articles.

The real indexer indexes examples/articles (53 articles: JSON lines in five languages, and text
copies of web pages), the real server serves them, and the real client asks.
"""

import json
import unittest

from lib import api
from lib.programs import PATIENCE_SECONDS, SAMPLE_ARTICLES, Index, parse

LIGHTHOUSE = "Coast Guard hands last staffed lighthouse on the lakes to volunteers"
CHOIR = "Ward choir helps patients breathe again after COVID-19, study finds"
SEED_LIBRARY = "Town’s seed library lends 9,000 packets, and asks for them back"

FERRY_STRIKE_NEWEST_FIRST = [
    "ht-2026-03-10-strike-year-on",
    "mw-20250405-0101",
    "ht-2025-04-04-strike-ends",
    "ht-2025-03-28-talks",
    "ht-2025-03-19-port-joins",
    "ii-2025-03-12-one-boat",
    "mw-20250311-0220",
    "ht-2025-03-10-strike-begins",
    "ht-2025-03-03-crews-vote",
]
FLOODS_NEWEST_FIRST = [
    "ht-2026-11-23-storm-warning",
    "mw-20260622-0145",
    "ht-2024-01-flood-inquiry",
    "ht-2023-12-01-bridge-cannot-be-saved",
    "ht-2023-11-10-mud-and-soup",
    "ht-2023-11-08-river-bursts",
]
UNDATED_FLOOD_GUIDE = "ht-guide-flood-kit"
ONE_BOAT_A_DAY = [
    "ht-2025-03-03-crews-vote",
    "ht-2025-03-10-strike-begins",
    "ii-2025-03-12-one-boat",
    "ht-2025-03-28-talks",
    "ht-2026-03-10-strike-year-on",
]


class SampleArticlesTest(unittest.TestCase):
    """One index and one server for all tests, since they only read."""

    @classmethod
    def setUpClass(cls):
        cls.index = cls.enterClassContext(Index())
        cls.built = cls.index.build(SAMPLE_ARTICLES)
        assert cls.built.returncode == 0, cls.built.stderr
        cls.server = cls.enterClassContext(cls.index.serve())
        cls.service = api.Service(cls.enterClassContext(api.connect(cls.server.address)))
        cls.hits = cls.service.search(filter=cls.service.everything(), page_size=1000).hits
        # Web pages have no id of their own: the tests call them by their headline.
        cls.names = {
            hit.article.id: hit.article.headline
            for hit in cls.hits
            if hit.article.id.startswith("h:")
        }

    def found(self, query, *options):
        """Ids of all hits, or the headlines of web pages, in the order of the answer."""
        return [self.names.get(an_id, an_id) for an_id in self.server.ids(query, *options)]

    def assert_finds(self, query, expected, *options):
        self.assertEqual(sorted(self.found(query, *options)), sorted(expected), (query, options))


class WhatIsIndexed(SampleArticlesTest):
    def test_every_article_is_there(self):
        self.assertEqual(len(self.hits), 63)
        self.assertEqual(len(self.names), 5)
        status = self.server.status()
        self.assertEqual(status["articleCount"], 63)
        self.assertEqual(status["undatedCount"], 2)
        self.assertEqual(status["generationNumber"], 1)
        languages = {count["value"]: count["count"] for count in status["languages"]}
        self.assertEqual(languages, {"en": 57, "de": 2, "fr": 2, "es": 1, "ja": 1})
        self.assertEqual(status["sources"][0], {"value": "The Harbour Times", "count": 37})

    def test_build_ends_with_a_line_for_each_kind_and_one_for_all(self):
        *kinds, summary = (self.built.stdout + self.built.stderr).strip().splitlines()
        self.assertRegex(summary, r"\b63 articles\b")
        names = [line.partition(":")[0] for line in kinds]
        self.assertEqual(names, ["text", "html", "jsonl", "ninjs", "nitf", "newsml", "rss", "warc"])
        self.assertEqual(
            kinds[5],
            "newsml: 4 read from 1 file, 2 indexed, 0 duplicates merged, 0 rejected, "
            "2 passed over as no articles (1 newsItem of class picture, 1 planningItem)",
        )

    def test_articles_come_back_as_they_were_written(self):
        for file in sorted(SAMPLE_ARTICLES.glob("*.jsonl")):
            for line in file.read_text(encoding="utf-8").splitlines():
                written = json.loads(line)
                finished = self.server.client("get", "--output", "json", written["id"])
                self.assertEqual(finished.returncode, 0, finished.stderr)
                read = json.loads(finished.stdout)
                for field in ("headline", "body", "section", "source", "language"):
                    self.assertEqual(read[field], written.get(field, ""), written["id"])
                self.assertEqual(read["tags"], written.get("tags", []))
                names = [b if isinstance(b, str) else b["name"] for b in written.get("bylines", [])]
                self.assertEqual([byline["name"] for byline in read["bylines"]], names)
                captions = [caption["text"] for caption in written.get("captions", [])]
                self.assertEqual([caption["text"] for caption in read["captions"]], captions)

    def test_every_tag_section_and_source_finds_its_articles(self):
        parsed, finished = parse(SAMPLE_ARTICLES)
        self.assertEqual(finished.returncode, 0, finished.stderr)
        expected = {}
        for article in parsed:
            values = [("tag", tag) for tag in article["tags"]]
            values += [(field, article[field]) for field in ("section", "source")]
            for field, value in values:
                if value:
                    clause = f'{field}:"{value}"'
                    expected.setdefault(clause.casefold(), set()).add(article["id"])
        self.assertGreater(len(expected), 100)
        for clause, ids in expected.items():
            self.assertEqual(set(self.service.all_ids(clause)), ids, clause)


class Searching(SampleArticlesTest):
    def test_words_must_all_match(self):
        self.assert_finds("picket strike", ["ht-2025-03-10-strike-begins"])
        self.assert_finds("picket strawberries", [])

    def test_match_any_relaxes(self):
        self.assert_finds(
            "picket strawberries",
            ["ht-2025-03-10-strike-begins", "mw-20250320-0674"],
            "--match", "any",
        )

    def test_words_match_in_other_forms(self):
        self.assert_finds("pickets", ["ht-2025-03-10-strike-begins"])
        self.assertIn("ht-2024-05-06-recount", self.found("recounts"))

    def test_phrase_of_everyday_words(self):
        self.assert_finds('"one boat a day"', ONE_BOAT_A_DAY)
        self.assert_finds('"a boat one day"', [])

    def test_phrase_in_captions_only(self):
        signings = [
            "ht-2023-07-09-brass-festival",
            "ht-2024-09-17-bridge-contract",
            "ht-2025-04-04-strike-ends",
            LIGHTHOUSE,
        ]
        in_bodies = ["eg-2025-05-02-mayor-interview", "ht-2026-03-10-strike-year-on"]
        self.assert_finds('caption:"signing ceremony"', signings)
        self.assert_finds('"signing ceremony"', signings + in_bodies)
        self.assert_finds('body:"signing ceremony"', in_bodies)
        self.assert_finds(
            '"hand-painted banner"',
            [
                "ht-2022-01-15-clinic-opens",
                "ht-2025-03-10-strike-begins",
                "ht-2025-08-30-stadium-name",
            ],
        )

    def test_phrase_does_not_cross_from_one_caption_to_the_next(self):
        self.assert_finds(
            'caption:"on sunday"',
            [
                "ht-2023-07-09-brass-festival",
                "https://lantern.example/culture/2023/11/05/time-ball",
            ],
        )
        self.assert_finds('caption:"sunday biscuit"', [])

    def test_tag_is_a_whole_value(self):
        self.assert_finds('tag:"ferry strike"', FERRY_STRIKE_NEWEST_FIRST)
        self.assert_finds('tag:"FERRY Strike"', FERRY_STRIKE_NEWEST_FIRST)
        self.assert_finds("tag:ferry", [])
        self.assert_finds('tag:"musees"', ["mw-20241030-0912"])

    def test_byline_whatever_its_form(self):
        ibarrondo = [
            "ht-2022-05-07-promotion",
            "ht-2024-03-16-cup-quarter-final",
            "ht-2025-08-30-stadium-name",
            "ht-2026-11-21-derby",
        ]
        self.assert_finds("byline:ibarrondo", ibarrondo)
        self.assert_finds('byline:"Jose Ibarrondo"', ibarrondo)
        self.assert_finds('author:"josé ibarrondo"', ibarrondo)
        self.assert_finds('byline:"finnegan-ito"', [SEED_LIBRARY])

    def test_credit(self):
        self.assert_finds(
            'credit:"Belgian federal police"', ["ht-2024-10-30-astrolabe-found"]
        )
        self.assert_finds('credit:"Northern Lights Pool Photo"', [LIGHTHOUSE])
        self.assert_finds('caption:"Belgian federal police"', [])

    def test_headline_and_summary(self):
        self.assert_finds("headline:picket", ["ht-2025-03-10-strike-begins"])
        self.assert_finds("headline:strawberries", [])
        self.assert_finds('summary:"jar of beans"', [SEED_LIBRARY])

    def test_section_source_and_language_ignore_case(self):
        self.assert_finds("section:island section:news", [])
        self.assert_finds('section:"ISLAND news"', ["ii-2025-03-12-one-boat"])
        self.assert_finds('source:"ilvey islander"', ["ii-2025-03-12-one-boat"])
        self.assert_finds("language:ja", ["mw-20251119-0808"])
        self.assert_finds("id:ii-2025-03-12-one-boat", ["ii-2025-03-12-one-boat"])
        self.assert_finds("id:II-2025-03-12-one-boat", [])

    def test_dates(self):
        self.assert_finds("date:none", [UNDATED_FLOOD_GUIDE, CHOIR])
        self.assert_finds("date:2025-04", ["ht-2025-04-04-strike-ends", "mw-20250405-0101"])
        self.assert_finds("date:2025-04-04", ["ht-2025-04-04-strike-ends"])
        self.assert_finds("date:2024-01", ["ht-2024-01-flood-inquiry"])
        self.assert_finds(
            'tag:"ferry strike" date:2025-03-12..2025-04-04', FERRY_STRIKE_NEWEST_FIRST[2:6]
        )
        self.assert_finds('tag:"ferry strike" after:2025-04-04', FERRY_STRIKE_NEWEST_FIRST[:3])
        self.assert_finds('tag:"ferry strike" since:2025-04-04', FERRY_STRIKE_NEWEST_FIRST[:3])
        self.assert_finds('tag:"ferry strike" before:2025-03-10', FERRY_STRIKE_NEWEST_FIRST[-1:])

    def test_operators(self):
        both = ["ht-2025-03-10-strike-begins", "mw-20250320-0674"]
        without_strikes = [
            "ht-2026-03-10-strike-year-on",
            "mw-20250405-0101",
            "ht-2025-03-28-talks",
            "ii-2025-03-12-one-boat",
            "mw-20250311-0220",
        ]
        self.assert_finds("picket OR strawberries", both)
        self.assert_finds('tag:"ferry strike" NOT tag:strikes', without_strikes)
        self.assert_finds('tag:"ferry strike" -tag:strikes', without_strikes)
        self.assert_finds("picket OR strawberries AND section:business", both)
        self.assert_finds("(picket OR strawberries) AND section:business", both[1:])
        self.assert_finds("tag:(software OR outages)", [
            "ht-2026-05-12-pilots-software", "ht-2022-11-02-bt-outage"])

    def test_names_that_are_not_made_of_letters_alone(self):
        self.assert_finds(
            "B&T",
            ["ht-2022-11-02-bt-outage", "ht-2024-02-08-ilvey-fibre", "ht-2025-08-30-stadium-name"],
        )
        self.assert_finds("C++", ["ht-2026-05-12-pilots-software"])
        self.assert_finds(
            "U.S.", ["ht-2025-09-12-us-tariff", "mw-20250908-0333", LIGHTHOUSE, SEED_LIBRARY]
        )
        self.assert_finds("tag:COVID-19", [
            "ht-2022-01-15-clinic-opens", "ht-2022-03-19-ten-thousand",
            "ht-2025-10-06-autumn-clinic", CHOIR])

    def test_apostrophes_curly_or_straight(self):
        straight = self.found('"tanner\'s bridge"')
        self.assertEqual(sorted(straight), sorted(self.found('"tanner’s bridge"')))
        self.assertEqual(len(straight), 8)

    def test_accents_and_other_scripts(self):
        self.assert_finds("grève", ["mw-20250405-0101"])
        self.assert_finds("greve", ["mw-20250405-0101"])
        self.assert_finds("Überhorst", ["mw-20231109-1183", "mw-20250311-0220"])
        self.assert_finds("函館", ["mw-20251119-0808"])
        self.assert_finds('"燻製ニシン"', ["mw-20251119-0808"])


class OrderAndPages(SampleArticlesTest):
    def test_newest_and_oldest(self):
        self.assertEqual(
            self.found('tag:"ferry strike"', "--sort", "newest"), FERRY_STRIKE_NEWEST_FIRST
        )
        self.assertEqual(
            self.found('tag:"ferry strike"', "--sort", "oldest"), FERRY_STRIKE_NEWEST_FIRST[::-1]
        )

    def test_undated_come_last_both_ways(self):
        self.assertEqual(
            self.found("tag:floods", "--sort", "newest"),
            [*FLOODS_NEWEST_FIRST, UNDATED_FLOOD_GUIDE],
        )
        self.assertEqual(
            self.found("tag:floods", "--sort", "oldest"),
            [*FLOODS_NEWEST_FIRST[::-1], UNDATED_FLOOD_GUIDE],
        )

    def test_best_match_comes_first(self):
        # Its headline, its tags and its body speak of nothing else.
        self.assertEqual(self.found("ferry strike begins")[0], "ht-2025-03-10-strike-begins")
        scores = [hit.score for hit in self.service.search("bridge flood", page_size=100).hits]
        self.assertEqual(scores, sorted(scores, reverse=True))
        self.assertGreater(scores[0], 0)

    def test_pages_neither_lose_nor_repeat(self):
        for sort in ("relevance", "newest", "oldest"):
            whole = self.server.ids("the", "--sort", sort)
            self.assertGreater(len(whole), 30)
            pages = []
            for number in range(1, len(whole) // 7 + 3):
                pages += self.page("the", sort, number)
            self.assertEqual(pages, whole, sort)

    def page(self, query, sort, number):
        answer = self.server.client(
            "search", "--sort", sort, "--limit", 7, "--page", number, "--output", "ids", query
        )
        return answer.stdout.splitlines()

    def test_page_tokens_neither_lose_nor_repeat(self):
        for sort in api.messages.SortOrder.values()[1:]:
            whole = self.service.all_ids("the", sort=sort)
            self.assertEqual(self.service.all_ids("the", sort=sort, page_size=4), whole)

    def test_totals_are_exact(self):
        response = self.server.search('tag:"ferry strike"', "--limit", 2)
        self.assertEqual(response["total"], {"value": 9, "relation": "RELATION_EXACT"})
        self.assertEqual(len(response["hits"]), 2)
        self.assertNotEqual(response["nextPageToken"], "")


class HitsAndHighlights(SampleArticlesTest):
    def test_hits_leave_the_body_out_unless_asked(self):
        self.assertEqual(self.service.search("picket").hits[0].article.body, "")
        request = {"read_mask": api.messages.SearchArticlesRequest().read_mask}
        request["read_mask"].paths.append("body")
        article = self.service.search("picket", **request).hits[0].article
        self.assertIn("gulls", article.body)
        self.assertEqual(article.headline, "")

    def test_fragments_are_the_articles_own_text(self):
        for hit in self.service.search("bridge flood", page_size=1000).hits:
            article = self.service.stub.GetArticle(
                api.messages.GetArticleRequest(id=hit.article.id), timeout=PATIENCE_SECONDS
            )
            self.assertTrue(hit.fragments, hit.article.id)
            for fragment in hit.fragments:
                shown = "".join(segment.text for segment in fragment.segments)
                self.assertIn(shown, self.text_of(article, fragment))
                for segment in fragment.segments:
                    if segment.matched:
                        self.assertRegex(segment.text.casefold(), "bridge|flood")

    @staticmethod
    def text_of(article, fragment):
        value = getattr(article, fragment.field)
        if isinstance(value, str):
            return value
        item = value[fragment.index]
        return {"tags": lambda: item, "captions": lambda: item.text, "bylines": lambda: item.name}[
            fragment.field
        ]()

    def test_a_phrase_is_lit_up_as_a_phrase(self):
        for hit in self.service.search('"one boat a day"').hits:
            matched = [
                segment.text.casefold()
                for fragment in hit.fragments
                for segment in fragment.segments
                if segment.matched
            ]
            self.assertTrue(matched, hit.article.id)
            self.assertEqual(set(matched), {"one boat a day"}, hit.article.id)


if __name__ == "__main__":
    unittest.main()
