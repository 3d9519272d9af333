# SPDX-License-Identifier: GPL-3.0-or-later
"""Rebuilding and publishing while 8 callers search and somebody writes: no request fails, no answer
mixes two snapshots, and nothing that was acknowledged is lost.

BROADSHEET_LONG=1 raises the number of publishes from 3 to 10; BROADSHEET_SEED repeats a run.
"""

import contextlib
import itertools
import json
import os
import re
import threading
import unittest

from lib import api
from lib import chance
from lib.callers import Callers
from lib.programs import Index, article, run, wait_for, write_jsonl

ARTICLES = 400
PUBLISHES = chance.rounds(3, 10)


class Stamps:
    """Reads from an answer which generation's articles it is made of.

    Every article of a build carries the build's stamp in its headline, and all of them the word
    `news`; those written one by one carry `written` instead.
    """

    @staticmethod
    def articles(stamp, source):
        return [
            article(n, headline=f"Headline number{n} stamp {stamp}", body=f"news {source.randrange(9)}",
                    published=f"2024-01-{n % 28 + 1:02}")
            for n in range(ARTICLES)
        ]

    @staticmethod
    def of(articles):
        return {int(re.search(r"stamp (\d+)", found.headline)[1]) for found in articles}


class Reader:
    """One call of the mix that readers make; each notes (what it saw, who was acknowledged before).

    `acknowledged` is how many articles had been written when the call was sent.
    """

    def __init__(self, seed, written):
        self._chance = seed
        self._written = written
        self._lock = threading.Lock()

    def __call__(self, service):
        with self._lock:
            kind = self._chance.randrange(4)
        acknowledged = len(self._written)
        ask = (self._ranked, self._newest, self._batch, self._single)[kind]
        stamps = ask(service)
        found = service.search("written", page_size=1000, sort=api.messages.SORT_ORDER_NEWEST)
        written = {hit.article.id for hit in found.hits}
        return stamps, set(self._written[:acknowledged]) - written

    def _ranked(self, service):
        return Stamps.of(hit.article for hit in service.search("news", page_size=100).hits)

    def _newest(self, service):
        response = service.search(
            "news", page_size=1000, sort=api.messages.SORT_ORDER_NEWEST
        )
        assert len(response.hits) == ARTICLES, len(response.hits)
        return Stamps.of(hit.article for hit in response.hits)

    def _batch(self, service):
        ((articles, missing),) = service.batch_get([f"article-{n}" for n in range(50)])
        assert not missing, missing
        return Stamps.of(articles)

    def _single(self, service):
        return Stamps.of([service.get("article-7")])


class PublishTest(unittest.TestCase):
    def setUp(self):
        self.chance = chance.seeded()
        self.index = self.enterContext(Index())
        # Ids whose writing was acknowledged, in order; only ever grows.
        self.written = []
        self.numbers = itertools.count(1)
        self.stamp = 0
        self.build()

    def build(self, *options):
        self.stamp += 1
        source = write_jsonl(
            self.index.folder / "source.jsonl", Stamps.articles(self.stamp, self.chance)
        )
        built = self.index.build(*options, source)
        self.assertEqual(built.returncode, 0, built.stderr)

    def written_article(self):
        number = next(self.numbers)
        return {**article(number, headline=f"Headline written {number}"), "id": f"written-{number}"}

    def wait_until_served(self, service):
        newest = int(self.index.generations()[-1])
        wait_for(lambda: service.status().generation_number == newest, "the new generation")

    def assert_undisturbed(self, callers):
        self.assertEqual(callers.errors, [])
        for answers in callers.by_caller:
            before = 0
            for stamps, lost in answers:
                self.assertEqual(len(stamps), 1, "an answer of two generations")
                self.assertEqual(lost, set(), "an acknowledged write was not found")
                self.assertGreaterEqual(min(stamps), before, "went back to an older generation")
                before = min(stamps)
        seen = {min(stamps) for stamps, _ in callers.answers}
        self.assertEqual(max(seen), self.stamp)
        print(f"{len(callers.answers)} answers over {len(seen)} generations", flush=True)

    def test_build_add_and_rebuild_beside_a_read_only_server(self):
        with contextlib.ExitStack() as stack:
            server = stack.enter_context(self.index.serve())
            service = api.Service(stack.enter_context(api.connect(server.address)))
            reader = Reader(self.chance, self.written)
            callers = stack.enter_context(Callers(server.address, reader, count=8))
            for number in range(PUBLISHES):
                self.add_some()
                if number % 3 == 2:
                    self.index.admin("rebuild")
                else:
                    self.build("--keep-writes")
                self.wait_until_served(service)
            callers.wait_for_new_answers()
            callers.end()
            self.assert_undisturbed(callers)
        self.assertIn("is whole", self.index.admin("verify").stdout)

    def add_some(self):
        articles = [self.written_article() for _ in range(5)]
        source = write_jsonl(self.index.folder / "written.jsonl", articles)
        self.index.admin("add", source)
        self.written += [fields["id"] for fields in articles]


if __name__ == "__main__":
    unittest.main()
