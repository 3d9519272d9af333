# SPDX-License-Identifier: GPL-3.0-or-later
"""Exports and counts by the stream, over the real programs: on the Senate's press releases what
they must come to is taken from the JSON lines, see scan.py; those tests are skipped where the
releases are absent."""

import collections
import itertools
import re
import unittest

from lib import api
from lib import scan
from lib.programs import PATIENCE_SECONDS, Index, article, shared, wait_for

RELEASES = "data/articles/senate-72k.jsonl.xz"
NEWEST = api.messages.SORT_ORDER_NEWEST
OLDEST = api.messages.SORT_ORDER_OLDEST


def export(service, query="", **fields):
    """The messages of an export, which is the call itself, too."""
    request = api.messages.ExportArticlesRequest(query=query, **fields)
    return service.stub.ExportArticles(request, timeout=PATIENCE_SECONDS)


def ids_of(messages):
    return [each.id for message in messages for each in message.articles]


def count(service, requests):
    return list(service.stub.CountQueries(
        (api.messages.CountQueriesRequest(**fields) for fields in requests),
        timeout=PATIENCE_SECONDS,
    ))


def anonymous_memory(server):
    """Bytes of the server's own memory: without the index's files, which it maps."""
    with open(f"/proc/{server.process.pid}/status", encoding="ascii") as status:
        return int(re.search(r"RssAnon:\s+(\d+) kB", status.read())[1]) << 10


class ReleasesTest(unittest.TestCase):
    """72,000 releases, with one of them withheld."""

    @classmethod
    def setUpClass(cls):
        records = list(api.json_lines(shared(RELEASES)))
        cls.records = [record for record in records if not scan.is_empty(record)]
        cls.index = cls.enterClassContext(Index())
        cls.index.build(shared(RELEASES))
        cls.server = cls.enterClassContext(cls.index.serve("--writable"))
        channel = cls.enterClassContext(api.connect(cls.server.address))
        cls.service = api.Service(channel)
        api.ArticleService(channel).put(article(
            1, headline="Zzyzxium levy", source="Zzyzx Gazette", status="STATUS_WITHHELD"
        ))

    def expected(self, sign, wanted=lambda record: True):
        dated = [each for each in self.records if each["published"] and wanted(each)]
        undated = [each for each in self.records if not each["published"] and wanted(each)]
        dated.sort(key=lambda each: (sign * scan.instant(each).timestamp(), each["id"]))
        return [each["id"] for each in dated + sorted(undated, key=lambda each: each["id"])]

    def test_every_release_with_its_text_in_flat_memory_for_slow_readers(self):
        texts = {record["id"]: scan.squeezed(record["body"]) for record in self.records}
        # Readers that stop in the middle, whose batches the server keeps.
        stopped = [export(self.service, filter=self.service.everything()) for _ in range(8)]
        for each in stopped:
            next(each)
        before = most = anonymous_memory(self.server)
        ids, text_bytes, first = [], 0, None
        mask = {"paths": ["body"]}
        for message in export(self.service, filter=self.service.everything(), read_mask=mask):
            first = first or message
            self.assertEqual(message.HasField("total"), message is first)
            self.assertLessEqual(len(message.articles), 1000)
            if len(message.articles) > 1:
                self.assertLess(message.ByteSize(), 300_000)
            for each in message.articles:
                ids.append(each.id)
                text_bytes += len(each.body)
                self.assertEqual(scan.squeezed(each.body), texts[each.id], each.id)
            most = max(most, anonymous_memory(self.server))
        self.assertEqual(ids, self.expected(-1))
        self.assertEqual(first.total.value, len(self.records))
        self.assertEqual(first.total.relation, api.messages.Total.RELATION_EXACT)
        self.assertGreater(text_bytes, 100 << 20)
        self.assertLess(most - before, 24 << 20, f"{before} bytes before, {most} at most")
        for each in stopped:
            each.cancel()

    def test_equals_the_pages_and_the_json_lines_in_both_orders(self):
        ids = {"paths": ["id"]}
        senator = "Office of Senator Clinton"
        may = lambda record: record["published"].startswith("2006-05")
        for query, wanted in (
            (f'source:"{senator}"', lambda record: record["source"] == senator),
            ("date:2006-05", may),
            (f'date:2006-05 -source:"{senator}"',
             lambda record: may(record) and record["source"] != senator),
        ):
            for sort, sign in ((NEWEST, -1), (OLDEST, +1)):
                with self.subTest(query=query, sort=sort):
                    messages = list(export(self.service, query, sort=sort, read_mask=ids))
                    self.assertEqual(ids_of(messages), self.expected(sign, wanted))
                    self.assertEqual(messages[0].total.value, len(ids_of(messages)))
        for query in ("health", '"health care"', "govern* -tax", "=veterans NEAR/5 benefits"):
            for sort in (NEWEST, OLDEST):
                with self.subTest(query=query, sort=sort):
                    exported = ids_of(export(self.service, query, sort=sort, read_mask=ids))
                    self.assertEqual(exported, self.service.all_ids(query, sort=sort))
                    self.assertGreater(len(exported), 20)

    def test_a_broken_export_goes_on_where_it_broke(self):
        for sort, sign in ((NEWEST, -1), (OLDEST, +1)):
            reached, token = [], ""
            for batches in (1, 7, 3, 10_000):
                call = export(self.service, filter=self.service.everything(), sort=sort,
                              resume_token=token)
                for message in itertools.islice(call, batches):
                    reached += ids_of([message])
                    token = message.resume_token
                call.cancel()
            self.assertEqual(reached, self.expected(sign))

    def test_counts_of_many_queries_in_their_order(self):
        sources = collections.Counter(scan.folded(record["source"]) for record in self.records)
        days = collections.Counter(record["published"][:10] for record in self.records)
        days.pop("", None)
        wanted = [(f'source:"{source}"', number) for source, number in sources.items() if source]
        wanted += [(f"date:{day}", number) for day, number in days.items() if len(day) == 10]
        wanted += [("zzyzxium", 0), ('source:"zzyzx gazette"', 0), ("zzyz*", 0)]
        self.assertGreater(len(wanted), 1000)
        requests = [{"key": str(i), "query": query} for i, (query, _) in enumerate(wanted)]
        requests[10] = {"key": "10", "query": 'source:"office', "sample": 3}
        requests[20] = {"key": "20", "query": "health", "time_zone": "Atlantis"}
        answers = count(self.service, requests)
        self.assertEqual([each.key for each in answers], [each["key"] for each in requests])
        for i, ((query, number), answer) in enumerate(zip(wanted, answers)):
            if i not in (10, 20):
                self.assertEqual(answer.code, 0, answer)
                self.assertEqual(answer.total.value, number, query)
                self.assertEqual(answer.total.relation, api.messages.Total.RELATION_EXACT)
        self.assertEqual(answers[10].error.reason, "QUERY_SYNTAX")
        self.assertEqual(answers[10].error.start_byte, len("source:"))
        self.assertEqual(answers[20].error.reason, "INVALID_ARGUMENT_VALUE")
        self.assertIn("Atlantis", answers[20].message)

    def test_samples_are_the_newest(self):
        clinton = lambda record: record["source"] == "Office of Senator Clinton"
        (answer,) = count(self.service, [
            {"query": 'source:"office of senator clinton"', "sample": 25}
        ])
        self.assertEqual(list(answer.sample_ids), self.expected(-1, clinton)[:25])

    def test_what_is_withheld_shines_nowhere(self):
        for query in ("zzyzxium", "zzyz*", 'source:"zzyzx gazette"', "id:article-1"):
            (message,) = export(self.service, query)
            self.assertEqual((message.total.value, len(message.articles)), (0, 0))
            self.assertNotIn("Zzyzx Gazette", str(message.notices))


def succeeded(operation):
    assert operation.state != operation.STATE_FAILED, operation
    return operation.state == operation.STATE_SUCCEEDED


class MovingIndexTest(unittest.TestCase):
    """An export beside writes, a publish and the server's end."""

    def setUp(self):
        self.index = self.enterContext(Index())
        # A batch has one of them.
        self.index.build_articles(*[
            article(n, published=f"2024-01-{n:02}", body=f"word{n} " * 40_000) for n in range(1, 29)
        ])

    def serve(self, *options):
        server = self.enterContext(self.index.serve(*options))
        channel = self.enterContext(api.connect(server.address))
        return server, api.Service(channel), channel

    def test_goes_on_over_writes_and_a_publish(self):
        server, service, channel = self.serve("--writable")
        writer, admin = api.ArticleService(channel), api.AdminService(channel)
        for sort, ahead, gone in ((NEWEST, "2024-01-02T12:00:00Z", 3), (OLDEST, "2024-01-26T12:00:00Z", 27)):
            call = export(service, "headline", sort=sort, read_mask={"paths": ["*"]})
            exported = ids_of([next(call)])
            fields = article(100 + sort)
            new = api.article_pb2.Article(**fields)
            new.published_time.FromJsonString(ahead)
            writer.stub.PutArticle(
                api.article_service_pb2.PutArticleRequest(article=new), timeout=PATIENCE_SECONDS
            )
            writer.delete(f"article-{gone}")
            operation = admin.rebuild()
            wait_for(lambda: succeeded(admin.operation(operation.id)), "the rebuild")
            exported += ids_of(call)
            self.assertEqual(exported, service.all_ids("headline", sort=sort))
            self.assertIn(fields["id"], exported)
            self.assertNotIn(f"article-{gone}", exported)

    def test_a_reader_that_does_not_read_is_ended_with_the_reason(self):
        _, service, _ = self.serve("--stream-idle", 0.5, "--max-streams", 1)
        call = export(service, "headline", read_mask={"paths": ["*"]})
        # It has begun.
        call.initial_metadata()

        def ended():
            try:
                return count(service, [{"query": "headline"}])
            except api.grpc.RpcError as error:
                self.assertEqual(api.reason(error), "OVERLOADED")
                return None

        self.assertEqual(wait_for(ended, "the end of the stream")[0].total.value, 28)
        with self.assertRaises(api.grpc.RpcError) as raised:
            ids_of(call)
        self.assertEqual(raised.exception.code(), api.grpc.StatusCode.ABORTED)
        self.assertIn("read and sent nothing", raised.exception.details())

    def test_a_stopping_server_ends_exports_at_once(self):
        server, service, _ = self.serve()
        call = export(service, "headline", read_mask={"paths": ["*"]})
        next(call)
        self.assertEqual(server.stop(), 0)
        with self.assertRaises(api.grpc.RpcError) as raised:
            ids_of(call)
        self.assertEqual(raised.exception.code(), api.grpc.StatusCode.UNAVAILABLE)


if __name__ == "__main__":
    unittest.main()
