# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves what SuggestCompletions offers over real articles, and that mistyped queries are mended.

The 18F posts, which lie beside the checkout (BROADSHEET_SHARED), are built into an index. What the
server offers is compared with what is counted here, from the JSON lines. Skipped where the posts are
absent.
"""

import collections
import re
import unittest

from lib import api
from lib.programs import Index, shared

POSTS = "data/articles/18f.jsonl"


def words_of(record):
    texts = [record.get("headline", ""), record.get("summary", ""), record.get("body", "")]
    return set(re.findall(r"[a-z]+", " ".join(text or "" for text in texts).lower()))


class CompletionsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        path = shared(POSTS)
        cls.index = cls.enterClassContext(Index())
        built = cls.index.build(path)
        assert built.returncode == 0, built.stderr
        cls.server = cls.enterClassContext(cls.index.serve())
        cls.service = api.Service(cls.enterClassContext(api.connect(cls.server.address)))
        cls.records = {record["id"]: record for record in api.json_lines(path)}

    def offered(self, text, **fields):
        return list(self.service.complete(text, **fields).completions)

    def test_tags_are_those_with_most_articles(self):
        counts = collections.Counter(
            tag for record in self.records.values() for tag in set(record.get("tags") or [])
        )
        self.assertTrue(counts)
        for letter in "acdops":
            expected = sorted(
                (
                    count
                    for tag, count in counts.items()
                    if any(word.startswith(letter) for word in re.split(r"[ \-/(]", tag.lower()))
                ),
                reverse=True,
            )[:10]
            found = self.offered(letter, kinds=["tag"])
            self.assertEqual([completion.count for completion in found], expected, letter)
            for completion in found:
                self.assertEqual(completion.count, counts[completion.value], completion.value)

    def test_words_begin_so_and_stand_in_an_article(self):
        vocabulary = collections.Counter(
            word for record in self.records.values() for word in words_of(record)
        )
        for prefix in ("gov", "tea", "agil", "open", "proc"):
            found = [completion.text for completion in self.offered(prefix, kinds=["word"])]
            self.assertGreaterEqual(len(found), 4, prefix)
            for word in found:
                self.assertTrue(word.startswith(prefix), word)
                if re.fullmatch("[a-z]+", word):
                    self.assertIn(word, vocabulary)
            # The most frequent one by our own count is there.
            best = max((w for w in vocabulary if w.startswith(prefix)), key=vocabulary.get)
            self.assertIn(best, found)

    def test_every_completed_value_is_a_search_that_finds_its_count(self):
        for text in ("tag:a", "byline:m", "de"):
            for completion in self.offered(text, kinds=["tag", "byline"]):
                answer = self.service.search(completion.query, page_size=1, exact_total=True)
                self.assertEqual(answer.total.value, completion.count, completion.query)

    def test_a_headline_is_completed_to_a_search_that_finds_it(self):
        headline = next(r["headline"] for r in self.records.values() if len(r["headline"]) > 30)
        found = self.offered(headline[:12], kinds=["headline"])
        self.assertIn(headline, [completion.value for completion in found])
        for completion in found:
            answer = self.service.search(completion.query)
            self.assertIn(completion.value, [hit.article.headline for hit in answer.hits])

    def test_a_mistyped_word_is_offered_mended(self):
        answer = self.service.search("goverment polciy")
        self.assertLessEqual(answer.total.value, 5)
        self.assertEqual(answer.suggested_query, "government policy")
        mended = self.service.search(answer.suggested_query)
        self.assertGreater(mended.total.value, answer.total.value)


if __name__ == "__main__":
    unittest.main()
