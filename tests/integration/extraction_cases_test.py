# SPDX-License-Identifier: GPL-3.0-or-later
"""Invented pages and texts with the fields that matter of each, one for each kind of fault that was
found on real ones. They lie beside the checkout (BROADSHEET_SHARED); skipped where they are absent."""

import subprocess
import sys
import unittest

from lib.programs import BIN, environment, shared


class ExtractionCasesTest(unittest.TestCase):
    def test_every_page_gives_its_fields(self):
        cases = shared("cases/extraction")
        finished = subprocess.run(
            [sys.executable, "-B", shared("tools/check_cases.py"),
             "--indexer", BIN / "broadsheet-indexer", cases],
            capture_output=True, check=False, text=True, env=environment(),
        )
        print(finished.stdout, flush=True)
        wanted = len(list(cases.glob("*.expected.json")))
        self.assertIn(f"{wanted} of {wanted} pass", finished.stdout, finished.stderr)


if __name__ == "__main__":
    unittest.main()
