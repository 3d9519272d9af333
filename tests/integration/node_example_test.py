# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that an outsider's Node programs work: examples/node against a real server.

The example is copied out of the checkout first, together with proto/: it must need nothing else of
ours. Skipped, with a message, where there is no Node or its packages cannot be had.
"""

import json
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from lib.programs import (
    EXAMPLES, PATIENCE_SECONDS, SAMPLE_ARTICLES, SOURCE, Index, article, environment, write_jsonl,
)


def skip(why):
    print(f"SKIPPED: the whole file: {why}", flush=True)
    raise unittest.SkipTest(why)


class NodeExampleTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if shutil.which("npm") is None:
            skip("no npm")
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.example = cls.folder / "examples" / "node"
        shutil.copytree(
            EXAMPLES / "node", cls.example, ignore=shutil.ignore_patterns("node_modules")
        )
        shutil.copytree(SOURCE / "proto", cls.folder / "proto")
        installed = subprocess.run(
            ["npm", "install", "--no-fund", "--no-audit", "--ignore-scripts"],
            cwd=cls.example, capture_output=True, text=True, check=False,
        )
        if installed.returncode != 0:
            skip(f"npm install failed: {installed.stderr.strip().splitlines()[-1]}")
        cls.index = cls.enterClassContext(Index())
        built = cls.index.build(SAMPLE_ARTICLES)
        assert built.returncode == 0, built.stderr
        cls.server = cls.enterClassContext(cls.index.serve("--writable"))

    def node(self, script, *arguments, status=0):
        done = subprocess.run(
            ["node", self.example / script, *arguments],
            capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False,
            env=environment(BROADSHEET_SERVER=self.server.address),
        )
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done

    def test_hits_of_all_pages_counts_and_an_export_are_shown(self):
        shown = self.node("search.js", '"ferry strike"').stdout
        total = int(shown.split(" articles")[0])
        self.assertGreater(total, 5)
        # An id has a line of its own.
        ids = [line for line in shown.splitlines() if line.startswith("   ") and ": " not in line]
        self.assertEqual(len(ids), total)
        self.assertIn("*ferry strike*", shown)
        self.assertIn("tag ferry strike: ", shown)
        self.assertIn(f"exported {total} articles", shown)

    def test_a_mistake_has_its_reason_and_its_place(self):
        said = self.node("search.js", "ferry capton:bridge", status=2).stderr.splitlines()
        self.assertEqual(said[0], "QUERY_UNKNOWN_FIELD: unknown field `capton`")
        self.assertEqual(said[1:3], ["  ferry capton:bridge", "        ^^^^^^"])

    def test_articles_are_put_and_streamed_and_a_bad_one_is_told_with_its_line(self):
        lines = [article(number) for number in range(3)] + [{"headline": ""}]
        source = write_jsonl(self.folder / "articles.jsonl", map(json.dumps, lines))
        fed = self.node("feed.js", source, status=1)
        self.assertIn("article-0: PUT_OUTCOME_CREATED\n", fed.stdout)
        self.assertIn("line 1: article-0 PUT_OUTCOME_UNCHANGED\n", fed.stdout)
        self.assertIn("line 3: article-2 PUT_OUTCOME_CREATED\n", fed.stdout)
        self.assertIn("line 4: ARTICLE_INVALID: ", fed.stderr)
        self.assertEqual(self.server.ids("number2"), ["article-2"])


if __name__ == "__main__":
    unittest.main()
