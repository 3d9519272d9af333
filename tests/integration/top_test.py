# SPDX-License-Identifier: GPL-3.0-or-later
"""`broadsheet top`, on a terminal and off one, beside a server that works."""

import json
import os
import signal
import subprocess
import termios
import unittest

from lib.figures import metrics_address
from lib.programs import (
    BIN, PATIENCE_SECONDS, Index, article, environment, read_until, run, terminal, wait_for,
)

ENTER, LEAVE = "\x1b[?1049h", "\x1b[?1049l"


class TopTest(unittest.TestCase):
    def setUp(self):
        self.index = self.enterContext(Index())
        self.index.build_articles(article(1), article(2))
        self.server = self.enterContext(
            self.index.serve("--writable", "--metrics", "127.0.0.1:0")
        )
        self.metrics = metrics_address(self.server).removeprefix("http://")

    def top(self, *options):
        return run("broadsheet", "top", "--metrics", self.metrics, "--interval", 0.1, *options)

    def test_once_tells_what_status_and_metrics_say(self):
        self.server.ids("number1")
        put = self.server.client("put", "-", stdin=json.dumps(article(3)))
        self.assertEqual(put.returncode, 0, put.stderr)
        shown = self.top("--once")
        self.assertEqual((shown.returncode, shown.stderr), (0, ""))
        lines = shown.stdout.splitlines()
        self.assertLessEqual(max(map(len, lines)), 80)
        self.assertIn("Articles    3, 1 written since the build (33 %)", lines)
        self.assertRegex(shown.stdout, r"\nServing     generation 1 of 20..-..-.. ..:.. UTC, ")
        self.assertRegex(shown.stdout, r"\nWrites      0.0/s, 0 waiting, 0.0/s refused; the last ")
        self.assertRegex(shown.stdout, r"\nMemory      \d+ MB; \d+ of \d+ files, \d+ threads, ")
        self.assertRegex(shown.stdout, r"\nDisk        [\d.]+ [MG]B free of ")

    def test_off_a_terminal_looks_follow_one_another(self):
        shown = self.top("-n", 3)
        self.assertEqual(shown.returncode, 0, shown.stderr)
        self.assertEqual(shown.stdout.count("broadsheetd version"), 3)
        self.assertNotIn("\x1b", shown.stdout)

    def on_a_terminal(self, *options):
        """The process, our end of its terminal, and the terminal's settings before."""
        screen, end = terminal()
        self.addCleanup(os.close, screen)
        self.addCleanup(os.close, end)
        before = termios.tcgetattr(end)
        process = self.enterContext(subprocess.Popen(
            [BIN / "broadsheet", "top", "--metrics", self.metrics, "--interval", "0.1", *options],
            stdin=end, stdout=end, stderr=subprocess.PIPE, env=environment(TERM="xterm"),
        ))
        return process, screen, end, before

    def assert_ends_well(self, process, screen, end, before):
        # Reads on, or the program could not write its end.
        read_until(LEAVE, screen)
        self.assertEqual(process.wait(PATIENCE_SECONDS), 0, process.stderr.read())
        self.assertEqual(termios.tcgetattr(end), before)

    def test_on_a_terminal_q_and_signals_end_it_and_put_the_terminal_back(self):
        for ending in ("q", signal.SIGINT, signal.SIGTERM):
            with self.subTest(ending=ending):
                process, screen, end, before = self.on_a_terminal()
                self.assertIn(ENTER, read_until("broadsheetd version", screen))
                # Drawn again, by itself.
                read_until("broadsheetd version", screen)
                self.assertNotEqual(termios.tcgetattr(end), before)
                if ending == "q":
                    os.write(screen, b"q")
                else:
                    process.send_signal(ending)
                self.assert_ends_well(process, screen, end, before)

    def test_on_a_terminal_it_ends_by_itself_after_so_many_looks(self):
        process, screen, end, before = self.on_a_terminal("--limit", "2")
        self.assert_ends_well(process, screen, end, before)

    def test_it_outlives_the_server(self):
        process, screen, end, before = self.on_a_terminal()
        read_until("broadsheetd version", screen)
        self.server.process.kill()
        self.server.process.wait()
        read_until(f"no answer from http://{self.metrics}/metrics", screen)
        os.write(screen, b"q")
        self.assert_ends_well(process, screen, end, before)

    def test_where_nobody_answers_it_says_what_to_do(self):
        self.assertEqual(self.server.stop(), 0)
        shown = self.top()
        self.assertEqual((shown.returncode, shown.stdout), (2, ""))
        self.assertIn(f"start the server with --metrics {self.metrics}", shown.stderr)

    def test_other_pages_and_addresses_are_told_apart(self):
        wait_for(lambda: self.server.ids("number1"), "a search")
        # gRPC speaks HTTP/2 alone.
        shown = run("broadsheet", "top", "--metrics", self.server.address, "--once")
        self.assertEqual(shown.returncode, 2)
        self.assertIn(f"http://{self.server.address}/metrics", shown.stderr)
        for address in ("nowhere", "http://127.0.0.1:1/metrics", "unix:/run/x", ":1", "127.0.0.1:99999"):
            shown = run("broadsheet", "top", "--metrics", address)
            self.assertEqual(shown.returncode, 2, address)
            self.assertIn("is no address of metrics", shown.stderr)


if __name__ == "__main__":
    unittest.main()
