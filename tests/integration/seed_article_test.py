# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that a raw text copy of a real news page becomes the article a reader would see.

The page is reference material that may not be redistributed: it is read where it lies beside the
checkout (BROADSHEET_SHARED), and the test is skipped where it is absent.
"""

import json
import unittest

from lib import programs
from lib.programs import Index, parse

SEED = "seeds/000_36508fdd0623717b.txt"
HEADLINE = "Russia-North Korea partnership sends warning to West"
CREDIT = "Kristina Kormilitsyna, Sputnik, Kremlin Pool Photo via AP"
TAGS = ["Kim Jong Un", "Victor Cha", "Vladimir Putin"]
FURNITURE = [
    "Main Area Top",
    "More Defense News",
    "See All",
    "Load more",
    "Most Popular",
    "Regular the hill posts",
]


class SeedArticleTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.page = programs.shared(SEED)


class Parsed(SeedArticleTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        articles, cls.finished = parse(cls.page)
        assert len(articles) == 1, cls.finished.stderr
        cls.article = articles[0]

    def test_parse_succeeds(self):
        self.assertEqual(self.finished.returncode, 0, self.finished.stderr)

    def test_headline(self):
        self.assertEqual(self.article["headline"], HEADLINE)

    def test_one_caption_the_long_sentence_with_its_credit(self):
        self.assertEqual(len(self.article["captions"]), 1)
        caption = self.article["captions"][0]
        self.assertIn("during a signing ceremony", caption["text"])
        self.assertEqual(caption["credit"], CREDIT)

    def test_a_photo_credit_is_no_byline(self):
        self.assertEqual(self.article.get("bylines", []), [])

    def test_tags_without_separators_between_them(self):
        self.assertEqual(self.article["tags"], TAGS)

    def test_body_from_its_first_words_to_its_last(self):
        body = self.article["body"]
        self.assertTrue(body.startswith("Russia and North Korea strengthened an alliance"))
        self.assertTrue(body.endswith("doesn’t already have.”"), body[-60:])

    def test_no_paragraph_of_the_body_is_lost(self):
        page = self.page.read_text(encoding="utf-8")
        first = page.index("Russia and North Korea strengthened")
        last = page.index("Tags Kim Jong Un")
        written = [" ".join(part.split()) for part in page[first:last].split("\n\n")]
        read = [" ".join(part.split()) for part in self.article["body"].split("\n\n")]
        self.assertEqual(read, [part for part in written if part])

    def test_copyright_is_kept_as_copyright(self):
        self.assertTrue(self.article["copyright"].startswith("Copyright 2023 Nexstar Media Inc."))
        self.assertNotIn("Copyright", self.article["body"])

    def test_nothing_of_the_furniture_is_left(self):
        whole = json.dumps(self.article, ensure_ascii=False)
        for furniture in FURNITURE:
            self.assertNotIn(furniture, whole)

    def test_no_published_time_since_the_text_states_none(self):
        self.assertIsNone(self.article.get("publishedTime"))


class Searched(SeedArticleTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.index = cls.enterClassContext(Index())
        # Among others, so that a query that matches everything is caught.
        built = cls.index.build(cls.page, programs.SAMPLE_ARTICLES)
        assert built.returncode == 0, built.stderr
        cls.server = cls.enterClassContext(cls.index.serve())
        parsed, _ = parse(cls.page)
        cls.id = parsed[0].get("id") or cls.server.ids('headline:"sends warning to West"')[0]

    def assert_found(self, query):
        self.assertIn(self.id, self.server.ids(query), query)

    def assert_only_one_found(self, query):
        self.assertEqual(self.server.ids(query), [self.id], query)

    def assert_not_found(self, query):
        self.assertNotIn(self.id, self.server.ids(query), query)

    def test_by_headline(self):
        self.assert_only_one_found("headline:partnership")
        self.assert_only_one_found('headline:"sends warning to West"')

    def test_by_tag_as_a_whole(self):
        for tag in TAGS:
            self.assert_only_one_found(f'tag:"{tag}"')
        self.assert_only_one_found('tag:"kim jong un"')
        self.assert_not_found("tag:kim")
        self.assert_not_found('tag:"kim jong un victor cha"')

    def test_by_caption_and_credit(self):
        self.assert_found('caption:"signing ceremony"')
        self.assert_only_one_found("credit:sputnik")
        self.assert_not_found("caption:sputnik")
        self.assert_not_found('body:"signing ceremony"')

    def test_by_phrases_of_the_body(self):
        self.assert_only_one_found('"strengthened an alliance"')
        self.assert_only_one_found('body:"doesn\'t already have"')
        self.assert_not_found('"an alliance strengthened"')

    def test_undated_and_without_an_author(self):
        self.assert_found("date:none")
        self.assert_not_found("date:2024")
        self.assert_not_found("after:1900")
        self.assert_not_found("byline:kormilitsyna")
        self.assert_not_found("byline:sputnik")

    def test_furniture_finds_nothing(self):
        for furniture in FURNITURE:
            self.assert_not_found(f'"{furniture}"')

    def test_a_reader_sees_the_whole_article(self):
        shown = self.server.client("get", self.id).stdout
        for part in (HEADLINE, "undated", CREDIT, " · ".join(TAGS), "Copyright 2023 Nexstar"):
            self.assertIn(part, " ".join(shown.split()))


if __name__ == "__main__":
    unittest.main()
