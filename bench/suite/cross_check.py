# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether broadsheet-load measures rightly: the same calls by somebody else's load generator, h2load
of nghttp2 (Debian: nghttp2-client).

One search again and again over one connection, since h2load sends one request. Closed loops alone:
h2load sends planned calls in bursts, and counts their time from when they were sent.
"""

import math
import shutil
import statistics
import struct
import subprocess

from . import servers

PACKAGE = "nghttp2-client"
METHOD = "/broadsheet.v1.SearchService/SearchArticles"
QUERY = "health insurance"
CALLERS = 8


def is_installed():
    return shutil.which("h2load") is not None


def frame(query):
    """A SearchArticlesRequest with a query alone, as gRPC sends it: not compressed, its length, the
    message. The query has fewer than 128 bytes, so that its length is one byte."""
    text = query.encode()
    if len(text) > 127:
        raise ValueError(f"{query!r} is too long")
    message = b"\x0a" + bytes([len(text)]) + text
    return b"\0" + struct.pack(">I", len(message)) + message


def parse_log(text, seconds):
    """Of h2load's --log-file, a line a call: when it began in µs, status, how many µs it took. Gives
    what broadsheet-load gives; calls that failed are an error."""
    calls = [tuple(map(int, line.split("\t")[:3])) for line in text.splitlines()]
    if not calls:
        raise RuntimeError("h2load: no call was answered")
    failed = [status for _, status, _ in calls if status != 200]
    if failed:
        raise RuntimeError(f"h2load: {len(failed)} calls failed, the first with {failed[0]}")
    took = sorted(micros for _, _, micros in calls)

    def quantile(share):
        return took[math.ceil(share * len(took)) - 1] / 1000

    return {"perSecond": len(calls) / seconds, "p50Ms": quantile(0.5), "p99Ms": quantile(0.99)}


def by_h2load(address, folder, seconds):
    """CALLERS calls at a time, for whole seconds: h2load knows no others."""
    seconds = math.ceil(seconds)
    request, log = folder / "request", folder / "h2load.log"
    request.write_bytes(frame(QUERY))
    log.unlink(missing_ok=True)
    finished = subprocess.run(
        ["h2load", "-c", "1", "-m", str(CALLERS), "-D", str(seconds),
         "--warm-up-time", str(round(servers.warm_up_seconds)), "-d", request,
         "-H", "content-type: application/grpc", "-H", "te: trailers",
         f"--log-file={log}", f"http://{address}{METHOD}"],
        capture_output=True, text=True, check=False,
    )
    if finished.returncode != 0:
        raise RuntimeError(f"h2load: {finished.stdout}{finished.stderr}")
    return parse_log(log.read_text(encoding="ascii"), seconds)


def by_ours(address, folder, seconds):
    """The same by broadsheet-load."""
    query = folder / "one.txt"
    query.write_text(QUERY + "\n", encoding="utf-8")
    return servers.load(address, "--queries", query, "--channels", 1, "--callers", CALLERS,
                        "--seconds", seconds)[0]


def measure(server, folder, seconds, rounds):
    """Pairs of what broadsheet-load and h2load measured in turns, by what was asked: medians."""
    answer = by_ours(server.address, folder, seconds)["bytesPerAnswer"]
    with servers.empty_handler(int(answer)) as empty:
        return {name: _in_turns(address, folder, seconds, rounds)
                for name, address in (("a search", server.address), ("an empty handler", empty))}


def _in_turns(address, folder, seconds, rounds):
    seen = [[measured(address, folder, seconds) for measured in (by_ours, by_h2load)]
            for _ in range(rounds)]
    return [{key: statistics.median(one[key] for one in column)
             for key in ("perSecond", "p50Ms", "p99Ms")} for column in zip(*seen)]


def table(found):
    lines = [f"| {CALLERS} callers, one connection | a second: broadsheet-load | h2load | p50 ms | "
             "h2load's | p99 ms | h2load's |", "|---|---|---|---|---|---|---|"]
    for name, (ours, theirs) in found.items():
        lines.append(f"| {name} | {ours['perSecond']:.0f} | {theirs['perSecond']:.0f} | "
                     f"{ours['p50Ms']:.2f} | {theirs['p50Ms']:.2f} | "
                     f"{ours['p99Ms']:.2f} | {theirs['p99Ms']:.2f} |")
    return lines
