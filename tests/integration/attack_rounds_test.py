# SPDX-License-Identifier: GPL-3.0-or-later
"""Each attack again and again, on a read-only and on a writable server, with an honest caller beside
it: what the server holds is bounded meanwhile, and grows no more after the third round.

Files that an attacker damages or holds are for damage_test, lost_takedowns_test, hostile_input_test
and index_folder_test.
"""

import contextlib
import os
import socket
import threading
import unittest

from lib import api, figures
from lib.attacks import (
    GET, HEALTH_WATCH, REFLECTION, SEARCH, HonestCaller, bomb, memory_kb, open_descriptors,
    thread_count)
from lib.http2_peer import Closed, Http2Peer, grpc_message
from lib.programs import PATIENCE_SECONDS, Index, article, wait_for
from lib.vitals import Sampler

ROUNDS = 4
LIST = "/broadsheet.v1.AdminService/ListGenerations"
# docs: SECURITY.md. So much more than before all rounds in a round; once the last one is over, of what
# the server's objects hold (an honest caller's answers are kept); and with what is spare, of which
# only more than 24 MB are given back.
MOST_MEMORY_KB = 500_000
MOST_HELD_KB = 2_000
MOST_SPARE_KB = 32_000
# gRPC's pools grow to twice the processors under load, and stay so. Those of reflection end.
POOL_THREADS = 2 + 2 * os.cpu_count()
REFLECTION_THREADS = 16


def search(query):
    return grpc_message(api.messages.SearchArticlesRequest(query=query).SerializeToString())


def get(article_id):
    return grpc_message(api.messages.GetArticleRequest(id=article_id).SerializeToString())


def read_all(peer, streams):
    """Until each has ended, or the server has had enough."""
    with contextlib.suppress(Closed, ConnectionError):
        for stream in streams:
            peer.answer(stream)


def connections(address):
    """H1"""
    host, port = address.rsplit(":", 1)
    flood = [socket.create_connection((host, int(port)), PATIENCE_SECONDS) for _ in range(500)]
    for connection in flood:
        connection.close()


def bombs(address):
    """H2"""
    message = grpc_message(bomb(60), compressed=True)
    with Http2Peer(address) as peer:
        read_all(peer, [peer.request(SEARCH, message, "gzip") for _ in range(50)])


def long_headers(address):
    """H3, as long as a core can bear it"""
    for _ in range(3):
        with Http2Peer(address) as peer, contextlib.suppress(Closed, ConnectionError):
            peer.answer(peer.begin_with_long_header(SEARCH, 400_000))


def streams_without_end(address):
    """H5"""
    with Http2Peer(address, acknowledges=False) as peer, contextlib.suppress(
        Closed, ConnectionError
    ):
        for _ in range(3000):
            peer.begin(SEARCH)


def watches(address):
    """H5"""
    with Http2Peer(address, acknowledges=False) as peer, contextlib.suppress(
        Closed, ConnectionError
    ):
        for _ in range(2000):
            peer.request(HEALTH_WATCH, grpc_message(b""))


def reflection(*requests):
    return b"".join(
        grpc_message(api.reflection_pb2.ServerReflectionRequest(**request).SerializeToString())
        for request in requests)


def descriptions(address):
    """H5, all there is to describe, again and again"""
    everything = [
        api.reflection_pb2.ServerReflectionRequest(list_services="*"),
        api.reflection_pb2.ServerReflectionRequest(
            file_containing_symbol="broadsheet.v1.SearchService")]
    with api.connect(address) as channel:
        stub = api.reflection_pb2_grpc.ServerReflectionStub(channel)
        streams = [stub.ServerReflectionInfo(iter(everything * 100)) for _ in range(30)]
        for stream in streams:
            # Only so many are answered at a time.
            with contextlib.suppress(api.grpc.RpcError):
                for _ in stream:
                    pass


def descriptions_that_nobody_reads(address):
    """H5, H6: small requests for large answers"""
    messages = reflection(*[{"file_containing_symbol": "broadsheet.v1.SearchService"}] * 80)
    with Http2Peer(address, acknowledges=False) as peer, contextlib.suppress(
        Closed, ConnectionError
    ):
        for _ in range(20):
            peer.request(REFLECTION, messages)
        # Takes as much as fits into HTTP/2's first window, and waits.
        read_all(peer, [peer.begin(REFLECTION) for _ in range(500)][-1:])


def nonsense_to_describe(address):
    """H5, H10"""
    unknown = reflection({"file_containing_symbol": "broadsheet.v1.NoService"}, {})
    with Http2Peer(address) as peer:
        for message in (unknown, grpc_message(b"\x0a\x02\xff\xfe"), b"\xff" * 1000):
            read_all(peer, [peer.request(REFLECTION, message) for _ in range(30)])


def repeated_ids(address):
    """H6"""
    request = api.messages.BatchGetArticlesRequest(ids=["article-3"] * 1000)
    with Http2Peer(address) as peer:
        message = grpc_message(request.SerializeToString())
        read_all(peer, [
            peer.request("/broadsheet.v1.SearchService/BatchGetArticles", message)
            for _ in range(3)])


def readers_who_do_not_read(address):
    """H6"""
    with contextlib.ExitStack() as stack:
        for _ in range(5):
            peer = stack.enter_context(Http2Peer(address))
            for _ in range(20):
                peer.request(GET, get("article-3"))


def resets(address):
    """H6, CVE-2023-44487"""
    with Http2Peer(address) as peer, contextlib.suppress(Closed, ConnectionError):
        for _ in range(5000):
            peer.reset(peer.request(SEARCH, search("headline")))


def late_calls(address):
    """H7"""
    def ask():
        with api.connect(address) as channel:
            stub = api.search_service_pb2_grpc.SearchServiceStub(channel)
            for _ in range(20):
                with contextlib.suppress(api.grpc.RpcError):
                    stub.SearchArticles(
                        api.messages.SearchArticlesRequest(query="word OR headline"), timeout=0.02)

    callers = [threading.Thread(target=ask) for _ in range(30)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()


def lists(address):
    """H7"""
    with contextlib.ExitStack() as stack:
        peers = [stack.enter_context(Http2Peer(address)) for _ in range(3)]
        calls = [(peer, [peer.request(LIST, grpc_message(b"")) for _ in range(50)])
                 for peer in peers]
        for peer, streams in calls:
            read_all(peer, streams)


def nonsense(address):
    """H10"""
    with Http2Peer(address) as peer:
        for method in (SEARCH, GET, LIST):
            read_all(peer, [peer.request(method, grpc_message(b"\x0a\x02\xff\xfe"))
                            for _ in range(90)])


ATTACKS = (
    connections, bombs, long_headers, streams_without_end, watches, descriptions,
    descriptions_that_nobody_reads, nonsense_to_describe, repeated_ids, readers_who_do_not_read,
    resets, late_calls, lists, nonsense)


class Watcher(Sampler):
    """The most that a process holds while the block runs."""

    def __init__(self, process):
        super().__init__(seconds=0.02)
        self._process = process
        self.memory_kb = self.descriptors = self.threads = 0

    def __exit__(self, *error):
        super().__exit__(*error)
        # A quick round has ended before the first look.
        self.sample()

    def sample(self):
        self.memory_kb = max(self.memory_kb, memory_kb(self._process, "VmRSS"))
        self.descriptors = max(self.descriptors, open_descriptors(self._process))
        self.threads = max(self.threads, thread_count(self._process))


def held_kb(server):
    """What its objects hold, whatever the allocator keeps beside it."""
    held = figures.values(figures.page(server))["broadsheet_memory_allocated_bytes"]
    return int(held / 1024)


class AttackRoundsTest(unittest.TestCase):
    def test_on_a_read_only_server(self):
        self.try_all()

    def test_on_a_writable_server(self):
        self.try_all("--writable")

    def try_all(self, *options):
        index = self.enterContext(Index())
        index.build_articles(
            article(1), article(2), article(3, headline="Large", body="word " * 1_400_000))
        for attack in ATTACKS:
            with self.subTest(attack.__name__), index.serve(
                "--answer-memory", 64, "--queue", 32, "--metrics", "127.0.0.1:0", *options
            ) as server:
                self.attack(attack, server)

    def attack(self, attack, server):
        process = server.process
        with HonestCaller(server.address) as honest:
            before = [memory_kb(process, "VmRSS"), open_descriptors(process), thread_count(process)]
            held = [held_kb(server)]
            for _ in range(ROUNDS):
                with Watcher(process) as during:
                    attack(server.address)
                self.assertLess(during.memory_kb, before[0] + MOST_MEMORY_KB)
                self.assertLessEqual(during.threads, before[2] + POOL_THREADS + REFLECTION_THREADS)
                # A server opens some files only when they are asked for.
                wait_for(lambda: open_descriptors(process) <= before[1] + 4,
                         "descriptors are closed")
                wait_for(lambda: thread_count(process) <= before[2] + POOL_THREADS,
                         "threads have ended")
                held.append(held_kb(server))
            wait_for(lambda: held_kb(server) <= held[0] + MOST_HELD_KB,
                     f"objects hold no more than before: {held} KB")
        self.assertEqual(honest.errors, [])
        # Every ten seconds.
        wait_for(lambda: memory_kb(process, "VmRSS") <= before[0] + MOST_SPARE_KB,
                 "what is spare goes back to the system")
        print(f"{attack.__name__}: KB before {before[0]}, in the last round {during.memory_kb}, in "
              f"the end {memory_kb(process, 'VmRSS')}; objects held {held}, then "
              f"{held_kb(server)}; {during.threads} threads, {during.descriptors} descriptors "
              f"meanwhile; the honest caller had {honest.answers} answers", flush=True)


if __name__ == "__main__":
    unittest.main()
