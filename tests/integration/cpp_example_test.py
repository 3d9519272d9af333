# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that an outsider's C++ program works: examples/cpp against a real server.

The example is copied out of the checkout first, together with proto/, and built there: it must need
nothing else of ours.
"""

import pathlib
import shutil
import subprocess
import tempfile
import unittest

from lib.programs import EXAMPLES, PATIENCE_SECONDS, SAMPLE_ARTICLES, SOURCE, Index, environment


class CppExampleTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        shutil.copytree(EXAMPLES / "cpp", folder / "examples" / "cpp")
        shutil.copytree(SOURCE / "proto", folder / "proto")
        build = folder / "build"
        for command in (
            ["cmake", "-S", folder / "examples" / "cpp", "-B", build, "-G", "Ninja"],
            ["cmake", "--build", build],
        ):
            done = subprocess.run(
                command, capture_output=True, text=True, check=False, env=environment()
            )
            assert done.returncode == 0, done.stdout + done.stderr
        cls.program = build / "search"
        cls.index = cls.enterClassContext(Index())
        built = cls.index.build(SAMPLE_ARTICLES)
        assert built.returncode == 0, built.stderr
        cls.server = cls.enterClassContext(cls.index.serve())

    def search(self, query):
        return subprocess.run(
            [self.program, self.server.address, query],
            capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False,
        )

    def test_hits_of_all_pages_counts_and_an_export_are_shown(self):
        done = self.search('"ferry strike"')
        self.assertEqual(done.returncode, 0, done.stderr)
        total = int(done.stdout.split(" articles")[0])
        self.assertGreater(total, 5)
        self.assertIn("*ferry strike*", done.stdout)
        self.assertIn("tag ferry strike: ", done.stdout)
        self.assertIn(f"exported {total} articles with ", done.stdout)

    def test_a_mistake_has_its_reason_and_its_place(self):
        done = self.search("ferry capton:bridge")
        self.assertEqual(done.returncode, 2)
        self.assertIn("QUERY_UNKNOWN_FIELD: bytes 6 to 12: did you mean", done.stderr)


if __name__ == "__main__":
    unittest.main()
