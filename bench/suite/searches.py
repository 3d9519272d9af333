# SPDX-License-Identifier: GPL-3.0-or-later
"""How many searches a second, how long they take, and what they cost the server, class by class."""

import json
import statistics

from . import servers

PROFILES = ("default", "plain")
CALLERS = (1, 8)
MATCH = {"and": "MATCH_MODE_ALL", "any": "MATCH_MODE_ANY", "phrase": "MATCH_MODE_ALL"}
# "+s": headlines, addresses and dates, and a fragment of text of each hit.
READ_MASK = "headline,url,publishedTime"


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


def own_cost(server, folder, seconds, rounds):
    """Calls for a word nobody has, 8 callers, against a handler that does nothing: two medians."""
    nobody = folder / "nobody.txt"
    nobody.write_text("zzqxv\n", encoding="utf-8")
    load = ("--queries", nobody, "--callers", 8, "--seconds", seconds)
    rates = {"searched": [], "empty": []}
    answer = servers.load(server.address, *load)[0]["bytesPerAnswer"]
    with servers.empty_handler(int(answer)) as address:
        for _ in range(rounds):
            rates["searched"].append(servers.load(server.address, *load)[0]["perSecond"])
            rates["empty"].append(servers.load(address, *load)[0]["perSecond"])
    return statistics.median(rates["searched"]), statistics.median(rates["empty"])
