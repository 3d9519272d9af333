# SPDX-License-Identifier: GPL-3.0-or-later
"""A server that is used for hours, with rebuilds and publications: nothing fails, and nothing grows.

BROADSHEET_SOAK_SECONDS says how long (6; with BROADSHEET_LONG=1 two hours). Whether memory,
descriptors and threads are flat (lib/vitals.py) can be told of runs of two minutes and more.
BROADSHEET_SOAK_REPORT names a file for the table of samples.
"""

import dataclasses
import os
import pathlib
import time
import unittest

from lib import chance
from lib.figures import page, values
from lib.programs import Index, write_jsonl
from lib.steady_load import SteadyLoad, built_articles
from lib.vitals import Sample, Vitals, growths, table

SECONDS = float(os.environ.get("BROADSHEET_SOAK_SECONDS", chance.rounds(6, 7200)))
LONG_ENOUGH = 120
# Two dozen rebuilds in two hours, so that there are enough of them in each third.
REBUILD_SECONDS = max(SECONDS / 24.5, 1.5)
SAMPLE_SECONDS = min(10.0, SECONDS / 60)
REPORT = os.environ.get("BROADSHEET_SOAK_REPORT")


class SoakTest(unittest.TestCase):
    def test_nothing_fails_and_nothing_grows(self):
        index = self.enterContext(Index())
        built = index.build(write_jsonl(index.folder / "built.jsonl", built_articles()))
        self.assertEqual(built.returncode, 0, built.stderr)
        chance.seeded()
        # Answers that are kept fill their memory in the warm-up.
        options = ["--writable", "--metrics", "127.0.0.1:0", "--answer-cache", 8]
        with index.serve(*options) as server:
            with Vitals(server, SAMPLE_SECONDS) as vitals, \
                    SteadyLoad(index, server, chance.SEED) as load:
                changes = self.change_generations(server, load)
            self.report(vitals.samples, load)
            self.assertIsNone(vitals.error)
            self.assertEqual(load.faults, [], f"{len(load.faults)} faults")
            self.assertGreater(changes, 0)
            self.check_figures(server, load)
        self.assertIn("is whole", index.admin("verify").stdout)
        if SECONDS >= LONG_ENOUGH:
            self.assertEqual(growths(vitals.samples), [])

    def change_generations(self, server, load):
        """Rebuilds now and then, until the time is over or something went wrong; how often."""
        until = time.monotonic() + SECONDS
        number = 0
        while time.monotonic() + REBUILD_SECONDS < until and not load.faults:
            load.wait(REBUILD_SECONDS)
            number += 1
            if number % 3 == 0:
                self.admin(server, "rebuild", "--no-publish")
                self.admin(server, "publish", "--keep-writes", self.newest(server))
            else:
                self.admin(server, "rebuild")
            self.admin(server, "prune", "--keep", 1)
        load.wait(max(0.0, until - time.monotonic()))
        return number

    def admin(self, server, *command):
        done = server.client("admin", *command)
        self.assertEqual(done.returncode, 0, f"{command}: {done.stderr}")
        return done.stdout

    def newest(self, server):
        return self.admin(server, "generations").splitlines()[1].split()[0]

    def check_figures(self, server, load):
        """The server has counted what its callers have."""
        seen = values(page(server))
        prefix = "broadsheet_errors_total"
        errors = {name.removeprefix(prefix): n for name, n in seen.items() if name.startswith(prefix)}
        # An export that is left may have sent all by then.
        self.assertLessEqual(set(errors), {'{reason="QUERY_SYNTAX"}', '{reason="CANCELLED"}'})
        self.assertEqual(errors.get('{reason="QUERY_SYNTAX"}', 0), load.calls.get("a_bad_query", 0))
        self.assertEqual(seen["broadsheet_writes_failed_total"], 0)
        self.assertEqual(seen["broadsheet_search_refused_total"], 0)

    def report(self, samples, load):
        calls = ", ".join(f"{name} {count}" for name, count in sorted(load.calls.items()))
        middle, last = load.quantiles()
        text = (f"{table(samples)}\n{sum(load.calls.values())} calls: {calls}\n"
                f"last calls: median {middle:.1f} ms, 99 % within {last:.1f} ms\n")
        print(text, flush=True)
        if REPORT:
            rows = [dataclasses.asdict(sample) for sample in samples]
            pathlib.Path(REPORT).write_text(text + "\n".join(map(str, rows)) + "\n", encoding="utf-8")


class FlatnessTest(unittest.TestCase):
    """Whether a leak would be found."""

    def samples(self, **growth_a_sample):
        steady = {"allocated": 20.0, "memory": 80.0, "resident": 120.0, "descriptors": 40, "threads": 20,
                  "articles": 100}
        return [
            Sample(seconds=number * 10, generation=1, processor=number, **{
                name: value + growth_a_sample.get(name, 0) * number + (number % 7 == 0) * 0.5
                for name, value in steady.items()
            })
            for number in range(720)
        ]

    def test_what_swings_is_flat(self):
        self.assertEqual(growths(self.samples()), [])

    def test_a_leak_is_found_whatever_leaks(self):
        # 6 MB held, 40 MB of its own or in all, 6 descriptors, a thread, an article: each an hour.
        for name, leak in {"allocated": 6 / 360, "memory": 40 / 360, "resident": 40 / 360,
                           "descriptors": 6 / 360,
                           "threads": 1 / 360, "articles": 1 / 360}.items():
            found = growths(self.samples(**{name: leak}))
            self.assertEqual(len(found), 1, (name, found))
            self.assertTrue(found[0].startswith(f"{name}: "), found)


if __name__ == "__main__":
    unittest.main()
