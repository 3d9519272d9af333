# SPDX-License-Identifier: GPL-3.0-or-later
"""The articles that are searched, and queries made from their own words."""

import itertools
import json
import lzma
import random
import re

from lib.programs import SHARED, EXAMPLES

REAL = SHARED / "data" / "articles" / "senate-72k.jsonl.xz"

# No query consists of these alone, and no phrase has one.
STOP_WORDS = frozenset(
    "a an and are as at be been but by for from had has have he her his i if in into is it its not of"
    " on or said she that the their them they this to was we were what which who will with would you"
    " your our more than about".split()
)
QUERIES = 1000
# Words a query has; two are the most usual.
LENGTHS = (2, 2, 2, 3, 3, 4)


def write_articles(path, limit=None):
    """Writes the reference articles, or their first so many, as JSON lines; False without them."""
    if not REAL.exists():
        return False
    with lzma.open(REAL, "rt", encoding="utf-8") as packed, open(path, "w", encoding="utf-8") as out:
        out.writelines(itertools.islice(packed, limit))
    return True


def read_articles(path):
    """Of all files below a folder, or of one file: the JSON of each line."""
    for file in sorted(path.rglob("*.jsonl")) if path.is_dir() else [path]:
        with open(file, encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)


def write_queries(articles, folder, count=QUERIES, seed=7):
    """and.txt, any.txt and phrase.txt: words that one article has, in any order; words in a row.

    The same articles and seed give the same queries. Returns their paths by class.
    """
    chance = random.Random(seed)
    texts = [f"{a.get('headline') or ''} . {(a.get('body') or '')[:3000]}" for a in articles]
    queries = {"and": [], "any": [], "phrase": []}
    while min(map(len, queries.values())) < count:
        words = re.findall(r"[a-z]{3,}", chance.choice(texts).lower())
        telling = [word for word in words if word not in STOP_WORDS]
        if len(telling) < 4:
            continue
        for name in ("and", "any"):
            length = min(chance.choice(LENGTHS), len(telling))
            queries[name].append(" ".join(chance.sample(telling, length)))
        begin = chance.randrange(len(words) - 1)
        phrase = words[begin : begin + chance.choice((2, 2, 3))]
        if len(phrase) > 1 and not STOP_WORDS.intersection(phrase):
            queries["phrase"].append(f'"{" ".join(phrase)}"')
    paths = {}
    for name, lines in queries.items():
        paths[name] = folder / f"{name}.txt"
        paths[name].write_text("\n".join(lines[:count]) + "\n", encoding="utf-8")
    return paths


def sample_articles():
    """The articles that come with Broadsheet, for a run that has to be short."""
    return EXAMPLES / "articles"
