# SPDX-License-Identifier: GPL-3.0-or-later
"""What IPTC's own files expect of ninjs and NewsML.

The validation files of ninjs and NewsML-G2 say by their folder whether they are valid; the tests of
the Python library assert values; for the rest, examples above all, what Python's own parsers find in
a file is expected. A file that is not valid should be refused or its article held back: where it is
neither, since nothing that a reader uses is wrong in it, the expectation is not met."""

import ast
import datetime
import functools
import json
import re
import xml.etree.ElementTree as ElementTree

from . import Expectation, apart, readings_of, same_text

NAR = "{http://iptc.org/std/nar/2006-10-01/}"
XHTML = "{http://www.w3.org/1999/xhtml}"
OTHER_ITEMS = ("packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem")
STATUSES = {"usable": "STATUS_USABLE", "withheld": "STATUS_WITHHELD", "canceled": "STATUS_CANCELLED"}
HELD = ("withheld", "canceled")


def shown(reading):
    kept = [{k: v for k, v in article.items() if v} for article in reading.articles]
    return f"{json.dumps(kept, ensure_ascii=False)[:300]}, {reading.rejects}"


def of_article(what, identity, holds):
    """An expectation of the article with that id, or of the only one."""
    def check(reading):
        own = [a for a in reading.articles if a["id"] == identity] or reading.articles[:1]
        return bool(own) and holds(own[0])
    return Expectation(what, check, shown)


def passed_over(what):
    return Expectation(what, lambda reading: not reading.articles and not reading.rejects, shown)


def medium_alone(kind, has_text, status):
    """What is expected of a picture, video or the like without a text: it is no article, unless it
    holds back what it was; None for all else."""
    alone = kind in ("picture", "graphic", "video", "audio", "animation") and not has_text
    return passed_over(f"is no article but a {kind} alone") if alone and status not in HELD else None


def held_back(article):
    return article["status"] in ("STATUS_WITHHELD", "STATUS_CANCELLED") or "embargoTime" in article


def refused_or_held_back():
    return Expectation(
        "is not valid: refused or held back",
        lambda reading: not reading.articles or all(map(held_back, reading.articles)), shown)


def instant(text):
    """Seconds since 1970, None for a time without a zone and for what is no time."""
    try:
        time = datetime.datetime.fromisoformat(re.sub(r"([+-]\d\d)(\d\d)$", r"\1:\2",
                                                      text.strip().replace("Z", "+00:00")))
    except ValueError:
        return None
    return time.timestamp() if time.tzinfo else None


def texts(article):
    captions = [text for c in article["captions"] for text in (c["text"], c["credit"])]
    return [article["headline"], article["summary"], article["body"], *captions]


def has_text(article, expected):
    """Whether an article has the text, or of a longer one the words in its middle: at its start a
    headline and a byline may stand that are no part of it."""
    if any(same_text(ours, expected) for ours in texts(article)):
        return True
    ours = ["".join(text.split()) for text in texts(article)]
    for variant in readings_of(expected):
        middle = variant[len(variant) // 2:][:60]
        if len(variant) > 200 and any(middle in text for text in ours):
            return True
    return False


def names(article):
    return " ".join(b["name"] + " " + b["role"] + " " + b["organisation"] for b in article["bylines"])


def has_people(article, byline):
    """Whether every capitalised word of a byline is in ours, or the whole is one."""
    words = [w for w in re.findall(r"\w+", re.sub(r"^(By|Von)\s", "", byline)) if w[0].isupper()]
    found = names(article).casefold()
    return all(word.casefold() in found for word in words)


def same_embargo(article, time):
    seconds = instant(time)
    if seconds is None:
        return held_back(article)
    return "embargoTime" in article and instant(article["embargoTime"]) == seconds


# ninjs


def plain(name):
    return name.lower().replace("_", "").replace("$", "")


def values_of(item, *stems):
    """The texts of members such as body_html and bodies, by their plain names."""
    found = []
    for name, value in item.items():
        if not any(plain(name).startswith(stem) for stem in stems):
            continue
        if isinstance(value, str) and value.strip():
            found.append(value)
        elif isinstance(value, list):
            found += [v["value"] for v in value if isinstance(v, dict) and v.get("value")]
    return found


def ninjs_item(item):
    members = {plain(name): value for name, value in item.items()}
    identity = members.get("uri", "")
    kind = members.get("type")
    headlines = values_of(item, "headline") or values_of(item, "title")
    bodies = values_of(item, "body", "bodies")
    descriptions = values_of(item, "description")
    if not (headlines or bodies or descriptions):
        is_plan = kind in ("event", "planning")
        yield passed_over(f"is no article but {kind}") if is_plan else apart("an item without a text")
        return
    if medium := medium_alone(kind, bodies, members.get("pubstatus")):
        yield medium
        return
    yield of_article(f"uri {identity}", identity, lambda a: a["id"] == identity)
    for what, variants in (("headline", headlines), ("body", bodies), ("description", descriptions)):
        if variants:
            yield of_article(f"{what} {variants[0][:60]!r}", identity,
                             lambda a, v=variants: any(has_text(a, text) for text in v))
    status = members.get("pubstatus")
    if status in STATUSES:
        yield of_article(f"pubstatus {status}", identity, lambda a: a["status"] == STATUSES[status])
    embargo = members.get("embargoed") or members.get("embargoeduntil")
    if embargo:
        yield of_article(f"embargoed {embargo}", identity, lambda a: same_embargo(a, embargo))
    byline = members.get("byline") or members.get("by")
    if byline:
        yield of_article(f"byline {byline!r}", identity, lambda a: has_people(a, byline))
    if members.get("copyrightnotice"):
        notice = members["copyrightnotice"]
        yield of_article("copyrightnotice", identity, lambda a: same_text(a["copyright"], notice))


def ninjs_files(folder):
    return sorted(p for p in folder.rglob("*.json")
                  if "specification" not in p.parts and "schema" not in p.name.split("-")[-1])


def ninjs(path):
    if "should_fail" in path.parts:
        yield refused_or_held_back()
        return
    content = json.loads(path.read_text(encoding="utf-8-sig"))
    for item in content if isinstance(content, list) else [content]:
        if "uri" in item or "guid" in item:
            yield from ninjs_item(item)


# NewsML


def text_of(element, path):
    found = element.find("/".join(NAR + part for part in path.split("/")))
    return "".join(found.itertext()).strip() if found is not None else ""


def code(concept):
    return (concept.get("qcode") or concept.get("uri") or "").replace("/", ":").split(":")[-1]


def item_class(item):
    found = item.find(f"{NAR}itemMeta/{NAR}itemClass")
    return code(found) if found is not None else ""


def pub_status(item):
    found = item.find(f"{NAR}itemMeta/{NAR}pubStatus")
    return code(found) if found is not None else ""


def has_inline_text(item):
    content = item.find(NAR + "contentSet")
    return content is not None and any(
        "".join(e.itertext()).strip() for e in content if e.tag.startswith(NAR + "inline"))


def g2_medium_alone(item):
    return medium_alone(item_class(item), has_inline_text(item), pub_status(item))


def g2_item(item):
    identity = item.get("guid", "")
    headline = text_of(item, "contentMeta/headline") or text_of(item, "itemMeta/title")
    description = text_of(item, "contentMeta/description") or text_of(item, "itemMeta/description")
    inline = has_inline_text(item)
    if not (headline or description):
        yield apart("an item without a headline and a description" + " but with content" * inline)
        return
    if medium := g2_medium_alone(item):
        yield medium
        return
    yield of_article(f"guid {identity}", identity, lambda a: a["id"] == identity)
    if (item.get("version") or "").isdigit():
        yield of_article("version", identity, lambda a: a["version"] == item.get("version"))
    if headline:
        yield of_article(f"headline {headline[:60]!r}", identity, lambda a: has_text(a, headline))
    if description:
        yield of_article(f"description {description[:60]!r}", identity,
                         lambda a: has_text(a, description))
    status = pub_status(item)
    if status in STATUSES:
        yield of_article(f"pubStatus {status}", identity, lambda a: a["status"] == STATUSES[status])
    embargo = text_of(item, "itemMeta/embargoed")
    if embargo:
        yield of_article(f"embargoed {embargo}", identity, lambda a: same_embargo(a, embargo))
    for creator in item.findall(f"{NAR}contentMeta/{NAR}creator/{NAR}name"):
        yield of_article(f"creator {creator.text!r}", identity,
                         lambda a, c=creator.text: has_people(a, c))
    notice = text_of(item, "rightsInfo/copyrightNotice")
    if notice:
        yield of_article("copyrightNotice", identity, lambda a: notice.split()[0] in a["copyright"])


def g2(path):
    try:
        root = ElementTree.parse(path).getroot()
    except ElementTree.ParseError:
        yield apart("Python's parser does not read it")
        return
    if "should_fail" in path.parts:
        yield refused_or_held_back()
        return
    items = [root] if root.tag == NAR + "newsItem" else root.findall(f".//{NAR}newsItem")
    for item in items:
        yield from g2_item(item)
    kind = root.tag.split("}")[-1]
    if kind in OTHER_ITEMS or kind == "newsMessage" and not items:
        yield passed_over(f"is no article but {kind}")
    elif not items:
        yield Expectation(f"is no article but {kind}", lambda r: not r.articles, shown)


def newsml1(path):
    for item in ElementTree.parse(path).getroot().iter("NewsItem"):
        number = item.findtext("Identification/NewsIdentifier/NewsItemId")
        yield of_article(f"NewsItemId {number}", "", lambda a, n=number: n in a["id"])
        headline = next(item.iter("HeadLine")).text
        yield of_article(f"HeadLine {headline!r}", "", lambda a, h=headline: same_text(a["headline"], h))
        for component in item.iter("NewsComponent"):
            role = component.find("Role")
            if role is None or role.get("FormalName") != "Body":
                continue
            words = "".join("".join(next(component.iter(XHTML + "body")).itertext()).split())[:100]
            yield of_article("the start of the component of the role Body", "",
                             lambda a, w=words: w in "".join(a["body"].split()))
            break


def newsml1_files(folder):
    return sorted((folder / "examples" / "NewsML").glob("*.xml"))


def g2_files(folder):
    return sorted(folder.rglob("*.xml"))


# What the Python library's tests assert, by the paths that they write.


def first_name(path):
    return re.fullmatch(r"subject\[\d+\]\.name(\[0\])?", path) is not None


def asserted(what, value):
    """The expectation of one assertion."""
    path = re.sub(r"^(newsitem|g2doc)\.", "", what)
    path = re.sub(r"^(itemmeta|contentmeta|rightsinfo)\.", "", path)
    rules = {
        "guid": lambda a: a["id"] == value,
        "version": lambda a: a["version"] == value,
        "copyrightnotice": lambda a: same_text(a["copyright"], value),
        "embargoed": lambda a: same_embargo(a, value),
        "pubstatus.qcode": lambda a: a["status"] == STATUSES.get(value.split(":")[-1]),
        "firstcreated": lambda a: instant(a["publishedTime"]) == instant(value),
        "versioncreated": lambda a: instant(a["updatedTime"]) == instant(value),
        "creator.name": lambda a: has_people(a, value),
        "headline": lambda a: same_text(a["headline"], value),
        "slugline": lambda a: a["labels"].get("slugline") == value,
        "genre.name": lambda a: a["labels"].get("genre") == value,
        "creditline": lambda a: any(c["credit"] == value for c in a["captions"]),
        "description": lambda a: has_text(a, value),
    }
    if first_name(path):
        return of_article(f"{path} {value!r}", "", lambda a: value in a["tags"])
    if path not in rules:
        return apart(f"{what} == {value!r}")
    return of_article(f"{path} {str(value)[:60]!r}", "", rules[path])


def file_named(function):
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "os.path.join":
            return ast.literal_eval(node.args[-1])
    return None


@functools.cache
def assertions(folder):
    """By the name of a test file: pairs of what is asserted and its value."""
    found = {}
    for node in ast.walk(ast.parse((folder / "test_newsitems.py").read_text(encoding="utf-8"))):
        name = file_named(node) if isinstance(node, ast.FunctionDef) else None
        for statement in node.body if name else []:
            test = statement.test if isinstance(statement, ast.Assert) else None
            if not isinstance(test, ast.Compare) or not isinstance(test.comparators[0], ast.Constant):
                continue
            left = test.left
            if isinstance(left, ast.Call) and ast.unparse(left.func) == "str":
                left = left.args[0]
            if not isinstance(left, ast.Call):
                found.setdefault(name, []).append((ast.unparse(left), test.comparators[0].value))
    return found


def python_newsmlg2(path):
    values = assertions(path.parents[1]).get(path.name) if path.parent.name == "test_files" else None
    if values is None:
        yield from g2(path)
        return
    if path.name == "001_simplest_file.xml":
        yield apart("an item without a text")
        return
    medium = g2_medium_alone(ElementTree.parse(path).getroot())
    if medium:
        yield medium
    for what, value in values:
        yield apart(f"{what} of a medium alone") if medium else asserted(what, value)
