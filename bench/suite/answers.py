# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether engines answer alike, which comes before who is quicker: counts and the first ten hits.

Engines differ in what a word is and in how it is stemmed, so counts differ for some queries; these
are listed, not hidden. Rankings differ on purpose: `plain` is nearest to what the others do.
"""

import statistics
from dataclasses import dataclass

from lib import api

from . import searches

QUERIES = 200
DEPTH = 10
PROFILES = ("plain", "default")
# Of the queries, in the order of how many times theirs our counts are.
SHARES = (0.1, 0.5, 0.9)


@dataclass
class Agreement:
    """Of one class of queries."""

    queries: int
    # Of the queries, how many have the same count on both sides.
    same_counts: int
    # Ours divided by theirs, where both find anything: what a tenth, half and nine tenths stay below.
    ratios: tuple
    # Of the first ten, what share both have: a mean over the queries that anybody has hits for.
    overlaps: dict
    # Triples of query, our count and theirs.
    differing: list


def ours(address, name, queries):
    """By profile, for each query of a class a pair of how many articles match and the first ids."""
    found = {}
    with api.connect(address) as channel:
        service = api.Service(channel)
        for profile in PROFILES:
            found[profile] = [_ask(service, name, query, profile) for query in queries]
    return found


def _ask(service, name, query, profile):
    response = service.search(
        query, page_size=DEPTH, match=searches.MATCH[name], ranking_profile=profile,
        exact_total=True, read_mask={"paths": ["id"]},
        highlight=api.messages.HighlightOptions(disabled=True),
    )
    return response.total.value, [hit.article.id for hit in response.hits]


def overlap(mine, theirs):
    """The share that two lists of ids have in common, of the longer one."""
    longer = max(len(mine), len(theirs))
    return len(set(mine) & set(theirs)) / longer if longer else 1.0


def agreement(queries, mine, theirs):
    """`mine` as ours() gives it, `theirs` a pair of count and ids for each query."""
    counts = [(query, own[0], other[0])
              for query, own, other in zip(queries, mine["plain"], theirs, strict=True)]
    differing = [row for row in counts if row[1] != row[2]]
    ratios = sorted(own / other for _, own, other in counts if own and other) or [1.0]
    overlaps = {}
    for profile, answers in mine.items():
        shares = [overlap(own[1], other[1]) for own, other in zip(answers, theirs, strict=True)
                  if own[1] or other[1]]
        overlaps[profile] = statistics.mean(shares) if shares else 1.0
    return Agreement(len(queries), len(queries) - len(differing),
                     tuple(ratios[int(share * (len(ratios) - 1))] for share in SHARES),
                     overlaps, differing)


def table(agreements):
    """`agreements` by (rival, class)."""
    heads = " | ".join(f"first {DEPTH} in common, `{profile}`" for profile in PROFILES)
    lines = [f"| against | queries | the same count | ours ÷ theirs, p10 / p50 / p90 | "
             f"{heads} |",
             "|---" * (4 + len(PROFILES)) + "|"]
    for (rival, name), one in agreements.items():
        shares = " | ".join(f"{one.overlaps[profile]:.2f}" for profile in PROFILES)
        ratios = " / ".join(f"{ratio:.2f}" for ratio in one.ratios)
        lines.append(f"| {rival}, {name} | {one.queries} | {one.same_counts / one.queries:.0%} | "
                     f"{ratios} | {shares} |")
    return lines


def listing(agreements):
    """A line for each query whose count differs, as tab-separated values with a head."""
    lines = ["rival\tclass\tquery\tours\ttheirs"]
    for (rival, name), one in agreements.items():
        lines += [f"{rival}\t{name}\t{query}\t{own}\t{other}"
                  for query, own, other in one.differing]
    return lines
