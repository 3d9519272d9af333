# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves what a reader sees of the client: output formats, exit statuses, messages, terminals.

The real client talks to a real server over the sample articles, through pipes and through a
pseudo-terminal.
"""

import json
import re
import socket
import unittest

from lib.programs import SAMPLE_ARTICLES, Index, environment, run, run_on, terminal

ESCAPE = "\x1b["
STRIKE_BEGINS = "Ferry strike begins: no sailings, one picket, two accordions"


class ClientTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.index = cls.enterClassContext(Index())
        built = cls.index.build(SAMPLE_ARTICLES)
        assert built.returncode == 0, built.stderr
        cls.server = cls.enterClassContext(cls.index.serve())

    def client(self, *arguments, status=0, **options):
        finished = self.server.client(*arguments, **options)
        self.assertEqual(finished.returncode, status, finished.stdout + finished.stderr)
        return finished


class Output(ClientTest):
    def test_text_says_what_it_is_and_why_it_matched(self):
        shown = self.client("search", "picket").stdout
        for part in (STRIKE_BEGINS, "10 March 2025", "Mara Tolland", "The Harbour Times",
                     "ferry strike", "one picket"):
            self.assertIn(part, shown)
        self.assertIn("1 article", shown)
        self.assertNotIn(ESCAPE, shown)

    def test_json_is_one_response_of_the_api(self):
        response = json.loads(self.client("search", "picket", "--output", "json").stdout)
        self.assertEqual(response["hits"][0]["article"]["headline"], STRIKE_BEGINS)
        self.assertEqual(response["total"], {"value": 1, "relation": "RELATION_EXACT"})
        # Fields at their default are printed.
        self.assertEqual(response["nextPageToken"], "")
        self.assertEqual(response["hits"][0]["article"]["version"], "0")

    def test_json_lines_are_one_hit_each(self):
        lines = self.client("search", "ferry", "--output", "jsonl").stdout.splitlines()
        self.assertEqual(len(lines), 10)
        ids = self.client("search", "ferry", "--output", "ids").stdout.splitlines()
        self.assertEqual([json.loads(line)["article"]["id"] for line in lines], ids)

    def test_words_are_joined_and_filters_take_whole_values(self):
        joined = self.client("search", "ferry", "strike", "--output", "ids").stdout
        self.assertEqual(joined, self.client("search", "ferry strike", "--output", "ids").stdout)
        options = ["--tag", "Ferry Strike", "--byline", "Zofia Kerrigan", "--section", "business",
                   "--source", "the harbour times", "--language", "en", "--since", "2025-03-10",
                   "--until", "2025-03-19", "--output", "ids"]
        self.assertEqual(self.client("search", *options).stdout, "ht-2025-03-19-port-joins\n")
        captions = ["--caption", "signing ceremony", "--since", "2025-04", "--output", "ids"]
        self.assertEqual(self.client("search", *captions).stdout, "ht-2025-04-04-strike-ends\n")

    def test_query_comes_from_standard_input(self):
        answer = self.client("search", "-", "--output", "ids", stdin='"one picket"\n')
        self.assertEqual(answer.stdout, "ht-2025-03-10-strike-begins\n")

    def test_get_reads_an_article_by_id_and_by_number(self):
        by_id = self.client("get", "ht-2025-03-10-strike-begins").stdout
        self.assertIn(STRIKE_BEGINS, by_id)
        self.assertIn("The 6.30am boat to Ilvey Island did not leave", by_id)
        self.client("search", 'tag:"ferry strike"', "--sort", "oldest")
        self.assertEqual(self.client("get", "2").stdout, by_id)
        second_page = ["--sort", "oldest", "--limit", "1", "--page", "2"]
        self.client("search", 'tag:"ferry strike"', *second_page)
        self.assertEqual(self.client("get", "2").stdout, by_id)
        as_json = self.client("get", "ht-2025-03-10-strike-begins", "--output", "json").stdout
        self.assertEqual(json.loads(as_json)["publishedTime"], "2025-03-10T13:10:00Z")

    def test_status_tells_what_is_served(self):
        shown = self.client("status").stdout
        self.assertIn("generation 1", shown)
        self.assertRegex(shown, r"Articles\s+63, 2 undated")
        self.assertIn("2022-01-15 to 2026-11-23", shown)


class Mistakes(ClientTest):
    def test_no_hits_is_status_1_and_says_what_nearly_matched(self):
        missed = self.client("search", "tag:ilvey", status=1)
        said = missed.stdout + missed.stderr
        self.assertIn('tag "ilvey"; there is "Ilvey Island"', said)
        nothing = self.client("search", "xyzzyplugh", "--output", "ids", status=1)
        self.assertEqual(nothing.stdout, "")

    def test_unknown_field_is_shown_in_its_place_with_a_hint(self):
        said = self.client("search", "bridge capton:flood", status=2).stderr.splitlines()
        query = next(i for i, line in enumerate(said) if line.strip() == "bridge capton:flood")
        caret = said[query + 1]
        self.assertRegex(caret, r"^ *\^+ *$")
        self.assertEqual(caret.index("^"), said[query].index("capton"))
        self.assertIn("caption", "\n".join(said))

    def test_other_mistakes_in_the_query_are_shown_in_their_place(self):
        for query, place in (
            ('bridge "two words', '"'),
            ("(bridge OR flood", "("),
            ("bridge flood)", ")"),
            ("bridge date:2023-02-30", "2023-02-30"),
            ("über die brücke date:never", "never"),
        ):
            said = self.client("search", "--", query, status=2).stderr.splitlines()
            shown = next((i for i, line in enumerate(said) if line.strip() == query), None)
            self.assertIsNotNone(shown, said)
            marked = slice(said[shown + 1].index("^"), said[shown + 1].rindex("^") + 1)
            self.assertIn(place, said[shown][marked], said)

    def test_unknown_article_is_status_1(self):
        said = self.client("get", "no-such-article", status=1).stderr
        self.assertIn("no-such-article", said)
        self.assertEqual(len(said.splitlines()), 1)

    def test_hit_that_was_not_shown_is_an_error(self):
        self.client("search", "picket")
        self.assertIn("no hit 9", self.client("get", "9", status=2).stderr)

    def test_option_that_looks_like_a_negated_word_is_explained(self):
        said = self.client("search", "ferry", "-kim", status=2).stderr
        self.assertIn("broadsheet search -- 'ferry -kim'", said)

    def test_nothing_to_search_for_is_an_error(self):
        self.client("search", status=2)

    def test_no_server_is_one_line_at_once(self):
        # Bound and not listening: nobody else gets the port, and nobody answers there. A client that
        # waited for an answer would wait for longer than this test does.
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{taken.getsockname()[1]}"
            finished = run("broadsheet", "--server", address, "--timeout", 3600, "search", "ferry")
        self.assertEqual(finished.returncode, 2)
        self.assertEqual(finished.stdout, "")
        self.assertEqual(len(finished.stderr.splitlines()), 1)
        self.assertIn(address, finished.stderr)
        self.assertIn("broadsheetd --index", finished.stderr)


class OnATerminal(ClientTest):
    """What `broadsheet search picket` writes to a terminal of 60 columns."""

    def shown(self, *arguments, **env):
        env = environment(
            BROADSHEET_SERVER=self.server.address, HOME=self.index.folder, TERM="xterm",
            COLUMNS=60, LC_ALL="C.UTF-8", **env,
        )
        return run_on(terminal(), "broadsheet", *arguments, env=env)

    def test_matched_words_are_lit_up(self):
        shown = self.shown("search", "picket")
        self.assertRegex(shown, re.escape(ESCAPE) + r"[0-9;]+mpicket" + re.escape(ESCAPE))

    def test_no_color_is_honoured(self):
        self.assertNotIn(ESCAPE, self.shown("search", "picket", NO_COLOR="1"))

    def test_lines_fit_the_terminal(self):
        shown = self.shown("search", "ferry", "strike", NO_COLOR="1")
        for line in shown.splitlines():
            # A pseudo-terminal without a size: COLUMNS says 60.
            self.assertLessEqual(len(line), 60, line)


class Disguises(unittest.TestCase):
    """Marks that turn round or hide text, in every field of an article that readers see."""

    MARKS = ("\u202e", "\u202d", "\u2066", "\u2067", "\u2069", "\u009b", "\x1b]", "\u200b")

    def test_no_mark_of_an_article_reaches_the_reader(self):
        marked = "".join(self.MARKS)
        article = {
            "id": "mill\u202e1", "headline": f"Mill {marked} turns", "body": f"It {marked} turns.",
            "summary": f"A {marked} mill", "bylines": [f"Jane {marked} Doe"], "tags": [f"m{marked}ill"],
            "source": f"Gazette {marked}", "section": f"Local {marked}",
            "captions": [{"text": f"The {marked} mill", "credit": f"J {marked} Roe"}],
            "url": "https://mill.example/\u202e1",
        }
        with Index() as index:
            index.build_articles(article)
            with index.serve() as server:
                ids = [json.loads(line)["article"]["id"] for line in
                       server.client("search", "turns", "--output", "jsonl").stdout.splitlines()]
                calls = [["search", "turns"], ["search", "turns", "--explain"],
                         ["search", "nothing\u202ehere"], ["get", "absent\u202e"], ["status"],
                         *(["search", "mill", "--output", output] for output in ("json", "jsonl", "ids")),
                         *(["get", name] for name in ids),
                         *(["get", name, "--output", "json"] for name in ids)]
                for call in calls:
                    finished = server.client(*call)
                    for mark in self.MARKS:
                        self.assertNotIn(mark, finished.stdout + finished.stderr, call)
                self.assertIn("turns", server.client("search", "turns").stdout)


if __name__ == "__main__":
    unittest.main()
