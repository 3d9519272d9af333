# SPDX-License-Identifier: GPL-3.0-or-later
"""The suites of bench/formats: which files they have, and what they expect of each.

A suite is a module function that yields the Expectations of one file, and a row of SUITES."""

import dataclasses
import html
import pathlib
import re
import typing


@dataclasses.dataclass
class Reading:
    """What was made of one file."""

    articles: list
    rejects: list


@dataclasses.dataclass
class Expectation:
    # For a person to read.
    what: str
    # True, False, or None for what no article holds.
    holds: typing.Callable[[Reading], bool | None]
    # What there is instead, for a person to read.
    instead: typing.Callable[[Reading], str]


@dataclasses.dataclass
class Suite:
    # Below data/formats.
    folder: str
    files: typing.Callable[[pathlib.Path], list]
    expectations: typing.Callable[[pathlib.Path], typing.Iterable[Expectation]]
    # The share that --check insists on.
    promised: float = 0.0


def apart(what):
    """An expectation of what no article holds."""
    return Expectation(what, lambda reading: None, lambda reading: "")


def readings_of(text):
    """What a text may mean as plain text, without white space: with its tags or without them, once
    or twice escaped."""
    variants = set()
    for known in (text, html.unescape(text)):
        for bare in (known, re.sub(r"(?s)<!--.*?-->|<[^<>]*>", "", known)):
            for plain in (bare, html.unescape(bare)):
                variants.add(re.sub(r"\s+", "", plain))
    return variants


def same_text(ours, theirs):
    return not readings_of(ours).isdisjoint(readings_of(theirs))


from . import agencies, feeds, web_archives  # noqa: E402

SUITES = {
    "feedparser": Suite("feedparser", feeds.feed_files, feeds.feedparser, 0.97),
    "gofeed": Suite("gofeed", feeds.feed_files, feeds.gofeed, 0.99),
    "feed-rs": Suite("feeds/feed-rs", feeds.feed_files, feeds.feed_rs, 0.98),
    "rust-rss": Suite("feeds/rust-rss", feeds.feed_files, feeds.rust_rss, 1.0),
    "ninjs": Suite("iptc-ninjs", agencies.ninjs_files, agencies.ninjs, 0.94),
    "newsml 1": Suite("iptc-ninjs", agencies.newsml1_files, agencies.newsml1, 1.0),
    "newsmlg2": Suite("iptc-newsmlg2", agencies.g2_files, agencies.g2, 0.98),
    "python-newsmlg2": Suite(
        "iptc-python-newsmlg2", agencies.g2_files, agencies.python_newsmlg2, 1.0),
    "warcio": Suite("warcio", web_archives.archives, web_archives.expectations, 1.0),
    "jwarc": Suite("jwarc", web_archives.archives, web_archives.expectations, 1.0),
}
