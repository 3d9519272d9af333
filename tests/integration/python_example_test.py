# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that an outsider's client works: examples/python against a real server.

The example is copied out of the checkout first, as its reader would, together with proto/: it must
need nothing else.
"""

import shutil
import subprocess
import tempfile
import unittest
import pathlib

from lib.programs import EXAMPLES, PATIENCE_SECONDS, SAMPLE_ARTICLES, SOURCE, Index, environment


class PythonExampleTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.example = folder / "examples" / "python"
        shutil.copytree(
            EXAMPLES / "python", cls.example, ignore=shutil.ignore_patterns("generated")
        )
        shutil.copytree(SOURCE / "proto", folder / "proto")
        subprocess.run([cls.example / "generate"], check=True, env=environment())
        cls.index = cls.enterClassContext(Index())
        built = cls.index.build(SAMPLE_ARTICLES)
        assert built.returncode == 0, built.stderr
        cls.server = cls.enterClassContext(cls.index.serve())

    def example_search(self, *arguments, status=0):
        finished = subprocess.run(
            ["/usr/bin/python3", self.example / "search.py", *arguments],
            capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False,
            env=environment(BROADSHEET_SERVER=self.server.address, LC_ALL="C.UTF-8"),
        )
        self.assertEqual(finished.returncode, status, finished.stdout + finished.stderr)
        return finished

    def test_search_shows_hits_and_what_matched(self):
        shown = self.example_search("picket", "sailings").stdout
        self.assertIn("1 articles", shown)
        self.assertIn("one *picket*", shown)
        self.assertIn("2025-03-10 13:10 +00:00", shown)
        self.assertIn("ht-2025-03-10-strike-begins", shown)

    def test_all_pages_are_followed(self):
        shown = self.example_search("--all", "--limit", "2", 'tag:"ferry strike"').stdout
        self.assertIn("9 articles", shown)
        self.assertIn("\n9. ", shown)
        self.assertNotIn("\n10. ", shown)
        # Newest first.
        self.assertLess(shown.index("ht-2026-03-10-strike-year-on"), shown.index("ht-2025-03-03"))

    def test_get_prints_the_whole_article(self):
        shown = self.example_search("--get", "ht-2025-03-10-strike-begins").stdout
        self.assertIn("the terminal was so quiet that the gulls had come indoors", shown)

    def test_no_hits_is_status_1(self):
        self.example_search("xyzzyplugh", status=1)

    def test_mistake_in_the_query_shows_reason_place_and_hint(self):
        said = self.example_search("ferry", "capton:bridge", status=2).stderr
        self.assertIn("QUERY_UNKNOWN_FIELD", said)
        lines = said.splitlines()
        query = next(i for i, line in enumerate(lines) if line.strip() == "ferry capton:bridge")
        self.assertEqual(lines[query + 1].index("^"), lines[query].index("capton"))
        self.assertIn("caption", "\n".join(lines[query + 2 :]))

    def test_unknown_article_is_an_error_with_its_reason(self):
        said = self.example_search("--get", "no-such-article", status=2).stderr
        self.assertIn("ARTICLE_NOT_FOUND", said)


if __name__ == "__main__":
    unittest.main()
