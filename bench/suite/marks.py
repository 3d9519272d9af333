# SPDX-License-Identifier: GPL-3.0-or-later
"""What Broadsheet is meant to reach, beside what one run measured.

A part of the bench notes figures by name; each mark is one of them, with where it should be.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """`figure` is the name that a part notes it by."""

    figure: str
    what: str
    wanted: float
    # Whether more is better.
    at_least: bool = True

    def is_met_by(self, value):
        return value >= self.wanted if self.at_least else value <= self.wanted


def _at_most(figure, what, wanted):
    return Mark(figure, what, wanted, at_least=False)


def _times(rival, wanted, with_fragment):
    """Marks of searches a second by class, in the order of `wanted`."""
    suffix = ", a fragment a hit" if with_fragment else ""
    return [Mark(f"{rival}, {name}{suffix}",
                 f"searches a second, times those of {rival}: {name}{suffix}", value)
            for name, value in wanted.items()]


_LUCENE = "Lucene with offsets"

MARKS = (
    *_times(_LUCENE, {"and": 2.8, "any": 1.8, "phrase": 1.8}, True),
    *_times(_LUCENE, {"and": 1.3, "any": 1.0, "phrase": 1.0}, False),
    *_times("Xapian", {"and": 8.0}, True),
    *_times("Sphinx", {"and": 5.0, "any": 3.5, "phrase": 2.0}, True),
    _at_most(f"{_LUCENE}, phrase, p99", f"p99, times that of {_LUCENE}: phrase", 1.0),
    Mark(f"{_LUCENE}, build", f"articles a second, times those of {_LUCENE}, one segment", 1.3),
    _at_most("before, and", "processor time of a search, times an earlier build's: and", 0.45),
    _at_most("before, any", "processor time of a search, times an earlier build's: any", 0.45),
    _at_most("before, phrase", "processor time of a search, times an earlier build's: phrase",
             0.35),
    Mark("before, build", "articles a second, times an earlier build's", 1.0),
    _at_most("default over plain, any", "processor time of `default`, times that of `plain`: any",
             1.6),
    Mark("own cost", "calls for a word nobody has, times those of an empty handler", 0.8),
    Mark("repeated", "calls of a repeated search, times those of an empty handler", 0.8),
    _at_most("a further hit", "processor µs for a further hit on a page", 3.0),
    _at_most("size", "size of the index, times the input", 1.0),
    _at_most("build memory", "memory of a build, MB", 400),
    _at_most("tail", "p99, times p50, at 70 % of saturation", 8.0),
    *(Mark(f"overload, {deadline:g}",
           f"answered within {deadline * 1000:g} ms under overload, times the most", 0.85)
      for deadline in (0.05, 0.2, 2)),
    Mark("honest", "of a modest caller's searches beside 260 greedy ones, answered in time", 0.8),
    _at_most("a publish", "p99 during a publish, times that without", 3.0),
    _at_most("a rebuild", "p99 during a rebuild, times that without", 3.0),
)

# At the number of reference articles, and at four times as many.
GROWTH = (
    Mark("build of 4 to 1", "articles a second at four times the articles, times that before", 0.85),
    _at_most("memory of 4 to 1", "memory of a build at four times the articles, times that before",
             1.1),
    _at_most("build memory", "memory of the build that takes most, MB", 400),
    _at_most(f"{_LUCENE}, phrase, p99, once", f"p99, times that of {_LUCENE}: phrase", 1.0),
    _at_most(f"{_LUCENE}, phrase, p99, 4 times",
             f"p99 at four times the articles, times that of {_LUCENE}: phrase", 1.0),
    Mark(f"{_LUCENE}, build, 4 times",
         f"articles a second at four times the articles, times those of {_LUCENE}", 1.3),
)


def table(marks, noted):
    """A row for each mark that something was noted for."""
    lines = ["| | measured | mark | |", "|---|---|---|---|"]
    for mark in marks:
        if mark.figure not in noted:
            continue
        value = noted[mark.figure]
        sign = "≥" if mark.at_least else "≤"
        lines.append(f"| {mark.what} | {value:.2f} | {sign} {mark.wanted:g} | "
                     f"{'met' if mark.is_met_by(value) else 'missed'} |")
    return lines
