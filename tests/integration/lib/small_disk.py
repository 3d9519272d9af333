# SPDX-License-Identifier: GPL-3.0-or-later
"""A file system that is too small, for tests of full disks; only root may mount one.

    with small_disk(megabytes=8) as disk:
        index.path = disk.path / "index"
        disk.leave(100_000)
"""

import contextlib
import os
import pathlib
import subprocess
import tempfile
import unittest


class SmallDisk:
    """A memory file system whose size can be changed."""

    def __init__(self, path):
        self.path = pathlib.Path(path)

    def _resize(self, size):
        subprocess.run(["mount", "-o", f"remount,size={size}", self.path], check=True)

    def grow(self, megabytes):
        self._resize(megabytes << 20)

    def free(self):
        """Bytes that can still be written."""
        found = os.statvfs(self.path)
        return found.f_bavail * found.f_frsize

    def leave(self, room):
        """Shrinks or grows it so that `room` bytes are free."""
        found = os.statvfs(self.path)
        self._resize((found.f_blocks - found.f_bfree) * found.f_frsize + room)


@contextlib.contextmanager
def small_disk(megabytes):
    """Skips the test, visibly, where nothing can be mounted."""
    with tempfile.TemporaryDirectory(prefix="broadsheet-test-disk-") as folder:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder],
            capture_output=True, text=True, check=False,
        )
        if mounted.returncode != 0:
            why = f"cannot mount a small file system: {mounted.stderr.strip()}"
            print(f"SKIPPED: {why}", flush=True)
            raise unittest.SkipTest(why)
        try:
            yield SmallDisk(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)
