# SPDX-License-Identifier: GPL-3.0-or-later
"""What the test suites of feedparser, gofeed, feed-rs and rust-rss expect of feeds.

feedparser states it in a comment of each file, gofeed and feed-rs in a file beside it; of rust-rss
there are the feeds alone, and what Python's XML parser finds in them is expected."""

import ast
import datetime
import json
import re
import xml.etree.ElementTree as ElementTree

from . import Expectation, apart, same_text


def feed_files(folder):
    """Feeds, without what is expected of them."""
    files = sorted(p for p in folder.rglob("*") if p.suffix in (".xml", ".json") and p.is_file())
    beside = [expected_file(p) for p in files]
    return [p for p in files if p not in beside]


def expected_file(path):
    """Where gofeed and feed-rs say what they expect of a feed."""
    for candidate in (path.with_suffix(".serde.json"), path.with_suffix(".json"),
                      path.with_name(path.stem + "_expected.json")):
        if candidate != path and candidate.exists():
            return candidate
    return None


# What an article holds, by the name that an expectation has for it.


def texts(article):
    return [article["summary"], article["body"]]


def is_text(article, expected):
    # A text of pictures only is none.
    return any(same_text(ours, expected) for ours in texts(article))


def instants(article):
    return [article[name] for name in ("publishedTime", "updatedTime") if name in article]


def seconds(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def is_instant(article, expected):
    if isinstance(expected, (list, tuple)):
        expected = datetime.datetime(*expected[:6], tzinfo=datetime.timezone.utc).isoformat()
    return any(abs(seconds(ours) - seconds(expected)) < 1 for ours in instants(article))


def names(article):
    return [byline["name"] for byline in article["bylines"]]


def is_name(article, expected):
    """A name, or a name and an address."""
    return any(name and name.lower() in expected.lower() for name in names(article))


def is_tag(article, expected):
    return any(same_text(tag, expected) for tag in article["tags"])


def is_address(article, expected):
    return article["url"].rstrip("/") == expected.strip().rstrip("/")


def is_id(article, expected):
    # Where an item has a link, an id that is no URI is not its identity.
    if article["url"] and not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:\S", expected):
        return None
    return expected.strip() in (article["id"], article["url"])


HELD = {
    "title": (lambda a, e: same_text(a["headline"], e), lambda a: a["headline"]),
    "text": (is_text, texts),
    "link": (is_address, lambda a: a["url"]),
    "id": (is_id, lambda a: a["id"]),
    "author": (is_name, names),
    "time": (is_instant, instants),
    "tag": (is_tag, lambda a: a["tags"]),
    "rights": (lambda a, e: same_text(a["copyright"], e), lambda a: a["copyright"]),
    "source": (lambda a, e: same_text(a["source"], e), lambda a: a["source"]),
    "language": (lambda a, e: a["language"].lower() == e.lower(), lambda a: a["language"]),
}


def of_item(number, kind, expected, what):
    """An expectation of what an article holds: that item `number` has `expected` as its `kind`."""
    judge, show = HELD[kind]

    def has_no_text(reading):
        return any("article refused" in reason for reason in reading.rejects)

    def holds(reading):
        if number >= len(reading.articles):
            return None if has_no_text(reading) else False
        return judge(reading.articles[number], expected)

    def instead(reading):
        if number >= len(reading.articles):
            return f"{len(reading.articles)} articles, rejects {reading.rejects}"
        return repr(show(reading.articles[number]))

    return Expectation(f"item {number}: {what}", holds, instead)


# feedparser: "not bozo and entries[0]['title'] == 'Example'".

OF_ENTRY = {
    ("title",): "title", ("title_detail", "value"): "title",
    ("description",): "text", ("summary",): "text", ("summary_detail", "value"): "text",
    ("content", 0, "value"): "text",
    ("link",): "link", ("id",): "id", ("guid",): "id",
    ("author",): "author", ("author_detail", "name"): "author", ("authors", 0, "name"): "author",
    ("published_parsed",): "time", ("updated_parsed",): "time", ("created_parsed",): "time",
    ("tags", 0, "term"): "tag", ("tags", 1, "term"): "tag", ("tags", 2, "term"): "tag",
    ("category",): "tag",
    ("rights",): "rights", ("copyright",): "rights",
    ("source", "title"): "source", ("publisher",): "source",
}
OF_FEED = {("title",): "source", ("language",): "language", ("rights",): "rights",
           ("copyright",): "rights"}


def path_of(node):
    """entries[0]['title'] -> ("entries", 0, "title"); None for anything else."""
    if isinstance(node, ast.Name):
        return (node.id,)
    inner = path_of(node.value) if isinstance(node, (ast.Subscript, ast.Attribute)) else None
    if inner is None:
        return None
    if isinstance(node, ast.Attribute):
        return (*inner, node.attr)
    return (*inner, node.slice.value) if isinstance(node.slice, ast.Constant) else None


def conditions(node):
    """The parts of what is expected that all have to hold."""
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
        return [part for value in node.values for part in conditions(value)]
    return [node]


def condition(node, has_items):
    what = ast.unparse(node)
    is_equality = isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq)
    path = path_of(node.left) if is_equality else None
    if path is None:
        return apart(what)
    try:
        expected = ast.literal_eval(node.comparators[0])
    except ValueError:
        return apart(what)
    if isinstance(expected, bytes) or not expected:
        return apart(what)
    if path[0] == "entries" and path[2:] in OF_ENTRY:
        return of_item(path[1], OF_ENTRY[path[2:]], expected, what)
    if path[0] == "feed" and path[1:] in OF_FEED and has_items:
        return of_item(0, OF_FEED[path[1:]], expected, what)
    return apart(what)


def feedparser(path):
    content = path.read_bytes()
    stated = re.search(rb"Expect:\s*(.*)", content)
    if stated is None:
        return
    has_items = re.search(rb"<(\w+:)?(item|entry)\b", content) is not None
    tree = ast.parse(stated[1].decode("utf-8", "replace").strip(), mode="eval")
    for node in conditions(tree.body):
        if path_of(node) in (("bozo",), ("encoding",)) or isinstance(node, ast.UnaryOp):
            continue
        yield condition(node, has_items)


# gofeed and feed-rs: JSON of what their own readers return.

OF_ITEM = {
    "title": "title", "description": "text", "summary": "text", "content": "text", "link": "link",
    "guid": "id", "id": "id", "author": "author", "authors": "author", "pubDateParsed": "time",
    "publishedParsed": "time", "updatedParsed": "time", "published": "time", "updated": "time",
    "categories": "tag", "rights": "rights", "links": "link",
}
# What JSON for one value may be wrapped in, by kind.
INNER = {"title": ["content", "value"], "text": ["body", "content", "value"], "author": ["name"],
         "tag": ["label", "term", "value"], "id": ["value"], "rights": ["content", "value"],
         "link": ["href"], "time": []}


def plain_values(kind, value):
    """The texts that a member states."""
    if isinstance(value, list):
        return [text for item in value for text in plain_values(kind, item)]
    if isinstance(value, dict):
        if kind == "link" and value.get("rel") not in (None, "", "alternate"):
            return []
        for name in INNER[kind]:
            if isinstance(value.get(name), (str, dict)) and value[name]:
                return plain_values(kind, value[name])
        return []
    return [value] if isinstance(value, str) and value else []


def of_member(number, name, value, content):
    kind = OF_ITEM.get(name)
    stated = plain_values(kind, value) if kind else []
    if kind == "link":
        stated = stated[:1]
    for text in stated:
        # feed-rs makes up ids, and gofeed keeps dates as they are written beside those it reads.
        is_made_up = kind == "id" and text not in content
        is_raw = kind == "time" and re.match(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-])", text) is None
        if is_made_up or is_raw:
            yield apart(f"item {number}: {name}")
        else:
            yield of_item(number, kind, text, f"{name} is {text[:200]!r}")
    if not stated:
        yield apart(f"item {number}: {name}")


def json_beside(path):
    beside = expected_file(path)
    try:
        expected = json.loads(beside.read_text(encoding="utf-8")) if beside else None
    except ValueError:
        return
    if not isinstance(expected, dict):
        return
    content = path.read_bytes().decode("utf-8", "replace")
    for number, item in enumerate(expected.get("items") or expected.get("entries") or []):
        for name, value in item.items():
            yield from of_member(number, name, value, content)


gofeed = json_beside
feed_rs = json_beside


# rust-rss: what Python's parser finds.


def rust_rss(path):
    try:
        root = ElementTree.parse(path).getroot()
    except (ElementTree.ParseError, LookupError, ValueError):
        return
    kinds = {"title": "title", "link": "link", "description": "text", "category": "tag"}
    items = [e for e in root.iter() if isinstance(e.tag, str) and e.tag.rpartition("}")[2] == "item"]
    for number, item in enumerate(items):
        for child in item:
            name = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
            text = (child.text or "").strip()
            if name not in kinds or child.tag.startswith("{http://search.yahoo") or not text:
                yield apart(f"item {number}: {name}")
            else:
                yield of_item(number, kinds[name], text, f"{name} is {text[:200]!r}")
