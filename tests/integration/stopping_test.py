# SPDX-License-Identifier: GPL-3.0-or-later
"""SIGTERM while calls and streams are under way: each ends with an answer or with a reason to go
elsewhere, and what was acknowledged is on disk."""

import threading
import unittest

from lib import api
from lib.callers import Callers, ids_of
from lib.programs import PATIENCE_SECONDS, Index, article, wait_for

UNAVAILABLE = api.grpc.StatusCode.UNAVAILABLE
# What gRPC says by itself of a connection or a call that the server has closed.
CLOSED = (UNAVAILABLE, api.grpc.StatusCode.CANCELLED)


class Stream:
    """A stream that is read on a thread of its own, to its end."""

    def __init__(self, answers):
        self.answers = []
        self.error = None
        self._thread = threading.Thread(target=self._read, args=(answers,))
        self._thread.start()

    def _read(self, answers):
        try:
            for answer in answers:
                self.answers.append(answer)
        except api.grpc.RpcError as error:
            self.error = error

    def join(self):
        self._thread.join(PATIENCE_SECONDS)
        assert not self._thread.is_alive(), "the stream has no end"


class StoppingTest(unittest.TestCase):
    def test_calls_and_streams_end_with_an_answer_or_a_reason(self):
        index = self.enterContext(Index())
        index.build_articles(*(article(number) for number in range(300)))
        with index.serve("--writable", "--drain", "10") as server:
            with api.connect(server.address) as channel:
                streams = self.open_streams(channel)
                with Callers(server.address, ids_of("headline")) as searchers:
                    for stream in streams.values():
                        wait_for(lambda stream=stream: stream.answers, "it has begun")
                    self.assertEqual(server.stop(), 0)
                for stream in streams.values():
                    stream.join()
            for error in searchers.errors:
                self.assertIn(error.code(), CLOSED, error)
            self.assert_reason(streams["count"], "INDEX_UNAVAILABLE")
            self.assert_reason(streams["import"], "INDEX_UNAVAILABLE")
            self.assertIn(streams["watch"].answers[-1].status,
                          (api.health_pb2.HealthCheckResponse.NOT_SERVING,))
            self.assertIn("stopped", server.log())
            acknowledged = {answer.result.id for answer in streams["import"].answers}
        self.assertTrue(acknowledged)
        with index.serve() as server, api.connect(server.address) as channel:
            self.assertLessEqual(acknowledged, set(api.Service(channel).all_ids("imported")))

    def open_streams(self, channel):
        search = api.search_service_pb2_grpc.SearchServiceStub(channel)
        articles = api.article_service_pb2_grpc.ArticleServiceStub(channel)
        held = threading.Event()

        def then_wait(messages):
            yield from messages
            held.wait(PATIENCE_SECONDS)

        self.addCleanup(held.set)
        imports = [
            api.article_service_pb2.ImportArticlesRequest(
                sequence=number, article={"id": f"new-{number}", "headline": "Imported"})
            for number in range(1, 20)]
        counts = [api.messages.CountQueriesRequest(key="one", query="headline")]
        return {
            "count": Stream(search.CountQueries(then_wait(counts))),
            "import": Stream(articles.ImportArticles(then_wait(imports))),
            "watch": Stream(api.health_pb2_grpc.HealthStub(channel).Watch(
                api.health_pb2.HealthCheckRequest())),
        }

    def assert_reason(self, stream, reason):
        self.assertIsNotNone(stream.error)
        self.assertEqual((stream.error.code(), api.reason(stream.error)), (UNAVAILABLE, reason))


if __name__ == "__main__":
    unittest.main()
