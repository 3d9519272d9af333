# SPDX-License-Identifier: GPL-3.0-or-later
"""What people would use instead, on the same articles and queries, in turns with Broadsheet.

The rivals run in process, but for Sphinx, which is a server as well; Broadsheet is asked through
gRPC, so that the comparison is never in its favour. engines.py says which there are.
"""

import contextlib
import pathlib
import statistics
import tempfile
from dataclasses import dataclass, field

from . import answers, builds, engines, searches, servers

# Those of the second list take minutes to fill a large index, or to show fragments from it.
ON_ALL_ARTICLES = (engines.LuceneWithOffsets, engines.Lucene)
ON_FEWER_ARTICLES = (engines.Xapian, engines.Sphinx, engines.SQLite)
FEWER = 20_000
# Seconds that each figure takes, after as many of warming up.
CAP = 2
# How often each index is filled.
BUILDS = 2
CALLERS = 2


def hurry():
    """Has everything from now on measured briefly: to see that it works, not how quick it is."""
    global CAP, BUILDS
    CAP, BUILDS = 0.3, 1


@dataclass
class Rival:
    """What was measured of one, and of Broadsheet in turns with it."""

    name: str
    # Medians by (class, with fragment): a second with two callers, and p99 in ms with one.
    searches: dict = field(default_factory=dict)
    # Medians: articles a second, and the size of the index as a multiple of the input.
    built_a_second: float = 0
    size: float = 0
    # By class.
    agreements: dict = field(default_factory=dict)


@dataclass
class Comparison:
    """Broadsheet and some rivals, on the same articles."""

    articles: int
    ours: Rival
    rivals: list


def _write_queries(queries, folder, count=None):
    """The same queries as the rivals read them: phrases without quotation marks. Paths by class."""
    folder.mkdir()
    paths = {}
    for name, kind in engines.KINDS.items():
        lines = queries[name].read_text(encoding="utf-8").replace('"', "").splitlines()[:count]
        paths[name] = folder / f"{kind}.txt"
        paths[name].write_text("\n".join(lines) + "\n", encoding="utf-8")
    return paths


def _ask_ours(server, queries):
    """What Engine.ask gives, of Broadsheet."""
    rows = {}
    for with_fragment in (False, True):
        for name, path in queries.items():
            load = ("--queries", path, "--seconds", CAP,
                    "--request", searches.request(name, "default", with_fragment))
            many = servers.load(server.address, *load, "--callers", CALLERS)[0]
            one = servers.load(server.address, *load, "--callers", 1)[0]
            rows[name, with_fragment] = {"qps2": many["perSecond"], "p99_us": one["p99Ms"] * 1000}
    return rows


def _fill(found, articles):
    """Fills all indexes in turns, Broadsheet's as well; the rows of each engine, ours last."""
    rows = [[] for _ in range(len(found) + 1)]
    for _ in range(BUILDS):
        for row, engine in zip(rows, found):
            row.append(engine.index(articles))
        with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as folder:
            rows[-1].append(builds.build(pathlib.Path(folder) / "index", articles))
    return rows


def _time(found, server, queries, asked, rounds):
    """In turns; the rows of each engine, ours last."""
    rows = [[] for _ in range(len(found) + 1)]
    for _ in range(rounds):
        rows[-1].append(_ask_ours(server, queries))
        for row, engine in zip(rows, found):
            row.append(engine.ask(asked, CAP))
    return rows


def _medians(rows):
    """Of what Engine.ask gave in several rounds: by (class, with fragment), a second and p99 ms."""
    return {key: (statistics.median(row[key]["qps2"] for row in rows),
                  statistics.median(row[key]["p99_us"] for row in rows) / 1000)
            for key in rows[0]}


def _agreements(engine, mine, queries, asked, ids):
    """By class."""
    found = {}
    for name, lines in queries.items():
        theirs = engine.answers(name, asked[name])
        if not engine.has_ids:
            theirs = [(count, [ids[int(number) - 1] for number in numbers])
                      for count, numbers in theirs]
        found[name] = answers.agreement(lines, mine[name], theirs)
    return found


def _comparison(found, count, articles, filled, timed, agreements):
    rivals = [
        Rival(engine.name, _medians(rows), statistics.median(row["docs_s"] for row in indexed),
              indexed[0]["ratio"], agreed)
        for engine, rows, indexed, agreed in zip(found, timed, filled, agreements)
    ]
    rate = statistics.median(count / row["seconds"] for row in filled[-1])
    size = filled[-1][0]["bytes"] / articles.stat().st_size
    return Comparison(count, Rival("Broadsheet", _medians(timed[-1]), rate, size), rivals)


def compare(kinds, server, queries, articles, records, folder, rounds):
    """A Comparison with those of `kinds` that are installed, or none without any: first what they
    answer, then how quickly. `server` serves the articles, `records` are their JSON."""
    folder.mkdir()
    found = engines.installed(folder, kinds)
    if not found:
        return None
    filled = _fill(found, articles)
    counted = {name: path.read_text(encoding="utf-8").splitlines()[: answers.QUERIES]
               for name, path in queries.items()}
    mine = {name: answers.ours(server.address, name, lines) for name, lines in counted.items()}
    ids = [record["id"] for record in records]
    with _running(found):
        asked = _write_queries(queries, folder / "some", answers.QUERIES)
        agreements = [_agreements(engine, mine, counted, asked, ids) for engine in found]
        _write_queries(queries, folder / "all")
        timed = _time(found, server, queries, folder / "all", rounds)
    return _comparison(found, len(records), articles, filled, timed, agreements)


def compare_speed(kinds, server, queries, articles, count, folder, rounds):
    """compare() without answers, of articles of which only the number is known."""
    folder.mkdir()
    found = engines.installed(folder, kinds)
    if not found:
        return None
    filled = _fill(found, articles)
    with _running(found):
        _write_queries(queries, folder / "all")
        timed = _time(found, server, queries, folder / "all", rounds)
    return _comparison(found, count, articles, filled, timed, [{}] * len(found))


@contextlib.contextmanager
def _running(found):
    with contextlib.ExitStack() as running:
        for engine in found:
            running.enter_context(engine.running())
        yield


def figures(comparison):
    """How many times each rival's we are, by the names of marks.py."""
    noted = {}
    for rival in comparison.rivals:
        for (name, with_fragment), (theirs, their_p99) in rival.searches.items():
            mine, p99 = comparison.ours.searches[name, with_fragment]
            suffix = ", a fragment a hit" if with_fragment else ""
            noted[f"{rival.name}, {name}{suffix}"] = mine / theirs
            noted[f"{rival.name}, {name}{suffix}, p99"] = p99 / their_p99
        noted[f"{rival.name}, build"] = comparison.ours.built_a_second / rival.built_a_second
    return noted


def table(comparison):
    """Of one Comparison: a row an engine, then a row a class and rival with how many times."""
    lines = ["| articles/s and size of the index ÷ input | " +
             " | ".join(one.name for one in [comparison.ours, *comparison.rivals]) + " |",
             "|---" * (len(comparison.rivals) + 2) + "|",
             f"| {comparison.articles:,} articles | " +
             " | ".join(f"{one.built_a_second:.0f}, {one.size:.2f}"
                        for one in [comparison.ours, *comparison.rivals]) + " |"]
    for rival in comparison.rivals:
        lines += ["", f"| against {rival.name}, {comparison.articles:,} articles | ours a second | "
                  "theirs | times | p99 ours, ms | theirs | times |", "|---" * 7 + "|"]
        for (name, with_fragment), (theirs, their_p99) in rival.searches.items():
            mine, p99 = comparison.ours.searches[name, with_fragment]
            what = name + (", a fragment a hit" if with_fragment else "")
            lines.append(f"| {what} | {mine:.0f} | {theirs:.0f} | {mine / theirs:.2f} | "
                         f"{p99:.2f} | {their_p99:.2f} | {p99 / their_p99:.2f} |")
    return lines
