# SPDX-License-Identifier: GPL-3.0-or-later
"""The runbooks of docs/operations.md, followed as they are written there. Those that other tests
follow are named there, too: a full disk (full_disk_test), an index of the version before
(earlier_version_test), a damaged generation (damage_test)."""

import json
import re
import subprocess
import unittest

from lib.programs import (
    BIN, SOURCE, Index, Server, article, environment, wait_for, write_jsonl,
)

OPERATIONS = (SOURCE / "docs" / "operations.md").read_text(encoding="utf-8")


def commands_of(runbook):
    """The shell lines of the first listing below a heading."""
    text = OPERATIONS.split(f"\n### {runbook}\n", 1)[1]
    return text.split("```\n", 2)[1].splitlines()


class RunbooksTest(unittest.TestCase):
    def setUp(self):
        self.index = self.enterContext(Index())
        self.backups = self.index.folder / "backups"
        self.backups.mkdir()

    def sh(self, lines):
        """Runs shell lines, as an admin who has the programs on the path."""
        done = subprocess.run(
            ["bash", "-euc", "\n".join(lines)], cwd=self.index.folder, capture_output=True,
            text=True, check=False, env=environment(PATH=f"{BIN}:/usr/bin:/bin", LC_ALL="C.UTF-8"),
        )
        self.assertEqual(done.returncode, 0, f"{lines}: {done.stdout}{done.stderr}")
        return done.stdout

    def back_up(self):
        backup = self.backups / "2026-11-30T043012.345Z"
        self.index.admin("snapshot", "--to", backup)
        return backup

    def test_a_lost_machine(self):
        """Another machine has the last backup, and the feeds since then; of the programs only, since
        a service needs systemd (package_test)."""
        self.index.build_articles(article(1), article(2))
        backup = self.back_up()
        feeds = self.index.folder / "since"
        feeds.mkdir()
        write_jsonl(feeds / "today.jsonl", [article(2), article(3)])
        lines = commands_of("A lost machine")
        new = self.index.folder / "new"
        restore = [re.sub(r"^sudo -u broadsheet ", "", line) for line in lines if "broadsheet-indexer" in line]
        restore = [
            line.replace("/var/lib/broadsheet/index", str(new))
            .replace("/mnt/backups/2026-11-30T043012.345Z", str(backup))
            .replace("/mnt/feeds/since-the-backup/", str(feeds))
            for line in restore
        ]
        self.assertEqual([line.split()[1] for line in restore], ["restore", "verify", "push"])
        self.sh(restore[:2])
        with Server(new, "--writable") as server:
            self.sh([restore[2].replace("127.0.0.1:6460", server.address)])
            self.assertEqual(
                sorted(server.ids("headline")), ["article-1", "article-2", "article-3"]
            )
            # What it has was recognised.
            self.assertEqual(server.status()["liveArticleCount"], 1)

    def test_a_drill_for_restores(self):
        self.index.build_articles(article(1), article(2))
        self.back_up()
        lines = [
            line.replace("/var/backups/broadsheet", str(self.backups)).replace("/tmp/drill", "drill")
            for line in commands_of("A drill for restores")
        ]
        self.assertTrue(lines[2].startswith("broadsheetd --index drill "), lines)
        self.assertIn("is whole", self.sh(lines[:2]))
        with Server(self.index.folder / "drill") as server:
            address = re.search(r"--listen (\S+)", lines[2])[1]
            shown = self.sh([lines[3].replace(address, server.address)])
        self.assertIn("Articles    2, ", shown)

    def test_rollback_after_a_purge(self):
        self.index.build_articles(article(1))
        self.index.build_articles(article(1, headline="Bad number1"), article(2))
        backup = self.back_up()
        with self.index.serve("--writable") as server:
            put = server.client("put", "-", stdin=json.dumps(article(3)))
            self.assertEqual(put.returncode, 0, put.stderr)
            pruned = server.client("admin", "prune", "--keep", 0)
            self.assertEqual(pruned.stdout, "removed generation 1\n")
            refused = server.client("admin", "rollback")
            self.assertEqual(refused.returncode, 2)
            self.assertIn("there is no generation before number 2", refused.stderr)
            self.index.admin("restore", "--from", backup, "--keep-writes")
            self.assertEqual(server.status()["generationNumber"], 3)
            self.assertEqual(
                sorted(server.ids("number1 OR number2 OR number3")),
                ["article-1", "article-2", "article-3"],
            )
        self.index.admin("verify")

    def test_waiting_for_an_index(self):
        with Server(self.index.path, "--wait-for-index") as server:
            wait_for(lambda: "no index to serve yet, waiting for one" in server.log(), "the wait")
            self.index.build_articles(article(1))
            wait_for(lambda: "generation 1" in server.log(), "the generation")
            wait_for(lambda: server.client("search", "number1").returncode == 0, "an answer")

    def test_each_runbook_says_what_tries_it(self):
        """And that is there."""
        chapter = OPERATIONS.split("\n## When something is wrong\n", 1)[1].split("\n## ", 1)[0]
        rows = [line for line in chapter.splitlines() if line.startswith("| ")][2:]
        parts = chapter.split("\n### ")[1:]
        self.assertGreater(len(rows), 8)
        for text in (*rows, *parts):
            named = re.findall(r"`(\w+_test)`", text)
            self.assertTrue(named, f"nothing tries: {text[:60]}")
            for name in named:
                found = [*SOURCE.glob(f"tests/**/{name}.py"), *SOURCE.glob(f"tests/**/{name}.cc")]
                self.assertTrue(found, name)


if __name__ == "__main__":
    unittest.main()
