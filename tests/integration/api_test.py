# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves what the comments in proto/ promise to back-end services: limits, errors, reading by id.

Calls the real server over gRPC, as a program in another language does.
"""

import unittest

from lib import api
from lib.programs import PATIENCE_SECONDS, SAMPLE_ARTICLES, Index

STRIKE_BEGINS = "ht-2025-03-10-strike-begins"


class ApiTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.index = cls.enterClassContext(Index())
        built = cls.index.build(SAMPLE_ARTICLES)
        assert built.returncode == 0, built.stderr
        cls.server = cls.enterClassContext(cls.index.serve())
        cls.service = api.Service(cls.enterClassContext(api.connect(cls.server.address)))

    def assert_refused(self, code, reason, call, *arguments, **fields):
        with self.assertRaises(api.grpc.RpcError) as refused:
            call(*arguments, **fields)
        error = refused.exception
        self.assertEqual((error.code(), api.reason(error)), (code, reason), error.details())
        self.assertTrue(error.details())
        self.assertFalse(error.details().endswith("."), error.details())


class Errors(ApiTest):
    def test_mistakes_in_a_query(self):
        for query, reason in (
            ('"two words', "QUERY_SYNTAX"),
            ("(bridge", "QUERY_SYNTAX"),
            ("bridge OR", "QUERY_SYNTAX"),
            ("capton:bridge", "QUERY_UNKNOWN_FIELD"),
            ("date:2023-02-30", "QUERY_BAD_DATE"),
            ("x " * 2100, "QUERY_TOO_LONG"),
            (" ".join(f"word{n}" for n in range(129)), "QUERY_TOO_COMPLEX"),
            ("(" * 33 + "bridge" + ")" * 33, "QUERY_TOO_COMPLEX"),
        ):
            with self.subTest(query[:40]):
                self.assert_refused(
                    api.grpc.StatusCode.INVALID_ARGUMENT, reason, self.service.search, query
                )

    def test_limits_themselves_are_allowed(self):
        self.service.search(" ".join(f"word{n}" for n in range(128)))
        self.service.search("(" * 32 + "bridge" + ")" * 32)
        self.service.search("x" * 4096)

    def test_bad_values(self):
        mask = api.messages.GetArticleRequest().read_mask
        mask.paths.append("no_such_field")
        for fields in (
            {"query": "x", "page_size": -1},
            {"query": "x", "read_mask": mask},
            {"query": "x", "time_zone": "Europe/Nowhere"},
            {"query": "x", "sort": 99},
            {"query": "x", "match": 99},
            {"query": "x", "ranking_profile": "no-such-profile"},
            {"query": "x", "highlight": api.messages.HighlightOptions(max_fragments=-1)},
            {"filter": api.messages.Filter(tag=api.messages.ValueFilter(any_of=[""]))},
        ):
            with self.subTest(fields):
                self.assert_refused(
                    api.grpc.StatusCode.INVALID_ARGUMENT, "INVALID_ARGUMENT_VALUE",
                    self.service.search, **fields,
                )

    def test_neither_query_nor_filter(self):
        with self.assertRaises(api.grpc.RpcError) as refused:
            self.service.search()
        self.assertEqual(refused.exception.code(), api.grpc.StatusCode.INVALID_ARGUMENT)

    def test_page_tokens_of_another_query_or_of_nobody(self):
        token = self.service.search("bridge", page_size=2).next_page_token
        for query, page_token in (("flood", token), ("bridge", "nonsense"), ("bridge", token[:-4])):
            self.assert_refused(
                api.grpc.StatusCode.INVALID_ARGUMENT, "PAGE_TOKEN_INVALID",
                self.service.search, query, page_token=page_token,
            )

    def test_paging_too_deep(self):
        self.assert_refused(
            api.grpc.StatusCode.INVALID_ARGUMENT, "PAGE_TOO_DEEP",
            self.service.search, "bridge", skip=10_001,
        )

    def test_request_over_64_kib(self):
        self.assert_refused(
            api.grpc.StatusCode.INVALID_ARGUMENT, "INVALID_ARGUMENT_VALUE",
            self.service.search, "x" * (65 << 10),
        )

    def test_page_size_over_the_limit_is_taken_as_the_limit(self):
        self.assertEqual(len(self.service.search("the", page_size=5000).hits) > 30, True)

    def test_caller_without_patience(self):
        request = api.messages.SearchArticlesRequest(query="bridge")
        with self.assertRaises(api.grpc.RpcError) as late:
            self.service.stub.SearchArticles(request, timeout=0)
        self.assertEqual(late.exception.code(), api.grpc.StatusCode.DEADLINE_EXCEEDED)


class ReadingById(ApiTest):
    def get(self, an_id, *paths):
        request = api.messages.GetArticleRequest(id=an_id)
        if paths:
            request.read_mask.paths.extend(paths)
        return self.service.stub.GetArticle(request, timeout=PATIENCE_SECONDS)

    def test_whole_or_in_part(self):
        whole = self.get(STRIKE_BEGINS)
        self.assertTrue(whole.body and whole.headline)
        self.assertTrue(whole.HasField("indexed_time"))
        part = self.get(STRIKE_BEGINS, "headline", "tags")
        self.assertEqual((part.id, part.headline), (STRIKE_BEGINS, whole.headline))
        self.assertEqual(list(part.tags), list(whole.tags))
        self.assertEqual((part.body, part.source, len(part.bylines)), ("", "", 0))

    def test_unknown_id(self):
        for an_id in ("no-such-article", STRIKE_BEGINS.upper()):
            self.assert_refused(
                api.grpc.StatusCode.NOT_FOUND, "ARTICLE_NOT_FOUND", self.get, an_id
            )

    def test_ids_that_cannot_be(self):
        for an_id in ("", "x" * 1001, "line\nbreak"):
            self.assert_refused(
                api.grpc.StatusCode.INVALID_ARGUMENT, "INVALID_ARGUMENT_VALUE", self.get, an_id
            )

    def test_many_in_the_order_asked_for(self):
        ids = [STRIKE_BEGINS, "missing-1", "ht-guide-flood-kit", STRIKE_BEGINS, "missing-2"]
        ((articles, missing),) = self.service.batch_get(ids)
        self.assertEqual([article.id for article in articles], [ids[0], ids[2], ids[3]])
        self.assertEqual(list(missing), ["missing-1", "missing-2"])

    def test_too_many_or_none(self):
        for ids in ([], [str(n) for n in range(1001)]):
            self.assert_refused(
                api.grpc.StatusCode.INVALID_ARGUMENT, "INVALID_ARGUMENT_VALUE",
                self.service.stub.BatchGetArticles,
                api.messages.BatchGetArticlesRequest(ids=ids), timeout=PATIENCE_SECONDS,
            )


class Answers(ApiTest):
    def test_one_generation_has_one_name(self):
        status = self.service.status()
        self.assertEqual(self.service.search("bridge").generation, status.generation)
        self.assertTrue(status.generation and status.build_id and status.server_version)
        self.assertGreater(status.index_bytes, 0)
        self.assertFalse(status.writable)

    def test_filter_alone_lists_newest_first(self):
        wanted = api.messages.Filter(section=api.messages.ValueFilter(any_of=["sport"]))
        hits = self.service.search(filter=wanted).hits
        self.assertEqual([hit.article.id for hit in hits], [
            "ht-2026-11-21-derby", "ht-2025-08-30-stadium-name", "ht-2024-03-16-cup-quarter-final",
            "mw-20220509-0417", "ht-2022-05-07-promotion"])

    def test_filters_never_change_scores(self):
        plain = {hit.article.id: hit.score for hit in self.service.search("bridge").hits}
        news = api.messages.Filter(section=api.messages.ValueFilter(any_of=["News"]))
        filtered = self.service.search("bridge", filter=news).hits
        self.assertTrue(filtered)
        for hit in filtered:
            self.assertAlmostEqual(hit.score, plain[hit.article.id])

    def test_time_zone_decides_what_a_typed_date_means(self):
        # Published at 23:50 UTC on 28 March.
        query = "id:ht-2025-03-28-talks after:2025-03-29"
        self.assertEqual(self.service.count(query), 0)
        self.assertEqual(self.service.count(query, time_zone="Europe/Berlin"), 1)

    def test_notices_say_what_was_hidden_or_nearly_found(self):
        def reasons(query):
            return {notice.reason for notice in self.service.search(query).notices}

        self.assertIn("UNDATED_EXCLUDED", reasons("flood after:2020"))
        self.assertNotIn("UNDATED_EXCLUDED", reasons("picket after:2020"))
        self.assertIn("UNQUOTED_VALUE", reasons("tag:ferry strike"))
        self.assertIn("NO_SUCH_VALUE", reasons("tag:ilvey"))
        self.assertIn("PARTIAL_MATCH", reasons("picket strawberries"))

    def test_explain_shows_the_tree(self):
        response = self.service.search("bridge flood", explain=True)
        self.assertIn("bridge", response.parsed_query)
        self.assertTrue(all(hit.explanation for hit in response.hits))
        self.assertEqual(self.service.search("bridge flood").parsed_query, "")

    def test_highlights_can_be_switched_off_and_sized(self):
        off = api.messages.HighlightOptions(disabled=True)
        for hit in self.service.search("bridge", highlight=off).hits:
            self.assertEqual(len(hit.fragments), 0)
        small = api.messages.HighlightOptions(max_fragments=1, fragment_chars=40)
        for hit in self.service.search("bridge", highlight=small).hits:
            self.assertEqual(len(hit.fragments), 1)
            length = sum(len(segment.text) for segment in hit.fragments[0].segments)
            self.assertLess(length, 120)


if __name__ == "__main__":
    unittest.main()
