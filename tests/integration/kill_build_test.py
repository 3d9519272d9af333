# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 of a building indexer: the published generation stays as it is, and the next build cleans
up and makes what a build that nobody disturbed makes.

BROADSHEET_LONG=1 raises the number of kills from 4 to 50; BROADSHEET_SEED repeats a run.
"""

import contextlib
import subprocess
import time
import unittest

from lib import api
from lib import chance
from lib.content import everything
from lib.hold import Hold
from lib.programs import Index, article, run, start, wait_for, write_jsonl

ARTICLES = 800
QUERIES = ("word1", "word3 word20", '"word0 word1"', "headline:number7")


class KilledBuildTest(unittest.TestCase):
    def setUp(self):
        self.chance = chance.seeded()
        self.index = self.enterContext(Index())
        self.source = write_jsonl(self.index.folder / "new.jsonl", self.articles())
        self.undisturbed, self.build_seconds = self.build_undisturbed()
        self.index.build_articles(article(1, body="the old generation"))
        # Numbers of the generations that were served at some time and not pruned since.
        self.published = ["000001"]

    def articles(self):
        for number in range(ARTICLES):
            day = f"20{self.chance.randrange(10, 25)}-06-{self.chance.randrange(1, 29):02}"
            yield article(number, body=chance.words(self.chance, 80), published=day)

    def build_undisturbed(self):
        with Index() as index:
            began = time.monotonic()
            built = index.build(self.source)
            seconds = time.monotonic() - began
            self.assertEqual(built.returncode, 0, built.stderr)
            with index.serve() as server:
                return everything(server.address, QUERIES), seconds

    def test_kill_at_random_moments(self):
        with self.index.serve() as server:
            for number in range(chance.rounds(3, 49)):
                moment = self.chance.uniform(0, 1.05 * self.build_seconds)
                with self.subTest(round=number, moment=moment):
                    self.kill_a_build(server, lambda build, moment=moment: self.pass_by(build, moment))
                    self.check_the_next_build(server)

    def test_kill_before_the_built_generation_is_published(self):
        # Used to leave a whole generation that `rollback` took for the one before.
        with self.index.serve() as server, Hold("* */PUBLISHED*") as verified:
            self.kill_a_build(
                server, lambda build: self.assertTrue(verified.reached(build)), verified.env
            )
            self.assertTrue((self.folder("000002") / "MANIFEST").exists())
            self.assertEqual(self.published, ["000001"])
            self.check_the_next_build(server)
            self.assertIn("published generation 1:", self.index.admin("rollback").stdout)

    def pass_by(self, build, seconds):
        with contextlib.suppress(subprocess.TimeoutExpired):
            build.wait(seconds)

    def kill_a_build(self, server, until, env=None):
        before = self.current()
        answer = self.answer(server)
        with start(
            "broadsheet-indexer", "build", "--index", self.index.path, "--force", self.source,
            env=env or {},
        ) as build:
            try:
                until(build)
            finally:
                build.kill()
        current = self.current()
        newest = self.index.generations()[-1]
        if newest != self.published[-1] and (self.folder(newest) / "PUBLISHED").exists():
            # It was killed when CURRENT was about to move, or had moved.
            self.published.append(newest)
        verified = run("broadsheet-indexer", "verify", "--index", self.index.path)
        self.assertEqual(verified.returncode, 0, verified.stderr)
        if current == before:
            # Nobody who searches has noticed.
            self.assertEqual(self.answer(server), answer)

    def check_the_next_build(self, server):
        built = self.index.build("--force", self.source)
        self.assertEqual(built.returncode, 0, built.stderr)
        self.published.append(self.current())
        # What is left of the killed one is gone.
        self.assertEqual(self.index.generations(), self.published)
        left = {entry.name for entry in self.index.path.iterdir()}
        self.assertEqual(
            left, {"CURRENT", "LOCK", "generations", "takedowns", "takedowns.record"}
        )
        for number in self.published:
            parts = {entry.name for entry in self.folder(number).iterdir()}
            self.assertEqual(parts, {"MANIFEST", "PUBLISHED", "base"})
        wait_for(lambda: self.served(server) == int(self.published[-1]), "the new generation")
        self.assertEqual(everything(server.address, QUERIES), self.undisturbed)

    def folder(self, number):
        return self.index.path / "generations" / number

    def answer(self, server):
        with api.connect(server.address) as channel:
            response = api.Service(channel).search("old", page_size=10)
            return response.generation, [hit.article.id for hit in response.hits]

    def served(self, server):
        with api.connect(server.address) as channel:
            return api.Service(channel).status().generation_number

    def current(self):
        return (self.index.path / "CURRENT").read_text().split()[0]


if __name__ == "__main__":
    unittest.main()
