# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of rate, size, memory and latency when the archive grows (articles of multiply.py)."""

import shutil
from dataclasses import dataclass

from lib.programs import Index

from . import builds, engines, multiply, rivals, searches, servers

# With Lucene in turns up to so many articles; its program reads them all into memory.
MOST_FOR_LUCENE = 400_000


@dataclass
class Step:
    """What was measured at one size."""

    articles: int
    words: int
    input_bytes: int
    built: dict
    # Of the server after all searches: resident memory in bytes, mapped files included, and without.
    resident: int
    own: int
    # Of broadsheet-load by class.
    latency: dict
    # A Comparison, or none.
    compared: object = None


def step(base, vocabulary, queries, count, folder, seconds, rounds, with_lucene):
    """Makes, builds and searches so many articles. All that it writes is gone afterwards."""
    folder.mkdir()
    try:
        articles = folder / "articles.jsonl"
        words = multiply.write(base, vocabulary, articles, count)
        with Index() as index:
            built = builds.build(index.path, articles)
            with index.serve("--answer-cache", "0") as server:
                latency = {name: _load(server, name, path, seconds)
                           for name, path in queries.items()}
                pid = server.process.pid
                found = Step(count, words, articles.stat().st_size, built,
                             servers.resident_bytes(pid), servers.own_bytes(pid), latency)
                if with_lucene and count <= MOST_FOR_LUCENE:
                    found.compared = rivals.compare_speed(
                        (engines.LuceneWithOffsets,), server, queries, articles, count,
                        folder / "rivals", rounds)
        return found
    finally:
        shutil.rmtree(folder)


def _load(server, name, path, seconds):
    return servers.load(server.address, "--queries", path, "--callers", 1, "--seconds", seconds,
                        "--request", searches.request(name, "default", True))[0]


def table(steps):
    lines = ["| articles | different words | input MB | articles/s | processor µs an article | "
             "memory of the build, MB | index ÷ input | server's memory, MB (without mapped files) | "
             "and, p50 / p99 ms | any | phrase |", "|---" * 11 + "|"]
    for one in steps:
        built = one.built
        times = " | ".join(f"{one.latency[name]['p50Ms']:.2f} / {one.latency[name]['p99Ms']:.2f}"
                           for name in searches.MATCH)
        lines.append(
            f"| {one.articles:,} | {one.words:,} | {one.input_bytes / 1e6:.0f} | "
            f"{one.articles / built['seconds']:.0f} | "
            f"{built['processor'] / one.articles * 1e6:.0f} | {built['resident'] / 1e6:.0f} | "
            f"{built['bytes'] / one.input_bytes:.2f} | {one.resident / 1e6:.0f} "
            f"({one.own / 1e6:.0f}) | {times} |")
    return lines


def figures(steps, base_count):
    """What marks.GROWTH names, as far as it was measured."""
    by_count = {one.articles: one for one in steps}
    once, more = by_count.get(base_count), by_count.get(4 * base_count)
    noted = {"build memory": max(one.built["resident"] for one in steps) / 1e6}
    if once and more:
        noted["build of 4 to 1"] = 4 * once.built["seconds"] / more.built["seconds"]
        noted["memory of 4 to 1"] = more.built["resident"] / once.built["resident"]
    for suffix, one in (("once", once), ("4 times", more)):
        if one and one.compared:
            for figure, value in rivals.figures(one.compared).items():
                noted[f"{figure}, {suffix}"] = value
    return noted
