# SPDX-License-Identifier: GPL-3.0-or-later
"""broadsheetd set up by a file: the sample, mistakes in it, changes while it runs, and systemd."""

import pathlib
import re
import shutil
import signal
import socket
import subprocess
import unittest

from lib.certificates import Authority
from lib.programs import SOURCE, Index, Server, article, run, wait_for

SAMPLE = SOURCE / "packaging" / "broadsheetd.toml"
UNITS = ("broadsheetd", "broadsheetd-writable")
# Options that are no settings, and the other half of --reflection.
NO_SETTINGS = {"help", "version", "config", "check-config", "no-reflection"}


class Sample(unittest.TestCase):
    def test_every_option_is_in_the_sample_with_its_default(self):
        shown = run("broadsheetd", "--help").stdout
        options = set(re.findall(r"--([a-z][a-z-]+)", "\n".join(
            line for line in shown.splitlines() if re.match(r"\s+(-\w,)?--", line)))) - NO_SETTINGS
        self.assertGreater(len(options), 20)
        sample = SAMPLE.read_text()
        settings = set(re.findall(r"^#?([a-z][a-z-]+) = ", sample, re.M))
        self.assertEqual(options, settings)
        # "  --queue UINT:INT in [1 - 1000000]=128"
        defaults = re.findall(r"(?m)^ +--([a-z-]+) [A-Z]\S*.*=([0-9.]+)(?: |$)", shown)
        self.assertGreater(len(defaults), 15)
        for name, default in defaults:
            # A mode is a text: TOML has no number that begins with 0.
            default = f'"{default}"' if re.fullmatch(r"0\d+", default) else default
            self.assertRegex(sample, rf"(?m)^#{name} = {re.escape(default)}$")

    def test_the_sample_is_good_as_it_is_and_without_its_comments(self):
        with Index() as index:
            path = index.folder / "all.toml"
            text = re.sub(r"(?m)^#([a-z][a-z-]+ = )", r"\1", SAMPLE.read_text())
            text = text.replace("/var/log/broadsheet", str(index.folder))
            callers = index.folder / "callers.toml"
            run("broadsheet-indexer", "token", "new", "--tokens", callers, "desk", "--roles",
                "search")
            text = text.replace("/etc/broadsheet/callers.toml", str(callers))
            synonyms = index.folder / "synonyms.txt"
            synonyms.write_text("ferry, boat\n")
            text = text.replace("/etc/broadsheet/synonyms.txt", str(synonyms))
            authority = Authority(index.folder, "ours")
            certificate = authority.issue("server")
            for named, made in (("/etc/broadsheet/server.pem", certificate.cert),
                                ("${CREDENTIALS_DIRECTORY}/tls.key", certificate.key),
                                ("/etc/broadsheet/clients.pem", authority.cert)):
                text = text.replace(named, str(made))
            path.write_text(text)
            for file in (SAMPLE, path):
                checked = run("broadsheetd", "--config", file, "--check-config")
                self.assertEqual(checked.stdout, f"{file} is good\n", checked.stderr)
                self.assertEqual(checked.returncode, 0)


class Files(unittest.TestCase):
    def setUp(self):
        self.index = self.enterContext(Index())
        self.index.build_articles(article(1))
        self.file = self.index.folder / "broadsheetd.toml"

    def check(self, text):
        self.file.write_text(text)
        return run("broadsheetd", "--config", self.file, "--check-config")

    def test_all_mistakes_are_told_with_their_lines(self):
        checked = self.check('index = "x"\nmax-conections = 5\nthreads = 5000\nlisten = 7\n')
        self.assertEqual(checked.returncode, 2)
        said = checked.stderr.splitlines()
        self.assertIn(f"{self.file}:2: ", said[0])
        self.assertIn("did you mean max-connections?", said[0])
        self.assertIn(f"{self.file}:3: ", said[1])
        self.assertIn("1024", said[1])

    def test_what_could_not_start_is_told_before(self):
        for text, expected in (
            ('listen = "0.0.0.0:6460"', "--insecure"),
            ('listen = "here"', "HOST:PORT"),
            ('metrics = "0.0.0.0:6461"', "0.0.0.0:6461"),
            ('access-log = "/nowhere/access.log"', "/nowhere"),
        ):
            checked = self.check(f'index = "x"\n{text}\n')
            self.assertEqual(checked.returncode, 2, text)
            self.assertIn(expected, checked.stderr)

    def test_a_reload_takes_over_what_it_can_and_names_the_rest(self):
        self.file.write_text(f'index = "{self.index.path}"\nqueue = 5\n')
        server = self.enterContext(
            Server(self.index.path, "--config", self.file))
        server.ids("number1")
        self.assertNotIn("slow SearchArticles", server.log())
        self.file.write_text(f'index = "{self.index.path}"\nslow-call = 0\nqueue = 6\n')
        server.process.send_signal(signal.SIGHUP)
        wait_for(lambda: "reloaded: " in server.log(), "the reload")
        self.assertIn("reloaded: --slow-call changed; logs were opened anew; restart the server "
                      "for --queue", server.log())
        server.ids("number1")
        wait_for(lambda: "slow SearchArticles" in server.log(), "the new setting")
        self.file.write_text("slow-call = soon\n")
        server.process.send_signal(signal.SIGHUP)
        wait_for(lambda: "not reloaded" in server.log(), "the refusal")
        self.assertIn(f"{self.file}:1: ", server.log())
        self.assertEqual(server.ids("number1"), ["article-1"])


class Systemd(unittest.TestCase):
    def test_it_is_told_that_the_server_is_ready_alive_reloading_and_stopping(self):
        with Index() as index, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
            index.build_articles(article(1))
            path = str(index.folder / "notify")
            manager.bind(path)
            manager.settimeout(600)
            env = {"NOTIFY_SOCKET": path, "WATCHDOG_USEC": "300000"}
            with index.serve(env=env) as server:
                self.assertIn(b"READY=1\nSTATUS=serving generation 1 on 127.", manager.recv(500))
                for _ in range(3):
                    self.assertEqual(manager.recv(500), b"WATCHDOG=1")
                server.process.send_signal(signal.SIGHUP)
                said = b""
                while not said.startswith(b"RELOADING=1\nMONOTONIC_USEC="):
                    said = manager.recv(500)
                while not said.startswith(b"READY=1"):
                    said = manager.recv(500)
                server.terminate()
                while said != b"STOPPING=1":
                    said = manager.recv(500)
                self.assertEqual(server.process.wait(600), 0)

    def test_a_full_table_of_connections_is_no_hang(self):
        with Index() as index, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
            index.build_articles(article(1))
            path = str(index.folder / "notify")
            manager.bind(path)
            manager.settimeout(600)
            env = {"NOTIFY_SOCKET": path, "WATCHDOG_USEC": "300000"}
            with index.serve("--max-connections", 1, env=env) as server:
                self.assertIn(b"READY=1", manager.recv(500))
                host, port = server.address.rsplit(":", 1)
                with socket.create_connection((host, int(port))):
                    for _ in range(3):
                        self.assertEqual(manager.recv(500), b"WATCHDOG=1")

    def test_the_units_are_hardened(self):
        analyze = shutil.which("systemd-analyze")
        if analyze is None:
            print("SKIPPED: no systemd-analyze", flush=True)
            self.skipTest("no systemd-analyze")
        for unit in UNITS:
            path = pathlib.Path(SOURCE, "packaging", "systemd", f"{unit}.service")
            rated = subprocess.run(
                [analyze, "security", "--offline=true", "--threshold=15", path],
                capture_output=True, text=True, check=False)
            self.assertEqual(rated.returncode, 0, rated.stdout[-300:] + rated.stderr)


if __name__ == "__main__":
    unittest.main()
