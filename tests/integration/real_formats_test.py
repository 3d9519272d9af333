# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of agencies and feeds that other people publish as examples and test suites: what the
indexer makes of them is compared with what Python's own parsers of JSON and XML see in them, and of
web archives with what a few lines of Python do."""

import collections
import json
import re
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
import zlib
from pathlib import Path

from lib import programs

FORMATS = None


def setUpModule():
    global FORMATS
    FORMATS = programs.shared("data/formats")


def plain(text):
    """A text on one line."""
    return re.sub(r"\s+", " ", text or "").strip()


def local(element):
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def is_title(element):
    """A feed's own plain title, not that of a picture."""
    return local(element) == "title" and "mrss" not in element.tag and not element.attrib


def parse(format_name, *paths):
    """The articles of all files, and the rejects by file."""
    return parse_and_warn(format_name, *paths)[:2]


def parse_and_warn(format_name, *paths):
    """The articles of all files, the rejects by file, and the warnings by file."""
    with tempfile.TemporaryDirectory() as folder:
        said_files = [Path(folder) / name for name in ("rejects.jsonl", "warnings.jsonl")]
        finished = programs.run(
            "broadsheet-indexer", "parse", "--format", format_name,
            "--rejects", said_files[0], "--warnings", said_files[1], *paths,
        )
        articles = [json.loads(line) for line in finished.stdout.splitlines()]
        said = []
        for file in said_files:
            said.append(collections.defaultdict(list))
            for line in file.read_text(encoding="utf-8").splitlines():
                one = json.loads(line)
                said[-1][one["file"]].append(one)
    return articles, *said


MEDIA = ("picture", "graphic", "video", "audio", "animation")
HELD = ("withheld", "canceled")


class Ninjs(unittest.TestCase):
    def good_files(self):
        root = FORMATS / "iptc-ninjs"
        files = [*root.glob("examples/[123].*/*.json"), *root.glob("validation/**/should_pass/*.json")]
        return sorted(files)

    def headline(self, item):
        for key, value in item.items():
            if key == "headline" or key.startswith("headline_"):
                return value
        headlines = item.get("headlines") or [{"value": item.get("title", "")}]
        main = [h for h in headlines if h.get("role") == "main"]
        return (main or headlines)[0].get("value", "")

    def is_passed_over(self, item):
        """Plans without any text, and media without a text of their own, unless they are held back."""
        has = lambda *names: any(name.startswith(names) and item[name] for name in item)
        if item.get("type") in MEDIA:
            return not has("body", "bodies") and item.get("pubstatus") not in HELD
        is_plan = item.get("type") in ("event", "planning")
        return is_plan and not has("headline", "title", "body", "bodies", "description")

    def test_every_good_item_with_text_is_an_article_unless_it_is_a_medium_alone(self):
        files = self.good_files()
        self.assertGreater(len(files), 100)
        articles, rejects = parse("ninjs", *files)
        headlines = collections.Counter(plain(a["headline"]) for a in articles)
        items = 0
        for file in files:
            document = json.loads(file.read_text(encoding="utf-8-sig"))
            for item in document if isinstance(document, list) else [document]:
                if self.is_passed_over(item):
                    continue
                items += 1
                text = plain(self.headline(item))
                if text and not re.search("[<&]", text):
                    self.assertGreater(headlines[text], 0, (file, text, rejects.get(str(file))))
        refused = [reject for of_file in rejects.values() for reject in of_file]
        self.assertEqual(len(articles) + len(refused), items)
        for reject in refused:
            # A suite of schemas holds items without any text.
            self.assertRegex(reject["reason"], "^article refused", reject)

    def test_ids_and_versions_are_those_of_the_files(self):
        files = [f for f in self.good_files() if "examples" in f.parts]
        articles, _ = parse("ninjs", *files)
        by_id = {a["id"]: a for a in articles}
        checked = 0
        for file in files:
            item = json.loads(file.read_text(encoding="utf-8-sig"))
            if isinstance(item, list) or item.get("uri") not in by_id:
                continue
            version = str(item.get("version", ""))
            if version.isdigit():
                versions = [a["version"] for a in articles if a["id"] == item["uri"]]
                self.assertIn(version, versions, file)
                checked += 1
        self.assertGreater(checked, 5)


class Newsml(unittest.TestCase):
    def is_passed_over(self, item):
        """Media without a text of their own, unless they are held back."""
        code = lambda name: next((e.get("qcode") or e.get("uri") or "" for e in item.iter()
                                  if local(e) == name), "")
        inline = [e for e in item.iter() if local(e).startswith("inline")]
        return (code("itemClass").endswith(MEDIA) and not any(map(self.text, inline))
                and not code("pubStatus").endswith(HELD))

    def text(self, element):
        return plain("".join(element.itertext()))

    def test_every_news_item_is_an_article_with_its_headline_unless_it_is_a_medium_alone(self):
        files, items = [], {}
        for folder in ("iptc-newsmlg2", "iptc-python-newsmlg2"):
            for file in sorted((FORMATS / folder).rglob("*.xml")):
                try:
                    root = ElementTree.parse(file).getroot()
                except ElementTree.ParseError:
                    continue
                found = [e for e in root.iter() if local(e) == "newsItem"]
                if not found:
                    continue
                files.append(file)
                for item in found:
                    heads = [e for e in item.iter() if local(e) == "headline"]
                    if heads and not self.is_passed_over(item):
                        items.setdefault(item.get("guid"), set()).add(self.text(heads[0]))
        self.assertGreater(len(files), 100)
        articles, rejects = parse("newsml", *files)
        headlines = collections.defaultdict(set)
        for article in articles:
            headlines[article["id"]].add(plain(article["headline"]))
        self.assertGreater(len(items), 5)
        for guid, expected in items.items():
            self.assertTrue(expected <= headlines[plain(guid)], (guid, expected, headlines[guid]))
        for file, of_file in rejects.items():
            for reject in of_file:
                self.assertIn("article refused", reject["reason"], (file, reject))


class Feeds(unittest.TestCase):
    def feeds(self):
        for suite in ("feedparser", "gofeed", "feeds"):
            yield from sorted((FORMATS / suite).rglob("*.xml"))

    def test_every_item_of_a_well_formed_feed_is_read(self):
        well_formed, expected, titles = [], 0, collections.Counter()
        for file in self.feeds():
            try:
                root = ElementTree.parse(file).getroot()
            except (ElementTree.ParseError, LookupError, ValueError):
                continue
            if local(root) not in ("rss", "feed", "RDF"):
                continue
            items = [e for e in root.iter() if local(e) in ("item", "entry")]
            # An item inside an item is part of it.
            inner = {i for e in items for i in e.iter() if i is not e and local(i) in ("item", "entry")}
            items = [e for e in items if e not in inner]
            if not items:
                continue
            well_formed.append(file)
            expected += len(items)
            for item in items:
                title = next((c for c in item if is_title(c)), None)
                if title is not None and len(title) == 0:
                    text = plain(title.text)
                    if text and not re.search("[<&]", text):
                        titles[text] += 1
        self.assertGreater(len(well_formed), 500)
        articles, rejects = parse("rss", *well_formed)
        refused = [r for of_file in rejects.values() for r in of_file]
        broken = [r for r in refused if "article refused" not in r["reason"]]
        self.assertEqual(broken, [], "a well-formed feed that was not read")
        self.assertEqual(len(articles) + len(refused), expected)
        headlines = collections.Counter(plain(a["headline"]) for a in articles)
        missing = {t: n for t, n in titles.items() if headlines[t] < n}
        self.assertEqual(missing, {})

    def test_every_broken_feed_is_reported_with_its_place(self):
        broken = []
        for file in self.feeds():
            try:
                ElementTree.parse(file)
            except ElementTree.ParseError:
                broken.append(file)
            except (LookupError, ValueError):
                continue
        self.assertGreater(len(broken), 20)
        _, rejects, warnings = parse_and_warn("rss", *broken)
        silent = []
        for file in broken:
            said = rejects[str(file)] + warnings[str(file)]
            for one in said:
                self.assertTrue(one["reason"])
            if not said:
                silent.append(file.name)
        # What Python's parser refuses and is no loss: HTML's entities, prefixes that are bound to
        # nothing, and blank lines before the declaration.
        for file in broken:
            if file.name in silent:
                self.assertRegex(file.read_bytes(), rb"&\w+;|<\w+:\w+|^\s+<\?xml", file)


def unpacked(file):
    """The bytes of a file, of each gzip member as far as it is whole."""
    left = file.read_bytes()
    if not left.startswith(b"\x1f\x8b"):
        return left
    content = b""
    while left.startswith(b"\x1f\x8b"):
        member = zlib.decompressobj(wbits=31)
        content += member.decompress(left)
        left = member.unused_data
    return content


def html_responses(content):
    """The addresses of a WARC's or an ARC's pages that were answered with status 200."""
    found = []
    while content := content.lstrip(b"\r\n"):
        if content.startswith(b"WARC/"):
            head, _, content = content.partition(b"\r\n\r\n")
            fields = {
                name.strip().lower(): value.strip()
                for name, _, value in (line.partition(b":") for line in head.splitlines()[1:])
            }
            size, kind = int(fields[b"content-length"]), fields[b"warc-type"]
            address = fields.get(b"warc-target-uri", b"").strip(b"<>")
        else:
            head, _, content = content.partition(b"\n")
            words = head.split(b" ")
            size, kind, address = int(words[-1]), b"response", b" ".join(words[:-4])
        body, content = content[:size], content[size:]
        http, _, page = body.partition(b"\r\n\r\n")
        is_page = re.match(rb"HTTP/\S+ 200\b", http) and re.search(rb"(?im)^content-type:\s*text/html", http)
        if kind == b"response" and is_page and page:
            found.append(address.decode())
        if kind == b"resource" and fields.get(b"content-type", b"").startswith(b"text/html"):
            found.append(address.decode())
    return found


class WebArchives(unittest.TestCase):
    # The last one's line ends were changed, so that its record is shorter than it says.
    BROKEN = ("bad.arc", "example-trunc.warc", "example-space-in-url.arc")

    def archives(self):
        for suite in ("jwarc", "warcio"):
            for file in sorted((FORMATS / suite).rglob("*")):
                if re.search(r"\.w?arc(\.gz)?(\.bad)?$", file.name):
                    yield file

    def test_every_page_is_an_article_or_said_to_be_none(self):
        whole = [file for file in self.archives() if file.name not in self.BROKEN]
        self.assertGreater(len(whole), 10)
        pages = 0
        for file in whole:
            expected = html_responses(unpacked(file))
            articles, rejects = parse("auto", file)
            refused = [reject for of_file in rejects.values() for reject in of_file]
            for reject in refused:
                self.assertRegex(reject["reason"], "^no page of an article", file)
            read = [a["url"] for a in articles] + [reject["record"] for reject in refused]
            self.assertEqual(len(read), len(expected), (file, read, expected))
            pages += len(expected)
        self.assertGreater(pages, 5)

    def test_what_is_broken_is_reported_with_its_record(self):
        for file in self.archives():
            if file.name in self.BROKEN:
                _, rejects = parse("auto", file)
                self.assertTrue(rejects, file)


if __name__ == "__main__":
    unittest.main()
