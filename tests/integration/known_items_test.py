# SPDX-License-Identifier: GPL-3.0-or-later
"""bench/known_items: its queries and labels fit together, and it says so where it can measure nothing."""

import tempfile
import unittest

from lib.programs import run_script


class KnownItemsTest(unittest.TestCase):
    def test_without_articles_it_says_what_it_has_and_that_it_measured_nothing(self):
        with tempfile.TemporaryDirectory(prefix="broadsheet-test-") as empty:
            finished = run_script("bench/known_items", env={"BROADSHEET_SHARED": empty})
        self.assertEqual(finished.returncode, 0, finished.stderr)
        counted, skipped = finished.stdout.splitlines()
        self.assertEqual(
            counted,
            "200 queries, 227 right articles; the judges agree on 1474 labels with a kappa of 0.995",
        )
        self.assertTrue(skipped.startswith("SKIPPED: no articles"), skipped)


if __name__ == "__main__":
    unittest.main()
