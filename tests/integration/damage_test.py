# SPDX-License-Identifier: GPL-3.0-or-later
"""Every file of a generation, damaged in every way: found by `verify` and by the server, which name
it; no process ends by a signal; nothing wrong is answered from the base once it was found; and
`rollback` mends it, while the server runs.

A few places a file; BROADSHEET_LONG=1 tries them all.
"""

import contextlib
import itertools
import json
import os
import shutil
import unittest

from lib.programs import Index, Server, article, run, wait_for, write_jsonl

LONG = os.environ.get("BROADSHEET_LONG") == "1"
ARTICLES = 300
# The others are empty: there are no positions, spellings or synonyms.
TABLES_IN_USE = ("iamglass", "postlist.glass", "docdata.glass", "termlist.glass")


def flip(at):
    """Turns four bytes over, `at` a share of the file."""

    def change(path):
        content = bytearray(path.read_bytes())
        start = int(at * max(0, len(content) - 4))
        for place in range(start, min(start + 4, len(content))):
            content[place] ^= 0xFF
        path.write_bytes(content)

    change.__name__ = f"flipped at {at:.0%}"
    return change


def cut(share):
    def change(path):
        path.write_bytes(path.read_bytes()[: int(share * path.stat().st_size)])

    change.__name__ = f"cut to {share:.0%}"
    return change


def removed(path):
    path.unlink()


def longer(path):
    path.write_bytes(path.read_bytes() + b"x")


def newer(path):
    """Gives each block of a table of glass a later revision, which stands in its first four bytes."""
    block_bytes = 8192
    content = bytearray(path.read_bytes())
    for at in range(0, len(content), block_bytes):
        content[at:at + 4] = (1_000_000).to_bytes(4, "big")
    path.write_bytes(content)


DAMAGES = [flip(0.5), cut(0.5), removed]
if LONG:
    DAMAGES = [flip(share / 10) for share in range(11)] + [cut(0), cut(0.5), removed, longer]


class DamageCase(unittest.TestCase):
    """Two generations of the same articles. Each case damages a copy of the second."""

    @classmethod
    def setUpClass(cls):
        cls.origin = Index()
        cls.addClassCleanup(cls.origin.__exit__, None, None, None)
        articles = [article(number, version=1) for number in range(ARTICLES)]
        cls.origin.build_articles(*articles)
        cls.origin.build_articles(*articles)
        cls.ids = sorted(one["id"] for one in articles)
        cls.folder = cls.origin.path / "generations" / "000002"

    @contextlib.contextmanager
    def copy(self):
        with Index() as index:
            shutil.copytree(self.origin.path, index.path)
            yield index

    @contextlib.contextmanager
    def damaged(self, name, damage):
        """A copy in which this file of generation 2 is damaged so; a test of its own."""
        with self.subTest(file=name, damage=damage.__name__), self.copy() as index:
            path = index.path / "generations" / "000002" / name
            damage(path)
            yield index, path

    def files(self, part):
        """Names of the files of base or live that hold anything: Xapian's lock does not."""
        files = sorted((self.folder / part).iterdir())
        return [f"{part}/{path.name}" for path in files if path.stat().st_size > 0]

    def start(self, index):
        """A server over a damaged index, or None when it says why it does not start."""
        try:
            return Server(index.path, "--check-rate", "10000")
        except AssertionError as refused:
            self.assertIn("broadsheetd said ''", str(refused))
            return None

    def assert_serves_what_was_rolled_back_to(self, server):
        def answers():
            found = server.client("search", "headline").returncode == 0
            return found and server.status()["generationNumber"] == 1

        wait_for(answers, "what was rolled back to is served")
        self.assertEqual(sorted(server.ids("headline")), self.ids)


class BaseDamageTest(DamageCase):
    def test_it_is_found_and_named_and_mended(self):
        names = [*self.files("base"), "MANIFEST"]
        self.assertLessEqual({"base/tokens", "base/cards", "base/bodies", "base/postlist.glass"}, set(names))
        for name, damage in itertools.product(names, DAMAGES):
            with self.damaged(name, damage) as (index, path):
                self.assertIn(path.name, index.admin("verify", status=2).stderr)
                # A wrong size, and small files, are seen before anything is served.
                at_once = name in ("MANIFEST", "base/iamglass")
                if damage.__name__.startswith("flipped") and not at_once:
                    self.check_served(index, path)
                else:
                    self.check_refused(index, path)

    def test_blocks_of_a_later_revision_are_damage(self):
        """They were told of as Xapian does, "you should call Xapian::Database::reopen()"."""
        with self.damaged("base/postlist.glass", newer) as (index, _):
            try:
                with Server(index.path, "--check-rate", "10000") as server:
                    said = server.client("search", "headline").stderr
                    wait_for(lambda: server.status()["baseCheck"] == "BASE_CHECK_DAMAGED",
                             "it is found")
                    said += server.log()
            except AssertionError as refused:
                said = str(refused)
            self.assertNotIn("reopen", said)
            self.assertIn("is damaged", said)
            self.assertIn("broadsheet-indexer rollback", said)

    def check_refused(self, index, path):
        refused = run("broadsheetd", "--index", index.path, "--listen", "127.0.0.1:0")
        self.assertEqual(refused.returncode, 2, refused.stderr)
        self.assertIn(path.name, refused.stderr)
        self.assertIn("broadsheet-indexer", refused.stderr)
        index.admin("rollback")
        with index.serve() as server:
            self.assert_serves_what_was_rolled_back_to(server)

    def check_served(self, index, path):
        server = self.start(index)
        if server is None:
            # Too damaged to answer the search that a server starts with.
            self.check_refused_by_search(index)
            return
        with server:
            wait_for(lambda: server.status()["baseCheck"] == "BASE_CHECK_DAMAGED", "it is found")
            wait_for(lambda: str(path) in server.log(), "the log names the file")
            for arguments in (("search", "headline"), ("get", "article-1")):
                refused = server.client(*arguments)
                self.assertEqual(refused.returncode, 2)
                self.assertIn("files of the index were found damaged", refused.stderr)
            index.admin("rollback")
            self.assert_serves_what_was_rolled_back_to(server)

    def check_refused_by_search(self, index):
        index.admin("rollback")
        with index.serve() as server:
            self.assert_serves_what_was_rolled_back_to(server)

    def test_files_cut_while_they_are_served_end_nobody(self):
        with self.copy() as index, index.serve("--check-rate", "10000") as server:
            wait_for(lambda: server.status()["baseCheck"] == "BASE_CHECK_WHOLE", "it is whole")
            for name in self.files("base"):
                cut(0)(index.path / "generations" / "000002" / name)
            for query in ("headline", '"headline number7"', "number7", "tag:x", "head*"):
                answer = server.client("search", query)
                self.assertIn(answer.returncode, (0, 1, 2), answer.stderr)
            self.assertIsNone(server.process.poll(), server.log())
            index.admin("rollback")
            self.assert_serves_what_was_rolled_back_to(server)


class LiveDamageTest(DamageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        anew = [
            article(number, version=2, headline=f"Headline number{number} anew")
            for number in range(0, ARTICLES, 3)
        ]
        cls.origin.admin("add", write_jsonl(cls.origin.folder / "anew.jsonl", anew))

    def test_it_ends_nobody_and_is_mended(self):
        for name, damage in itertools.product(self.files("live"), DAMAGES):
            with self.damaged(name, damage) as (index, path):
                verified = run("broadsheet-indexer", "verify", "--index", index.path)
                # There are no checksums: bytes that nobody looks at may be damaged unnoticed.
                self.assertIn(verified.returncode, (0, 2), verified.stderr)
                if verified.returncode == 2:
                    self.assertIn("live", verified.stderr)
                if damage is removed and path.name in TABLES_IN_USE:
                    self.assertEqual(verified.returncode, 2)
                self.check_served(index)

    def check_served(self, index):
        server = self.start(index)
        if server is None:
            index.admin("rollback", "--discard-writes")
            server = index.serve()
        with server:
            for query in ("headline", "anew", '"number3 anew"', "headline:number4"):
                answer = server.client("search", query)
                self.assertIn(answer.returncode, (0, 1, 2), answer.stderr)
            # What only base has is right, or not answered.
            alone = server.client("get", "article-1", "--output", "json")
            if alone.returncode == 0:
                self.assertEqual(json.loads(alone.stdout)["headline"], "Headline number1")
            self.assertIsNone(server.process.poll(), server.log())
            if server.status()["generationNumber"] == 2:
                index.admin("rollback", "--discard-writes")
            self.assert_serves_what_was_rolled_back_to(server)


if __name__ == "__main__":
    unittest.main()
