# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that FindSimilarArticles gives the articles that are most like another.

The 18F posts, which lie beside the checkout (BROADSHEET_SHARED), are built into an index. What the
server answers is compared with cosines of tf·idf vectors that are reckoned here, from the JSON lines.
Skipped where the posts are absent.
"""

import collections
import math
import re
import unittest

from lib import api
from lib.programs import SAMPLE_ARTICLES, Index, shared

POSTS = "data/articles/18f.jsonl"
SEEDS = 40
TEN = 10


def vectors_of(records):
    """For each id, the weights of its words; of length 1."""
    counts = {
        record["id"]: collections.Counter(
            re.findall(r"[a-z]{3,}", f"{record.get('headline', '')} {record.get('body', '')}".lower())
        )
        for record in records
    }
    spread = collections.Counter(word for words in counts.values() for word in words)
    vectors = {}
    for key, words in counts.items():
        weights = {
            word: (1 + math.log(count)) * math.log(len(counts) / spread[word])
            for word, count in words.items()
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1
        vectors[key] = {word: weight / length for word, weight in weights.items()}
    return vectors


def likeness(one, other):
    return sum(weight * other.get(word, 0) for word, weight in one.items())


class SimilarArticlesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        path = shared(POSTS)
        cls.index = cls.enterClassContext(Index())
        built = cls.index.build(path)
        assert built.returncode == 0, built.stderr
        cls.server = cls.enterClassContext(cls.index.serve())
        cls.service = api.Service(cls.enterClassContext(api.connect(cls.server.address)))
        cls.records = {record["id"]: record for record in api.json_lines(path)}

    def test_the_articles_nearest_by_their_words_are_found(self):
        vectors = vectors_of(self.records.values())
        seeds = sorted(self.records)[:: max(1, len(self.records) // SEEDS)][:SEEDS]
        nearest_found = 0
        for seed in seeds:
            others = [key for key in vectors if key != seed]
            nearest = max(others, key=lambda key: likeness(vectors[seed], vectors[key]))
            answer = self.service.similar(ids=[seed], page_size=TEN)
            ids = [hit.article.id for hit in answer.hits]
            self.assertEqual(len(set(ids)), TEN, seed)
            self.assertNotIn(seed, ids)
            scores = [hit.score for hit in answer.hits]
            self.assertEqual(scores, sorted(scores, reverse=True))
            self.assertTrue(all(0 < score <= 1.001 for score in scores), scores)
            nearest_found += nearest in ids
        # Both weigh words differently, and some posts are like no other.
        self.assertGreaterEqual(nearest_found / len(seeds), 0.8)

    def test_a_pasted_article_finds_itself_first(self):
        for seed in sorted(self.records)[:: len(self.records) // 10]:
            body = self.records[seed].get("body", "")
            if len(body) < 500:
                continue
            answer = self.service.similar(text=body)
            self.assertEqual(answer.hits[0].article.id, seed)
            self.assertGreater(answer.hits[0].score, 0.8)
            for word in answer.words:
                self.assertIn(word, body)

    def test_text_up_to_its_limit_and_no_further(self):
        text = ("ferry " * 50_000)[: 256 << 10]
        self.service.similar(text=text)
        with self.assertRaises(api.grpc.RpcError) as refused:
            self.service.similar(text=text + "x")
        self.assertEqual(api.reason(refused.exception), "INVALID_ARGUMENT_VALUE")


class SimilarSampleTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.index = cls.enterClassContext(Index())
        built = cls.index.build(SAMPLE_ARTICLES)
        assert built.returncode == 0, built.stderr
        cls.server = cls.enterClassContext(cls.index.serve())
        cls.service = api.Service(cls.enterClassContext(api.connect(cls.server.address)))

    def assert_refused(self, code, reason, **fields):
        with self.assertRaises(api.grpc.RpcError) as refused:
            self.service.similar(**fields)
        self.assertEqual((refused.exception.code(), api.reason(refused.exception)), (code, reason))

    def test_what_it_refuses(self):
        invalid = (api.grpc.StatusCode.INVALID_ARGUMENT, "INVALID_ARGUMENT_VALUE")
        known = self.service.search(page_size=1, filter=self.everything()).hits[0].article.id
        self.assert_refused(*invalid)
        self.assert_refused(*invalid, ids=[known], text="ferry")
        self.assert_refused(*invalid, ids=[known], page_size=-1)
        self.assert_refused(*invalid, ids=[f"{n}" for n in range(21)])
        self.assert_refused(*invalid, ids=[""])
        self.assert_refused(
            api.grpc.StatusCode.NOT_FOUND, "ARTICLE_NOT_FOUND", ids=[known, "no-such-article"]
        )

    def test_a_mask_and_a_filter_do_what_they_do_in_a_search(self):
        known = self.service.search(page_size=1, filter=self.everything()).hits[0].article
        answer = self.service.similar(text=known.headline, mask=["headline"])
        self.assertTrue(answer.hits[0].article.headline)
        self.assertFalse(answer.hits[0].article.HasField("published_time"))
        narrowed = api.messages.Filter()
        narrowed.source.none_of.append(known.source)
        for hit in self.service.similar(text=known.headline, filter=narrowed).hits:
            self.assertNotEqual(hit.article.source, known.source)

    @staticmethod
    def everything():
        every = api.messages.Filter()
        every.source.none_of.append("no such source")
        return every


if __name__ == "__main__":
    unittest.main()
