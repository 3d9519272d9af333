# SPDX-License-Identifier: GPL-3.0-or-later
"""What a running server takes of the machine, sampled again and again, and whether that is flat.

    with Vitals(server, seconds=10) as vitals: ...
    print(vitals.table())
    vitals.growths() == []

Flat means: of the samples in order of time, the first third is the warm-up; the median of the last
third exceeds that of the second by no more than ALLOWED says. A peak is no growth, and a period that
fits into a third, such as that of rebuilds, is in both alike.
"""

import contextlib
import dataclasses
import os
import statistics
import threading
import time

from lib.figures import page, values

# Figure: (share, amount) by which its median may grow. What leaks grows without end.
ALLOWED = {
    # What the server's objects hold, as its own figures have it, MB.
    "allocated": (0.10, 2.0),
    # Memory of the process's own, MB. What is mapped of the index's files is the system's to keep.
    # The server keeps up to 24 MB that it needs no more, and gives them back when they are more.
    "memory": (0.10, 24.0),
    # All resident memory, as the server's own figures have it, MB.
    "resident": (0.10, 24.0),
    "descriptors": (0.0, 1.0),
    "threads": (0.0, 0.0),
    # Articles: the same at the end as in the middle, or the memory says nothing.
    "articles": (0.0, 0.0),
}


@dataclasses.dataclass
class Sample:
    seconds: float
    allocated: float
    memory: float
    resident: float
    descriptors: float
    threads: float
    articles: float
    generation: float
    processor: float


def take(server, since):
    """A sample of a server, whose figures have to agree with what the kernel says."""
    process = server.process.pid
    with open(f"/proc/{process}/status", encoding="ascii") as file:
        status = dict(line.rstrip("\n").split(":", 1) for line in file)
    with open(f"/proc/{process}/stat", encoding="ascii") as file:
        user, system = file.read().rsplit(")", 1)[1].split()[11:13]
    own = values(page(server))
    return Sample(
        seconds=time.monotonic() - since,
        allocated=own["broadsheet_memory_allocated_bytes"] / (1 << 20),
        memory=int(status["RssAnon"].split()[0]) / 1024,
        resident=own["process_resident_memory_bytes"] / (1 << 20),
        descriptors=len(os.listdir(f"/proc/{process}/fd")),
        threads=int(status["Threads"]),
        articles=own["broadsheet_articles"],
        generation=own["broadsheet_generation"],
        processor=(int(user) + int(system)) / os.sysconf("SC_CLK_TCK"),
    )


def growths(samples):
    """Figures that are not flat, one line each."""
    third = len(samples) // 3
    middle, last = samples[third : 2 * third], samples[2 * third :]
    found = []
    for name, (share, amount) in ALLOWED.items():
        before = statistics.median(getattr(sample, name) for sample in middle)
        after = statistics.median(getattr(sample, name) for sample in last)
        if after - before > max(share * before, amount):
            found.append(f"{name}: {before:.1f} in the second third, {after:.1f} in the last")
    return found


def table(samples):
    """The medians of ten stretches of time, a row each, for people."""
    rows = [f"{'minutes':>9} {'MB held':>8} {'MB own':>7} {'MB res.':>8} {'files':>6} {'threads':>8} {'articles':>9} "
            f"{'generation':>11} {'CPU':>5}"]
    for part in range(10):
        of = samples[part * len(samples) // 10 : (part + 1) * len(samples) // 10]
        if len(of) < 2:
            continue
        median = lambda name, of=of: statistics.median(getattr(sample, name) for sample in of)
        share = (of[-1].processor - of[0].processor) / (of[-1].seconds - of[0].seconds)
        rows.append(
            f"{of[-1].seconds / 60:9.1f} {median('allocated'):8.1f} {median('memory'):7.1f} {median('resident'):8.1f} "
            f"{median('descriptors'):6.0f} {median('threads'):8.0f} {median('articles'):9.0f} "
            f"{of[-1].generation:11.0f} {share:5.0%}"
        )
    return "\n".join(rows)


class Sampler(contextlib.AbstractContextManager):
    """Calls sample() every so many seconds, on a thread of its own, until it is left or sample()
    says that it is over, by False."""

    def __init__(self, seconds):
        self._seconds = seconds
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._ended.set()
        self._thread.join()

    def _run(self):
        while not self._ended.wait(self._seconds) and self.sample() is not False:
            pass


class Vitals(Sampler):
    """Samples a server every so many seconds."""

    def __init__(self, server, seconds):
        super().__init__(seconds)
        self.samples = []
        self.error = None
        self._server = server
        self._start = time.monotonic()

    def sample(self):
        try:
            self.samples.append(take(self._server, self._start))
        except (OSError, KeyError) as error:
            # That the figures are not there is a failure of the server's.
            self.error = error
            return False
        return True
