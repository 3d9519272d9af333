# SPDX-License-Identifier: GPL-3.0-or-later
"""The measuring itself: scripts/bench in its short form, and the plot of its figures. It says nothing
of how fast anything is."""

import json
import pathlib
import re
import shutil
import tempfile
import unittest

from lib.programs import EXAMPLES, SOURCE, Index, run, run_script


def bench(*arguments):
    return run_script("scripts/bench", "--no-build", *arguments)


class BenchTest(unittest.TestCase):
    def test_every_part_measures_something_and_writes_nothing(self):
        document = SOURCE / "docs" / "performance.md"
        before = document.read_bytes()
        finished = bench("--smoke")
        self.assertEqual(finished.returncode, 0, finished.stderr)
        for row in (r"\| 48 \| .* \|", r"\| `plain`, phrase, a fragment a hit \| .* \|",
                    r"\| a word nobody has \| \d+ \| \d+ \| [\d.]+ \|", r"\| \d+ \| 0\.7 \| .* \|",
                    r"\| a rebuild \| .* \|", r"\| a publish \| .* \|",
                    r"\| 50 ms \| 8 \| .* \|", r"\| 200 ms \| [\d.]+ \| [\d.]+ \| [\d.]+ \|"):
            self.assertRegex(finished.stdout, re.compile(rf"^{row}$", re.MULTILINE))
        if shutil.which("h2load"):
            self.assertRegex(finished.stdout, r"(?m)^\| an empty handler \| [1-9]\d* \| [1-9]\d* \|")
        else:
            self.assertIn("h2load is left out: it needs scripts/setup nghttp2-client",
                          finished.stdout)
        self.assertEqual(document.read_bytes(), before)

    def test_growth_has_a_row_for_each_size_and_writes_nothing(self):
        document = SOURCE / "docs" / "performance.md"
        before = document.read_bytes()
        finished = run_script("scripts/growth", "--no-build", "--smoke")
        self.assertEqual(finished.returncode, 0, finished.stderr)
        for articles in (16, 48, 192):
            self.assertRegex(finished.stdout, rf"(?m)^\| {articles} \| [\d,]+ \| .* \|$")
        self.assertEqual(document.read_bytes(), before)

    def test_an_earlier_build_is_found_or_missed_at_once(self):
        for arguments in (("before",), ("--before", "/nowhere", "before")):
            finished = bench("--smoke", *arguments)
            self.assertEqual(finished.returncode, 2)
            self.assertIn("--before", finished.stderr)

    def test_rivals_are_not_measured_on_a_handful_of_articles(self):
        finished = bench("--smoke", "rivals")
        self.assertEqual(finished.returncode, 2)
        self.assertIn("--articles 2000 in place of --smoke", finished.stderr)

    def test_a_part_that_there_is_not_is_named(self):
        finished = bench("--smoke", "serches")
        self.assertEqual(finished.returncode, 2)
        self.assertIn("no part serches; "
                      "there are build, searches, cost, h2load, tail, overload, rivals, before", finished.stderr)


class PlotLoadTest(unittest.TestCase):
    def test_rates_become_a_picture(self):
        if shutil.which("gnuplot") is None:
            print("SKIPPED: no gnuplot", flush=True)
            self.skipTest("no gnuplot")
        with Index() as index:
            index.build(EXAMPLES / "articles")
            queries = index.folder / "queries.txt"
            queries.write_text("harbour\nferry\n")
            with index.serve() as server:
                loaded = run("broadsheet-load", "--server", server.address, "--queries", queries,
                             "--rate", "50,100", "--seconds", "0.2", "--warmup", "0", "--json")
        self.assertEqual(loaded.returncode, 0, loaded.stderr)
        rates = [json.loads(line)["plannedPerSecond"] for line in loaded.stdout.splitlines()]
        self.assertEqual(rates, [50, 100])
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "load.jsonl"
            file.write_text(loaded.stdout)
            drawn = run_script("bench/plot_load", file)
        self.assertEqual(drawn.returncode, 0, drawn.stderr)
        self.assertIn("<svg", drawn.stdout)
        self.assertIn("p99.9", drawn.stdout)

    def test_what_is_answered_under_overload_becomes_one(self):
        if shutil.which("gnuplot") is None:
            print("SKIPPED: no gnuplot", flush=True)
            self.skipTest("no gnuplot")
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "overload.jsonl"
            file.write_text("\n".join(
                json.dumps({"deadline": deadline, "share": share, "perSecond": 100})
                for deadline in (0.05, 2) for share in (1, 8)))
            drawn = run_script("bench/plot_load", "--overload", file)
        self.assertEqual(drawn.returncode, 0, drawn.stderr)
        for line in ("<svg", "within 50 ms", "within 2000 ms"):
            self.assertIn(line, drawn.stdout)

    def test_what_cannot_be_drawn_is_said(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "load.jsonl"
            file.write_text('{"kind": "closed"}\n')
            drawn = run_script("bench/plot_load", file)
        self.assertEqual(drawn.returncode, 1)
        self.assertIn("has no load at a planned rate", drawn.stderr)


if __name__ == "__main__":
    unittest.main()
