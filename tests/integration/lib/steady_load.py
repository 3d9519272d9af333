# SPDX-License-Identifier: GPL-3.0-or-later
"""A moderate load on a writable server that never ends: readers who ask all kinds of questions, a
writer and an admin who takes articles down and up again. Every answer is checked.

The number of stored articles stays the same: what comes in later is deleted later.
"""

import contextlib
import random
import statistics
import threading
import time

from lib import api
from lib.api import messages
from lib.chance import rounds, words
from lib.programs import article, run

BUILT = rounds(1_000, 10_000)
REWRITTEN = 50
PASSING = 50
DAYS = 300

# Seconds from one call to the next of a reader, of the writer, and from one takedown to the next.
READER_PACE = 0.3
WRITER_PACE = 0.5
TAKEDOWN_PACE = 30.0
READERS = 4


def built_articles():
    """Those that nobody changes."""
    chance = random.Random(20)
    return [
        article(
            number,
            body=f"The body of number{number} begins, and goes on: {words(chance, 120)}.",
            tags=["built", f"topic {number % 40}"],
            section=f"Section {number % 8}",
            source=f"Paper {number % 5}",
            publishedTime=f"2024-{1 + number % DAYS // 28:02}-{1 + number % DAYS % 28:02}T08:00:00Z",
        )
        for number in range(BUILT)
    ]


class Wrong(Exception):
    """An answer that is not the truth."""


def expect(condition, what):
    if not condition:
        raise Wrong(what)


class Questions:
    """One reader's, each of which raises Wrong or grpc.RpcError when its answer is not right."""

    def __init__(self, service, chance, acknowledged):
        self._service = service
        self._chance = chance
        self._acknowledged = acknowledged
        self.all = [
            self.one_article_by_its_word, self.common_words, self.a_phrase, self.newest_pages,
            self.counts, self.a_completion, self.an_article, self.what_was_written, self.similar,
            self.an_export, self.an_export_left_early, self.queries_to_count, self.a_bad_query,
        ]

    def _built(self):
        return self._chance.randrange(BUILT)

    def one_article_by_its_word(self):
        number = self._built()
        found = [hit.article.id for hit in self._service.search(f"number{number}").hits]
        expect(found == [f"article-{number}"], f"number{number} finds {found}")

    def common_words(self):
        query = " ".join(f"word{self._chance.randrange(200)}" for _ in range(2))
        answer = self._service.search(query, exact_total=True)
        expect(answer.total.value >= len(answer.hits), f"{query}: {answer.total}")

    def a_phrase(self):
        number = self._built()
        hits = self._service.search(f'"body of number{number}"').hits
        expect([hit.article.id for hit in hits] == [f"article-{number}"], f"phrase of {number}")

    def newest_pages(self):
        pages = self._service.pages("tag:built", page_size=100)
        found = [hit.article.id for page in (next(pages), next(pages)) for hit in page.hits]
        expect(len(set(found)) == 200, f"two pages have {len(set(found))} articles")

    def counts(self):
        request = messages.AggregateArticlesRequest(query="tag:built")
        request.facets.add(field="section")
        request.timeline.interval = messages.INTERVAL_MONTH
        facets = self._service.stub.AggregateArticles(request).facets
        total = sum(value.count for value in facets[0].values)
        expect(total == BUILT, f"sections have {total} articles")

    def a_completion(self):
        answer = self._service.complete(f"word{self._chance.randrange(1, 9)}")
        expect(answer.completions, "no completion")

    def an_article(self):
        an_id = f"article-{self._built()}"
        expect(self._service.get(an_id).id == an_id, an_id)

    def what_was_written(self):
        an_id = f"rewritten-{self._chance.randrange(REWRITTEN)}"
        edition = self._acknowledged.get(an_id)
        if edition is not None:
            shown = self._service.get(an_id).version
            expect(shown >= edition, f"{an_id}: edition {edition} was acknowledged, {shown} shown")

    def similar(self):
        an_id = f"article-{self._built()}"
        hits = self._service.similar(ids=[an_id]).hits
        expect(all(hit.article.id != an_id for hit in hits), f"{an_id} is similar to itself")

    def an_export(self):
        number = self._chance.randrange(40)
        request = messages.ExportArticlesRequest(query=f'tag:"topic {number}"')
        batches = self._service.stub.ExportArticles(request)
        count = sum(len(batch.articles) for batch in batches)
        expect(count == BUILT // 40, f"topic {number}: {count} exported")

    def an_export_left_early(self):
        batches = self._service.stub.ExportArticles(messages.ExportArticlesRequest(query="tag:built"))
        expect(next(batches).articles, "the first batch is empty")
        batches.cancel()

    def queries_to_count(self):
        requests = [messages.CountQueriesRequest(query=f"word{n}", sample=3) for n in range(5)]
        answers = list(self._service.stub.CountQueries(iter(requests)))
        expect(len(answers) == 5, f"{len(answers)} answers to 5 queries")

    def a_bad_query(self):
        try:
            self._service.search("AND AND")
        except api.grpc.RpcError as error:
            expect(api.reason(error) == "QUERY_SYNTAX", f"a bad query: {error}")
            return
        raise Wrong("a bad query was answered")


class SteadyLoad(contextlib.AbstractContextManager):
    """Calls a server until it is left. `faults` has what went wrong, a line each; whoever meets a
    fault goes on."""

    def __init__(self, index, server, seed):
        self.faults = []
        self.calls = {}
        self._index = index
        self._address = server.address
        self._seed = seed
        self._acknowledged = {}
        self._seconds = []
        self._ended = threading.Event()
        self._faulty = threading.Event()
        self._lock = threading.Lock()
        self._threads = [
            threading.Thread(target=self._read, args=(number,)) for number in range(READERS)
        ] + [threading.Thread(target=self._write), threading.Thread(target=self._take_down)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._ended.set()
        for thread in self._threads:
            thread.join()

    def wait(self, seconds):
        """Until so much time is over or there is a fault."""
        self._faulty.wait(seconds)

    def quantiles(self):
        """The median and the 99th percentile of all calls of readers so far, in milliseconds."""
        with self._lock:
            cuts = statistics.quantiles(self._seconds, n=100)
        return cuts[49] * 1000, cuts[98] * 1000

    def _did(self, what, call):
        """Makes a call, counts it, and notes what is wrong with it, whatever it is: a thread that
        ended unheard would be a load that is too light. Whether it was right."""
        start = time.monotonic()
        try:
            call()
        except Exception as error:
            with self._lock:
                self.faults.append(f"{what}: {error!r}")
            self._faulty.set()
            return False
        with self._lock:
            self.calls[what] = self.calls.get(what, 0) + 1
            # Enough for a percentile, and never more.
            self._seconds = [*self._seconds[-9999:], time.monotonic() - start]
        return True

    def _read(self, number):
        chance = random.Random(self._seed + number)
        while not self._ended.is_set():
            # A connection a hundred calls or so, as programs come and go.
            with api.connect(self._address) as channel:
                questions = Questions(api.Service(channel), chance, self._acknowledged)
                for _ in range(100):
                    if self._ended.wait(READER_PACE * 2 * chance.random()):
                        return
                    question = chance.choice(questions.all)
                    self._did(question.__name__, question)

    def _write(self):
        with api.connect(self._address) as channel:
            articles = api.ArticleService(channel)
            edition = 0
            while not self._ended.wait(WRITER_PACE):
                edition += 1
                self._rewrite(articles, edition)
                passing = article(BUILT + edition, tags=["passing"])
                self._did("put", lambda: articles.put(passing))
                if edition > PASSING:
                    gone = f"article-{BUILT + edition - PASSING}"
                    self._did("delete", lambda: articles.delete(gone))

    def _rewrite(self, articles, edition):
        an_id = f"rewritten-{edition % REWRITTEN}"
        # Of a number that none of those that were built has.
        fields = article(10**9 + edition, id=an_id, version=edition, tags=["rewritten"])
        if self._did("rewrite", lambda: articles.put(fields)):
            self._acknowledged[an_id] = edition

    def _take_down(self):
        """Takes one of the articles that come and go down and lets it be seen again."""
        with api.connect(self._address) as channel:
            service, articles = api.Service(channel), api.ArticleService(channel)
            edition = 0
            while True:
                # Another edition each time: a generation that was built meanwhile does not have it.
                edition += 1
                fields = article(2 * 10**9, id="taken-down", version=edition, tags=["taken down"])
                self._did("put", lambda: articles.put(fields))
                self._did("takedown", lambda: self._takedown())
                self._did("look", lambda: expect(
                    not service.search('tag:"taken down"').hits, "what was taken down is found"))
                self._did("undo", lambda: self._takedown("--undo"))
                if self._ended.wait(TAKEDOWN_PACE):
                    return

    def _takedown(self, *options):
        done = run("broadsheet-indexer", "takedown", "--index", self._index.path, *options, "taken-down")
        expect(done.returncode == 0, done.stderr)
