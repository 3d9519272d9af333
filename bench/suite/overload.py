# SPDX-License-Identifier: GPL-3.0-or-later
"""Callers who ask for more than a server can do: what they are answered in time, and what one gets
who asks for little beside them.

The server has a core of its own, and the load another, so that neither takes the other's time.
"""

import contextlib
import json
import os
import subprocess

from lib.programs import BIN, environment, start

from . import servers

_CORES = sorted(os.sched_getaffinity(0))
# The same one on a machine that has one.
SERVER_CORE, LOAD_CORE = _CORES[0], _CORES[-1]
# One search at a time, for its one core; none is remembered.
OPTIONS = ("--threads", 1, "--answer-cache", 0)

DEADLINES = (0.05, 0.2, 2.0)
# Of the searches a second at saturation.
SHARES = (0.5, 1, 1.5, 2, 3, 4, 6, 8)
# So many that gRPC keeps none of them back: it has a limit of calls for each.
CONNECTIONS = 64

GREEDY = 260
HONEST_A_SECOND = 10

DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED = "4", "8"


def hurry():
    """Measures little: to see that it works."""
    global DEADLINES, SHARES
    DEADLINES, SHARES = (0.05, 0.2), (1, 8)


def pin(pid, core):
    """Has all threads of a process run on one core, and those that they start."""
    for thread in os.listdir(f"/proc/{pid}/task"):
        os.sched_setaffinity(int(thread), {core})


def _arguments(address, options):
    return [BIN / "broadsheet-load", "--server", address, "--json", *map(str, options)]


def _load(address, *options):
    """Runs broadsheet-load, whatever became of the calls; what it printed, as a dict."""
    finished = subprocess.run(
        _arguments(address, options), capture_output=True, text=True, env=environment(),
        check=False, preexec_fn=lambda: os.sched_setaffinity(0, {LOAD_CORE}),
    )
    if finished.returncode not in (0, servers.NOTHING_ANSWERED):
        raise RuntimeError(f"broadsheet-load: {finished.stderr}")
    return json.loads(finished.stdout.splitlines()[0])


def saturation(address, mix, seconds):
    """Searches a second of patient callers who never wait."""
    return _load(address, "--mix", mix, "--callers", 8, "--channels", 8,
                 "--seconds", seconds)["perSecond"]


def by_load(server, mix, seconds):
    """The searches a second at saturation; and {deadline: [(share, report), ...]}."""
    pin(server.process.pid, SERVER_CORE)
    full = saturation(server.address, mix, seconds)
    found = {}
    for deadline in DEADLINES:
        found[deadline] = [
            (share, _load(server.address, "--mix", mix, "--rate", f"{share * full:.1f}",
                          "--channels", CONNECTIONS, "--deadline", deadline,
                          "--seconds", seconds,
                          "--warmup", servers.warm_up_seconds * max(1, deadline)))
            for share in SHARES
        ]
    return full, found


def _count(report, code):
    return report["errorsByCode"].get(code, 0)


def late_share(report):
    """Of the calls that were not refused, those whose deadline passed."""
    late = _count(report, DEADLINE_EXCEEDED)
    taken = report["calls"] + late
    return late / taken if taken else 0


def kept_share(reports):
    """What is left of the most answers a second at the worst of those loads that are more than the
    server can serve."""
    most = max(report["perSecond"] for _, report in reports)
    return min(report["perSecond"] for share, report in reports if share >= 1) / most


def table(full, found):
    lines = [f"| deadline | load, times the {full:.0f} searches a second that can be served | "
             "answered in time a second | of the most | p99 ms of these | refused a second | "
             "of those not refused, too late |", "|---|---|---|---|---|---|---|"]
    for deadline, reports in found.items():
        most = max(report["perSecond"] for _, report in reports)
        for share, report in reports:
            refused = _count(report, RESOURCE_EXHAUSTED) / max(report["seconds"], 1e-3)
            lines.append(
                f"| {deadline * 1000:.0f} ms | {share:g} | {report['perSecond']:.0f} | "
                f"{report['perSecond'] / most:.2f} | {report['p99Ms']:.0f} | {refused:.0f} | "
                f"{late_share(report):.1%} |")
    return lines


@contextlib.contextmanager
def _greedy(address, mix, deadline, seconds):
    """Callers who ask again as soon as they have been answered or refused, each over a connection
    of its own, for as long as the block runs."""
    process = start(
        "broadsheet-load", *_arguments(address, (
            "--mix", mix, "--callers", GREEDY, "--channels", GREEDY, "--deadline", deadline,
            "--seconds", seconds, "--warmup", 0))[1:],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        preexec_fn=lambda: os.sched_setaffinity(0, {LOAD_CORE}))
    try:
        yield
    finally:
        process.terminate()
        process.communicate()


def honest_beside_greedy(server, mix, seconds):
    """{deadline: the report of a caller of a few searches a second beside hundreds of greedy ones}."""
    pin(server.process.pid, SERVER_CORE)
    found = {}
    for deadline in DEADLINES:
        with _greedy(server.address, mix, deadline, seconds * 4 + 10):
            # The warm-up is the greedy ones' as well: until it ends they have all connected.
            found[deadline] = _load(
                server.address, "--mix", mix, "--rate", HONEST_A_SECOND, "--constant",
                "--deadline", deadline, "--seconds", seconds, "--warmup", 2 * servers.warm_up_seconds)
    return found


def served_share(report):
    asked = report["calls"] + report["errors"]
    return report["calls"] / asked if asked else 0


def honest_table(found):
    lines = ["| deadline of all | of its searches, answered in time | p50 ms | p99 ms |",
             "|---|---|---|---|"]
    for deadline, report in found.items():
        lines.append(f"| {deadline * 1000:.0f} ms | {served_share(report):.2f} | "
                     f"{report['p50Ms']:.1f} | {report['p99Ms']:.1f} |")
    return lines


def plot_lines(found):
    """What bench/plot_load --overload draws, as lines of JSON."""
    return [json.dumps({"deadline": deadline, "share": share, "perSecond": report["perSecond"]})
            for deadline, reports in found.items() for share, report in reports]
