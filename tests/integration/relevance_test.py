# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the ranking to what docs/relevance.md promises, on the judged collections that lie beside
the checkout (BROADSHEET_SHARED). Skipped where they are absent."""

import unittest

from lib.programs import run_script, shared


class RelevanceTest(unittest.TestCase):
    def test_the_default_profile_keeps_its_promise(self):
        shared("data/relevance")
        finished = run_script("bench/relevance", "--check", "--profile", "default")
        print(finished.stdout, flush=True)
        self.assertEqual(finished.returncode, 0, finished.stderr)


if __name__ == "__main__":
    unittest.main()
