# SPDX-License-Identifier: GPL-3.0-or-later
"""What readers wait at a planned rate: from idle to overload, and while the index changes."""

import json
import statistics

from lib.programs import start

from . import searches, servers

CALLERS_OF_SATURATION = 8
# Of the searches a second at saturation.
SHARES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1)
USUAL_SHARE = 0.7
# What readers ask: some words mostly, any of them at times, a phrase at times.
WEIGHTS = {"and": 6, "any": 3, "phrase": 1}


def write_mix(queries, folder):
    mix = folder / "mix.json"
    mix.write_text(json.dumps([
        {"name": name, "weight": WEIGHTS[name], "queries": str(path),
         "request": json.loads(searches.request(name, "default", True))}
        for name, path in queries.items()
    ]), encoding="utf-8")
    return mix


def saturation(server, mix, seconds):
    """Searches a second of callers that never wait."""
    return servers.load(server.address, "--mix", mix, "--callers", CALLERS_OF_SATURATION,
                        "--seconds", seconds)[0]


def by_rate(server, mix, full_rate, seconds):
    """A report for each share of the full rate."""
    rates = ",".join(f"{share * full_rate:.1f}" for share in SHARES)
    return servers.load(server.address, "--mix", mix, "--rate", rates, "--seconds", seconds)


def rate_table(reports, full_rate):
    lines = ["| planned a second | share of saturation | p50 ms | p90 ms | p99 ms | p99.9 ms | "
             "longest | sent late by, p99 |", "|---|---|---|---|---|---|---|---|"]
    for report in reports:
        planned = report["plannedPerSecond"]
        lines.append(f"| {planned:.0f} | {planned / full_rate:.1f} | {report['p50Ms']:.2f} | "
                     f"{report['p90Ms']:.2f} | {report['p99Ms']:.2f} | {report['p999Ms']:.2f} | "
                     f"{report['maxMs']:.1f} | {report['sendLagP99Ms']:.2f} |")
    return lines


def beside(server, mix, rate, command, window):
    """Median p99 of windows of load while `command` of the client runs, and of as many without."""
    load = ("--mix", mix, "--rate", f"{rate:.1f}", "--seconds", window,
            "--warmup", servers.warm_up_seconds / 2)
    before = [servers.load(server.address, *load)[0]["p99Ms"] for _ in range(3)]
    process = start("broadsheet", "--server", server.address, *command)
    during = []
    while process.poll() is None or not during:
        during.append(servers.load(server.address, *load)[0]["p99Ms"])
    out, err = process.communicate()
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: {(out + err).decode()}")
    return statistics.median(before), statistics.median(during)
