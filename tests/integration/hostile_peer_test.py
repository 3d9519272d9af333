# SPDX-License-Identifier: GPL-3.0-or-later
"""Peers that mean harm, with an honest caller beside them: they get nothing, and it notices nothing.
"""

import contextlib
import pathlib
import resource
import socket
import unittest

from lib import api
from lib.attacks import (
    CANCELLED, GET, HEALTH_CHECK, HEALTH_WATCH, IMPORT, PUT, REFLECTION, SEARCH, UNIMPLEMENTED,
    HonestCaller, bomb, memory_kb, open_descriptors, thread_count)
from lib.figures import page, values
from lib.http2_peer import Closed, Http2Peer, grpc_message
from lib.programs import PATIENCE_SECONDS, Index, article, wait_for

# What a server under attack may take beyond what it had; inflated, each attack here takes gigabytes.
MORE_MEMORY_KB = 200_000


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


class LargeAnswerTest(ServedIndexTest):
    """A request of 20 KB had the server put together gigabytes for its answer."""

    def attacked(self, attack, *options):
        """What the server took beyond what it had, in KB, with an honest caller beside the attack."""
        with self.index.serve(*options) as server:
            with HonestCaller(server.address) as honest:
                before = memory_kb(server.process)
                attack(server.address)
            self.assertEqual(honest.errors, [])
            self.assertIsNone(server.process.poll())
            return memory_kb(server.process) - before

    def test_one_large_article_named_a_thousand_times(self):
        self.index.build_articles(
            article(1), article(2), article(3, headline="Large", body="word " * 1_400_000)
        )

        def attack(address):
            with api.connect(address) as channel:
                stub = api.search_service_pb2_grpc.SearchServiceStub(channel)
                with self.assertRaises(api.grpc.RpcError) as refused:
                    stub.BatchGetArticles(
                        api.messages.BatchGetArticlesRequest(ids=["article-3"] * 1000),
                        timeout=PATIENCE_SECONDS,
                    )
                self.assertEqual(
                    refused.exception.code(), api.grpc.StatusCode.INVALID_ARGUMENT
                )
                self.assertIn("more than 64 MB", refused.exception.details())

        self.assertLess(self.attacked(attack), 400_000)


class SlowReaderTest(ServedIndexTest):
    """Peers that did not read their answers held all of them in the server's memory."""

    def test_the_slowest_are_cut_off_when_answers_take_too_much(self):
        self.index.build_articles(
            article(1), article(2), article(3, headline="Large", body="word " * 1_400_000)
        )
        request = api.messages.GetArticleRequest(id="article-3").SerializeToString()
        with self.index.serve("--answer-memory", 64, "--metrics", "127.0.0.1:0") as server:
            with HonestCaller(server.address) as honest, Http2Peer(server.address) as peer:
                before = memory_kb(server.process)
                # 420 MB of answers.
                streams = [peer.request(GET, grpc_message(request)) for _ in range(60)]
                for stream in streams[:40]:
                    self.assertEqual(peer.answer(stream).get("grpc-status"), CANCELLED)
            self.assertEqual(honest.errors, [])
            self.assertGreaterEqual(values(page(server))["broadsheet_answers_cut_off_total"], 40)
            self.assertLess(memory_kb(server.process), before + MORE_MEMORY_KB)


class VanishingWatcherTest(ServedIndexTest):
    """A watch whose caller left while one thread opened it was freed by another: the server crashed."""

    def test_watchers_who_leave_at_once_end_no_server(self):
        for options in ((), ("--writable",)):
            with self.subTest(options=options), self.index.serve(*options) as server:
                with HonestCaller(server.address) as honest:
                    for _ in range(5):
                        with Http2Peer(server.address, acknowledges=False) as peer:
                            with contextlib.suppress(Closed, ConnectionError):
                                for _ in range(2000):
                                    peer.request(HEALTH_WATCH, grpc_message(b""))
                self.assertIsNone(server.process.poll())
                self.assertEqual(honest.errors, [])


class ReflectionFloodTest(ServedIndexTest):
    """3,000 streams of reflection on one connection had 3,000 threads."""

    def test_streams_beyond_a_few_are_refused_and_take_no_thread(self):
        with self.index.serve() as server:
            with HonestCaller(server.address) as honest:
                before = thread_count(server.process)
                with api.connect(server.address) as channel:
                    with Http2Peer(server.address, acknowledges=False) as peer:
                        last = [peer.begin(REFLECTION) for _ in range(3000)][-1]
                        peer.answer(last)
                        self.assertLess(thread_count(server.process), before + 20)
                        self.assertIsNone(self.described(channel))
                    wait_for(lambda: self.described(channel), "the API is described again")
            self.assertEqual(honest.errors, [])

    def described(self, channel):
        """The services, or None when too many ask."""
        try:
            return api.reflected(channel, list_services="*").list_services_response.service
        except api.grpc.RpcError as error:
            self.assertEqual(error.code(), api.grpc.StatusCode.RESOURCE_EXHAUSTED)
            return None


class ConnectionFloodTest(ServedIndexTest):
    """Once descriptors ran out, nobody could connect any more, even when all others had left."""

    OPEN_FILES = 300
    # What other peers do not get, of 300.
    FLOOD = 1100

    def connect(self, address):
        """A connection, as a peer makes it that never says anything."""
        host, port = address.rsplit(":", 1)
        return socket.create_connection((host, int(port)), PATIENCE_SECONDS)

    def assert_serves_new_callers(self, server):
        """A new process, so a new connection."""
        self.assertEqual(sorted(server.ids("headline")), ["article-1", "article-2"])

    def wait_until_few_are_left(self, server, few):
        wait_for(lambda: open_descriptors(server.process) <= few, "connections are closed")

    def test_it_is_well_again_when_they_close(self):
        for options in ([], ["--writable"]):
            with self.subTest(options=options):
                with self.index.serve(*options, open_files=self.OPEN_FILES) as server:
                    self.assert_serves_new_callers(server)
                    with HonestCaller(server.address) as honest:
                        quiet = open_descriptors(server.process)
                        for _ in range(3):
                            flood = [self.connect(server.address) for _ in range(self.FLOOD)]
                            # It hangs up on those for whom there is no room.
                            wait_for(lambda: flood[-1].recv(1) == b"", "the last is hung up on")
                            self.assertLess(open_descriptors(server.process), self.OPEN_FILES)
                            for connection in flood:
                                connection.close()
                            self.wait_until_few_are_left(server, quiet)
                            self.assert_serves_new_callers(server)
                    self.assertEqual(honest.errors, [])
                    self.assertIn("refusing connections", server.log())
                    # Every ten seconds, not for each that is refused.
                    self.assertLess(server.log().count("refusing connections"), self.FLOOD // 5)

    def test_peers_that_speak_http_and_stay_are_counted_too(self):
        with self.index.serve(open_files=self.OPEN_FILES) as server:
            peers = []
            with contextlib.ExitStack() as stack:
                with self.assertRaises((Closed, ConnectionError)):
                    while len(peers) < self.FLOOD:
                        peers.append(stack.enter_context(Http2Peer(server.address)))
                self.assertGreater(len(peers), 50)
                self.assertLess(len(peers), self.OPEN_FILES)
            wait_for(lambda: self.connected(server), "a new caller is taken").__exit__()
            self.assert_serves_new_callers(server)

    def test_one_leaves_and_one_may_come(self):
        with self.index.serve("--max-connections", 3) as server, contextlib.ExitStack() as stack:
            for _ in range(2):
                stack.enter_context(Http2Peer(server.address))
            for _ in range(20):
                with wait_for(lambda: self.connected(server), "the freed place is taken"):
                    self.assertIsNone(self.connected(server))

    def connected(self, server):
        """A peer that the server talks to, or None when it was hung up on."""
        try:
            return Http2Peer(server.address)
        except (Closed, ConnectionError):
            return None

    def test_when_descriptors_run_out_all_the_same_it_goes_on_later(self):
        with self.index.serve("--max-connections", 1000) as server:
            # Beneath what the server reckoned with at its start.
            before = self.limit(server)
            self.limit(server, (open_descriptors(server.process) + 5, before[1]))
            flood = [self.connect(server.address) for _ in range(50)]
            wait_for(lambda: "cannot accept connections" in server.log(), "the log says so")
            for connection in flood:
                connection.close()
            self.assert_serves_new_callers(server)
            # With the flood still there it is the limit that is raised.
            flood = [self.connect(server.address) for _ in range(50)]
            self.limit(server, before)
            self.assert_serves_new_callers(server)
            for connection in flood:
                connection.close()

    def limit(self, server, *limits):
        """The limits of open files, soft and hard, before it sets others."""
        return resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, *limits)

    def test_the_limit_is_raised_at_the_start_as_far_as_it_may_be(self):
        with self.index.serve(open_files=(300, 1000)) as server:
            self.assertEqual(self.limit(server), (1000, 1000))
            self.assertIn("takes 808 connections at a time, not 4096", server.log())

    def test_a_limit_that_leaves_no_connection_is_an_error_at_the_start(self):
        with self.assertRaisesRegex(AssertionError, "raise the limit with `ulimit -n`"):
            self.index.serve(open_files=100)


class UnixSocketTest(ServedIndexTest):
    def test_it_answers_there_and_leaves_no_file(self):
        path = pathlib.Path(self.index.folder / "search.sock")
        with self.index.serve(listen=f"unix:{path}") as server:
            self.assert_serves(server)
        self.assertFalse(path.exists())

    def test_a_killed_servers_socket_is_taken_over_and_a_living_ones_is_not(self):
        path = pathlib.Path(self.index.folder / "search.sock")
        with self.index.serve(listen=f"unix:{path}") as first:
            with self.assertRaisesRegex(AssertionError, "another server answers there"):
                self.index.serve(listen=f"unix:{path}")
            self.assert_serves(first)
            first.process.kill()
            first.process.wait()
        self.assertTrue(path.exists())
        with self.index.serve(listen=f"unix:{path}") as second:
            self.assert_serves(second)

    def test_another_file_is_never_removed(self):
        path = pathlib.Path(self.index.folder / "precious")
        path.write_text("words")
        with self.assertRaisesRegex(AssertionError, "a file which is no socket"):
            self.index.serve(listen=f"unix:{path}")
        self.assertEqual(path.read_text(), "words")

    def assert_serves(self, server):
        self.assertEqual(sorted(server.ids("headline")), ["article-1", "article-2"])


if __name__ == "__main__":
    unittest.main()
