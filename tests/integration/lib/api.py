# SPDX-License-Identifier: GPL-3.0-or-later
"""The gRPC API for tests: modules generated from proto/ when this is imported, and a few calls.

    with api.connect(server.address) as channel:
        for hit in api.Service(channel).all_hits("kim"): ...
"""

import atexit
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import grpc
from google.protobuf import descriptor_pb2

from lib.programs import PATIENCE_SECONDS, SOURCE

_HERE = pathlib.Path(__file__).resolve().parent


def _generate(out, folder, files, services):
    command = ["protoc", f"-I{folder}", f"--python_out={out}"]
    if services:
        plugin = shutil.which("grpc_python_plugin")
        assert plugin, "grpc_python_plugin is missing: Debian package protobuf-compiler-grpc"
        command += [f"--grpc_python_out={out}", f"--plugin=protoc-gen-grpc_python={plugin}"]
    subprocess.run([*command, *map(str, files)], check=True)


def _generate_all():
    out = tempfile.mkdtemp(prefix="broadsheet-test-api-")
    atexit.register(shutil.rmtree, out, ignore_errors=True)
    proto = SOURCE / "proto"
    _generate(out, proto, sorted(proto.glob("broadsheet/v1/*.proto")), services=True)
    _generate(out, proto, sorted(proto.glob("google/rpc/*.proto")), services=False)
    _generate(out, _HERE / "proto", sorted((_HERE / "proto").glob("**/*.proto")), services=True)
    sys.path.insert(0, out)


_generate_all()

from broadsheet.v1 import admin_service_pb2, admin_service_pb2_grpc
from broadsheet.v1 import article_pb2, article_service_pb2, article_service_pb2_grpc
from broadsheet.v1 import search_service_pb2 as messages
from broadsheet.v1 import search_service_pb2_grpc
from google.rpc import error_details_pb2, status_pb2
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc

__all__ = ["health_pb2", "health_pb2_grpc", "reflection_pb2", "reflection_pb2_grpc", "messages"]

# A page of 1000 articles with their bodies is larger than gRPC's default of 4 MiB.
_MAX_RESPONSE_BYTES = 256 << 20
# What one request may hold (64 KiB), with room for the other fields.
_MAX_IDS_BYTES = 60_000
_DEADLINE_SECONDS = PATIENCE_SECONDS


class _WithMetadata(
    grpc.UnaryUnaryClientInterceptor,
    grpc.UnaryStreamClientInterceptor,
    grpc.StreamUnaryClientInterceptor,
    grpc.StreamStreamClientInterceptor,
):
    """Adds pairs of metadata to every call of a channel."""

    def __init__(self, pairs):
        self._pairs = pairs

    def _added(self, details):
        return details._replace(metadata=[*(details.metadata or ()), *self._pairs])

    def intercept_unary_unary(self, proceed, details, request):
        return proceed(self._added(details), request)

    def intercept_unary_stream(self, proceed, details, request):
        return proceed(self._added(details), request)

    def intercept_stream_unary(self, proceed, details, requests):
        return proceed(self._added(details), requests)

    def intercept_stream_stream(self, proceed, details, requests):
        return proceed(self._added(details), requests)


def connect(address, token=None, metadata=()):
    """A channel, all of whose calls have this token and these pairs of metadata."""
    channel = grpc.insecure_channel(
        address, options=[("grpc.max_receive_message_length", _MAX_RESPONSE_BYTES)]
    )
    pairs = [*metadata, *([("authorization", f"Bearer {token}")] if token else [])]
    return grpc.intercept_channel(channel, _WithMetadata(pairs)) if pairs else channel


def reflected(channel, **request):
    """What the server tells of its own API."""
    stub = reflection_pb2_grpc.ServerReflectionStub(channel)
    asked = [reflection_pb2.ServerReflectionRequest(**request)]
    return next(stub.ServerReflectionInfo(iter(asked), timeout=_DEADLINE_SECONDS))


def methods_of(module):
    """(name of the service, method as a MethodDescriptorProto) of all services of a generated file."""
    for service in module.DESCRIPTOR.services_by_name.values():
        described = descriptor_pb2.ServiceDescriptorProto()
        service.CopyToProto(described)
        for method in described.method:
            yield service.full_name, method


def own_methods():
    """methods_of() the services that this project has of its own."""
    for module in (messages, article_service_pb2, admin_service_pb2):
        yield from methods_of(module)


def call_with_nothing(channel, service, method):
    """Calls a method with an empty request, and waits for its end. Raises grpc.RpcError."""
    call_with(channel, service, method, b"")


def call_with(channel, service, method, request):
    """Calls a method with the bytes of a request, and waits for its end: the bytes of its answers.
    Raises grpc.RpcError."""
    streams = (method.client_streaming, method.server_streaming)
    kind = {
        (False, False): channel.unary_unary,
        (False, True): channel.unary_stream,
        (True, False): channel.stream_unary,
        (True, True): channel.stream_stream,
    }[streams]
    call = kind(f"/{service}/{method.name}", lambda message: message, lambda message: message)
    answer = call(iter([request]) if streams[0] else request, timeout=_DEADLINE_SECONDS)
    return list(answer) if streams[1] else [answer]


def reason(error):
    """The stable reason of a grpc.RpcError, such as QUERY_SYNTAX; empty when it carries none."""
    for key, value in error.trailing_metadata() or ():
        if key == "grpc-status-details-bin":
            for packed in status_pb2.Status.FromString(value).details:
                info = error_details_pb2.ErrorInfo()
                if packed.Unpack(info):
                    return info.reason
    return ""


def retry_delay(error):
    """The seconds after which to come back that a grpc.RpcError carries; None when it carries none."""
    for key, value in error.trailing_metadata() or ():
        if key == "grpc-status-details-bin":
            for packed in status_pb2.Status.FromString(value).details:
                retry = error_details_pb2.RetryInfo()
                if packed.Unpack(retry):
                    return retry.retry_delay.seconds + retry.retry_delay.nanos / 1e9
    return None


class Service:
    """broadsheet.v1.SearchService in the words of the tests."""

    def __init__(self, channel):
        self.stub = search_service_pb2_grpc.SearchServiceStub(channel)

    def status(self):
        return self.stub.GetStatus(messages.GetStatusRequest(), timeout=_DEADLINE_SECONDS)

    def search(self, query="", **fields):
        request = messages.SearchArticlesRequest(query=query, **fields)
        return self.stub.SearchArticles(request, timeout=_DEADLINE_SECONDS)

    def similar(self, mask=(), **fields):
        request = messages.FindSimilarArticlesRequest(**fields)
        request.read_mask.paths.extend(mask)
        if not mask:
            request.ClearField("read_mask")
        return self.stub.FindSimilarArticles(request, timeout=_DEADLINE_SECONDS)

    def complete(self, text, **fields):
        return self.stub.SuggestCompletions(
            messages.SuggestCompletionsRequest(text=text, **fields), timeout=_DEADLINE_SECONDS
        )

    def pages(self, query="", page_size=1000, sort=messages.SORT_ORDER_NEWEST, **fields):
        """Responses with ids alone, page by page until the last."""
        request = messages.SearchArticlesRequest(
            query=query, page_size=page_size, sort=sort, **fields
        )
        request.highlight.disabled = True
        if not request.HasField("read_mask"):
            request.read_mask.paths.append("id")
        while True:
            response = self.stub.SearchArticles(request, timeout=_DEADLINE_SECONDS)
            yield response
            if not response.next_page_token:
                return
            request.page_token = response.next_page_token

    def all_ids(self, query="", **fields):
        """Ids of all hits, however many, newest first unless `sort` says otherwise."""
        ids = [hit.article.id for page in self.pages(query, **fields) for hit in page.hits]
        assert len(ids) == len(set(ids)), f"{query}: paging gave an article twice"
        return ids

    def count(self, query="", **fields):
        """How many articles match, exactly: the total where it is exact, else by paging."""
        request = messages.SearchArticlesRequest(query=query, page_size=1, **fields)
        request.highlight.disabled = True
        request.read_mask.paths.append("id")
        total = self.stub.SearchArticles(request, timeout=_DEADLINE_SECONDS).total
        if total.relation == messages.Total.RELATION_EXACT:
            return total.value
        assert total.relation == messages.Total.RELATION_AT_LEAST, total
        number = len(self.all_ids(query, **fields))
        assert number >= total.value, f"{query}: {number} hits, but at least {total.value} promised"
        return number

    def everything(self):
        """A filter that every article passes, the undated too."""
        end_of_time = messages.Filter(include_undated=True)
        end_of_time.published_until.FromJsonString("9999-12-31T00:00:00Z")
        return end_of_time

    def batch_get(self, ids, **fields):
        """Yields (articles, missing ids) for as many requests as the ids need."""
        for batch in _batches(ids):
            response = self.stub.BatchGetArticles(
                messages.BatchGetArticlesRequest(ids=batch, **fields), timeout=_DEADLINE_SECONDS
            )
            yield response.articles, response.missing_ids


    def get(self, an_id):
        return self.stub.GetArticle(messages.GetArticleRequest(id=an_id), timeout=_DEADLINE_SECONDS)


class ArticleService:
    """broadsheet.v1.ArticleService in the words of the tests. `fields` are those of an Article."""

    def __init__(self, channel):
        self.stub = article_service_pb2_grpc.ArticleServiceStub(channel)

    def put(self, fields):
        request = article_service_pb2.PutArticleRequest(article=article_pb2.Article(**fields))
        return self.stub.PutArticle(request, timeout=_DEADLINE_SECONDS)

    def delete(self, an_id, allow_missing=False):
        request = article_service_pb2.DeleteArticleRequest(id=an_id, allow_missing=allow_missing)
        return self.stub.DeleteArticle(request, timeout=_DEADLINE_SECONDS)

    def put_batch(self, many):
        """Results of up to 1,000 articles, in their order."""
        request = article_service_pb2.BatchPutArticlesRequest(
            articles=[article_pb2.Article(**fields) for fields in many]
        )
        return self.stub.BatchPutArticles(request, timeout=_DEADLINE_SECONDS).results

    def import_articles(self, requests):
        """Answers to an iterator of import_request()."""
        return self.stub.ImportArticles(requests)


class AdminService:
    """broadsheet.v1.AdminService in the words of the tests."""

    def __init__(self, channel):
        self.stub = admin_service_pb2_grpc.AdminServiceStub(channel)

    def rebuild(self):
        """Starts a rebuild: its Operation."""
        request = admin_service_pb2.RebuildRequest()
        return self.stub.Rebuild(request, timeout=_DEADLINE_SECONDS).operation

    def operation(self, an_id=""):
        request = admin_service_pb2.GetOperationRequest(id=an_id)
        return self.stub.GetOperation(request, timeout=_DEADLINE_SECONDS).operation


def import_request(sequence, fields):
    return article_service_pb2.ImportArticlesRequest(
        sequence=sequence, article=article_pb2.Article(**fields)
    )


def _batches(ids):
    """Lists of up to 1,000 ids that fit into one request."""
    batch, room = [], _MAX_IDS_BYTES
    for an_id in ids:
        # Field tag and length take up to 3 bytes more.
        size = len(an_id.encode()) + 3
        if len(batch) == 1000 or size > room:
            yield batch
            batch, room = [], _MAX_IDS_BYTES
        batch.append(an_id)
        room -= size
    if batch:
        yield batch


def json_lines(path):
    """The records of a .jsonl or .jsonl.xz file."""
    import lzma

    opener = lzma.open if str(path).endswith(".xz") else open
    with opener(path, "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            yield json.loads(line)
