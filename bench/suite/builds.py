# SPDX-License-Identifier: GPL-3.0-or-later
"""How quickly an index is built, how large it becomes, and what memory that takes."""

import json
import shutil
import subprocess
import sys

from lib.programs import BIN, environment


def folder_bytes(path):
    """What the generations of an index take on disk."""
    return sum(entry.stat().st_size for entry in path.rglob("*") if entry.is_file())


def remove(index):
    """Removes an index, if there is one."""
    if index.exists():
        shutil.rmtree(index)


# A process of its own runs the build: what a process has taken at most counts from its parent's size on
# (Linux hands that on at exec), and this one may hold all articles.
_RUN = """
import json, os, resource, sys, time
begin = time.monotonic()
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
seconds = time.monotonic() - begin
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"status": status, "seconds": seconds,
                  "processor": used.ru_utime + used.ru_stime, "resident": used.ru_maxrss * 1024}))
"""


def build(index, articles, programs=BIN):
    """Builds an index: seconds, processor seconds, most resident bytes, bytes on disk."""
    ran = subprocess.run(
        [sys.executable, "-c", _RUN, str(programs / "broadsheet-indexer"), "build", "--quiet",
         "--index", str(index), str(articles)],
        env=environment(), capture_output=True, text=True, check=False,
    )
    built = json.loads(ran.stdout.splitlines()[-1]) if ran.stdout else {"status": ran.returncode}
    # 1: done, with some articles refused; the reference articles have a few without any text.
    status = built.pop("status")
    if status not in (0, 1) or not built:
        raise RuntimeError(f"broadsheet-indexer build: status {status}: {ran.stderr}")
    return {**built, "bytes": folder_bytes(index)}


def table(built, count, input_bytes):
    return [
        "| articles | input MB | articles/s | processor seconds | memory MB | index ÷ input |",
        "|---|---|---|---|---|---|",
        f"| {count:,} | {input_bytes / 1e6:.0f} | {count / built['seconds']:.0f} | "
        f"{built['processor']:.1f} | {built['resident'] / 1e6:.0f} | "
        f"{built['bytes'] / input_bytes:.2f} |",
    ]
