# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the ranking to what docs/relevance.md promises, on the judged collections that lie beside
the checkout (BROADSHEET_SHARED). Skipped where they are absent."""

import subprocess
import sys
import unittest

from lib.programs import BIN, SHARED, SOURCE, environment, shared


class RelevanceTest(unittest.TestCase):
    def test_the_default_profile_keeps_its_promise(self):
        shared("data/relevance")
        finished = subprocess.run(
            [sys.executable, "-B", SOURCE / "bench" / "relevance", "--check", "--profile", "default"],
            capture_output=True, check=False, text=True,
            env=environment(BROADSHEET_BIN=BIN, BROADSHEET_SOURCE=SOURCE, BROADSHEET_SHARED=SHARED),
        )
        print(finished.stdout, flush=True)
        self.assertEqual(finished.returncode, 0, finished.stderr)


if __name__ == "__main__":
    unittest.main()
