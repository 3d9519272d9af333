# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that an outsider's Java program works: examples/java against a real server.

The example is copied out of the checkout first, together with proto/, and built there: it must need
nothing else of ours. Skipped, with a message, where Debian's packages for it are absent.
"""

import pathlib
import shutil
import subprocess
import tempfile
import unittest

from lib.programs import EXAMPLES, PATIENCE_SECONDS, SAMPLE_ARTICLES, SOURCE, Index, environment


class JavaExampleTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if shutil.which("javac") is None or shutil.which("grpc_java_plugin") is None:
            print("SKIPPED: the whole file: no javac or no grpc_java_plugin", flush=True)
            raise unittest.SkipTest("no Java")
        folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        shutil.copytree(EXAMPLES / "java", folder / "examples" / "java")
        shutil.copytree(SOURCE / "proto", folder / "proto")
        built = subprocess.run(
            [folder / "examples" / "java" / "build", folder / "out"],
            capture_output=True, text=True, check=False, env=environment(),
        )
        assert built.returncode == 0, built.stdout + built.stderr
        cls.program = folder / "out" / "search"
        cls.index = cls.enterClassContext(Index())
        indexed = cls.index.build(SAMPLE_ARTICLES)
        assert indexed.returncode == 0, indexed.stderr
        cls.server = cls.enterClassContext(cls.index.serve("--writable"))

    def search(self, *arguments, status=0):
        done = subprocess.run(
            [self.program, self.server.address, *arguments],
            capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False,
        )
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done

    def test_hits_of_all_pages_counts_and_an_export_are_shown(self):
        shown = self.search('"ferry strike"').stdout
        total = int(shown.split(" articles")[0])
        self.assertGreater(total, 5)
        self.assertIn("*ferry strike*", shown)
        self.assertIn("tag ferry strike: ", shown)
        self.assertIn(f"exported {total} articles", shown)

    def test_a_mistake_has_its_reason_and_its_place(self):
        said = self.search("ferry capton:bridge", status=2).stderr
        self.assertIn("QUERY_UNKNOWN_FIELD: bytes 6 to 12: did you mean", said)

    def test_an_article_is_put_and_streamed(self):
        said = self.search("--put", "a-1", "Told by Java", "The zyzzyva is a weevil.").stdout
        self.assertEqual(said, "a-1: PUT_OUTCOME_CREATED\n1: PUT_OUTCOME_UNCHANGED\n")
        self.assertEqual(self.server.ids("zyzzyva"), ["a-1"])


if __name__ == "__main__":
    unittest.main()
