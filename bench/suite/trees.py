# SPDX-License-Identifier: GPL-3.0-or-later
"""Two builds of Broadsheet in turns: the programs of this tree, and those of an earlier one."""

import contextlib
import json
import statistics
import subprocess
from dataclasses import dataclass

from lib.programs import BIN, PATIENCE_SECONDS, environment, read_until

from . import builds, searches, servers

CALLERS = 2
BUILDS = 5
# What a client asks that says nothing: ten hits, three fragments each, everything but the body.
FRAGMENTS = 3


@dataclass
class Served:
    """As lib.programs.Server, as far as a load asks: by its process and address."""

    process: subprocess.Popen
    address: str


@contextlib.contextmanager
def serving(programs, index):
    """A server of the programs in a folder, which keeps no answers: earlier ones never did."""
    server = programs / "broadsheetd"
    options = subprocess.run([server, "--help"], capture_output=True, text=True, check=True).stdout
    forgetful = ["--answer-cache", "0"] if "--answer-cache" in options else []
    with subprocess.Popen(
        [server, "--index", index, "--listen", "127.0.0.1:0", *forgetful],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env=environment(),
    ) as process:
        try:
            line = read_until("\n", process.stdout.fileno())
            if not line.startswith("broadsheetd listening on "):
                raise RuntimeError(f"{programs / 'broadsheetd'}: {line!r}")
            yield Served(process, line.split()[-1])
        finally:
            process.terminate()
            process.wait(PATIENCE_SECONDS)


def request(name):
    return json.dumps({"match": searches.MATCH[name], "pageSize": 10,
                       "highlight": {"maxFragments": FRAGMENTS}})


def compare(before, articles, queries, folder, seconds, rounds):
    """Medians of those before and of those of this tree: by class the server's processor µs a
    search, and the seconds of a build by the name "build"."""
    trees = (before, BIN)
    indexes = [folder / "index-before", folder / "index-now"]
    built = [[], []]
    for turn in range(BUILDS):
        for programs, index, seen in zip(trees, indexes, built):
            builds.remove(index)
            seen.append(builds.build(index, articles, programs)["seconds"])
    medians = {"build": tuple(map(statistics.median, built))}
    with serving(before, indexes[0]) as old, serving(BIN, indexes[1]) as new:
        for name, path in queries.items():
            load = ("--queries", path, "--callers", CALLERS, "--seconds", seconds,
                    "--request", request(name))
            seen = [[servers.load_and_cost(server, *load)[1] for server in (old, new)]
                    for _ in range(rounds)]
            medians[name] = tuple(map(statistics.median, zip(*seen)))
    return medians


def table(medians, count):
    """A row a class, and one for a build of `count` articles."""
    lines = ["| in turns with an earlier build | before | now | times |", "|---|---|---|---|"]
    for name, (old, new) in medians.items():
        if name == "build":
            lines.append(f"| articles/s | {count / old:.0f} | {count / new:.0f} | {old / new:.2f} |")
        else:
            lines.append(f"| {name}, processor µs a search | {old:.0f} | {new:.0f} | "
                         f"{new / old:.2f} |")
    return lines
