# SPDX-License-Identifier: GPL-3.0-or-later
"""A file of synonyms, as an admin keeps it beside a running server."""

import os
import unittest

from lib.programs import Index, article, run, wait_for

FAILED = 2


class SynonymsTest(unittest.TestCase):
    def setUp(self):
        self.index = self.enterContext(Index())
        self.index.build_articles(
            article(1, headline="Tax on tv sets"),
            article(2, headline="Tax on television sets"),
            article(3, headline="The United States imports ferries"),
        )
        self.file = self.index.folder / "synonyms.txt"
        self.write("tv, television\nusa => united states\n")

    def write(self, text):
        whole = self.file.with_suffix(".new")
        whole.write_text(text, encoding="utf-8")
        os.rename(whole, self.file)

    def serve(self):
        return self.index.serve("--synonyms", self.file)

    def test_words_find_their_synonyms_and_explain_says_so(self):
        with self.serve() as server:
            self.assertEqual(server.ids("tv"), ["article-1", "article-2"])
            self.assertEqual(server.ids("usa ferries"), ["article-3"])
            self.assertEqual(server.ids("tv", "--no-synonyms"), ["article-1"])
            self.assertEqual(server.client("search", "--count", "tv").stdout, "2\n")
            self.assertEqual(server.client("search", "--count", "--no-synonyms", "tv").stdout, "1\n")
            explained = server.client("search", "--explain", "usa").stdout
            self.assertIn('synonyms of usa: "united states"', explained)

    def test_a_changed_file_holds_without_a_restart_and_a_bad_one_changes_nothing(self):
        with self.serve() as server:
            self.assertEqual(server.ids("telly"), [])
            self.write("tv, television, telly\n")
            wait_for(lambda: "read again" in server.log(), "a line in the log")
            self.assertEqual(sorted(server.ids("telly")), ["article-1", "article-2"])
            self.write("tv, television, telly\n[english]\n")
            wait_for(lambda: "synonyms stay as they were" in server.log(), "a line in the log")
            self.assertIn("line 2: [english] names no language", server.log())
            self.assertEqual(sorted(server.ids("telly")), ["article-1", "article-2"])

    def test_a_server_does_not_start_with_a_bad_file(self):
        for text, said in (("tv\n", "line 1: a line has two words"), (None, "No such file")):
            with self.subTest(text=text):
                self.file.unlink()
                if text is not None:
                    self.write(text)
                started = run("broadsheetd", "--index", self.index.path, "--listen", "127.0.0.1:0",
                              "--synonyms", self.file)
                self.assertEqual(started.returncode, FAILED)
                self.assertIn(said, started.stderr)
                self.assertEqual(len(started.stderr.splitlines()), 1)


if __name__ == "__main__":
    unittest.main()
