# SPDX-License-Identifier: GPL-3.0-or-later
"""What an admin finds in the logs of a server, and that no reader is in them."""

import datetime
import json
import os
import re
import signal
import unittest

from lib import api
from lib.programs import Index, article, run, wait_for

TIME = r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


class ServerLogs(unittest.TestCase):
    def setUp(self):
        self.index = self.enterContext(Index())
        self.index.build_articles(article(1), article(2))
        self.access = self.index.folder / "access.log"
        self.queries = self.index.folder / "queries.log"

    def serve(self, *options):
        return self.enterContext(self.index.serve(*options))

    def lines(self, path, count):
        """The first `count` lines of a log, once they are there."""
        wait_for(lambda: len(path.read_text().splitlines()) >= count, f"{count} lines of {path}")
        return path.read_text().splitlines()[:count]

    def test_text_has_utc_with_its_zone(self):
        server = self.serve()
        wait_for(lambda: "read-only" in server.log(), "the line of the start")
        for line in server.log().splitlines():
            self.assertRegex(line, f"^{TIME} (info|warning|error) ")

    def test_json_can_be_read_by_programs(self):
        server = self.serve("--log-format", "json")
        wait_for(lambda: "read-only" in server.log(), "the line of the start")
        for line in server.log().splitlines():
            read = json.loads(line)
            self.assertEqual(set(read), {"time", "level", "message"})
            datetime.datetime.fromisoformat(read["time"].replace("Z", "+00:00"))

    def test_each_call_has_a_line_with_the_ids_of_its_caller(self):
        server = self.serve("--log-format", "json", "--access-log", self.access)
        with api.connect(server.address) as channel:
            service = api.Service(channel)
            service.stub.GetStatus(api.messages.GetStatusRequest(), metadata=(
                ("x-request-id", "desk-17"), ("traceparent", f"00-{TRACE}-00f067aa0ba902b7-01"),
            ))
            with self.assertRaises(api.grpc.RpcError):
                service.stub.GetArticle(api.messages.GetArticleRequest(id="nobody"), metadata=(
                    ("x-request-id", "not a word\" of mine"), ("traceparent", "00-0-0-0"),
                ))
        status, get = map(json.loads, self.lines(self.access, 2))
        self.assertEqual(status["method"], "broadsheet.v1.SearchService/GetStatus")
        self.assertEqual((status["code"], status["request"], status["trace"]),
                         ("OK", "desk-17", TRACE))
        self.assertTrue(status["peer"].startswith("ipv4:127."), status)
        self.assertGreater(status["ms"], 0)
        self.assertEqual((get["code"], get["reason"]), ("NOT_FOUND", "ARTICLE_NOT_FOUND"))
        # What is no id is not taken into the log.
        self.assertRegex(get["request"], "^[0-9a-f]{16}$")
        self.assertNotIn("trace", get)

    def test_a_rotated_log_goes_on_in_a_new_file(self):
        server = self.serve("--access-log", self.access)
        server.ids("number1")
        self.lines(self.access, 1)
        old = self.access.with_suffix(".1")
        self.access.rename(old)
        server.process.send_signal(signal.SIGHUP)
        wait_for(self.access.exists, "the new file")
        server.ids("number2")
        self.assertRegex(self.lines(self.access, 1)[0], f"^{TIME} access method=")
        self.assertEqual(len(old.read_text().splitlines()), 1)

    def test_slow_calls_show_their_stages_and_the_shape_of_the_query_and_no_word(self):
        server = self.serve("--slow-call", 0)
        server.ids('"number1" tag:secret OR headl*')
        wait_for(lambda: "slow SearchArticles" in server.log(), "the slow call")
        self.assertRegex(server.log(), r'slow SearchArticles: \d+ ms, OK, request [0-9a-f]{16}; '
                                       r'snapshot \d+ ms, .*match \d+ ms.*; shape "w" tag:w OR w\*')
        for word in ("number1", "secret", "headl"):
            self.assertNotIn(word, server.log())

    def test_words_of_slow_queries_are_for_those_who_ask_for_them(self):
        server = self.serve("--slow-call", 0, "--log-queries")
        server.ids("number1")
        wait_for(lambda: 'query "number1"' in server.log(), "the words")

    def test_searches_are_counted_without_who_asked(self):
        server = self.serve("--query-log", self.queries)
        for query in ("number1", "Number1", "nothinglikeit", "nothinglikeit", "askedonce"):
            server.ids(query)
        lines = [json.loads(line) for line in self.lines(self.queries, 5)]
        for line in lines:
            self.assertEqual(set(line), {"time", "level", "query", "hits", "filtered"})
            self.assertRegex(line["time"], r"T\d\d:00:00\.000Z$")
        server.stop()
        report = run("broadsheet-indexer", "queries", self.queries)
        self.assertEqual(report.returncode, 0, report.stderr)
        self.assertEqual(
            report.stdout,
            "5 searches, 3 different; 3 without hits\n\n"
            "Asked most often\n       2  nothinglikeit\n       2  number1\n\n"
            "Without hits\n       2  nothinglikeit\n",
        )
        counted = run("broadsheet-indexer", "queries", "--json", "--at-least", 1, "-",
                      stdin=self.queries.read_text() + "no line of a log\n")
        self.assertEqual(counted.returncode, 1)
        self.assertEqual(json.loads(counted.stdout)["unreadableLines"], 1)
        self.assertIn({"query": "askedonce", "times": 1}, json.loads(counted.stdout)["withoutHits"])

    def test_a_log_that_is_not_there_is_told(self):
        missing = run("broadsheet-indexer", "queries", self.queries)
        self.assertEqual(missing.returncode, 2)
        self.assertIn(str(self.queries), missing.stderr)

    def test_a_full_disk_costs_lines_and_not_searches(self):
        os.symlink("/dev/full", self.access)
        server = self.serve("--access-log", self.access)
        for _ in range(3):
            self.assertEqual(server.ids("number1"), ["article-1"])
        wait_for(lambda: "cannot append to" in server.log(), "the failure")
        self.access.unlink()
        server.process.send_signal(signal.SIGHUP)
        wait_for(self.access.exists, "the new file")
        server.ids("number1")
        wait_for(lambda: re.search(r"access\.log lacks \d+ lines, \d+ bytes, since 20", server.log()),
                 "the cost")
        self.assertEqual(server.log().count("cannot append to"), 1)


if __name__ == "__main__":
    unittest.main()
