# SPDX-License-Identifier: GPL-3.0-or-later
"""What hostile peers do, and what an honest caller beside them and the server's process show of it."""

import contextlib
import os
import threading
import zlib

from lib import api
from lib.programs import wait_for

SEARCH = "/broadsheet.v1.SearchService/SearchArticles"
GET = "/broadsheet.v1.SearchService/GetArticle"
PUT = "/broadsheet.v1.ArticleService/PutArticle"
IMPORT = "/broadsheet.v1.ArticleService/ImportArticles"
HEALTH_CHECK = "/grpc.health.v1.Health/Check"
HEALTH_WATCH = "/grpc.health.v1.Health/Watch"
REFLECTION = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"
UNIMPLEMENTED = "12"
CANCELLED = "1"


class HonestCaller(contextlib.AbstractContextManager):
    """Searches without a pause over one connection, for as long as the block runs."""

    def __init__(self, address):
        self._address = address
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.answers = 0
        self.errors = []

    def __enter__(self):
        self._thread.start()
        wait_for(lambda: self.answers or self.errors, "a first answer")
        return self

    def __exit__(self, *_):
        # One more, begun after all that the block did.
        seen = self.answers
        wait_for(lambda: self.answers > seen + 1 or self.errors, "an answer after the attack")
        self._ended.set()
        self._thread.join()

    def _run(self):
        try:
            with api.connect(self._address) as channel:
                service = api.Service(channel)
                while not self._ended.is_set():
                    assert len(service.search("headline").hits) == 2
                    self.answers += 1
        except Exception as error:  # What went wrong for it is what the test is about.
            self.errors.append(repr(error))


def memory_kb(process, what="VmHWM"):
    """The most memory the process has ever had, or "VmRSS": what it has now."""
    with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(what))


def bomb(megabytes, encoding="gzip"):
    """So many MB of one letter in a thousandth of that, but for the checksum, which comes last. The
    same compressed block is repeated, so that gigabytes take no time to make."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packer.compress(b"a" * (1 << 20))
    packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b"a" * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    head = b"\x1f\x8b\x08\0\0\0\0\0\0\xff" if encoding == "gzip" else b"\x78\xda"
    return head + block * megabytes + packer.flush(zlib.Z_FINISH)


def open_descriptors(process):
    return len(os.listdir(f"/proc/{process.pid}/fd"))


def thread_count(process):
    return len(os.listdir(f"/proc/{process.pid}/task"))
