# SPDX-License-Identifier: GPL-3.0-or-later
"""The report of `broadsheet-indexer parse --html`, as a browser would read it."""

import collections
import html.parser
import os
import pathlib
import subprocess
import tempfile
import unittest

from lib.programs import BIN, environment, run

SOURCE = pathlib.Path(os.environ.get("BROADSHEET_SOURCE", pathlib.Path(__file__).parents[2]))
EXAMPLES = SOURCE / "examples" / "articles"

# All that a report is made of: nothing of it loads, sends or runs anything.
TAGS = {
    "html", "head", "meta", "title", "style", "body", "a", "header", "main", "section", "nav",
    "article", "h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "dl", "dt", "dd", "div", "table",
    "caption", "thead", "tbody", "tr", "th", "td", "meter", "strong", "span", "bdi", "q", "del",
    "details", "summary", "pre",
}
ATTRIBUTES = {
    "lang", "charset", "http-equiv", "content", "name", "class", "id", "href", "value", "max",
    "aria-labelledby", "aria-hidden", "role", "scope", "dir",
}
VOID = {"meta"}

HOSTILE = """<!DOCTYPE html><html lang="en"><head><title>{attack}</title>
<meta property="og:title" content="{attack}"><meta name="author" content="{attack}">
<script>document.title = 'run'</script></head><body onload="alert(1)">
<nav class="{attack}"><a href="javascript:alert(1)">{attack}</a></nav><article><h1>{attack}</h1>
<p>{attack} The harbour board of Varnholm voted on Monday to move the ferry landing north.</p>
<p>Work will begin in spring, the board said, and boats keep their timetable. {attack}</p>
<div class="share {attack}">{attack}</div></article></body></html>"""
ATTACKS = [
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&quot;&gt;&lt;img src=https://evil.example/x onerror=alert(1)&gt;",
    "&lt;/article&gt;&lt;/section&gt;&lt;style&gt;*{{display:none}}&lt;/style&gt;",
    "&lt;/title&gt;&lt;base href=https://evil.example/&gt;",
    "&#x202E;turned&#x2066;round",
    "&lt;!-- &lt;![CDATA[ &lt;svg onload=alert(1)&gt;",
    "'&gt;&lt;a href='javascript:alert(1)'&gt;",
]


class Page(html.parser.HTMLParser):
    """The elements and the text of a report; a tag that is closed wrongly is an error."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.tags, self.attributes = [], collections.Counter(), []
        self.text = ""
        self.feed(text)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag, attrs):
        self.tags[tag] += 1
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, (self.open, tag, self.getpos())
        self.open.pop()

    def handle_data(self, data):
        if self.open[-1:] != ["style"]:
            self.text += data


class ParseReportTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.report = self.folder / "report.html"

    def page(self, *paths, status=0, stdin=None):
        finished = run("broadsheet-indexer", "parse", "--html", self.report, *paths, stdin=stdin)
        self.assertEqual(finished.returncode, status, finished.stderr)
        self.assertEqual(finished.stdout, "")
        return self.checked(self.report.read_text(encoding="utf-8"))

    def checked(self, text):
        page = Page(text)
        self.assertEqual(set(page.tags) - TAGS, set())
        self.assertEqual({name for _, name, _ in page.attributes} - ATTRIBUTES, set())
        ids = [value for _, name, value in page.attributes if name == "id"]
        self.assertEqual(len(ids), len(set(ids)))
        for tag, name, value in page.attributes:
            if name == "href":
                self.assertEqual((tag, value[0]), ("a", "#"))
                self.assertIn(value[1:], ids)
            if name == "aria-labelledby":
                self.assertIn(value, ids)
        policy = [value for _, name, value in page.attributes if name == "content"]
        self.assertIn("default-src 'none'", policy[0])
        self.assertEqual(page.tags["h1"], 1)
        return page

    def test_every_sample_article_is_there_with_its_fields_and_its_origin(self):
        page = self.page(EXAMPLES)
        self.assertEqual(page.tags["article"], 63)
        for said in ("Observatory drops its time ball again after 61 years",
                     "h1, as in JSON-LD, Open Graph, title element", "dropped: in a nav element",
                     "dropped: in an element named \"newsletter\" (\"newsletter\")",
                     "1 article without text (2 %)", "Nothing was indexed."):
            self.assertIn(said, page.text)

    def test_hostile_pages_do_nothing(self):
        for number, attack in enumerate(ATTACKS):
            name = f"{number} <img src=x onerror=y>.html"
            (self.folder / name).write_text(HOSTILE.format(attack=attack), encoding="utf-8")
        page = self.page(self.folder)
        self.assertIn("<script>alert(1)</script>", page.text)
        self.assertIn("U+202E", page.text)
        self.assertFalse(set(page.text) & {"\u202e", "\u2066", "\x1b"})

    def test_records_from_standard_input_and_refused_ones(self):
        page = self.page("-", status=1, stdin='{"headline":"A","body":"B"}\n{"id":"\u202ex"}\n')
        self.assertIn("Rejected", page.text)
        self.assertIn("-, line 2", page.text)
        self.assertIn("U+202Ex", page.text)
        self.assertNotIn("\u202e", page.text)

    def test_paths_of_a_map_and_shared_ids_are_there(self):
        names = self.folder / "map.json"
        names.write_text('{"id": "page", "headline": "title", "body": "<script>txt"}')
        lines = self.folder / "a.jsonl"
        lines.write_text("".join('{"page": 1, "title": "Weir %d"}\n' % n for n in range(4)))
        page = self.page("--map", names, lines)
        self.assertIn("Paths of the map", page.text)
        self.assertIn("<script>txt", page.text)
        self.assertIn("4 articles share 1 id, so that an index keeps one of them", page.text)

    def test_an_input_without_articles_has_a_report_too(self):
        empty = self.folder / "empty.jsonl"
        empty.write_text("")
        self.assertIn("Articles", self.page(empty, status=2).text)

    def test_a_report_in_the_present_folder_is_written_and_made_anew(self):
        for _ in range(2):
            finished = subprocess.run(
                [BIN / "broadsheet-indexer", "parse", "--html", "new.html", EXAMPLES],
                cwd=self.folder, env=environment(), capture_output=True, check=False,
            )
            self.assertEqual(finished.returncode, 0, finished.stderr)
        self.checked((self.folder / "new.html").read_text(encoding="utf-8"))
        self.assertEqual(os.listdir(self.folder), ["new.html"])

    def test_what_cannot_be_written_is_named(self):
        for path in (self.folder / "nowhere" / "report.html", self.folder):
            finished = run("broadsheet-indexer", "parse", "--html", path, EXAMPLES)
            self.assertEqual(finished.returncode, 2)
            self.assertIn(str(path), finished.stderr)
            self.assertEqual(finished.stdout, "")


if __name__ == "__main__":
    unittest.main()
