# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that no method tells of an article that readers may not see.

Two indexes have the same articles; one has a further article, which is withheld, under embargo,
taken down, deleted or replaced, and has words and values that no other has. Every method of
SearchService is asked about these words and about all articles, and has to answer the same over
both, but for scores, which count the words of hidden articles, and what names the index itself. A
method that is added without a question here fails the test.
"""

import json
import unittest

from google.protobuf import json_format
from lib import api
from lib.api import messages
from lib.programs import Index, article

STORY = (
    "The ferry to Lindholm stayed in port for a third day while the crews and the company talked "
    "about pay, and the islanders carried their shopping over the old causeway at low tide, as "
    "their grandparents had done before there was a boat at all, said the harbour master. "
)
SECRET = {
    "headline": "Zeppelin lands on Quorn",
    "summary": "A zeppelin came down.",
    "body": STORY + "Then a zeppelin landed, and Quornish zealots cheered it.",
    "tags": ["Zeppelins", "ferries"],
    "bylines": [{"name": "Zoe Quarkstone"}],
    "section": "Zones",
    "source": "Zodiac Courier",
    "language": "zu",
    "publishedTime": "2031-01-01T00:00:00Z",
    "publishedPrecision": "DATE_PRECISION_DAY",
}
WORDS = (
    "zeppelin", "Quorn", "tag:zeppelins", "byline:quarkstone", "source:\"zodiac courier\"",
    "section:zones", "language:zu", "zepp*", "zeppelyn~", "zeppelinn", "lands NEAR/3 quorn",
    "since:2030", "ferry zeppelin", "lindholm",
)
OWN_WORDS = {"zeppelin", "lands", "quorn", "quornish", "landed", "zealots", "cheered"}
# What names the index, or depends on how many documents it has.
UNEQUAL = {
    "generation", "build_id", "score", "uptime", "built_time", "index_bytes", "live_bytes",
    "live_article_count", "article_count", "withheld_count", "embargoed_count", "cancelled_count",
    "base_check", "base_check_time", "next_page_token", "resume_token", "indexed_time",
    "generation_number",
}


def shown(answer):
    """What a reader sees of an answer, as plain data."""
    if isinstance(answer, str):
        return answer
    return without_unequal(json_format.MessageToDict(answer, preserving_proto_field_name=True))


def without_unequal(data):
    if isinstance(data, dict):
        return {
            # Which of the visible words tell most depends on all documents, as scores do.
            key: [word for word in value if word.lower() in OWN_WORDS]
            if key == "words"
            else without_unequal(value)
            for key, value in data.items()
            if key not in UNEQUAL
        }
    if isinstance(data, list):
        return [without_unequal(one) for one in data]
    return data


class Questions:
    """All that is asked, method by method."""

    def __init__(self, service, ids):
        self.service = service
        self.stub = service.stub
        self.ids = ids

    def SearchArticles(self):
        for query in (*WORDS, "ferry", "harbour"):
            for fields in ({}, {"sort": messages.SORT_ORDER_NEWEST}, {"collapse_copies": True}):
                yield query, self.service.search(query, exact_total=True, **fields)
        request = messages.SearchArticlesRequest(query="ferry")
        request.filter.source.any_of.append("Zodiac Courier")
        yield "filter", self.stub.SearchArticles(request)

    def AggregateArticles(self):
        for query in ("", *WORDS, "ferry"):
            request = messages.AggregateArticlesRequest(query=query)
            for field in ("tag", "byline", "section", "source", "language", "year", "month"):
                request.facets.add(field=field)
            request.timeline.interval = messages.INTERVAL_YEAR
            request.collapse_copies = True
            yield query, self.stub.AggregateArticles(request)

    def ExportArticles(self):
        for query in ("ferry", "zeppelin"):
            for batch in self.stub.ExportArticles(messages.ExportArticlesRequest(query=query)):
                yield query, batch

    def CountQueries(self):
        requests = [messages.CountQueriesRequest(query=q, sample=9) for q in (*WORDS, "ferry")]
        yield from enumerate(self.stub.CountQueries(iter(requests)))

    def SuggestCompletions(self):
        for text in ("z", "zep", "zeppelni", "quo", "tag:z", "byline:qua", "source:", "section:",
                     "language:", "headline:zep", "zeppelin l", "fer", "lind"):
            yield text, self.service.complete(text)

    def FindSimilarArticles(self):
        for copies in (False, True):
            request = messages.FindSimilarArticlesRequest(ids=self.ids[:1], include_copies=copies)
            yield "id", self.stub.FindSimilarArticles(request)
        yield "text", self.service.similar(text=SECRET["body"])
        yield "secret", self.error(
            lambda: self.stub.FindSimilarArticles(
                messages.FindSimilarArticlesRequest(ids=["secret"])
            )
        )

    def ListArticleCopies(self):
        for an_id in (*self.ids, "secret"):
            request = messages.ListArticleCopiesRequest(id=an_id)
            yield an_id, self.error(lambda: self.stub.ListArticleCopies(request))

    def GetArticle(self):
        for an_id in (*self.ids, "secret"):
            request = messages.GetArticleRequest(id=an_id)
            yield an_id, self.error(lambda: self.stub.GetArticle(request))

    def BatchGetArticles(self):
        request = messages.BatchGetArticlesRequest(ids=[*self.ids, "secret"])
        yield "all", self.stub.BatchGetArticles(request)

    def GetStatus(self):
        yield "status", self.service.status()

    @staticmethod
    def error(call):
        """The answer, or the reason of the error in its place."""
        try:
            return call()
        except api.grpc.RpcError as error:
            return api.reason(error)

    def answers(self):
        service = messages.DESCRIPTOR.services_by_name["SearchService"]
        for method in service.methods:
            for question, answer in getattr(self, method.name)():
                yield (method.name, question), shown(answer)


class HiddenArticleTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.articles = [
            article(
                number,
                headline=f"Ferry story {number}",
                body=STORY + f"Report number {number} of the strike.",
                tags=["Ferries"],
                source=f"Paper {number}",
                language="en",
                publishedTime=f"2024-06-{number + 10}T08:00:00Z",
            )
            for number in range(1, 7)
        ]
        cls.ids = [f"article-{number}" for number in range(1, 7)]
        cls.expected = cls.ask(cls.articles, lambda server, index: None)

    @classmethod
    def ask(cls, built, hide):
        with Index() as index:
            made = index.build_articles(*built)
            assert made.returncode == 0, made.stderr
            with index.serve("--writable") as server:
                hide(server, index)
                with api.connect(server.address) as channel:
                    return dict(Questions(api.Service(channel), cls.ids).answers())

    def assert_hidden(self, built, hide):
        found = self.ask(built, hide)
        self.assertEqual(found.keys(), self.expected.keys())
        for question, answer in self.expected.items():
            self.assertEqual(found[question], answer, question)

    def nothing(self, server, index):
        pass

    def put(self, **fields):
        def write(server, index):
            said = server.client("put", "-", stdin=json.dumps({"id": "secret", **SECRET, **fields}))
            self.assertEqual(said.returncode, 0, said.stderr)

        return write

    def test_that_was_built_withheld(self):
        secret = {"id": "secret", **SECRET, "status": "STATUS_WITHHELD"}
        self.assert_hidden([*self.articles, secret], self.nothing)

    def test_that_was_built_under_embargo(self):
        secret = {"id": "secret", **SECRET, "embargoTime": "2131-03-06T08:00:00Z"}
        self.assert_hidden([*self.articles, secret], self.nothing)

    def test_that_was_built_and_taken_down(self):
        secret = {"id": "secret", **SECRET}
        self.assert_hidden(
            [*self.articles, secret],
            lambda server, index: index.admin("takedown", "secret"),
        )

    def test_that_was_built_and_deleted(self):
        def delete(server, index):
            self.assertEqual(server.client("delete", "secret").returncode, 0)

        self.assert_hidden([*self.articles, {"id": "secret", **SECRET}], delete)

    def test_that_was_written_withheld(self):
        self.assert_hidden(self.articles, self.put(status="STATUS_WITHHELD"))

    def test_that_was_written_under_embargo(self):
        self.assert_hidden(self.articles, self.put(embargoTime="2131-03-06T08:00:00Z"))

    def test_that_was_written_and_taken_down(self):
        def write(server, index):
            self.put()(server, index)
            index.admin("takedown", "secret")

        self.assert_hidden(self.articles, write)


if __name__ == "__main__":
    unittest.main()
