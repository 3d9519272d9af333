# SPDX-License-Identifier: GPL-3.0-or-later
"""The machine's clock is set, back and forth, while the programs run.

Debian's libfaketime shows them another time than the machine has; the test is skipped where it is
not installed (scripts/packages.txt names it).
"""

import glob
import os
import time
import unittest

from lib import api
from lib.programs import Index, article, run, environment, wait_for, write_jsonl

# A program that waits for a clock that was set back waits for a day or more: longer than the test.
DAY_SECONDS = 86_400


def library():
    found = glob.glob("/usr/lib/*/faketime/libfaketime.so.1")
    if not found:
        print("SKIPPED: the whole file: Debian's package faketime is not installed", flush=True)
        raise unittest.SkipTest("faketime is not installed")
    return found[0]


class Clock:
    """What programs started with its environment take for the time."""

    def __init__(self, folder):
        self._file = folder / "clock"
        self.env = {
            "LD_PRELOAD": library(),
            "FAKETIME_TIMESTAMP_FILE": self._file,
            "FAKETIME_NO_CACHE": 1,
            # Setting a clock leaves the monotonic one alone.
            "FAKETIME_DONT_FAKE_MONOTONIC": 1,
        }
        self.set("+0")

    def set(self, offset):
        """To so much before or after the true time: "-1h", "+20y"."""
        new = self._file.with_suffix(".new")
        new.write_text(offset + "\n")
        new.rename(self._file)


class ClockTest(unittest.TestCase):
    def setUp(self):
        self.index = self.enterContext(Index())
        self.clock = Clock(self.index.folder)
        self.index.build_articles(article(1))

    def connect(self, server):
        channel = self.enterContext(api.connect(server.address))
        return api.Service(channel), api.ArticleService(channel)

    def build(self, *articles):
        source = write_jsonl(self.index.folder / "source.jsonl", articles)
        built = run(
            "broadsheet-indexer", "build", "--index", self.index.path, "--force", source,
            env=environment(**self.clock.env),
        )
        self.assertEqual(built.returncode, 0, built.stderr)

    def test_writes_are_acknowledged_at_once_after_the_clock_was_set_back(self):
        # Used to wait for the old time to come again before the next group was committed.
        with self.index.serve("--writable", env=self.clock.env) as server:
            service, writes = self.connect(server)
            for number, offset in enumerate(("+0", "-1d", "-2y", "-3y"), start=2):
                self.clock.set(offset)
                writes.put(article(number, version=number))
                writes.put(article(number, version=number + 1, headline="Headline corrected"))
                self.assertEqual(service.get(f"article-{number}").version, number + 1)
            self.assertEqual(service.count("corrected"), 4)
        self.index.admin("verify")

    def test_a_new_generation_is_served_at_once_after_the_clock_was_set_back(self):
        # Used to be looked for when the old time had come again.
        with self.index.serve(env=self.clock.env) as server:
            service, _ = self.connect(server)
            for number, offset in enumerate(("-1d", "-2y", "+20y", "+0"), start=2):
                self.clock.set(offset)
                self.build(article(number))
                wait_for(
                    lambda number=number: service.status().generation_number == number,
                    f"generation {number} after {offset}",
                )
                self.assertEqual(service.count(f"number{number}"), 1)

    def test_numbers_not_times_decide_which_generation_comes_before(self):
        for number, offset in enumerate(("+20y", "-2y", "+1d"), start=2):
            self.clock.set(offset)
            self.build(article(number))
        self.assertIn("published generation 3", self.index.admin("rollback").stdout)
        self.assertIn("published generation 2", self.index.admin("rollback").stdout)
        self.assertEqual(self.index.admin("prune", "--keep", 1).stdout,
                         "removed generation 4\nremoved generation 3\n")

    def test_versions_not_times_decide_which_article_stays(self):
        with self.index.serve("--writable", env=self.clock.env) as server:
            service, writes = self.connect(server)
            writes.put(article(2, version=7))
            late = writes.put(article(2, version=6, headline="Headline stale"))
            self.assertEqual(late.outcome, api.article_service_pb2.PUT_OUTCOME_SUPERSEDED)
            self.clock.set("-1d")
            writes.put(article(2, version=8, headline="Headline newest"))
            self.assertEqual(service.count("newest"), 1)

    def test_embargoed_articles_are_counted_until_their_embargoes_end(self):
        seconds = [int(time.time()) + days * DAY_SECONDS for days in (1, 10)]
        one, ten = (time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at)) for at in seconds)
        self.index.build_articles(
            article(1), article(2, embargoTime=one), article(3, embargoTime=one),
            article(4, embargoTime=ten, status="STATUS_WITHHELD"),
        )
        with self.index.serve("--writable", env=self.clock.env) as server:
            service, writes = self.connect(server)
            writes.put(article(5, embargo_time={"seconds": seconds[1]}))
            writes.put(article(3, status="STATUS_CANCELLED", version=1))
            # Nothing is written or published between these.
            for offset, embargoed, seen in (("+0", 2, 1), ("+2d", 1, 2), ("+11d", 0, 3), ("+0", 2, 1)):
                self.clock.set(offset)
                wait_for(
                    lambda embargoed=embargoed, seen=seen: (
                        service.status().embargoed_count, service.count("headline")
                    ) == (embargoed, seen),
                    f"{embargoed} under embargo and {seen} seen after {offset}",
                )
                status = service.status()
                self.assertEqual((status.withheld_count, status.cancelled_count), (1, 1))
                hidden = status.withheld_count + status.embargoed_count + status.cancelled_count
                self.assertEqual(status.article_count - hidden, seen)

    def test_an_embargo_is_kept_by_the_clock_the_machine_has(self):
        ends = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + DAY_SECONDS))
        self.index.build_articles(article(1), article(2, embargoTime=ends))
        with self.index.serve(env=self.clock.env) as server:
            service, _ = self.connect(server)
            self.assertEqual(service.count("headline"), 1)
            for offset, seen in (("+2d", 2), ("+0", 1)):
                self.clock.set(offset)
                # The programs look at the clock anew every two seconds at the latest.
                wait_for(
                    lambda seen=seen: service.count("headline") == seen,
                    f"{seen} articles at {offset}",
                )

    def test_sigterm_ends_in_time_after_the_clock_was_set_back(self):
        with self.index.serve("--writable", "--drain", 2, env=self.clock.env) as server:
            _, writes = self.connect(server)
            writes.put(article(2))
            self.clock.set("-1d")
            self.assertEqual(server.stop(), 0)


if __name__ == "__main__":
    unittest.main()
