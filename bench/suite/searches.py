# SPDX-License-Identifier: GPL-3.0-or-later
"""How many searches a second, how long they take, and what they cost the server, class by class."""

import json
import statistics

from lib import api

from . import servers

PROFILES = ("default", "plain")
CALLERS = (1, 8)
MATCH = {"and": "MATCH_MODE_ALL", "any": "MATCH_MODE_ANY", "phrase": "MATCH_MODE_ALL"}
# "+s": headlines, addresses and dates, and a fragment of text of each hit.
READ_MASK = "headline,url,publishedTime"
# Hits of a short page and of a long one.
PAGES = (10, 200)
# Queries of which the hits are counted.
SAMPLE = 100


def request(query_class, profile, with_fragment):
    """The rest of a search, as the rivals are asked as well: ten hits with what a list shows."""
    whole = {
        "match": MATCH[query_class],
        "rankingProfile": profile,
        "pageSize": 10,
        "readMask": READ_MASK,
        "highlight": {"maxFragments": 1} if with_fragment else {"disabled": True},
    }
    return json.dumps(whole)


def measure(server, queries, seconds, rounds):
    """Medians by (profile, class, with fragment): a second at 1 and 8 callers, p50, p99, cost."""
    seen = {}
    for _ in range(rounds):
        for profile in PROFILES:
            for name, path in queries.items():
                for with_fragment in (False, True):
                    for callers in CALLERS:
                        report, cost = servers.load_and_cost(
                            server, "--queries", path, "--callers", callers, "--seconds", seconds,
                            "--request", request(name, profile, with_fragment),
                        )
                        seen.setdefault((profile, name, with_fragment, callers), []).append(
                            (report["perSecond"], report["p50Ms"], report["p99Ms"], cost)
                        )
    return {key: [statistics.median(column) for column in zip(*rows)]
            for key, rows in seen.items()}


def table(medians):
    """One row a profile, class and kind of answer."""
    lines = ["| searches | p50 ms | p99 ms | a second, 1 caller | 8 callers | server's µs a search |",
             "|---|---|---|---|---|---|"]
    for profile, name, with_fragment, callers in medians:
        if callers != 1:
            continue
        alone = medians[profile, name, with_fragment, 1]
        eight = medians[profile, name, with_fragment, 8]
        what = f"`{profile}`, {name}" + (", a fragment a hit" if with_fragment else "")
        lines.append(f"| {what} | {alone[1]:.2f} | {alone[2]:.2f} | {alone[0]:.0f} | "
                     f"{eight[0]:.0f} | {eight[3]:.0f} |")
    return lines


def own_cost(server, remembering, folder, seconds, rounds):
    """Two medians each, ours and of a handler that answers at once with as many bytes, of calls a
    second with 8 callers: by the name of what is asked. "own cost" is a word that nobody has,
    "repeated" one search again and again, of a server that keeps answers."""
    return {
        "own cost": _against_empty(server, folder, "zzqxv", "{}", seconds, rounds),
        "repeated": _against_empty(remembering, folder, "health insurance",
                                   request("and", "default", True), seconds, rounds),
    }


def _against_empty(server, folder, query, rest, seconds, rounds):
    file = folder / "one.txt"
    file.write_text(query + "\n", encoding="utf-8")
    load = ("--queries", file, "--request", rest, "--callers", 8, "--seconds", seconds)
    rates = {"searched": [], "empty": []}
    answer = servers.load(server.address, *load)[0]["bytesPerAnswer"]
    with servers.empty_handler(int(answer)) as address:
        for _ in range(rounds):
            rates["searched"].append(servers.load(server.address, *load)[0]["perSecond"])
            rates["empty"].append(servers.load(address, *load)[0]["perSecond"])
    return statistics.median(rates["searched"]), statistics.median(rates["empty"])


def cost_table(costs, further_hit):
    """Of what own_cost() and further_hit_cost() gave."""
    names = {"own cost": "a word nobody has", "repeated": "one search again and again"}
    lines = ["| 8 callers | a second | an empty handler | ratio |", "|---|---|---|---|"]
    for name, (searched, empty) in costs.items():
        lines.append(f"| {names[name]} | {searched:.0f} | {empty:.0f} | {searched / empty:.2f} |")
    return [*lines, "", f"A further hit on a page costs the server {further_hit:.1f} µs."]


def further_hit_cost(server, queries, seconds, rounds):
    """The server's processor µs for each hit that a longer page has: what it takes to fetch one."""
    costs, hits = {}, {}
    for size in PAGES:
        asked = json.dumps({**json.loads(request("any", "plain", False)), "pageSize": size})
        hits[size] = _mean_hits(server.address, queries["any"], size)
        costs[size] = lambda asked=asked: servers.load_and_cost(
            server, "--queries", queries["any"], "--callers", 2, "--seconds", seconds,
            "--request", asked)[1]
    seen = [[costs[size]() for size in PAGES] for _ in range(rounds)]
    short, long = (statistics.median(column) for column in zip(*seen))
    more = hits[PAGES[1]] - hits[PAGES[0]]
    return max(long - short, 0) / more if more else 0


def _mean_hits(address, path, size):
    """How many hits a page has, over some of the queries."""
    with api.connect(address) as channel:
        service = api.Service(channel)
        return statistics.mean(
            len(service.search(query, page_size=size, match=MATCH["any"], ranking_profile="plain",
                               read_mask={"paths": ["id"]},
                               highlight=api.messages.HighlightOptions(disabled=True)).hits)
            for query in path.read_text(encoding="utf-8").splitlines()[:SAMPLE])
