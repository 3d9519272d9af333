# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/api.md tells the truth: each request that it shows is sent, in its order, to a writable server
over the sample articles, and what is shown behind a request is what it is answered. Its lines of
Python run as they stand."""

import contextlib
import io
import json
import pathlib
import re
import unittest

import grpc
from google.protobuf import json_format, message_factory, symbol_database

from lib import api
from lib.programs import PATIENCE_SECONDS, SAMPLE_ARTICLES, SOURCE, Index, wait_for

GUIDE = (SOURCE / "docs" / "api.md").read_text(encoding="utf-8")
SERVICES = ("SearchService", "ArticleService", "AdminService")
# By the method of grpc.Channel that calls them; all others are called once and answer once.
STREAMS = {"ExportArticles": "unary_stream", "CountQueries": "stream_stream",
           "ImportArticles": "stream_stream"}
# Other values with every index, every run or every machine.
PASSING = {"generation", "buildId", "builtTime", "indexedTime", "uptime", "nextPageToken",
           "resumeToken", "score", "indexBytes", "diskFreeBytes", "baseCheckTime"}
# Its page token is made up, and refused.
MADE_UP = '"pageToken": "b3BhcXVl"'


def examples():
    """(line, name, text) of each block below the name of its message."""
    for found in re.finditer(r"<!-- (broadsheet\.v1\.\w+) -->\n```json\n(.*?)^```", GUIDE,
                             re.M | re.S):
        yield GUIDE.count("\n", 0, found.start()) + 2, found[1], found[2]


def class_of(descriptor):
    return message_factory.MessageFactory().GetPrototype(descriptor)


def methods():
    """By the name of the message that they take."""
    pool = symbol_database.Default().pool
    return {method.input_type.full_name: method for service in SERVICES
            for method in pool.FindServiceByName(f"broadsheet.v1.{service}").methods}


def differences(shown, answered, path=""):
    """Where an answer is not as shown; of a list or of a text ending in "…" the beginning is shown."""
    if isinstance(shown, dict) and isinstance(answered, dict):
        for key in sorted(shown.keys() | answered.keys()):
            if key not in PASSING or key not in shown or key not in answered:
                yield from differences(shown.get(key), answered.get(key), f"{path}.{key}")
    elif isinstance(shown, list) and isinstance(answered, list) and len(shown) <= len(answered):
        for number, (one, other) in enumerate(zip(shown, answered)):
            yield from differences(one, other, f"{path}[{number}]")
    elif isinstance(shown, str) and isinstance(answered, str) and shown.endswith("…"):
        yield from differences(shown[:-1], answered[:len(shown) - 1], path)
    elif shown != answered:
        yield f"{path[1:]}: shown {json.dumps(shown)}, answered {json.dumps(answered)}"


class ApiGuideTest(unittest.TestCase):
    def setUp(self):
        self.index = self.enterContext(Index())
        self.assertEqual(self.index.build(SAMPLE_ARTICLES).returncode, 0)
        self.server = self.enterContext(self.index.serve("--writable"))
        self.channel = self.enterContext(grpc.insecure_channel(self.server.address))
        self.methods = methods()

    def call(self, method, request):
        """The answer, of a stream its first."""
        kind = STREAMS.get(method.name, "unary_unary")
        call = getattr(self.channel, kind)(
            f"/{method.containing_service.full_name}/{method.name}",
            type(request).SerializeToString, class_of(method.output_type).FromString)
        requests = iter([request]) if kind == "stream_stream" else request
        answer = call(requests, timeout=PATIENCE_SECONDS)
        return answer if kind == "unary_unary" else next(answer)

    def answer(self, name, text):
        method = self.methods[name]
        request = json_format.Parse(text, class_of(method.input_type)())
        if MADE_UP in text:
            with self.assertRaises(grpc.RpcError) as refused:
                self.call(method, request)
            self.assertEqual(refused.exception.code(), grpc.StatusCode.INVALID_ARGUMENT)
            return None
        answer = self.call(method, request)
        if method.name == "Rebuild":
            self.rest(answer.operation.id)
        return answer

    def rest(self, operation):
        """Waits for the end of an operation."""
        name = "broadsheet.v1.GetOperationRequest"
        wait_for(lambda: '"STATE_SUCCEEDED"' in json_format.MessageToJson(
            self.answer(name, json.dumps({"id": operation}))), "the operation ends")

    def test_requests_are_answered_as_shown(self):
        wait_for(lambda: self.server.status().get("baseCheck") == "BASE_CHECK_WHOLE", "a checked base")
        answer = None
        compared = set()
        for line, name, text in examples():
            with self.subTest(line=line, message=name):
                if name in self.methods:
                    answer = self.answer(name, text)
                elif answer is not None and name == answer.DESCRIPTOR.full_name:
                    shown = json_format.Parse(text, type(answer)())
                    self.assertEqual([], list(differences(json_format.MessageToDict(shown),
                                                          json_format.MessageToDict(answer))))
                    compared.add(name)
                else:
                    # An operation that runs: how far it is cannot be shown twice.
                    self.assertEqual(name, "broadsheet.v1.GetOperationResponse")
        self.assertGreaterEqual(len(compared), 11)

    def test_the_call_of_grpcurl_is_one_that_the_server_answers(self):
        [(text, path)] = re.findall(r"^grpcurl [^']*-d '([^']*)'\s+\S+ (\S+)$",
                                    GUIDE.replace("\\\n", " "), re.M)
        service, method = path.split("/")
        name = f"broadsheet.v1.{method}Request"
        self.assertEqual(self.methods[name].containing_service.full_name, service)
        self.assertEqual(len(self.answer(name, text).hits), 1)

    def test_lines_of_python_run(self):
        put = '{"article": {"id": "a-1", "headline": "The ferry strike begins"}}'
        self.answer("broadsheet.v1.PutArticleRequest", put)
        (self.index.folder / "website.token").write_text("secret\n")
        blocks = re.findall(r"^```python\n(.*?)^```", GUIDE, re.M | re.S)
        self.assertEqual(len(blocks), 3)
        names = {"pathlib": pathlib, "pb": api.messages, "stub": api.Service(self.channel).stub,
                 "request": api.messages.SearchArticlesRequest(query="ferry")}
        said = io.StringIO()
        with contextlib.chdir(self.index.folder), contextlib.redirect_stdout(said):
            for block in blocks:
                exec(block, names)  # pylint: disable=exec-used
        self.assertRegex(said.getvalue(), r"\d\.\d\d .*[Ff]err(y|ies)")
        self.assertRegex(said.getvalue(), r"alike by: \w+")
        self.assertRegex(said.getvalue(), r'tag \d+ oslo tag:"ferry strike"')


if __name__ == "__main__":
    unittest.main()
