# SPDX-License-Identifier: GPL-3.0-or-later
"""Articles that state no language are found by the forms of their words, by the programs as people
run them: detected where the text tells it, else in the language that the index assumes.
"""

import re
import unittest

from lib.programs import SOURCE, Index, write_jsonl

# Too short to tell its language.
LAST_BOAT = {"id": "none", "headline": "The last boat"}
ENGLISH = {"id": "en", "headline": "The harbour", "language": "en"}
GERMAN = {"id": "de", "headline": "Der Hafen", "language": "de"}


class LanguageTest(unittest.TestCase):
    def setUp(self):
        self.index = self.enterContext(Index())

    def source(self, *articles):
        return write_jsonl(self.index.folder / "articles.jsonl", articles)

    def built(self, *articles, language=None):
        options = ["--language", language] if language else []
        finished = self.index.build("--force", "--discard-writes", *options, self.source(*articles))
        self.assertEqual(finished.returncode, 0, finished.stderr)
        return finished.stderr

    def assumed(self):
        found = re.search(r"(?m)^no language (.*)$", self.index.admin("stats").stdout)
        return found and found[1]

    def assert_finds(self, server, query, *ids):
        self.assertEqual(sorted(server.ids(query)), sorted(ids), query)

    def test_the_readmes_article_is_found_as_the_readme_says(self):
        """`boats` did not find the "boat" of README's own example."""
        readme = (SOURCE / "README.md").read_text(encoding="utf-8")
        example = re.search(r"```json\n(.*?)\n```", readme, re.S)[1]
        shown = re.search(r"\$ build/bin/broadsheet search boats\n(.*?)\n```", readme, re.S)[1]
        source = self.index.folder / "example.jsonl"
        source.write_text(example.replace("\n", " ") + "\n", encoding="utf-8")
        self.assertEqual(self.index.build(source).returncode, 0)
        with self.index.serve() as server:
            self.assertIn(shown, server.client("search", "boats").stdout)

    def test_what_prevails_is_assumed_by_build_add_put_and_rebuild(self):
        said = self.built(ENGLISH, LAST_BOAT)
        self.assertIn("Indexed 2 articles (0 superseded, 0 rejected, "
                      "1 without a language taken as English)", said)
        self.assertEqual(self.assumed(), "taken as English, which prevails")
        added = self.index.admin("add", self.source({"id": "added", "headline": "Boats gone"}))
        self.assertIn("(1 new, 0 replaced, 1 without a language taken as English)", added.stderr)
        with self.index.serve("--writable") as server:
            put = self.index.folder / "put.json"
            put.write_text('{"id": "put", "headline": "Boated"}', encoding="utf-8")
            self.assertEqual(server.client("put", put).returncode, 0)
            self.assert_finds(server, "boats", "none", "added", "put")
            hits = server.search("boats")["hits"]
            marked = {hit["article"]["id"]: [s["text"] for s in hit["fragments"][0]["segments"]
                                             if s["matched"]] for hit in hits}
            self.assertEqual(marked, {"none": ["boat"], "added": ["Boats"], "put": ["Boated"]})
            # It is assumed, not claimed.
            self.assertEqual({hit["article"]["language"] for hit in hits}, {""})
            self.assert_finds(server, "language:en", "en")
            self.assertEqual(server.client("admin", "rebuild").returncode, 0)
            self.assert_finds(server, "boats", "none", "added", "put")
        self.assertIn("Rebuilt 4 articles (3 without a language taken as English)",
                      self.index.admin("rebuild").stderr)
        with self.index.serve() as server:
            self.assert_finds(server, "boats", "none", "added", "put")
            self.assert_finds(server, "language:en", "en")

    def test_where_nothing_prevails_words_are_found_as_written_until_a_language_is_given(self):
        said = self.built(ENGLISH, GERMAN, {"id": "none", "headline": "Boats"})
        self.assertIn("1 without a language)", said)
        self.assertIn("Words of the 1 article without a language are found as written only; "
                      "name the language with --language LANG", said)
        self.assertEqual(self.assumed(), "found by words as written only")
        with self.index.serve() as server:
            self.assert_finds(server, "boat")
        rebuilt = self.index.admin("rebuild", "--language", "English").stderr
        self.assertIn("(1 without a language taken as English)", rebuilt)
        self.assertNotIn("as written only", rebuilt)
        self.assertEqual(self.assumed(), "taken as English, as given")
        with self.index.serve() as server:
            self.assert_finds(server, "boat", "none")

    def test_a_given_language_holds_until_the_next_build(self):
        self.assertIn("1 without a language taken as German",
                      self.built(ENGLISH, {"id": "none", "headline": "Boote"}, language="de"))
        self.index.admin("add", self.source({"id": "added", "headline": "Kein Boot"}))
        for command in ("compact", "rebuild"):
            said = self.index.admin(command).stderr
            self.assertIn("(2 without a language taken as German)", said)
            self.assertEqual(self.assumed(), "taken as German, as given")
        with self.index.serve() as server:
            self.assert_finds(server, "boot", "none", "added")
        self.built(ENGLISH, LAST_BOAT)
        self.assertEqual(self.assumed(), "taken as English, which prevails")

    def test_the_admin_of_a_writable_server_names_the_language_without_stopping_it(self):
        self.built(ENGLISH, GERMAN, {"id": "none", "headline": "Boats"})
        with self.index.serve("--writable") as server:
            self.assert_finds(server, "boat")
            wrong = server.client("admin", "rebuild", "--language", "Quatsch")
            self.assertEqual(wrong.returncode, 2)
            self.assertIn('"Quatsch" is no language; give a tag such as en or pt-BR', wrong.stderr)
            rebuilt = server.client("admin", "rebuild", "--language", "en")
            self.assertEqual(rebuilt.returncode, 0, rebuilt.stderr)
            self.assert_finds(server, "boat", "none")
        self.assertEqual(self.assumed(), "taken as English, as given")

    def test_what_is_no_language_is_told_before_anything_is_read(self):
        finished = self.index.build("--language", "Quatsch", self.source(ENGLISH))
        self.assertEqual(finished.returncode, 2)
        self.assertIn('"Quatsch" is no language; give a tag such as en or pt-BR', finished.stderr)
        self.assertEqual(self.index.generations(), [])


if __name__ == "__main__":
    unittest.main()
