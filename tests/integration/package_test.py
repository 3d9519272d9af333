# SPDX-License-Identifier: GPL-3.0-or-later
"""The Debian package in the life of a machine: installed, started as its unit says, searched,
upgraded with the admin's own settings, removed, and purged. Nothing that was collected is lost.

The machine is this one, seen through an overlay: what the test changes is in a memory file system.
It takes root. systemd does not run there; the lines of the units that start programs do, and
systemd_test.py has a machine of its own for the rest.
"""

import contextlib
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from lib.debian_package import CONFIG, later_version, make_package, run
from lib.programs import PATIENCE_SECONDS, SAMPLE_ARTICLES, read_until

INDEX = "/var/lib/broadsheet/index"


class Machine:
    """A root folder that shows this machine's files; what changes there changes nothing here."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.root = self.folder / "root"

    def mount(self):
        """Whether that could be done."""
        # The upper folder of an overlay cannot lie on another overlay.
        if subprocess.run(["mount", "-t", "tmpfs", "tmpfs", self.folder], check=False,
                          capture_output=True).returncode != 0:
            return "cannot mount a memory file system"
        for name in ("root", "upper", "work"):
            (self.folder / name).mkdir()
        mounted = subprocess.run(
            ["mount", "-t", "overlay", "overlay", "-o",
             f"lowerdir=/,upperdir={self.folder}/upper,workdir={self.folder}/work", self.root],
            check=False, capture_output=True, text=True)
        if mounted.returncode != 0:
            return f"cannot mount an overlay: {mounted.stderr.strip()}"
        run("mount", "-t", "proc", "proc", self.root / "proc")
        run("mount", "--bind", "/dev", self.root / "dev")
        run("mount", "-t", "tmpfs", "tmpfs", self.root / "run")
        return ""

    def unmount(self):
        for name in ("root/run", "root/dev", "root/proc", "root", ""):
            subprocess.run(["umount", "--lazy", self.folder / name], check=False,
                           capture_output=True)

    def run(self, *command, status=0):
        return run("chroot", self.root, *command, status=status)

    def as_user(self, *command):
        """The command line of something that runs as the server's user."""
        return ["chroot", "--userspec=broadsheet:broadsheet", str(self.root),
                "env", "-i", "HOME=/tmp", "PATH=/usr/bin:/bin", *map(str, command)]

    def path(self, name):
        return self.root / str(name).lstrip("/")


def exec_start(machine, unit):
    text = machine.path(f"usr/lib/systemd/system/{unit}").read_text()
    return re.search(r"^ExecStart=(.*)$", text, re.M).group(1).split()


@contextlib.contextmanager
def service(machine, unit, *options):
    """The program of a unit, started as it says; its address."""
    with subprocess.Popen(
        machine.as_user(*exec_start(machine, unit), "--listen", "127.0.0.1:0", *options),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as process:
        try:
            line = read_until("\n", process.stdout.fileno())
            assert line.startswith("broadsheetd listening on "), line
            yield line.split()[-1]
        finally:
            process.terminate()
            assert process.wait(PATIENCE_SECONDS) == 0


class Package(unittest.TestCase):
    def setUp(self):
        if shutil.which("dpkg-shlibdeps") is None:
            print("SKIPPED: the whole file: no dpkg-dev", flush=True)
            self.skipTest("no dpkg-dev")
        self.folder = pathlib.Path(
            self.enterContext(tempfile.TemporaryDirectory(prefix="broadsheet-test-")))
        (self.folder / "machine").mkdir()
        self.machine = Machine(self.folder / "machine")
        self.addCleanup(self.machine.unmount)
        why_not = self.machine.mount()
        if why_not:
            print(f"SKIPPED: the whole file: {why_not}", flush=True)
            self.skipTest(why_not)

    def install(self, package):
        shutil.copy(package, self.machine.path("tmp/broadsheet.deb"))
        return self.machine.run("dpkg", "--force-confdef", "--force-confold", "-i",
                                "/tmp/broadsheet.deb")

    def client(self, address, *arguments, status=0):
        return run(*self.machine.as_user("broadsheet", "--server", address, *arguments),
                   status=status)

    def test_from_its_installation_to_its_end(self):
        package = make_package(self.folder)
        said = self.install(package)
        self.assertIn("systemctl enable --now broadsheetd ", said)
        self.check_files(package)
        self.check_read_only_server()
        self.check_jobs()
        self.check_writable_server()

        settings = self.machine.path(CONFIG)
        settings.write_text(settings.read_text() + "queue = 77\n")
        self.assertNotIn("enable --now", self.install(later_version(package, self.folder)))
        self.assertIn("queue = 77", settings.read_text())
        self.check_read_only_server()

        self.machine.run("dpkg", "-r", "broadsheet")
        self.assertFalse(self.machine.path("usr/bin/broadsheetd").exists())
        self.assertIn("queue = 77", settings.read_text())
        said = self.machine.run("dpkg", "-P", "broadsheet")
        self.assertFalse(settings.exists())
        self.assertIn("/var/lib/broadsheet is kept", said)
        self.assertTrue(self.machine.path(INDEX).is_dir())

    def check_files(self, package):
        # As packed: some machines install neither pages nor docs.
        packed = self.folder / "packed"
        run("dpkg-deb", "-x", package, packed)
        for name in ("usr/share/man/man8/broadsheetd.8", "usr/share/man/man1/broadsheet-indexer.1",
                     "usr/share/man/man1/broadsheet.1", "usr/share/man/man1/broadsheet-load.1"):
            if shutil.which("man") is None:
                self.assertTrue((packed / name).is_file(), name)
                continue
            shown = subprocess.run(["man", "--warnings", "-l", packed / name], check=False,
                                   capture_output=True, text=True, env={"LC_ALL": "C.UTF-8",
                                                                        "PATH": "/usr/bin:/bin"})
            self.assertEqual((shown.returncode, shown.stderr), (0, ""), name)
            self.assertIn("--help", shown.stdout)
        for name in ("usr/share/bash-completion/completions/broadsheet",
                     "usr/share/broadsheet/proto/broadsheet/v1/search_service.proto",
                     "usr/share/broadsheet/prometheus/broadsheet.rules.yml",
                     "usr/share/doc/broadsheet/operations.md",
                     "usr/lib/systemd/system/broadsheet-backup.timer"):
            self.assertTrue((packed / name).is_file(), name)
        status = self.machine.run("stat", "-c", "%U %a", "/var/lib/broadsheet")
        self.assertEqual(status, "broadsheet 750\n")
        checked = self.machine.run("broadsheetd", "--config", f"/{CONFIG}", "--check-config")
        self.assertEqual(checked, f"/{CONFIG} is good\n")

    def check_read_only_server(self):
        """It starts on nothing, and serves what is built then."""
        with service(self.machine, "broadsheetd.service") as address:
            if not self.machine.path(INDEX).exists():
                incoming = self.machine.path("var/lib/broadsheet/incoming")
                shutil.copytree(SAMPLE_ARTICLES, incoming / "sample")
                run(*self.machine.as_user(*exec_start(self.machine, "broadsheet-feed.service")))
            found = ""
            while "One boat a day" not in found:
                found = self.client(address, "search", '"one boat a day"', status=None)
            self.assertIn("generation", self.client(address, "status"))

    def check_jobs(self):
        backups = self.machine.path("var/backups/broadsheet")
        command = exec_start(self.machine, "broadsheet-backup.service")
        for _ in range(3):
            run(*self.machine.as_user(*command[:-1], 2))
        kept = sorted(entry.name for entry in backups.iterdir())
        self.assertLessEqual(len(kept), 2, kept)
        run(*self.machine.as_user("broadsheet-indexer", "verify", "--index",
                                  f"/var/backups/broadsheet/{kept[-1]}"))
        run(*self.machine.as_user(*exec_start(self.machine, "broadsheet-prune.service")))

    def check_writable_server(self):
        article = self.machine.path("tmp/article.json")
        article.write_text('{"id": "a-1", "headline": "Written over the API", "body": "Text."}')
        with service(self.machine, "broadsheetd-writable.service") as address:
            self.client(address, "put", "/tmp/article.json")
            self.assertIn("Written over the API", self.client(address, "search", "written"))
            pruned = run(*self.machine.as_user(
                *exec_start(self.machine, "broadsheet-prune.service")))
            self.assertNotIn("locked", pruned)


if __name__ == "__main__":
    unittest.main()
