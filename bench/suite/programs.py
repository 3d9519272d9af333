# SPDX-License-Identifier: GPL-3.0-or-later
"""The programs that are measured: the release build of this tree."""

import subprocess

from lib.programs import SOURCE

PROGRAMS = ("broadsheet", "broadsheetd", "broadsheet-indexer", "broadsheet-load",
            "broadsheet-empty-handler")


def build():
    """Builds what is not up to date."""
    subprocess.run(["cmake", "--preset", "release", "--log-level=WARNING"], cwd=SOURCE,
                   stdout=subprocess.DEVNULL, check=True)
    subprocess.run(["ninja", "-C", "build", "--quiet", *PROGRAMS], cwd=SOURCE, check=True)
