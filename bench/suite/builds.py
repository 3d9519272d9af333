# SPDX-License-Identifier: GPL-3.0-or-later
"""How quickly an index is built, how large it becomes, and what memory that takes."""

import os
import shutil
import tempfile
import time

from lib.programs import BIN, environment


def folder_bytes(path):
    """What the generations of an index take on disk."""
    return sum(entry.stat().st_size for entry in path.rglob("*") if entry.is_file())


def remove(index):
    """Removes an index, if there is one."""
    if index.exists():
        shutil.rmtree(index)


def build(index, articles, programs=BIN):
    """Builds an index: seconds, processor seconds, most resident bytes, bytes on disk."""
    with tempfile.TemporaryFile() as said:
        begin = time.monotonic()
        pid = os.posix_spawn(
            programs / "broadsheet-indexer",
            ["broadsheet-indexer", "build", "--quiet", "--index", str(index), str(articles)],
            environment(),
            file_actions=[(os.POSIX_SPAWN_DUP2, said.fileno(), 2)],
        )
        _, status, usage = os.wait4(pid, 0)
        seconds = time.monotonic() - begin
        # 1: done, with some articles refused; the reference articles have a few without any text.
        code = os.waitstatus_to_exitcode(status)
        if code not in (0, 1):
            said.seek(0)
            raise RuntimeError(f"broadsheet-indexer build: status {code}: {said.read().decode()}")
    return {
        "seconds": seconds,
        "processor": usage.ru_utime + usage.ru_stime,
        "resident": usage.ru_maxrss * 1024,
        "bytes": folder_bytes(index),
    }


def table(built, count, input_bytes):
    return [
        "| articles | input MB | articles/s | processor seconds | memory MB | index ÷ input |",
        "|---|---|---|---|---|---|",
        f"| {count:,} | {input_bytes / 1e6:.0f} | {count / built['seconds']:.0f} | "
        f"{built['processor']:.1f} | {built['resident'] / 1e6:.0f} | "
        f"{built['bytes'] / input_bytes:.2f} |",
    ]
