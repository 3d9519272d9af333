# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that scripts/quickstart does what it says: builds, indexes, shows hits, leaves no server.

It runs twice in this checkout, since the second run must be as good as the first, and once more
with a person's own articles.
"""

import pathlib
import re
import subprocess
import unittest
import urllib.error
import urllib.request

from lib.programs import BIN, PATIENCE_SECONDS, SOURCE, Index, article, environment, write_jsonl

QUICKSTART = SOURCE / "scripts" / "quickstart"
# Compiling may be part of it when someone runs this test alone.
SECONDS = 3 * PATIENCE_SECONDS


def servers_of(checkout):
    """Process ids of all broadsheetd that serve an index of the quick start in `checkout`."""
    found = []
    for process in pathlib.Path("/proc").iterdir():
        if not process.name.isdigit():
            continue
        try:
            command = (process / "cmdline").read_bytes().decode(errors="replace").split("\0")
            folder = (process / "cwd").resolve()
        except OSError:  # It has ended, or is somebody else's.
            continue
        if pathlib.Path(command[0]).name == "broadsheetd" and folder == checkout:
            if any("quickstart" in argument for argument in command):
                found.append(int(process.name))
    return found


def quickstart(*arguments):
    return subprocess.run(
        [QUICKSTART, *arguments], capture_output=True, text=True, timeout=SECONDS, check=False,
        env=environment(), stdin=subprocess.DEVNULL,
    )


@unittest.skipUnless(
    BIN.resolve() == (SOURCE / "build" / "bin").resolve(),
    "the quick start builds into build/bin, and these are the tests of another build",
)
class QuickstartTest(unittest.TestCase):
    def assert_good_run(self, finished):
        self.assertEqual(finished.returncode, 0, finished.stdout + finished.stderr)
        self.assertEqual(servers_of(SOURCE.resolve()), [], "a server is left")

    def test_shows_hits_the_first_time_and_the_second(self):
        for _ in range(2):
            finished = quickstart()
            self.assert_good_run(finished)
            shown = finished.stdout
            # The phrase, the tag and the caption: each with its hits and their matches.
            self.assertEqual(len(re.findall(r"^\$ broadsheet search ", shown, re.M)), 3, shown)
            for hits in ("5 articles", "9 articles", "4 articles"):
                self.assertRegex(shown, rf"(?m)\b{hits}\b")
            self.assertIn("one boat a day", shown)
            self.assertIn("signing ceremony", shown)
            # What to try next.
            self.assertIn("broadsheetd --index", shown)

    def test_takes_a_persons_own_articles(self):
        with Index() as folder:
            own = write_jsonl(
                folder.folder / "own.jsonl",
                [article(1, headline="A heron on the roof", published="2024-06-19")],
            )
            finished = quickstart("--index", own)
            self.assert_good_run(finished)
            self.assertIn("A heron on the roof", finished.stdout)

    def test_leaves_the_pages_running_until_it_is_interrupted(self):
        running = subprocess.Popen(
            [QUICKSTART, "--desk"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env=environment(), stdin=subprocess.DEVNULL,
        )
        with running:
            said = next(line for line in running.stdout if line.startswith("Open http"))
            address = said.split()[1]
            with urllib.request.urlopen(address, timeout=PATIENCE_SECONDS) as page:
                self.assertIn("63 articles", page.read().decode())
            running.terminate()
        self.assertEqual(servers_of(SOURCE.resolve()), [], "a server is left")
        with self.assertRaises(urllib.error.URLError):
            urllib.request.urlopen(address, timeout=PATIENCE_SECONDS)

    def test_wrong_use_is_status_2(self):
        self.assertEqual(quickstart("--index").returncode, 2)
        self.assertEqual(quickstart("--no-such-option").returncode, 2)


if __name__ == "__main__":
    unittest.main()
