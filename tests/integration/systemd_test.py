# SPDX-License-Identifier: GPL-3.0-or-later
"""What an admin does with `systemctl`, on a machine that has nothing but a bare Debian and the
package: whichever of its services run, whatever ends them, and whether they come back.

Takes root, the right to make namespaces, and Debian's mirror; two minutes.
"""

import pathlib
import re
import shutil
import tempfile
import unittest

from lib import booted
from lib.certificates import Authority
from lib.debian_package import CONFIG, later_version, make_package
from lib.programs import SAMPLE_ARTICLES, wait_for

READ_ONLY, WRITABLE, DESK = "broadsheetd", "broadsheetd-writable", "broadsheet-desk"
ARTICLE = '{"id": "a-1", "headline": "Written over the API", "body": "Text."}'
SECRETS = "/etc/broadsheet/secrets"


class ServicesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        why_not = booted.why_not() or ("" if shutil.which("dpkg-shlibdeps") else "no dpkg-dev")
        if why_not:
            print(f"SKIPPED: the whole file: {why_not}", flush=True)
            raise unittest.SkipTest(why_not)
        # Packages' files do not lie in memory.
        cls.folder = pathlib.Path(cls.enterClassContext(
            tempfile.TemporaryDirectory(prefix="broadsheet-test-", dir="/var/tmp")))
        cls.package = make_package(cls.folder)
        cls.machine = cls.enterClassContext(booted.Machine(cls.folder / "machine"))
        shutil.copy(cls.package, cls.machine.path("var/tmp/broadsheet.deb"))
        cls.machine.in_files("apt-get", "update")
        cls.machine.in_files("apt-get", "install", "--yes", "--no-install-recommends",
                             "/var/tmp/broadsheet.deb")
        cls.settings = cls.machine.path(CONFIG).read_text()
        cls.machine.start()

    def setUp(self):
        self.run_there("systemctl", "stop", READ_ONLY, WRITABLE, DESK)
        self.configure()
        for name in ("index", "incoming"):
            shutil.rmtree(self.machine.path(f"var/lib/broadsheet/{name}"), ignore_errors=True)
        for settings in self.machine.path("etc/systemd/system").glob("*.service.d"):
            shutil.rmtree(settings)
        self.run_there("systemctl", "daemon-reload")
        self.begun = self.run_there("date", "+@%s.%N").strip()

    def configure(self, more=""):
        """The settings are those of the package, and these."""
        self.machine.path(CONFIG).write_text(self.settings + more)

    def run_there(self, *command, **options):
        return self.machine.run(*command, **options)

    def start(self, unit):
        self.run_there("systemctl", "start", unit)

    def state(self, unit):
        return self.run_there("systemctl", "is-active", unit, status=None).strip()

    def assert_one_serves(self, unit):
        self.assertEqual({each: self.state(each) for each in (READ_ONLY, WRITABLE)},
                         {each: "active" if each == unit else "inactive"
                          for each in (READ_ONLY, WRITABLE)})
        self.run_there("broadsheet", "status")

    def pid(self, unit):
        return int(self.run_there("systemctl", "show", "-p", "MainPID", "--value", unit))

    def kill(self, unit, signal):
        self.run_there("systemctl", "kill", "--kill-whom=main", f"--signal={signal}", unit)

    def comes_back(self, unit, before):
        return wait_for(lambda: self.state(unit) == "active" and self.pid(unit) not in (0, before)
                        and self.pid(unit), f"{unit} is back")

    def edit(self, unit, *lines):
        """As `systemctl edit` does."""
        folder = self.machine.path(f"etc/systemd/system/{unit}.service.d")
        folder.mkdir()
        (folder / "override.conf").write_text("\n".join(["[Service]", *lines, ""]))
        self.run_there("systemctl", "daemon-reload")

    def log(self, unit):
        self.run_there("journalctl", "--sync")
        return self.run_there("journalctl", "--no-pager", "--quiet", "--output=cat",
                              f"--since={self.begun}", "--unit", unit)

    def feed(self):
        """What came in is built."""
        incoming = self.machine.path("var/lib/broadsheet/incoming")
        shutil.copytree(SAMPLE_ARTICLES, incoming / "sample", dirs_exist_ok=True)
        self.run_there("chown", "-R", "broadsheet:", "/var/lib/broadsheet/incoming")
        self.start("broadsheet-feed")

    def found(self, query):
        return self.run_there("broadsheet", "search", "--count", "--", query, status=None).strip()

    def put(self):
        self.run_there("broadsheet", "put", "-", stdin=ARTICLE)

    def test_the_first_feed_is_searched_by_whoever_waits_for_it(self):
        self.start(READ_ONLY)
        self.assertIn("serving no index yet", self.run_there("systemctl", "status", READ_ONLY))
        self.feed()
        wait_for(lambda: self.found('headline:"one boat a day"') == "1", "what was built is found")
        self.assertIn("Indexed 63 articles", self.log("broadsheet-feed"))

    def test_a_feed_beside_a_writable_server_keeps_what_was_written(self):
        self.start(WRITABLE)
        self.put()
        self.feed()
        wait_for(lambda: self.found('headline:"one boat a day"') == "1", "what was built is found")
        self.assertEqual(self.found('"written over the api"'), "1")

    # Both used the address at once, and then no server ran.
    def test_one_server_takes_over_from_the_other(self):
        self.feed()
        for unit in (READ_ONLY, WRITABLE, READ_ONLY, WRITABLE):
            self.start(unit)
            self.assert_one_serves(unit)

    # After five crashes within ten seconds it was not started again.
    def test_a_server_that_crashes_again_and_again_comes_back(self):
        self.feed()
        for unit in (READ_ONLY, WRITABLE):
            self.start(unit)
            for _ in range(7):
                before = self.pid(unit)
                self.kill(unit, "KILL")
                self.comes_back(unit, before)
            self.assert_one_serves(unit)

    # Status 2 of a server that could not start kept it from being started again.
    def test_a_server_starts_by_itself_once_its_settings_are_right(self):
        self.feed()
        for mistake in ("deadlin = 7\n", 'listen = ["10.98.76.54:6460"]\ninsecure = true\n'):
            with self.subTest(mistake=mistake):
                self.run_there("systemctl", "stop", WRITABLE)
                self.configure(mistake)
                self.run_there("systemctl", "start", WRITABLE, status=1)
                place = f"/{CONFIG}" if "deadlin" in mistake else "10.98.76.54:6460"
                self.assertIn(place, self.log(WRITABLE))
                self.configure()
                wait_for(lambda: self.state(WRITABLE) == "active", "it starts by itself")
                self.assert_one_serves(WRITABLE)

    def test_a_server_that_hangs_is_started_again(self):
        self.feed()
        self.edit(READ_ONLY, "WatchdogSec=2")
        self.start(READ_ONLY)
        before = self.pid(READ_ONLY)
        self.kill(READ_ONLY, "STOP")
        self.comes_back(READ_ONLY, before)
        self.assert_one_serves(READ_ONLY)

    def test_a_reload_takes_over_what_it_can_and_nothing_of_a_mistake(self):
        self.feed()
        self.start(READ_ONLY)
        before = self.pid(READ_ONLY)
        for settings, said in (("deadline = 7\n", "reloaded: --deadline changed"),
                               ("deadlin = 8\n", "not reloaded")):
            self.configure(settings)
            self.run_there("systemctl", "reload", READ_ONLY)
            wait_for(lambda said=said: said in self.log(READ_ONLY), said)
        self.assertEqual(self.pid(READ_ONLY), before)
        self.assert_one_serves(READ_ONLY)

    def test_keys_that_only_root_may_read_reach_the_server(self):
        self.feed()
        secrets = self.machine.path(SECRETS)
        secrets.mkdir(mode=0o700)
        Authority(secrets, "ours").issue("server")
        names = ("server.pem", "server.key")
        self.edit(READ_ONLY, *(f"LoadCredential={name}:{SECRETS}/ours/{name}" for name in names))
        self.configure("".join(
            f'{setting} = "${{CREDENTIALS_DIRECTORY}}/{name}"\n'
            for setting, name in zip(("tls-cert", "tls-key"), names)))
        self.start(READ_ONLY)
        self.assertIn("Articles", self.run_there(
            "broadsheet", "--tls-ca", f"{SECRETS}/ours/ca.pem", "status"))
        self.run_there("broadsheet", "status", status=2)

    def test_backups_and_pruning_run_by_their_timers(self):
        self.feed()
        jobs = ("broadsheet-feed", "broadsheet-backup", "broadsheet-prune")
        self.run_there("systemctl", "enable", "--now", *(f"{job}.timer" for job in jobs))
        due = self.run_there("systemctl", "list-timers", "--no-pager")
        for job in jobs:
            self.assertRegex(due, rf"(?m)^\w{{3}} \d{{4}}-\d\d-\d\d .* {job}\.timer +{job}\.service$")
            self.start(job)
        self.assertRegex(self.log("broadsheet-backup"), r"backup /var/backups/broadsheet/\S+ is whole")
        self.run_there("systemctl", "disable", "--now", *(f"{job}.timer" for job in jobs))

    def test_the_desk_shows_what_the_server_has(self):
        self.feed()
        self.start(READ_ONLY)
        self.start(DESK)
        page = wait_for(lambda: self.run_there(
            "curl", "--silent", "--fail", "http://127.0.0.1:6480/?q=boat", status=None), "a page")
        self.assertIn("<mark>boat</mark> a day", page)

    def test_it_is_there_again_after_a_reboot(self):
        self.feed()
        self.run_there("systemctl", "enable", WRITABLE)
        self.start(WRITABLE)
        self.put()
        self.machine.stop()
        self.machine.start()
        self.assert_one_serves(WRITABLE)
        self.assertEqual(self.found('"written over the api"'), "1")
        self.run_there("systemctl", "disable", WRITABLE)

    def test_an_upgrade_restarts_what_runs_and_a_removal_stops_it(self):
        self.feed()
        self.start(WRITABLE)
        self.start(DESK)
        before = {unit: self.pid(unit) for unit in (WRITABLE, DESK)}
        later = later_version(self.package, self.folder)
        shutil.copy(later, self.machine.path("var/tmp/later.deb"))
        self.run_there("dpkg", "-i", "/var/tmp/later.deb")
        for unit, pid in before.items():
            self.assertNotEqual(self.comes_back(unit, pid), pid)
        self.assert_one_serves(WRITABLE)

        self.run_there("dpkg", "-r", "broadsheet")
        running = self.run_there("ps", "-e", "-o", "args=")
        self.assertIsNone(re.search(r"(?m)^\S*broadsheet", running), running)
        self.assertIn("is kept", self.run_there("dpkg", "-P", "broadsheet"))
        self.assertTrue(self.machine.path("var/lib/broadsheet/index/CURRENT").is_file())
        self.assertNotIn("broadsheet", self.run_there("systemctl", "list-units", "--all"))

        self.run_there("dpkg", "-i", "/var/tmp/broadsheet.deb")
        self.start(READ_ONLY)
        self.assert_one_serves(READ_ONLY)


if __name__ == "__main__":
    unittest.main()
