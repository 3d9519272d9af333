# SPDX-License-Identifier: GPL-3.0-or-later
"""The reasons of errors that docs/api.md lists are those that the code gives: each in the table of
reasons, and each that a method has of its own provoked at a server."""

import contextlib
import re
import threading
import unittest

from google.protobuf import json_format, symbol_database

from lib import api
from lib.hold import Hold
from lib.programs import PATIENCE_SECONDS, SOURCE, Index, article, wait_for
from lib.small_disk import small_disk

GUIDE = (SOURCE / "docs" / "api.md").read_text(encoding="utf-8")


def rows_below(head):
    """The cells of a table of the guide, whose first row begins with `head`."""
    table = GUIDE.split(f"\n{head}", 1)[1].split("\n\n", 1)[0]
    for line in table.splitlines()[2:]:
        yield [cell.strip() for cell in line.strip("|").split("|")]


def codes_of_reasons():
    return {cells[0].strip("`"): cells[1].strip("`") for cells in rows_below("| reason | code |")}


def reasons_of_methods():
    """The reasons of its own that each method has, by the name of the method."""
    found = {}
    above = []
    for method, reasons in rows_below("| method | reasons |"):
        if not reasons.startswith("the same"):
            above = re.findall(r"`([A-Z]+_[A-Z_]+)`", reasons)
        found[method.strip("`")] = above
    return found


def reasons_in_sources():
    """Reasons that the sources give, with the names of the codes that stand beside them in calls."""
    forms = (
        r'\bError\(\s*([\w:.()]+),\s*"([A-Z_]+)"',
        r'\breturn \{\s*([\w:.]+),\s*"([A-Z_]+)",',
        # Mistakes of a query have names, and reasons for an unknown caller one function.
        r'\bstd::(string_view) k\w+ = "(QUERY_[A-Z_]+)"',
        r'\b(Unauthenticated)\(\s*"([A-Z_]+)"',
    )
    found = {}
    for folder in ("engine", "server"):
        for path in sorted((SOURCE / folder).rglob("*.[ch]*")):
            text = path.read_text(encoding="utf-8")
            for form in forms:
                for code, reason in re.findall(form, text):
                    found.setdefault(reason, set()).add(code)
    return found


class World(contextlib.AbstractContextManager):
    """A server over an index of some generations, and any call of it in JSON."""

    def __init__(self, *options, generations=2, path=None, hold=None):
        self._stack = contextlib.ExitStack()
        self.index = self._stack.enter_context(Index())
        if path:
            self.index.path = path / "index"
        for _ in range(generations):
            self.index.build_articles(article(1), article(2))
        self.index.admin("takedown", "--unknown", "withdrawn")
        self.server = self._stack.enter_context(self.index.serve(*options, hold=hold))
        self.channel = self._stack.enter_context(api.connect(self.server.address))
        self._methods = {method.name: (service, method) for service, method in api.own_methods()}

    def __exit__(self, *exception):
        return self._stack.__exit__(*exception)

    def call(self, name, /, **request):
        """The bytes of a method's answers; the message that a stream begins with is the request."""
        service, method = self._methods[name]
        message = symbol_database.Default().GetSymbol(method.input_type.lstrip("."))
        sent = json_format.ParseDict(request, message())
        return api.call_with(self.channel, service, method, sent.SerializeToString())


# What provokes a mistake of a query, for each method that has one.
QUERIES = {
    "QUERY_SYNTAX": {"query": '"ferry'},
    "QUERY_UNKNOWN_FIELD": {"query": "capton:bridge"},
    "QUERY_TOO_LONG": {"query": "ferry " * 4000},
    "QUERY_TOO_COMPLEX": {"query": "(" * 200 + "ferry" + ")" * 200},
    "QUERY_BAD_DATE": {"query": "since:2024-02-31"},
}
FILTER_OF_MANY = {"filter": {"tag": {"anyOf": [f"tag {number}" for number in range(2000)]}}}
# What provokes the other reasons by a request alone.
REQUESTS = {
    ("SearchArticles", "PAGE_TOKEN_INVALID"): {"query": "headline", "pageToken": "no-token"},
    ("SearchArticles", "PAGE_TOO_DEEP"): {"query": "headline", "skip": 1_000_000},
    ("ExportArticles", "RESUME_TOKEN_INVALID"): {"query": "headline", "resumeToken": "no-token"},
    ("GetArticle", "ARTICLE_NOT_FOUND"): {"id": "nobody"},
    ("FindSimilarArticles", "ARTICLE_NOT_FOUND"): {"ids": ["nobody"]},
    ("FindSimilarArticles", "QUERY_TOO_COMPLEX"): {"ids": ["article-1"], **FILTER_OF_MANY},
    ("ListArticleCopies", "ARTICLE_NOT_FOUND"): {"id": "nobody"},
    ("ListArticleCopies", "PAGE_TOKEN_INVALID"): {"id": "article-1", "pageToken": "no-token"},
    ("SuggestCompletions", "QUERY_TOO_COMPLEX"): {"text": "ta", **FILTER_OF_MANY},
    ("PutArticle", "ARTICLE_INVALID"): {"article": {"id": "empty"}},
    ("PutArticle", "ARTICLE_TAKEN_DOWN"): {"article": {"id": "withdrawn", "headline": "Back"}},
    ("DeleteArticle", "ARTICLE_NOT_FOUND"): {"id": "nobody"},
    ("GetOperation", "OPERATION_NOT_FOUND"): {"id": "nobody"},
    ("CancelOperation", "OPERATION_NOT_FOUND"): {"id": "nobody"},
    ("PublishGeneration", "GENERATION_NOT_FOUND"): {"number": 99},
    ("PublishGeneration", "GENERATION_CHANGED"): {"number": 1, "expectedPublished": 99},
    ("RollbackGeneration", "GENERATION_CHANGED"): {"expectedPublished": 99},
}
# A request that a server would answer, for reasons that the server's state brings.
GOOD = {
    "PutArticle": {"article": article(9)},
    "DeleteArticle": {"id": "article-1"},
    "BatchPutArticles": {"articles": [article(9)]},
    "ImportArticles": {"sequence": "1", "article": article(9)},
    "CancelOperation": {"id": "any"},
    "PublishGeneration": {"number": 1},
}


class ReasonsTest(unittest.TestCase):
    def assert_refused(self, world, method, reason, **request):
        with self.assertRaises(api.grpc.RpcError) as refused:
            world.call(method, **request)
        self.assert_reason(refused.exception, reason)

    def assert_reason(self, error, reason):
        self.assertEqual(api.reason(error), reason, error)
        self.assertEqual(error.code().name, codes_of_reasons()[reason])

    def methods_with(self, reason):
        found = [method for method, reasons in reasons_of_methods().items() if reason in reasons]
        self.assertTrue(found, reason)
        return found

    def test_the_guide_lists_every_reason_with_its_code(self):
        listed = codes_of_reasons()
        given = reasons_in_sources()
        self.assertEqual(set(listed), set(given))
        for reason, codes in given.items():
            for code in codes:
                if code.startswith("absl::StatusCode::k"):
                    name = re.sub(r"(?<!^)(?=[A-Z])", "_", code.split("::k")[1]).upper()
                    self.assertEqual(listed[reason], name, reason)

    def test_the_guide_lists_every_method(self):
        self.assertEqual(set(reasons_of_methods()), {method.name for _, method in api.own_methods()})

    def test_every_reason_of_a_method_is_provoked(self):
        by_state = {"PAGE_TOKEN_STALE", "STREAM_IDLE", "INDEX_READ_ONLY", "INDEX_FULL",
                    "OPERATION_RUNNING", "GENERATION_DAMAGED", "LIVE_WRITES_AT_STAKE"}
        for method, reasons in reasons_of_methods().items():
            for reason in set(reasons) - by_state - set(QUERIES):
                if (method, reason) != ("RollbackGeneration", "GENERATION_NOT_FOUND"):
                    self.assertIn((method, reason), REQUESTS)

    def test_reasons_that_a_request_brings(self):
        listed = reasons_of_methods()
        with World("--writable") as world:
            for (method, reason), request in REQUESTS.items():
                with self.subTest(method=method, reason=reason):
                    self.assertIn(reason, listed[method])
                    self.assert_refused(world, method, reason, **request)
            for reason, request in QUERIES.items():
                for method in set(self.methods_with(reason)) - {"FindSimilarArticles",
                                                                "SuggestCompletions"}:
                    with self.subTest(method=method, reason=reason):
                        self.assert_refused(world, method, reason, **request)

    def test_reasons_of_a_server_that_takes_no_writes(self):
        with World() as world:
            for method in self.methods_with("INDEX_READ_ONLY"):
                with self.subTest(method=method):
                    self.assert_refused(
                        world, method, "INDEX_READ_ONLY", **GOOD.get(method, {}))

    def test_reasons_of_a_full_disk(self):
        with small_disk(megabytes=64) as disk, World("--writable", path=disk.path) as world:
            disk.leave(0)
            for method in self.methods_with("INDEX_FULL"):
                with self.subTest(method=method):
                    self.assert_refused(world, method, "INDEX_FULL", **GOOD.get(method, {}))
            disk.grow(megabytes=64)

    def test_reasons_of_a_running_operation(self):
        with Hold("rename */MANIFEST") as hold, World("--writable", hold=hold) as world:
            world.call("Rebuild")
            self.assertTrue(hold.reached(world.server.process))
            for method in self.methods_with("OPERATION_RUNNING"):
                with self.subTest(method=method):
                    self.assert_refused(
                        world, method, "OPERATION_RUNNING", **GOOD.get(method, {}))

    def test_reasons_of_generations(self):
        for method in self.methods_with("GENERATION_DAMAGED"):
            with self.subTest(method=method), World("--writable") as world:
                damaged = world.index.path / "generations" / "000001" / "base" / "cards"
                content = bytearray(damaged.read_bytes())
                content[len(content) // 2] ^= 1
                damaged.write_bytes(content)
                self.assert_refused(world, method, "GENERATION_DAMAGED", **GOOD.get(method, {}))
        for method in self.methods_with("LIVE_WRITES_AT_STAKE"):
            with self.subTest(method=method), World("--writable") as world:
                world.call("PutArticle", article=article(9))
                self.assert_refused(world, method, "LIVE_WRITES_AT_STAKE", **GOOD.get(method, {}))
        with World("--writable") as world:
            world.call("RollbackGeneration")
            self.assert_refused(world, "RollbackGeneration", "GENERATION_NOT_FOUND")

    def test_a_page_whose_index_is_gone_is_stale(self):
        self.assertEqual(self.methods_with("PAGE_TOKEN_STALE"), ["SearchArticles"])
        with World("--writable", generations=3) as world:
            search = {"query": "headline", "pageSize": 1}
            first = api.messages.SearchArticlesResponse.FromString(
                world.call("SearchArticles", **search)[0])
            for number in (1, 2):
                world.call("PublishGeneration", number=number)
            self.assert_refused(world, "SearchArticles", "PAGE_TOKEN_STALE", **search,
                                pageToken=first.next_page_token)

    def test_a_stream_whose_caller_does_nothing_is_ended(self):
        self.assertEqual(set(self.methods_with("STREAM_IDLE")), {"ExportArticles", "CountQueries"})
        with World("--stream-idle", 0.2) as world:
            stub = api.search_service_pb2_grpc.SearchServiceStub(world.channel)
            is_over = threading.Event()
            # A stream of queries that has none, and does not end.
            nothing = iter(lambda: is_over.wait(PATIENCE_SECONDS), True)
            try:
                with self.assertRaises(api.grpc.RpcError) as ended:
                    next(stub.CountQueries(nothing, timeout=PATIENCE_SECONDS))
            finally:
                is_over.set()
            self.assert_reason(ended.exception, "STREAM_IDLE")


if __name__ == "__main__":
    unittest.main()
