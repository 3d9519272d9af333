# SPDX-License-Identifier: GPL-3.0-or-later
"""The most work that a request can ask for inside the limits, made of an archive's own words.

    for name, request in worst_queries.requests(articles): ...
"""

import collections
import re
import string

from lib import api

# Inside the limits of engine/query/syntax/limits.h: 128 written words, 512 terms of the index, 4,096 bytes.
_WRITTEN = 128
_TERMS = 500
_BYTES = 4096


def _frequent_words(articles, count):
    """The words that most articles have, of 2 to 9 letters, so that many fit into a query."""
    found = collections.Counter()
    for article in articles[::20]:
        text = f"{article.get('headline', '')} {article.get('body', '')}".lower()
        found.update(set(re.findall(r"\b[a-z]{2,9}\b", text)))
    return [word for word, _ in found.most_common(count)]


def _prefixes(articles, count):
    """The two letters that most different words start with."""
    words = set()
    for article in articles[::20]:
        words.update(re.findall(r"\b[a-z]{3,}\b", (article.get("body") or "").lower()))
    starts = collections.Counter(word[:2] for word in words)
    return [start for start, _ in starts.most_common(count)]


def _request(query="", **fields):
    assert len(query.encode()) <= _BYTES, len(query)
    return api.messages.SearchArticlesRequest(query=query, **fields)


def _any(words):
    return "(" + " OR ".join(words) + ")"


def requests(articles):
    """Pairs of a name and a SearchArticlesRequest; each is answered, none is refused."""
    sort = api.messages.SortOrder.Value
    words = _frequent_words(articles, 400)
    most = words[: _WRITTEN]
    half, other = most[0::2], most[1::2]
    starts = _prefixes(articles, 5)
    deep = {"page_size": 1000, "skip": 9000}
    everything = "-zzzzzzzzz"

    yield "OR of 128 frequent words", _request(" OR ".join(most))
    yield "the same, deep", _request(" OR ".join(most), **deep)
    yield "the same, explained", _request(" OR ".join(most), explain=True, page_size=100)
    yield "the same, a thousand hits lit", _request(" OR ".join(most), page_size=1000)
    yield "the same, all hits counted", _request(" OR ".join(most), exact_total=True)
    yield "all of 30 frequent words, counted", _request(" ".join(most[:30]), exact_total=True)
    yield "any of 128 rarer words", _request(
        " ".join(words[-_WRITTEN:]), match=api.messages.MATCH_MODE_ANY
    )
    yield "64 frequent words without 64 others", _request(f"{_any(half)} NOT {_any(other)}")
    yield "negations", _request(" ".join(f"-{word}" for word in most))
    yield "the same, oldest first", _request(
        " ".join(f"-{word}" for word in most), sort=sort("SORT_ORDER_OLDEST")
    )
    yield "wildcards, any", _request(" OR ".join(f"{start}*" for start in starts))
    yield "wildcards, all", _request(" ".join(f"{start}*" for start in starts))
    yield "wildcards, none", _request(" ".join(f"-{start}*" for start in starts))
    yield "wildcards in the body", _request(" OR ".join(f"body:{start}*" for start in starts))
    yield "fuzzy words", _request(" OR ".join(f"{word}~2" for word in words[200:205]))
    yield "fuzzy words that reach little", _request(
        " OR ".join(f"{letter}qxz{letter}x~2" for letter in string.ascii_lowercase * 4)
    )
    groups = [most[i * 16 : (i + 1) * 16] for i in range(8)]
    yield "NEAR over groups, far", _request(" NEAR/100 ".join(map(_any, groups)))
    yield "NEAR over groups, side by side", _request(" NEAR/1 ".join(map(_any, groups)))
    yield "ADJ over groups", _request(" ADJ/3 ".join(map(_any, groups)))
    pairs = [f'"{one} {two}"' for one, two in zip(most[0::2], most[1::2])]
    yield "phrases of frequent words", _request(" OR ".join(pairs))
    yield "phrases of frequent words, all hits counted", _request(" OR ".join(pairs), exact_total=True)
    yield "phrases that never stand", _request(f'"{most[0]} {most[1]} {most[0]} {most[1]} {most[0]}"')
    yield "one long phrase with slop", _request('"' + " ".join(most[:60]) + '"~100')
    yield "phrases with slop", _request(
        " OR ".join(f'"{one} {two}"~100' for one, two in zip(most[0::2], most[1::2]))
    )
    yield "phrase, oldest first, deep", _request(
        f'"{most[0]} {most[1]}"', sort=sort("SORT_ORDER_OLDEST"), page_size=1000, skip=10_000
    )
    yield "phrase, newest first, deep", _request(
        f'"{most[1]} {most[0]}"', sort=sort("SORT_ORDER_NEWEST"), page_size=1000, skip=10_000
    )
    yield "exact words", _request(" OR ".join(f"={word}" for word in most))
    yield "exact words, all hits counted", _request(
        " OR ".join(f"={word}" for word in most), exact_total=True
    )
    yield "words of the body", _request(" OR ".join(f"body:{word}" for word in most))
    nested = everything
    for i in range(31):
        nested = f"({' OR '.join(most[i * 4 : i * 4 + 4])}) NOT ({nested})"
    yield "nested 32 deep", _request(nested)
    yield "ranges of dates", _request(
        " OR ".join(f"date:1{i:03}-02-01..1{i:03}-03-05" for i in range(120))
    )
    values = [f"value {i}" for i in range(_TERMS)]
    lists = {
        "any_of": {"tag": {"any_of": values}},
        "none_of": {"tag": {"none_of": values}},
        "all_of": {"tag": {"all_of": values}},
    }
    for name, conditions in lists.items():
        yield f"filter of 500 values, {name}", _request(most[0], filter=conditions)
    yield "all words of 128, found in no article", _request(" ".join(most))
