# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers under load: what broadsheet-load saw, and what it cost the server."""

import contextlib
import json
import os
import subprocess

from lib.programs import BIN, environment, read_until, start

TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
# Of calls before those that are measured, unless a load says otherwise; none in a short run.
warm_up_seconds = 1.0
# Exit status of broadsheet-load.
NOTHING_ANSWERED = 1


def processor_seconds(pid):
    """What a process has used so far, in user and in kernel mode."""
    with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
        # The name, in brackets, may have blanks in it.
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS_A_SECOND


def resident_bytes(pid):
    with open(f"/proc/{pid}/statm", encoding="ascii") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def own_bytes(pid):
    """What is resident of a process without files that it has mapped."""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        for line in status:
            if line.startswith("RssAnon:"):
                return int(line.split()[1]) * 1024
    raise RuntimeError(f"/proc/{pid}/status has no RssAnon")


def load(address, *options):
    """Runs broadsheet-load; what it printed for each load, as dicts. Fails when a search failed."""
    if "--warmup" not in options:
        options = (*options, "--warmup", warm_up_seconds)
    finished = _run(address, options)
    # On a machine that is busy with other things a short run may end before its first call.
    for times in (10, 100):
        if finished.returncode == NOTHING_ANSWERED and warm_up_seconds == 0:
            finished = _run(address, longer(options, times))
    if finished.returncode != 0:
        raise RuntimeError(f"broadsheet-load: {finished.stderr}")
    reports = [json.loads(line) for line in finished.stdout.splitlines()]
    for report in reports:
        if report["errors"] > 0:
            raise RuntimeError(f"searches failed, by gRPC code: {report['errorsByCode']}")
    return reports


def _run(address, options):
    return subprocess.run(
        [BIN / "broadsheet-load", "--server", address, "--json", *map(str, options)],
        capture_output=True, text=True, env=environment(), check=False,
    )


def longer(options, times):
    """The options with so many times the seconds."""
    at = options.index("--seconds") + 1
    return (*options[:at], options[at] * times, *options[at + 1 :])


def load_and_cost(server, *options):
    """One load, and the server's processor microseconds a call. The warm-up counts as well."""
    before = processor_seconds(server.process.pid)
    report = load(server.address, "--warmup", 0, *options)[0]
    used = processor_seconds(server.process.pid) - before
    return report, used * 1e6 / report["calls"]


@contextlib.contextmanager
def empty_handler(answer_bytes):
    """The address of a server that answers every search with so many bytes, at once."""
    with start("broadsheet-empty-handler", "--bytes", str(answer_bytes)) as process:
        line = read_until("\n", process.stdout.fileno())
        yield line.split()[-1]
        process.stdin.close()
