# SPDX-License-Identifier: GPL-3.0-or-later
"""Questions to every method of SearchService that an article which is not to be told of could answer.

The answers over an index with SECRET in it and over one without have to be the same, as far as
`shown` goes.
"""

from google.protobuf import json_format

from lib import api
from lib.api import messages
from lib.programs import article

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
    # The machine's disk, and when anything was written last, which may be what is hidden.
    "disk_free_bytes", "disk_full_time", "last_write_time",
    # How much a word of an explanation weighs.
    "weight",
}


def shown(answer):
    """What a reader sees of an answer, as plain data."""
    if isinstance(answer, str):
        return answer
    return without_unequal(json_format.MessageToDict(answer, preserving_proto_field_name=True))


def without_unequal(data):
    if isinstance(data, dict):
        return {key: shown_of(key, value) for key, value in data.items() if not is_unequal(key, value)}
    if isinstance(data, list):
        return [without_unequal(one) for one in data]
    return data


def is_unequal(key, value):
    # The explanation of a hit is the sum of its score; that of the whole answer has parts.
    return key in UNEQUAL or (key == "explanation" and isinstance(value, str))


def shown_of(key, value):
    # Which of the visible words tell most depends on all documents, as scores do.
    if key == "words" and all(isinstance(word, str) for word in value):
        return [word for word in value if word.lower() in OWN_WORDS]
    # In which languages words are looked up is a property of the index.
    if key == "explanation":
        value = {part: of for part, of in value.items() if part != "languages"}
    return without_unequal(value)


def own_articles():
    """Six copies of one story, each of a paper of its own, that everybody may see."""
    return [
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


class Questions:
    """All that is asked, method by method."""

    def __init__(self, service, ids):
        self.service = service
        self.stub = service.stub
        self.ids = ids

    def SearchArticles(self):
        for query in (*WORDS, "ferry", "harbour"):
            for fields in (
                {},
                {"sort": messages.SORT_ORDER_NEWEST},
                {"sort": messages.SORT_ORDER_OLDEST},
                {"match": messages.MATCH_MODE_ANY},
                {"collapse_copies": True},
                {"explain": True},
            ):
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
