# SPDX-License-Identifier: GPL-3.0-or-later
"""Peers that mean harm, with an honest caller beside them: they get nothing, and it notices nothing.
"""

import contextlib
import threading
import unittest
import zlib

import api
from http2_peer import Http2Peer, grpc_message
from programs import Index, article, wait_for

SEARCH = "/broadsheet.v1.SearchService/SearchArticles"
GET = "/broadsheet.v1.SearchService/GetArticle"
PUT = "/broadsheet.v1.ArticleService/PutArticle"
IMPORT = "/broadsheet.v1.ArticleService/ImportArticles"
HEALTH_CHECK = "/grpc.health.v1.Health/Check"
HEALTH_WATCH = "/grpc.health.v1.Health/Watch"
REFLECTION = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"
UNIMPLEMENTED = "12"
# What a server under attack may take beyond what it had; inflated, each attack here takes gigabytes.
MORE_MEMORY_KB = 200_000


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


class ServedIndexTest(unittest.TestCase):
    def setUp(self):
        self.index = self.enterContext(Index())
        self.index.build_articles(article(1), article(2))


class CompressedRequestTest(ServedIndexTest):
    """18 MB of gzip stopped a read-only server, 4 MB ended a writable one: requests were inflated
    before anybody looked at their size."""

    def assert_nothing_is_inflated(self, attack, *options):
        with self.index.serve(*options) as server:
            with HonestCaller(server.address) as honest:
                before = memory_kb(server.process)
                attack(server.address)
            self.assertEqual(honest.errors, [])
            self.assertLess(memory_kb(server.process), before + MORE_MEMORY_KB)
            self.assertIsNone(server.process.poll())

    def flood(self, method, megabytes, encoding="gzip", connections=3, streams=100):
        """An attack: so many calls, all sent before any answer is read."""
        message = grpc_message(bomb(megabytes, encoding), compressed=True)

        def attack(address):
            with contextlib.ExitStack() as stack:
                peers = [stack.enter_context(Http2Peer(address)) for _ in range(connections)]
                calls = [
                    (peer, peer.request(method, message, encoding))
                    for peer in peers
                    for _ in range(streams)
                ]
                for peer, stream in calls:
                    answer = peer.answer(stream)
                    self.assertEqual(answer.get("grpc-status"), UNIMPLEMENTED, answer)

        return attack

    def test_300_searches_of_60_mb_in_60_kb(self):
        for options in ([], ["--writable"]):
            with self.subTest(options=options):
                self.assert_nothing_is_inflated(self.flood(SEARCH, megabytes=60), *options)

    def test_puts_of_4_gb_in_4_mb(self):
        attack = self.flood(PUT, megabytes=4000, connections=2, streams=1)
        self.assert_nothing_is_inflated(attack, "--writable")

    def test_streams_of_articles(self):
        attack = self.flood(IMPORT, megabytes=4000, connections=2, streams=1)
        self.assert_nothing_is_inflated(attack, "--writable")

    def test_every_encoding_and_every_kind_of_method(self):
        for method in (SEARCH, GET, HEALTH_CHECK, HEALTH_WATCH, REFLECTION):
            for encoding in ("gzip", "deflate"):
                with self.subTest(method=method, encoding=encoding):
                    attack = self.flood(method, 60, encoding, connections=1, streams=20)
                    self.assert_nothing_is_inflated(attack)

    def test_small_honest_ones_are_refused_too_and_told_why(self):
        with self.index.serve() as server, api.grpc.insecure_channel(
            server.address, compression=api.grpc.Compression.Gzip
        ) as channel:
            with self.assertRaises(api.grpc.RpcError) as refused:
                api.Service(channel).search("headline " * 100)
            self.assertEqual(refused.exception.code(), api.grpc.StatusCode.UNIMPLEMENTED)
            self.assertIn("'gzip' is disabled", refused.exception.details())


if __name__ == "__main__":
    unittest.main()
