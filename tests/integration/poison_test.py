# SPDX-License-Identifier: GPL-3.0-or-later
"""A poisonous article among good ones, by each way into the index: it is rejected with its reason
or stored as far as it can be, and all others are stored.
"""

import json
import unittest

from lib import api
from lib.programs import PATIENCE_SECONDS, Index, article, run, write_jsonl

SOME_REJECTED = 1

# What is refused, and the word of the reason that tells which it was.
REFUSED = {
    "a long id": ({"id": "x" * 1001, "headline": "Headline", "body": "text"}, "limit of 1000"),
    "a NUL in the id": ({"id": "nul\0byte", "headline": "Headline", "body": "text"}, "control character"),
    "nothing to search": ({"id": "empty"}, "no headline, summary"),
    "a body of 9 MB": ({"id": "huge", "body": "word " * (9 << 18)}, "over the limit of"),
}
# What is odd and yet an article; each is found by its own word.
ODD = {
    "a term of 100,000 bytes": article(1, headline="Headline oddone " + "x" * 100_000),
    "terms of 300 bytes each": article(2, body="oddtwo " + " ".join("y" * 300 + str(n) for n in range(99))),
    "a tag of 5,000 bytes": article(3, headline="Headline oddthree", tags=["t" * 5000]),
    "NUL bytes in the text": article(4, headline="Headline oddfour", body="before\0after \0\0\0"),
    "an id of 1,000 bytes": {**article(5, headline="Headline oddfive"), "id": "é" * 500},
    "30,000 marks on one letter": article(6, headline="Headline oddsix", body="e" + "\u0301" * 30_000),
}
ODD_WORDS = ("oddone", "oddtwo", "oddthree", "oddfour", "oddfive", "oddsix")


def batch():
    """Good articles with the poison between them, and what is to become of each."""
    articles, reasons = [], []
    for number, (fields, reason) in enumerate(
        [*REFUSED.values(), *((odd, None) for odd in ODD.values())]
    ):
        for good in range(20):
            articles.append(article(100 + 20 * number + good))
            reasons.append(None)
        articles.append(fields)
        reasons.append(reason)
    return articles, reasons


class PoisonTest(unittest.TestCase):
    def setUp(self):
        self.index = self.enterContext(Index())
        self.articles, self.reasons = batch()
        self.stored = {
            fields["id"] for fields, reason in zip(self.articles, self.reasons) if not reason
        }

    def assert_all_good_are_there(self, server, *before):
        with api.connect(server.address) as channel:
            service = api.Service(channel)
            ids = service.all_ids(filter=service.everything())
            self.assertEqual(set(ids), self.stored | set(before))
            for word in ODD_WORDS:
                self.assertEqual(service.count(word), 1, word)
        self.index.admin("verify")

    def assert_results(self, results):
        self.assertEqual(len(results), len(self.reasons))
        for result, reason in zip(results, self.reasons):
            if reason is None:
                self.assertEqual(result.reason, "", result)
            else:
                self.assertEqual(result.reason, "ARTICLE_INVALID")
                self.assertIn(reason, result.status.message)

    def test_by_a_build(self):
        source = write_jsonl(self.index.folder / "poison.jsonl", self.articles)
        built = self.index.build(source)
        self.assertEqual(built.returncode, SOME_REJECTED, built.stderr)
        for line, reason in enumerate(self.reasons, start=1):
            told = [said for said in built.stderr.splitlines() if f"poison.jsonl:{line}: " in said]
            self.assertEqual(len(told), 1 if reason else 0, (line, built.stderr))
            if reason:
                self.assertIn(reason, told[0])
        with self.index.serve() as server:
            self.assert_all_good_are_there(server)

    def test_by_a_batch(self):
        self.index.build_articles(article(0))
        with self.index.serve("--writable") as server, api.connect(server.address) as channel:
            results = api.ArticleService(channel).put_batch(self.articles)
            self.assert_results(results)
            self.assert_all_good_are_there(server, "article-0")

    def test_by_a_stream(self):
        self.index.build_articles(article(0))
        with self.index.serve("--writable") as server, api.connect(server.address) as channel:
            requests = (
                api.import_request(sequence, fields)
                for sequence, fields in enumerate(self.articles, start=1)
            )
            answers = list(api.ArticleService(channel).import_articles(requests))
            self.assert_results([answer.result for answer in answers])
            self.assert_all_good_are_there(server, "article-0")

    def test_by_push_and_by_add(self):
        self.index.build_articles(article(0))
        source = write_jsonl(self.index.folder / "poison.jsonl", self.articles)
        with self.index.serve("--writable") as server:
            pushed = run("broadsheet-indexer", "push", "--server", server.address, source)
            self.assertEqual(pushed.returncode, SOME_REJECTED, pushed.stderr)
            self.assert_all_good_are_there(server, "article-0")
        added = run("broadsheet-indexer", "add", "--index", self.index.path, source)
        self.assertEqual(added.returncode, SOME_REJECTED, added.stderr)
        self.assertIn(f"{len(self.stored)} unchanged", added.stderr)


class NotUnicode(unittest.TestCase):
    """Text that is not UTF-8. Files may hold it; a message of the API cannot."""

    def setUp(self):
        self.index = self.enterContext(Index())

    def test_in_a_file_it_is_repaired_and_counted(self):
        source = self.index.folder / "bad.jsonl"
        good = json.dumps(article(1)).encode()
        bad = json.dumps(article(2)).encode().replace(b"number2 says", b"n\xffumber2 \xed\xa0\x80 says")
        source.write_bytes(good + b"\n" + bad + b"\n")
        for command in ("build", "add"):
            done = run("broadsheet-indexer", command, "--index", self.index.path, source)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("UTF-8", done.stderr)
        with self.index.serve() as server:
            self.assertEqual(sorted(server.ids("headline")), ["article-1", "article-2"])

    def test_in_a_message_it_costs_that_message_and_no_more(self):
        self.index.build_articles(article(0))
        with self.index.serve("--writable") as server, api.connect(server.address) as channel:
            put = channel.unary_unary("/broadsheet.v1.ArticleService/PutArticle")
            good = api.article_service_pb2.PutArticleRequest()
            good.article.id, good.article.headline = "bad", "Headline QQ"
            raw = good.SerializeToString()
            with self.assertRaises(api.grpc.RpcError):
                put(raw.replace(b"QQ", b"\xff\xfe"), timeout=PATIENCE_SECONDS)
            put(raw, timeout=PATIENCE_SECONDS)
            self.assertEqual(sorted(server.ids("headline")), ["article-0", "bad"])

    def test_in_a_stream_it_ends_the_stream_after_what_was_acknowledged(self):
        self.index.build_articles(article(0))
        with self.index.serve("--writable") as server, api.connect(server.address) as channel:
            stream = channel.stream_stream("/broadsheet.v1.ArticleService/ImportArticles")
            raw = [api.import_request(n, article(n)).SerializeToString() for n in range(1, 41)]
            raw[20] = raw[20].replace(b"Headline", b"\xffeadline")
            # Used to end with OK, as if the sender had had no more.
            answers = []
            with self.assertRaises(api.grpc.RpcError) as ended:
                for answer in stream(iter(raw), timeout=PATIENCE_SECONDS):
                    answers.append(api.article_service_pb2.ImportArticlesResponse.FromString(answer))
            self.assertEqual(api.reason(ended.exception), "INVALID_ARGUMENT_VALUE")
            self.assertIn("the message after sequence 20 cannot be read", ended.exception.details())
            self.assertEqual([answer.sequence for answer in answers], list(range(1, 21)))
            self.assertEqual(len(server.ids("headline")), 21)
            # The sender goes on behind it.
            answers = list(api.ArticleService(channel).import_articles(
                api.import_request(n, article(n)) for n in range(1, 41) if n != 21
            ))
            self.assertEqual({answer.result.reason for answer in answers}, {""})
            self.assertEqual(len(server.ids("headline")), 40)
        self.index.admin("verify")


if __name__ == "__main__":
    unittest.main()
