# SPDX-License-Identifier: GPL-3.0-or-later
"""The Debian package, made from what was built, for tests that install it."""

import pathlib
import re
import subprocess

from lib.programs import BIN, PATIENCE_SECONDS

BUILD = pathlib.Path(BIN).parent
CONFIG = "etc/broadsheet/broadsheetd.toml"


def run(*command, status=0, **options):
    """What a command says, which has to end with this status; None for any."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True,
                          check=False, timeout=PATIENCE_SECONDS, stdin=subprocess.DEVNULL, **options)
    said = done.stdout + done.stderr
    assert status is None or done.returncode == status, f"{command}: {done.returncode}: {said}"
    return said


def make_package(folder):
    """Its path, in this folder."""
    run("ninja", "-C", BUILD, "installed")
    run("cpack", "--config", BUILD / "CPackConfig.cmake", "-B", folder / "made")
    (package,) = (folder / "made").glob("*.deb")
    return package


def later_version(package, folder):
    """The same with another number, and settings that are not those of before."""
    tree = folder / "tree"
    run("dpkg-deb", "-R", package, tree)
    control = tree / "DEBIAN" / "control"
    control.write_text(re.sub(r"(?m)^Version: .*$", "Version: 99.0", control.read_text()))
    sample = tree / CONFIG
    sample.write_text(sample.read_text() + "# A comment of the later version.\n")
    later = folder / "later.deb"
    run("dpkg-deb", "--root-owner-group", "-b", tree, later)
    return later
