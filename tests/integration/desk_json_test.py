# SPDX-License-Identifier: GPL-3.0-or-later
"""The desk's JSON door, its exports and its live counts, as programs use them."""

import csv
import http.client
import io
import json
import random
import re
import socket
import subprocess
import unittest
import urllib.parse

from lib.desk import Desk, DeskTest
from lib.programs import PATIENCE_SECONDS, SOURCE, Index, article, environment, run, wait_for

JSON = "application/json"


class JsonDoor(DeskTest):
    def post(self, path, request, content_type=JSON):
        body = request if isinstance(request, (str, bytes)) else json.dumps(request)
        return self.desk.request("POST", path, body, Content_Type=content_type)

    def answer(self, path, request):
        reply = self.post(path, request)
        self.assertEqual(reply.status, 200, reply.text)
        return json.loads(reply.text)

    def test_every_method_is_answered_as_by_grpc(self):
        found = self.answer("/v1/articles:search", {"query": "ferry strike", "pageSize": 3})
        by_grpc = self.server.search("ferry strike", "--limit", "3")["hits"]
        self.assertEqual([(hit["article"]["id"], hit["score"]) for hit in found["hits"]],
                         [(hit["article"]["id"], hit["score"]) for hit in by_grpc])
        first = found["hits"][0]["article"]["id"]
        got = json.loads(self.desk.get(f"/v1/articles/{first}").text)
        self.assertIn("body", got)
        several = self.answer("/v1/articles:batchGet", {"ids": [first, "none"], "readMask": "id"})
        self.assertEqual(several, {"articles": [{"id": first}], "missingIds": ["none"]})
        counts = self.answer("/v1/articles:aggregate", {"query": "ferry strike"})
        self.assertEqual(counts["total"], found["total"])
        similar = self.answer("/v1/articles:findSimilar", {"ids": [first], "pageSize": 2})
        self.assertEqual(len(similar["hits"]), 2)
        copies = json.loads(self.desk.get(f"/v1/articles/{first}/copies?page_size=1").text)
        self.assertEqual(copies["total"]["relation"], "RELATION_EXACT")
        completed = self.answer("/v1/completions:suggest", {"text": "ferr"})
        self.assertTrue(completed["completions"])
        status = json.loads(self.desk.get("/v1/status").text)
        self.assertEqual(status["buildId"], self.server.status()["buildId"])

    def test_streams_are_json_lines(self):
        lines = self.post("/v1/articles:export", {"query": "ferry", "readMask": "id"}).text.splitlines()
        ids = [item["id"] for line in lines for item in json.loads(line)["articles"]]
        self.assertCountEqual(ids, self.server.ids("ferry"))
        queries = "\n".join(json.dumps({"key": str(n), "query": query})
                            for n, query in enumerate(["ferry", "(", "strike"] * 100))
        answers = [json.loads(line) for line in
                   self.post("/v1/queries:count", queries, "application/jsonl").text.splitlines()]
        self.assertEqual([answer["key"] for answer in answers], [str(n) for n in range(300)])
        self.assertEqual([answer.get("code", 0) for answer in answers], [0, 3, 0] * 100)

    def test_errors_are_a_status_with_the_fitting_http_status(self):
        cases = [
            (400, self.post("/v1/articles:search", {"query": "capton:x"})),
            (400, self.post("/v1/articles:search", "{")),
            (400, self.post("/v1/articles:search", {"qery": "x"})),
            (400, self.post("/v1/articles:search", "[" * 100_000)),
            (400, self.post("/v1/articles:export", {"query": "("})),
            (400, self.post("/v1/queries:count", '{"query": "a"}\nnonsense', "application/jsonl")),
            (400, self.desk.get("/v1/articles/x?page=1")),
            (400, self.desk.get("/v1/articles/%ff")),
            (404, self.desk.get("/v1/articles/none")),
            (404, self.desk.get("/v1/nothing")),
            # Bug: a body that was no text was repeated in the answer, which was no JSON then.
            (400, self.post("/v1/articles:search", b'{"query": "\xff"}')),
            (405, self.desk.get("/v1/articles:search")),
            (405, self.desk.request("DELETE", "/v1/articles/x")),
            (415, self.post("/v1/articles:search", "{}", "text/plain")),
        ]
        for status, reply in cases:
            with self.subTest(reply=reply.text[:100]):
                self.assertEqual(reply.status, status)
                self.assertEqual(reply.headers["Content-Type"], JSON)
                error = json.loads(reply.text)
                self.assertTrue(error["code"] and error["message"])
        self.assertEqual(json.loads(cases[0][1].text)["details"][0]["reason"], "QUERY_UNKNOWN_FIELD")
        self.assertTrue(json.loads(cases[5][1].text)["message"].startswith("line 2: "))

    def test_a_page_of_another_site_can_call_nothing(self):
        reply = self.desk.request("POST", "/v1/articles:search", "{}", Content_Type=JSON,
                                  Origin="https://evil.example")
        self.assertEqual(reply.status, 403)
        self.assertEqual(json.loads(reply.text)["code"], 7)
        rebound = self.desk.get("/v1/status", Host="evil.example")
        self.assertEqual((rebound.status, json.loads(rebound.text)["code"]), (421, 9))

    def test_the_description_names_every_path(self):
        api = json.loads(self.desk.get("/v1/openapi.json").text)
        table = re.findall(r"`(GET|POST) (/v1/\S+?)`", (SOURCE / "docs/json.md").read_text())
        documented = {(verb.lower(), path.replace("ID", "{id}")) for verb, path in table}
        described = {(verb, path) for path, verbs in api["paths"].items() for verb in verbs}
        self.assertEqual(described, documented - {("get", "/v1/openapi.json")})

    def test_the_examples_of_the_documentation_run(self):
        text = (SOURCE / "docs/json.md").read_text()
        examples = re.findall(r"```sh\n(.*?)```\n```json\n(.*?)```", text, re.DOTALL)
        self.assertGreaterEqual(len(examples), 7)
        for command, output in examples:
            with self.subTest(command=command):
                ran = subprocess.run(
                    ["sh", "-c", command], capture_output=True, text=True, check=True,
                    env=environment(DESK=f"http://{self.desk.address}"),
                )
                pattern = ".*".join(re.escape(part) for part in output.strip().split("…"))
                self.assertRegex(ran.stdout.strip(), re.compile(f"^{pattern}$", re.DOTALL))

    def test_exports_have_exactly_what_the_page_finds(self):
        for query in ({"q": "ferry"}, {"q": "ferry", "source": "Meridian Wire"},
                      {"q": "ferry", "-source": "Meridian Wire", "sort": "oldest"}, {}):
            with self.subTest(query=query):
                parameters = urllib.parse.urlencode(query)
                exported = self.desk.get(f"/export.csv?{parameters}")
                rows = list(csv.DictReader(io.StringIO(exported.text)))
                lines = self.desk.get(f"/export.jsonl?{parameters}").text.splitlines()
                self.assertEqual([row["id"] for row in rows],
                                 [json.loads(line)["id"] for line in lines])
                page = self.desk.search(size=100, **query)
                shown = [urllib.parse.unquote(link["href"].split("?")[0].removeprefix("/a/"))
                         for link in page.all("a", target="_blank")
                         if not link["href"].endswith("#copies")]
                self.assertCountEqual([row["id"] for row in rows], shown)
        self.assertEqual(self.desk.get("/export.csv?q=(").status, 400)

    def test_no_request_however_odd_ends_the_desk(self):
        chance = random.Random(20261130)
        sound = [
            b"GET /?q=ferry&tag=a&-tag=b&page=2 HTTP/1.1\r\nHost: localhost\r\n\r\n",
            b"POST /v1/articles:search HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json"
            b"\r\nContent-Length: 17\r\n\r\n{\"query\": \"ferry\"}",
            b"GET /v1/articles/a%2Fb/copies?page_size=1 HTTP/1.1\r\nHost: localhost\r\n\r\n",
            b"GET /a/x?hit=3 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\n\r\n",
        ]
        host, port = self.desk.address.split(":")
        for _ in range(400):
            request = bytearray(chance.choice(sound))
            for _ in range(chance.randrange(1, 6)):
                place = chance.randrange(len(request))
                request[place : place + chance.randrange(3)] = chance.randbytes(chance.randrange(4))
            with socket.create_connection((host, int(port))) as client:
                client.sendall(request)
                client.shutdown(socket.SHUT_WR)
        self.assertEqual(self.desk.get("/").status, 200)


class LiveDesk(unittest.TestCase):
    def test_new_articles_are_counted_while_a_page_is_open(self):
        with Index() as index:
            index.build_articles(article(1))
            with index.serve("--writable") as server, Desk(server.address) as desk:
                live = desk.search().one("button", id="live")["data-url"]
                connection = http.client.HTTPConnection(desk.address, timeout=PATIENCE_SECONDS)
                connection.request("GET", live)
                events = connection.getresponse()
                self.assertEqual(events.headers["Content-Type"], "text/event-stream")

                def next_count():
                    line = events.readline()
                    return line if line.startswith(b"data: ") else None

                self.assertEqual(wait_for(next_count, "an event"), b"data: 0\n")
                put = server.client("put", "-", stdin=json.dumps(article(2)))
                self.assertEqual(put.returncode, 0, put.stderr)
                wait_for(lambda: next_count() == b"data: 1\n", "the new article")
                connection.close()
                # The page that is older by one is not on top any more.
                self.assertEqual(len(desk.search().headlines()), 2)


class TokenDesk(unittest.TestCase):
    def test_the_token_of_a_caller_is_passed_on(self):
        with Index() as index:
            index.build_articles(article(1))
            callers = index.folder / "callers.toml"
            made = run("broadsheet-indexer", "token", "new", "--tokens", callers, "reader",
                       "--roles", "search")
            self.assertEqual(made.returncode, 0, made.stderr)
            token = f"Bearer {made.stdout.strip()}"
            with index.serve("--tokens", callers) as server, Desk(server.address) as desk:
                for path in ("/", "/a/article-1", "/export.csv", "/v1/articles/article-1"):
                    with self.subTest(path=path):
                        without = desk.get(path)
                        self.assertEqual(without.status, 401)
                        self.assertEqual(without.headers["WWW-Authenticate"],
                                         'Bearer realm="Broadsheet"')
                        wrong = desk.get(path, Authorization="Bearer bs_none")
                        self.assertEqual(wrong.headers["WWW-Authenticate"],
                                         'Bearer realm="Broadsheet", error="invalid_token"')
                        self.assertEqual(desk.get(path, Authorization=token).status, 200)

    def test_a_caller_who_asked_too_often_is_told_when_to_come_back(self):
        with Index() as index:
            index.build_articles(article(1))
            callers = index.folder / "callers.toml"
            made = run("broadsheet-indexer", "token", "new", "--tokens", callers, "reader",
                       "--roles", "search", "--rate", "0.01", "--burst", "1")
            token = f"Bearer {made.stdout.strip()}"
            with index.serve("--tokens", callers) as server, Desk(server.address) as desk:
                path = "/v1/articles/article-1"
                self.assertEqual(desk.get(path, Authorization=token).status, 200)
                for refused in (desk.get(path, Authorization=token),
                                desk.get("/a/article-1", Authorization=token),
                                desk.get("/export.csv", Authorization=token)):
                    self.assertEqual(refused.status, 429)
                    # A call in 100 seconds.
                    self.assertTrue(50 < int(refused.headers["Retry-After"]) <= 100)


if __name__ == "__main__":
    unittest.main()
