# SPDX-License-Identifier: GPL-3.0-or-later
"""Bytes that are no message: every method refuses them with a reason, and the log stays short.

They were answered UNIMPLEMENTED without a word, and 232 bytes of log were written for each.
"""

import unittest

from lib import api
from lib.programs import Index, article

WORD = "zanzibar-correspondent"
BYTES = {
    # Field 1, of 100 bytes, of which there are some.
    "cut": b"\x0a\x64" + WORD.encode(),
    # A group that nothing begins.
    "no message": b"\x0c",
    # Of every length-delimited field that a request may have, one is text.
    "no UTF-8": b"".join(bytes([number << 3 | 2]) + b"\x02\xff\xfe" for number in range(1, 16)),
}
# Their requests have no text.
WITHOUT_TEXT = {"PruneGenerations", "RollbackGeneration", "GetStatus", "ListGenerations"}
REQUESTS = 60


def methods():
    yield from api.own_methods()
    yield from api.methods_of(api.health_pb2)


class UnreadableRequestsTest(unittest.TestCase):
    def setUp(self):
        self.index = self.enterContext(Index())
        self.index.build_articles(article(1), article(2))

    def refusal(self, channel, service, method, content):
        with self.assertRaises(api.grpc.RpcError, msg=method.name) as refused:
            api.call_with(channel, service, method, content)
        return refused.exception

    def test_every_method_says_why(self):
        with self.index.serve("--writable") as server, api.connect(server.address) as channel:
            asked = list(methods())
            self.assertGreater(len(asked), 15)
            for service, method in asked:
                for name, content in BYTES.items():
                    if name == "no UTF-8" and method.name in WITHOUT_TEXT:
                        continue
                    with self.subTest(method=method.name, content=name):
                        error = self.refusal(channel, service, method, content)
                        self.assertEqual(error.code(), api.grpc.StatusCode.INVALID_ARGUMENT)
                        self.assertEqual(api.reason(error), "INVALID_ARGUMENT_VALUE")
                        self.assertNotIn(WORD, error.details())

    def test_the_log_says_it_once_and_has_no_word_of_them(self):
        with self.index.serve("--writable") as server, api.connect(server.address) as channel:
            service, method = next(
                each for each in methods() if each[1].name == "SearchArticles")
            query = WORD.encode() + b"\xff"
            content = b"\x0a" + bytes([len(query)]) + query
            for _ in range(REQUESTS):
                self.refusal(channel, service, method, content)
            said = [line for line in server.log().splitlines() if "libprotobuf" in line]
            self.assertEqual(len(said), 1, said)
            self.assertIn("'broadsheet.v1.SearchArticlesRequest.query'", said[0])
            self.assertNotIn(WORD, server.log())


if __name__ == "__main__":
    unittest.main()
