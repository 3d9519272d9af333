# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that the worst queries stop at their deadline, over an index that the caller has built."""

import json
import subprocess
import time
import unittest

import grpc
from google.protobuf import json_format

from lib import api
from lib import worst_queries
from lib.programs import BIN, PATIENCE_SECONDS

MOST_LATE_MS = 100
DEADLINES_MS = (20, 200)
# How late a thread ends by the clock depends on who else uses the machine, so the best of so many.
TRIES = 3


class DeadlineTest(unittest.TestCase):
    """Subclasses set `index`, an Index of real articles, and `articles`, what is in it."""

    index = articles = None

    @classmethod
    def setUpClass(cls):
        cls.requests = list(worst_queries.requests(cls.articles))
        # One searcher thread: while it works for one call, no other is answered.
        cls.server = cls.enterClassContext(cls.index.serve("--threads", 1))
        cls.service = api.Service(cls.enterClassContext(api.connect(cls.server.address)))

    def test_engine_looks_at_the_clock_all_the_time(self):
        asked = "".join(
            json_format.MessageToJson(request, indent=None) + "\n" for _, request in self.requests
        )
        finished = subprocess.run(
            [BIN / "deadline_probe", self.index.path, *map(str, DEADLINES_MS)],
            input=asked, capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS,
        )
        self.assertEqual(finished.returncode, 0, finished.stderr)
        figures = [json.loads(line) for line in finished.stdout.splitlines()]
        self.assertEqual(len(figures), len(self.requests))
        for (name, _), figure in zip(self.requests, figures):
            print(
                f"{name}: {figure['total_ms']} ms, unwatched for {figure['gap_ms']} ms, "
                f"late by {figure['late_ms']} ms", flush=True,
            )
            with self.subTest(name):
                self.assertLess(figure["gap_ms"], MOST_LATE_MS)

    def busy_ms(self, stop):
        """How long the one searcher thread works on after `stop()` has ended a call."""
        stop()
        stopped = time.monotonic()
        self.service.search("zzzzzzzzz")
        return (time.monotonic() - stopped) * 1000

    def assert_stops(self, name, stop):
        late = min(self.busy_ms(stop) for _ in range(TRIES))
        self.assertLess(late, MOST_LATE_MS, name)

    def test_server_stops_at_the_deadline(self):
        for name, request in self.requests:
            for deadline_ms in DEADLINES_MS:
                def stop(request=request, deadline_ms=deadline_ms):
                    try:
                        self.service.stub.SearchArticles(request, timeout=deadline_ms / 1000)
                    except grpc.RpcError as error:
                        self.assertEqual(error.code(), grpc.StatusCode.DEADLINE_EXCEEDED, name)

                with self.subTest(name, deadline_ms=deadline_ms):
                    self.assert_stops(name, stop)

    def test_server_stops_when_the_call_is_cancelled(self):
        for name, request in self.requests:
            def stop(request=request):
                call = self.service.stub.SearchArticles.future(request)
                try:
                    call.result(timeout=DEADLINES_MS[0] / 1000)
                except grpc.FutureTimeoutError:
                    call.cancel()

            with self.subTest(name):
                self.assert_stops(name, stop)
