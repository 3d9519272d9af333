# SPDX-License-Identifier: GPL-3.0-or-later
"""What happened, in the order in which it happened, with times of one clock (time.monotonic).

A step changes what readers see, at some moment between `earliest` and `latest`. Steps do not
overlap: the writer makes one change at a time and stands still while the driver makes one. Only a
move goes on beside the writer: it publishes another generation with the same content. A call is one
question and its answer. A window is a time in which a server may fail, and how.
"""

import bisect
import dataclasses
import threading
import typing

from lib.model.truth import Query

# The read-only server; the other one writes.
FOLLOWER = "reader"


@dataclasses.dataclass
class Step:
    what: str
    earliest: float
    latest: float
    # {id: stamp, or None for gone}; of a publish and a takedown as of a put and a deletion.
    changes: dict
    # Of the generation that is published afterwards.
    number: int
    build_id: str
    # Of a move: when it began, and the generation before. It is the step at its end, and its
    # `earliest` that of the step before it.
    began: typing.Optional[float] = None
    moved_from: typing.Optional[str] = None

    @property
    def is_rollback(self):
        return self.what == "rollback"


@dataclasses.dataclass
class Call:
    client: str
    server: str
    query: Query
    sent: float
    got: float
    # Absent when it failed, and for lists of ids.
    build_id: typing.Optional[str] = None
    found: typing.Optional[dict] = None  # {id: stamp}
    # "CODE REASON: message" of one that failed.
    error: typing.Optional[str] = None
    # When its connection was last seen to work, or was made: what broke it came later, maybe before
    # the call was sent. Absent = it was made for this call.
    worked: typing.Optional[float] = None


@dataclasses.dataclass
class Window:
    server: str
    start: float
    end: float
    error: str  # how Call.error starts
    # Whether it excuses only calls that were sent after its start.
    only_late: bool = False


class History:
    """Filled by several threads, read when they have ended."""

    def __init__(self):
        self._lock = threading.Lock()
        # Held while the model of the index is changed and the step is added.
        self.writing = threading.Lock()
        self.steps = []
        self.calls = []
        self.windows = []
        # What contradicts the contract by itself, such as half a batch.
        self.faults = []

    def add(self, entry):
        of_kind = {Step: self.steps, Call: self.calls, Window: self.windows, str: self.faults}
        with self._lock:
            of_kind[type(entry)].append(entry)

    def summary(self):
        failed = sum(call.error is not None for call in self.calls)
        publishes = len({step.build_id for step in self.steps})
        return (
            f"{len(self.calls)} calls, {failed} of them failed in {len(self.windows)} windows; "
            f"{len(self.steps)} steps over {publishes} generations"
        )


class Steps:
    """Which steps a call may and must have seen."""

    def __init__(self, steps):
        self.steps = steps
        self._earliest = [step.earliest for step in steps]
        self._latest = [step.latest for step in steps]
        self._moves = [step for step in steps if step.began is not None]
        assert self._earliest == sorted(self._earliest), "steps overlap"
        assert self._latest == sorted(self._latest), "steps overlap"

    def range(self, call):
        """The least and the greatest number of steps, from the first, that its answer may show:
        all that were over when it was sent, and none that began after it was answered. A server
        that follows another may, during a move, still have the generation before, without what is
        written to the new one."""
        known = call.sent
        if call.server == FOLLOWER:
            under_way = (m.began for m in self._moves if m.began <= call.got and call.sent <= m.latest)
            known = min([known, *under_way])
        return (
            bisect.bisect_left(self._latest, known),
            bisect.bisect_right(self._earliest, call.got),
        )


def builds_after(steps):
    """For each step the builds whose content may be what it made: its own, and both sides of a move
    that went on meanwhile."""
    builds = [{step.build_id} for step in steps]
    for at, move in enumerate(steps):
        if move.began is None:
            continue
        before = at - 1
        while before >= 0 and steps[before + 1].latest >= move.began:
            builds[before].add(move.build_id)
            before -= 1
        after = at + 1
        while after < len(steps) and steps[after].earliest <= move.latest:
            builds[after].add(move.moved_from)
            after += 1
    return builds
