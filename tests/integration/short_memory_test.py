# SPDX-License-Identifier: GPL-3.0-or-later
"""Memory that runs out in a request is an error of that request: the server goes on, and loses
nothing. The system refuses the server more than it has and a little, as a machine does that is full.
"""

import resource
import unittest

from lib import api
from lib.programs import Index, article

OVERLOADED = (api.grpc.StatusCode.RESOURCE_EXHAUSTED, "OVERLOADED")
MB = 1 << 20
# What each request needs many times of.
LARGE = "tide " * (15 * MB // 10)


def address_space(process):
    with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmSize"))


class ShortMemoryTest(unittest.TestCase):
    def setUp(self):
        self.index = self.enterContext(Index())
        self.index.build_articles(
            article(1), article(2), *(article(n, headline="Large", body=LARGE) for n in range(3, 6))
        )

    def limit(self, server, more):
        """Lets the server have so many bytes more than it has; None = any number."""
        most = resource.RLIM_INFINITY if more is None else address_space(server.process) + more
        resource.prlimit(server.process.pid, resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))

    def assert_short(self, call):
        with self.assertRaises(api.grpc.RpcError) as refused:
            call()
        error = refused.exception
        self.assertEqual((error.code(), api.reason(error)), OVERLOADED, error.details())

    def assert_goes_on(self, server, channel):
        self.assertIsNone(server.process.poll(), server.log())
        self.assertEqual(len(api.Service(channel).search("headline").hits), 2)

    def test_a_page_for_which_there_is_no_memory(self):
        with self.index.serve() as server, api.connect(server.address) as channel:
            service = api.Service(channel)

            def read_page():
                return service.search("large", read_mask={"paths": ["body"]})

            self.assert_goes_on(server, channel)
            self.limit(server, 12 * MB)
            for _ in range(2):
                self.assert_short(read_page)
                self.assert_goes_on(server, channel)
            self.limit(server, None)
            self.assertEqual(len(read_page().hits), 3)

    def test_writing_more_than_there_is_memory_for(self):
        with self.index.serve("--writable") as server, api.connect(server.address) as channel:
            articles = api.article_service_pb2_grpc.ArticleServiceStub(channel)
            put = api.article_service_pb2.PutArticleRequest

            def write(name, body):
                return articles.PutArticle(put(article={
                    "id": name, "headline": "Written headline", "body": body}))

            write("before", "short")
            self.limit(server, 12 * MB)
            for _ in range(2):
                self.assert_short(lambda: write("large", LARGE))
                self.assertIsNone(server.process.poll(), server.log())
                # Of what failed nothing is committed with what comes after it.
                write("after", "short")
                found = {hit.article.id for hit in api.Service(channel).search("written").hits}
                self.assertEqual(found, {"before", "after"})
            self.limit(server, None)
            write("large", LARGE)
            found = {hit.article.id for hit in api.Service(channel).search("written").hits}
            self.assertEqual(found, {"before", "after", "large"})


if __name__ == "__main__":
    unittest.main()
