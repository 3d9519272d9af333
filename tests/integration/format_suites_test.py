# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the readers of formats to what docs/formats.md promises of the test suites of other readers
that lie beside the checkout (BROADSHEET_SHARED). Skipped where they are absent."""

import unittest

from lib.programs import run_script, shared


class FormatSuitesTest(unittest.TestCase):
    def test_every_suite_is_met_as_promised(self):
        shared("data/formats")
        finished = run_script("bench/formats", "--check")
        print(finished.stdout, flush=True)
        self.assertEqual(finished.returncode, 0, finished.stderr)


if __name__ == "__main__":
    unittest.main()
