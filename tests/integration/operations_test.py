# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves what someone who operates Broadsheet relies on.

A server that cannot serve says why in one line; a new generation is served and no request fails;
SIGTERM ends it in good order; a build that is killed at any moment leaves the index
as it was; load balancers and tools get their standard services.
"""

import contextlib
import json
import os
import shutil
import unittest

from lib import api
from lib.callers import Callers, ids_of
from lib.hold import Hold
from lib.programs import PATIENCE_SECONDS, Index, article, run, start, wait_for, write_jsonl

HEALTH_SERVICE = "broadsheet.v1.SearchService"


class OperationsTest(unittest.TestCase):
    def setUp(self):
        self.index = self.enterContext(Index())

    def connect(self, server):
        channel = self.enterContext(api.connect(server.address))
        return channel, api.Service(channel)

    def assert_refuses_to_start(self, *, says, listen="127.0.0.1:0"):
        finished = run("broadsheetd", "--index", self.index.path, "--listen", listen)
        self.assertEqual(finished.returncode, 2, finished.stderr)
        self.assertEqual(finished.stdout, "")
        self.assertEqual(len(finished.stderr.splitlines()), 1, finished.stderr)
        for part in says:
            self.assertIn(str(part), finished.stderr)


class AnIndexThatCannotBeServed(OperationsTest):
    def test_missing(self):
        self.assert_refuses_to_start(says=[self.index.path, "broadsheet-indexer build"])

    def test_a_file(self):
        self.index.path.write_text("text", encoding="utf-8")
        self.assert_refuses_to_start(says=[self.index.path])

    def test_a_folder_of_other_things(self):
        self.index.path.mkdir()
        (self.index.path / "notes.txt").write_text("text", encoding="utf-8")
        self.assert_refuses_to_start(says=[self.index.path, "broadsheet-indexer build"])

    def damage(self, name):
        """A built index in which `name` of the generation is cut to half its size."""
        self.index.build_articles(*(article(n) for n in range(100)))
        path = self.index.path / "generations" / "000001" / name
        os.truncate(path, path.stat().st_size // 2)

    def test_damaged_manifest(self):
        self.damage("MANIFEST")
        self.assert_refuses_to_start(says=["MANIFEST", "broadsheet-indexer"])

    def test_damaged_files_of_the_base(self):
        self.damage("base/tokens")
        self.assert_refuses_to_start(says=["tokens", "broadsheet-indexer"])

    def test_damaged_articles(self):
        self.damage("base/bodies")
        self.assert_refuses_to_start(says=["bodies", "broadsheet-indexer"])

    def test_missing_generation(self):
        self.index.build_articles(article(1))
        shutil.rmtree(self.index.path / "generations" / "000001")
        self.assert_refuses_to_start(says=[self.index.path, "broadsheet-indexer"])

    def test_damaged_current(self):
        self.index.build_articles(article(1))
        (self.index.path / "CURRENT").write_text("garbage", encoding="utf-8")
        self.assert_refuses_to_start(says=["CURRENT", "broadsheet-indexer"])


class WhereItListens(OperationsTest):
    def setUp(self):
        super().setUp()
        self.index.build_articles(article(1))

    def test_other_machines_are_refused_without_saying_so(self):
        for address in ("0.0.0.0:0", "[::]:0"):
            self.assert_refuses_to_start(listen=address, says=["--insecure", address])

    def test_insecure_lets_other_machines_in(self):
        with self.index.serve("--insecure", listen="0.0.0.0:0") as server:
            port = server.address.rpartition(":")[2]
            server.address = f"127.0.0.1:{port}"
            self.assertEqual(server.ids("number1"), ["article-1"])

    def test_second_server_on_the_port_is_refused(self):
        with self.index.serve() as server:
            self.assert_refuses_to_start(listen=server.address, says=[server.address])
            self.assertEqual(server.ids("number1"), ["article-1"])

    def test_two_servers_serve_one_index(self):
        with self.index.serve() as one, self.index.serve() as two:
            self.assertNotEqual(one.address, two.address)
            self.assertEqual(one.ids("number1"), two.ids("number1"))


class NewGenerations(OperationsTest):
    def test_new_generation_is_served_and_no_search_fails(self):
        self.index.build_articles(*(article(n, body="old news") for n in range(50)))
        with self.index.serve() as server, Callers(server.address, ids_of("news")) as callers:
            _, service = self.connect(server)
            for number in range(2, 6):
                self.index.build_articles(
                    *(article(n, body=f"news {number}") for n in range(50, 50 + number))
                )
                wait_for(lambda: service.status().generation_number == number, "the new generation")
                callers.wait_for_new_answers()
            callers.end()
            self.assertEqual(callers.errors, [])
            # Each answer is of one generation, whole.
            sizes = {}
            for generation, ids in callers.answers:
                sizes.setdefault(generation, set()).add(len(ids))
            self.assertEqual(sorted(map(list, sizes.values())), [[2], [3], [4], [5], [50]])

    def test_serving_goes_on_while_current_is_missing_or_bad(self):
        self.index.build_articles(article(1))
        current = self.index.path / "CURRENT"
        with self.index.serve() as server:
            _, service = self.connect(server)
            good = current.read_bytes()
            for bad, seen in ((None, "nothing is published"), (b"garbage", "CURRENT is damaged")):
                current.unlink()
                if bad is not None:
                    current.write_bytes(bad)
                wait_for(lambda seen=seen: seen in server.log(), "it was looked at")
                self.assertEqual(service.count("number1"), 1)
                current.write_bytes(good)
            self.index.build_articles(article(2))
            wait_for(lambda: service.count("number2") == 1, "the new generation")

    def test_pages_go_on_across_a_new_generation(self):
        self.index.build_articles(
            *(article(n, body="news", published=f"2024-01-{n:02}") for n in range(1, 31))
        )
        with self.index.serve() as server:
            _, service = self.connect(server)
            orders = (api.messages.SORT_ORDER_RELEVANCE, api.messages.SORT_ORDER_NEWEST)
            first = {sort: service.search("news", sort=sort) for sort in orders}
            whole = {sort: service.all_ids("news", sort=sort) for sort in orders}
            self.index.build_articles(
                *(article(n, body="news", published=f"2024-01-{n:02}") for n in range(1, 32))
            )
            wait_for(lambda: service.status().generation_number == 2, "the new generation")
            for sort in orders:
                second = service.search("news", sort=sort, page_token=first[sort].next_page_token)
                ids = [hit.article.id for hit in (*first[sort].hits, *second.hits)]
                self.assertEqual(ids, whole[sort][:20])

    def test_numbers_are_never_used_again(self):
        for number in (1, 2, 3):
            self.index.build_articles(article(number))
            with self.index.serve() as server:
                self.assertEqual(server.status()["generationNumber"], number)


class TheEnd(OperationsTest):
    def test_sigterm_ends_in_good_order(self):
        self.index.build_articles(*(article(n, body="news") for n in range(50)))
        with self.index.serve() as server, Callers(server.address, ids_of("news"), count=8) as callers:
            wait_for(lambda: len(callers.answers) > 100, "some answers")
            self.assertEqual(server.stop(), 0)
            callers.end()
            # No answer was cut short.
            self.assertEqual({len(ids) for _, ids in callers.answers}, {50})

    def test_sigterm_without_callers_does_not_wait_for_any(self):
        self.index.build_articles(article(1))
        # For longer than the test takes.
        with self.index.serve("--drain", 3600) as server:
            self.assertEqual(server.stop(), 0)

    def test_health_watch_does_not_hold_it_back(self):
        self.index.build_articles(article(1))
        with self.index.serve("--drain", 3600) as server:
            channel, _ = self.connect(server)
            watch = api.health_pb2_grpc.HealthStub(channel).Watch(
                api.health_pb2.HealthCheckRequest(service=HEALTH_SERVICE), timeout=PATIENCE_SECONDS
            )
            self.assertEqual(next(watch).status, api.health_pb2.HealthCheckResponse.SERVING)
            server.terminate()
            # Load balancers learn that it is leaving.
            with contextlib.suppress(api.grpc.RpcError):
                self.assertEqual(
                    next(watch).status, api.health_pb2.HealthCheckResponse.NOT_SERVING
                )
            self.assertEqual(server.process.wait(PATIENCE_SECONDS), 0)

    def test_callers_are_told_to_go_elsewhere(self):
        self.index.build_articles(*(article(n, body="news") for n in range(50)))
        # The moment that a server leaves its callers for that: no more is answered from the index,
        # and it still listens.
        with (
            Hold("nanosleep 0.3*") as leaving,
            self.index.serve(hold=leaving) as server,
            Callers(server.address, ids_of("news"), count=8) as callers,
        ):
            wait_for(lambda: len(callers.answers) > 100, "some answers")
            server.terminate()
            self.assertTrue(leaving.reached(server.process))
            wait_for(lambda: len(callers.errors) == 8, "all callers are told")
            leaving.let_go()
            self.assertEqual(server.process.wait(PATIENCE_SECONDS), 0)
            callers.end()
            # UNAVAILABLE is retried by well-made clients; nobody's search broke off otherwise.
            self.assertEqual(
                {error.code() for error in callers.errors}, {api.grpc.StatusCode.UNAVAILABLE}
            )


class StandardServices(OperationsTest):
    def setUp(self):
        super().setUp()
        self.index.build_articles(article(1))

    def health(self, channel, service):
        request = api.health_pb2.HealthCheckRequest(service=service)
        return api.health_pb2_grpc.HealthStub(channel).Check(request, timeout=PATIENCE_SECONDS).status

    def test_health_is_serving_while_an_index_is_open(self):
        with self.index.serve() as server:
            channel, _ = self.connect(server)
            for service in ("", HEALTH_SERVICE):
                self.assertEqual(
                    self.health(channel, service), api.health_pb2.HealthCheckResponse.SERVING
                )
            with self.assertRaises(api.grpc.RpcError) as unknown:
                self.health(channel, "no.such.Service")
            self.assertEqual(unknown.exception.code(), api.grpc.StatusCode.NOT_FOUND)

    def test_health_is_not_serving_until_then(self):
        with Index() as later, later.serve("--wait-for-index") as server:
            channel, service = self.connect(server)
            self.assertEqual(
                self.health(channel, HEALTH_SERVICE),
                api.health_pb2.HealthCheckResponse.NOT_SERVING,
            )
            with self.assertRaises(api.grpc.RpcError) as too_early:
                service.search("number1")
            self.assertEqual(too_early.exception.code(), api.grpc.StatusCode.UNAVAILABLE)
            self.assertEqual(api.reason(too_early.exception), "INDEX_UNAVAILABLE")
            later.build_articles(article(1))
            wait_for(
                lambda: self.health(channel, HEALTH_SERVICE)
                == api.health_pb2.HealthCheckResponse.SERVING,
                "SERVING",
            )
            self.assertEqual(service.count("number1"), 1)

    def test_reflection_describes_the_services(self):
        with self.index.serve() as server:
            channel, _ = self.connect(server)
            listed = api.reflected(channel, list_services="*").list_services_response.service
            names = {service.name for service in listed}
            self.assertLessEqual({HEALTH_SERVICE, "grpc.health.v1.Health"}, names)
            described = api.reflected(channel, file_containing_symbol=HEALTH_SERVICE)
            files = described.file_descriptor_response.file_descriptor_proto
            self.assertTrue(any(b"SearchArticles" in file for file in files))


class KilledBuilds(OperationsTest):
    """A crash at any moment leaves the published generation whole."""

    def test_kill_while_reading_leaves_the_old_generation(self):
        self.index.build_articles(article(1))
        with self.index.serve() as server:
            with start("broadsheet-indexer", "build", "--index", self.index.path, "-") as process:
                wait_for(lambda: len(self.index.generations()) == 2, "a second generation")
                process.stdin.write(json.dumps(article(2)).encode() + b"\n")
                process.stdin.flush()
                process.kill()
            self.assertEqual(server.ids("number1"), ["article-1"])
            with self.index.serve() as another:
                self.assertEqual(another.ids("number1 OR number2"), ["article-1"])
            # The next build is not kept out, cleans up, and takes a new number.
            self.index.build_articles(article(3))
            self.assertEqual(self.index.generations(), ["000001", "000003"])
            wait_for(lambda: server.ids("number3") == ["article-3"], "the new generation")

    def test_kill_early_or_late_leaves_a_whole_index(self):
        self.index.build_articles(*(article(n, body="old news") for n in range(20)))
        large = write_jsonl(
            self.index.folder / "large.jsonl",
            (article(n, body="new news " * 100) for n in range(3000)),
        )
        step = 0
        finished = False
        while not finished:
            step = 2 * step + 1
            # In front of the step-th change of a file.
            with (
                Hold(f"* {self.index.path}/*", passing=step - 1) as hold,
                hold.start("broadsheet-indexer", "build", "--index", self.index.path, large) as process,
            ):
                if hold.reached(process):
                    process.kill()
                finished = process.wait() == 0
            with self.index.serve() as server:
                _, service = self.connect(server)
                count = service.count("news")
                self.assertIn(count, (20, 3000), f"step {step}")
                self.assertEqual(service.status().article_count, count)
        self.assertGreater(step, 60)
        verified = run("broadsheet-indexer", "verify", "--index", self.index.path)
        self.assertEqual(verified.returncode, 0, verified.stdout + verified.stderr)
        with self.index.serve() as server:
            self.assertEqual(server.status()["articleCount"], 3000)


if __name__ == "__main__":
    unittest.main()
