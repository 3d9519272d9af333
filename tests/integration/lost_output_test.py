# SPDX-License-Identifier: GPL-3.0-or-later
"""Bug: `broadsheet search x > /dev/full` lost its output in silence and exited 0.

Proves that each command of each program says so when its output cannot be written, that a closed
standard output harms no file, and that a reader who leaves early hears nothing.
"""

import subprocess
import unittest

from lib.programs import BIN, PATIENCE_SECONDS, Index, article


class LostOutputTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.index = cls.enterClassContext(Index())
        cls.index.build_articles(article(1), article(2))
        cls.server = cls.enterClassContext(cls.index.serve())

    def commands(self):
        path = str(self.index.path)
        client = [str(BIN / "broadsheet"), "--server", self.server.address]
        indexer = str(BIN / "broadsheet-indexer")
        for words in (["search", "number1"], ["search", "number1", "--output", "json"],
                      ["search", "number1", "--output", "ids"], ["get", "article-1"], ["status"],
                      ["status", "--output", "json"], ["--help"], ["search", "--help"], ["--version"]):
            yield "broadsheet", client + words
        for words in (["stats", "--index", path], ["generations", "--index", path],
                      ["verify", "--index", path], ["--help"], ["parse", "--help"], ["--version"]):
            yield "broadsheet-indexer", [indexer] + words
        yield "broadsheet-indexer", [indexer, "parse", "--format", "jsonl", str(self.records())]
        for words in (["--help"], ["--version"]):
            yield "broadsheetd", [str(BIN / "broadsheetd")] + words

    def records(self):
        records = self.index.path.parent / "records.jsonl"
        records.write_text('{"id": "a", "headline": "A pact", "body": "It was signed."}\n')
        return records

    def run_into(self, command, **streams):
        return subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False,
                              timeout=PATIENCE_SECONDS, **streams)

    def test_a_full_device(self):
        for program, command in self.commands():
            with self.subTest(" ".join(command[1:])), open("/dev/full", "w") as full:
                ended = self.run_into(command, stdout=full)
                self.assertEqual(ended.returncode, 1 if program == "broadsheetd" else 2)
                self.assertIn(f"{program}: standard output could not be written", ended.stderr)

    def test_a_closed_output(self):
        for program, command in self.commands():
            with self.subTest(" ".join(command[1:])):
                ended = self.run_into(["sh", "-c", '"$@" >&-', "sh", *command])
                self.assertEqual(ended.returncode, 1 if program == "broadsheetd" else 2)
                self.assertIn(f"{program}: standard output could not be written", ended.stderr)

    def test_a_reader_who_leaves_is_no_error(self):
        for _, command in self.commands():
            with self.subTest(" ".join(command[1:])):
                ended = self.run_into(["sh", "-c", '"$@" | head -c 1 > /dev/null', "sh", *command])
                # Besides what `parse` says of what it read.
                said = [line for line in ended.stderr.splitlines() if " read from " not in line]
                self.assertEqual((ended.returncode, said), (0, []))


if __name__ == "__main__":
    unittest.main()
