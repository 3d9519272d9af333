# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that no query, however bad, stops a server or is misread in silence.

Each is sent to a real server, by the API or by the client; it is answered with an error that says
what is wrong or with what it asks for, not with one that it took too long, and the same server
answers the next one.
"""

import unittest

import grpc

from lib import api
from lib.programs import PATIENCE_SECONDS, Index, article


class BadQueryTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        index = cls.enterClassContext(Index())
        index.build_articles(
            article(1, published="2024-06-19"), article(2, published="2024-06-18")
        )
        cls.server = cls.enterClassContext(index.serve())
        cls.channel = cls.enterClassContext(api.connect(cls.server.address))
        cls.service = api.Service(cls.channel)
        # What cannot be said with a message of the API.
        cls.send_bytes = cls.channel.unary_unary(
            "/broadsheet.v1.SearchService/SearchArticles",
            request_serializer=bytes, response_deserializer=bytes,
        )

    def tearDown(self):
        self.assertEqual(self.ids("number1"), ["article-1"], "the server still answers")

    def ids(self, query, **fields):
        return [hit.article.id for hit in self.service.search(query, **fields).hits]

    def assert_refused(self, query, reason, **fields):
        with self.assertRaises(grpc.RpcError) as refused:
            self.service.search(query, **fields)
        self.assertEqual(refused.exception.code(), grpc.StatusCode.INVALID_ARGUMENT)
        self.assertEqual(api.reason(refused.exception), reason)

    def test_two_megabytes(self):
        with self.assertRaises(grpc.RpcError) as refused:
            self.service.search("a" * 2_000_000)
        self.assertEqual(refused.exception.code(), grpc.StatusCode.RESOURCE_EXHAUSTED)
        said = self.server.client("search", "-", stdin="a" * 2_000_000)
        self.assertEqual(said.returncode, 2)
        self.assertIn("the query has 2000000 bytes", said.stderr)

    def test_as_long_as_a_request_may_be(self):
        self.assert_refused("a" * 60_000, "QUERY_TOO_LONG")
        said = self.server.client("search", "-", stdin="a" * 60_000)
        self.assertIn("60000 bytes, more than 4096", said.stderr)
        self.assertTrue(all(len(line) < 200 for line in said.stderr.splitlines()), said.stderr)

    def test_nested_parentheses_and_negations(self):
        for levels in (33, 2000, 30_000):
            reason = "QUERY_TOO_LONG" if levels > 2000 else "QUERY_TOO_COMPLEX"
            self.assert_refused("(" * levels + "a" + ")" * levels, reason)
        self.assert_refused("NOT " * 15_000 + "a", "QUERY_TOO_LONG")
        self.assert_refused("a NOT (" * 500, "QUERY_TOO_COMPLEX")
        self.assertEqual(self.ids("NOT " * 1000 + "number1"), ["article-1"])

    def test_wildcards_and_ors_without_end(self):
        self.assert_refused("a* b* c* d* e*", "QUERY_SYNTAX")
        self.assert_refused("nu* " * 1000, "QUERY_TOO_COMPLEX")
        self.assert_refused("a" + " OR b" * 800, "QUERY_TOO_COMPLEX")
        self.assertEqual(self.ids("number1" + " OR b" * 127), ["article-1"])

    def test_nul_bytes(self):
        self.assertEqual(self.ids("number1\0body"), ["article-1"])
        self.assert_refused("\0" * 100, "QUERY_SYNTAX")

    def test_lone_surrogates_and_other_bytes_that_are_no_text(self):
        for text in (b"kim \xed\xa0\x80", b"\xff\xfe", b"\xed\xb0\x80"):
            request = b"\x0a" + bytes([len(text)]) + text
            with self.assertRaises(grpc.RpcError) as refused:
                self.send_bytes(request, timeout=PATIENCE_SECONDS)
            self.assertNotIn(
                refused.exception.code(),
                (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED),
            )
        said = self.server.client("search", "-", stdin=b"kim \xed\xa0\x80")
        self.assertEqual(said.returncode, 2)
        self.assertIn("not valid UTF-8 at byte 4", said.stderr)

    def test_right_to_left_marks(self):
        self.assertEqual(self.ids("\u202bnumber1\u202c"), ["article-1"])
        self.assertEqual(self.ids("headline:\u2067number1\u2069"), ["article-1"])

    def test_empty_query(self):
        self.assert_refused("", "QUERY_SYNTAX")
        self.assert_refused(" \u00a0\n", "QUERY_SYNTAX")
        everything = self.service.everything()
        self.assertEqual(self.ids("", filter=everything), ["article-1", "article-2"])
        said = self.server.client("search", "")
        self.assertEqual(said.returncode, 2)
        self.assertIn("nothing to search for", said.stderr)

    def test_mistakes_point_at_their_place(self):
        said = self.server.client("search", "北京 capton:x")
        self.assertEqual(said.returncode, 2)
        query, caret, hint = said.stderr.splitlines()[1:4]
        self.assertEqual(query, "  北京 capton:x")
        # Two columns for each of the wide characters.
        self.assertEqual(caret, " " * 7 + "^" * 6)
        self.assertIn("did you mean `caption`?", hint)


if __name__ == "__main__":
    unittest.main()
