# SPDX-License-Identifier: GPL-3.0-or-later
"""The recommended front: packaging/nginx/broadsheet.conf in a real nginx, before a Unix socket."""

import concurrent.futures
import contextlib
import pathlib
import re
import shutil
import socket
import subprocess
import unittest

from lib import api
from lib.certificates import Authority
from lib.programs import PATIENCE_SECONDS, SOURCE, Index, article, wait_for

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
SITE = pathlib.Path(SOURCE) / "packaging" / "nginx" / "broadsheet.conf"
IDENTITY = "x-broadsheet-identity"


def setUpModule():
    if not NGINX:
        print("SKIPPED: the whole file: no nginx (Debian package nginx)", flush=True)
        raise unittest.SkipTest("nginx is absent")


def free_port():
    """nginx binds no port 0. Whoever takes this one in between fails the test, which nobody has seen."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Front(contextlib.AbstractContextManager):
    """nginx with the site as it is packaged, but for the paths and the port that it says to set."""

    def __init__(self, folder, upstream, certificate, clients):
        self.port = free_port()
        self.address = f"localhost:{self.port}"
        self.folder = folder
        site = SITE.read_text()
        for old, new in (
            ("/run/broadsheet/search.sock", str(upstream)),
            ("/etc/broadsheet/tls/fullchain.pem", str(certificate.cert)),
            ("/etc/broadsheet/tls/privkey.pem", str(certificate.key)),
            ("/etc/broadsheet/tls/clients.pem", str(clients)),
            ("listen 443 ", f"listen 127.0.0.1:{self.port} "),
        ):
            assert old in site, old
            site = re.sub(f"^([^#\n]*){re.escape(old)}", lambda found, new=new: found[1] + new, site,
                          flags=re.MULTILINE)
        (folder / "site.conf").write_text(site)
        (folder / "nginx.conf").write_text(
            f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;\n"
            "events {}\n"
            f"http {{ access_log off; client_body_temp_path {folder}/body;\n"
            f"proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;\n"
            f"uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;\n"
            f"include {folder}/site.conf; }}\n"
        )
        self.process = subprocess.Popen([NGINX, "-c", folder / "nginx.conf", "-p", folder])
        try:
            wait_for(self.answers, "nginx listens")
        except BaseException:
            self.__exit__()
            raise

    def answers(self):
        assert self.process.poll() is None, (self.folder / "error.log").read_text()
        with contextlib.suppress(ConnectionError):
            socket.create_connection(("127.0.0.1", self.port)).close()
            return True
        return False

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(PATIENCE_SECONDS)


class FrontTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.index = cls.enterClassContext(Index())
        cls.index.build_articles(*[article(number) for number in range(1, 31)])
        folder = cls.index.folder
        cls.ours = Authority(folder, "ours")
        cls.clients = Authority(folder, "clients")
        cls.socket = folder / "search.sock"
        cls.server = cls.enterClassContext(cls.index.serve(listen=f"unix:{cls.socket}"))
        (folder / "nginx").mkdir()
        cls.front = cls.enterClassContext(
            Front(folder / "nginx", cls.socket, cls.ours.issue("front"), cls.clients.cert)
        )

    def channel(self, certificate=None, address=None):
        mine = certificate and (certificate.key.read_bytes(), certificate.cert.read_bytes())
        credentials = api.grpc.ssl_channel_credentials(
            self.ours.cert.read_bytes(), *(mine or (None, None))
        )
        options = [("grpc.use_local_subchannel_pool", 1)]
        return api.grpc.secure_channel(address or self.front.address, credentials, options)

    def test_searches_come_through_tls_and_http_2(self):
        finished = self.server.client(
            "--server", self.front.address, "--tls-ca", self.ours.cert,
            "search", "--output", "ids", "--limit", 100, "headline",
        )
        self.assertEqual(finished.returncode, 0, finished.stderr)
        self.assertEqual(len(finished.stdout.split()), 30)

    def test_errors_come_with_their_details(self):
        finished = self.server.client(
            "--server", self.front.address, "--tls-ca", self.ours.cert, "search", '"open',
        )
        self.assertEqual(finished.returncode, 2)
        self.assertIn("^", finished.stderr)

    def test_health_and_its_watch(self):
        with self.channel() as channel:
            health = api.health_pb2_grpc.HealthStub(channel)
            request = api.health_pb2.HealthCheckRequest()
            serving = api.health_pb2.HealthCheckResponse.SERVING
            self.assertEqual(health.Check(request, timeout=PATIENCE_SECONDS).status, serving)
            watch = health.Watch(request, timeout=PATIENCE_SECONDS)
            self.assertEqual(next(watch).status, serving)
            watch.cancel()

    def test_streams_both_ways(self):
        finished = self.server.client(
            "--server", self.front.address, "--tls-ca", self.ours.cert,
            "export", "headline",
        )
        self.assertEqual(finished.returncode, 0, finished.stderr)
        self.assertEqual(finished.stdout.count('"id"'), 30)
        (self.index.folder / "queries").write_text("number1\nnumber2\n")
        finished = self.server.client(
            "--server", self.front.address, "--tls-ca", self.ours.cert,
            "search", "--queries", self.index.folder / "queries",
        )
        self.assertEqual(finished.returncode, 0, finished.stderr)

    def test_writing_and_administration_are_not_served(self):
        with self.channel() as channel:
            for method in ("ArticleService/PutArticle", "AdminService/ListGenerations"):
                call = channel.unary_unary(f"/broadsheet.v1.{method}")
                with self.assertRaises(api.grpc.RpcError) as refused:
                    call(b"", timeout=PATIENCE_SECONDS)
                self.assertEqual(refused.exception.code(), api.grpc.StatusCode.UNIMPLEMENTED)
                self.assertEqual(refused.exception.details(), "not served here")


class IdentityTest(unittest.TestCase):
    """What the server behind is told of who calls."""

    @classmethod
    def setUpClass(cls):
        cls.index = cls.enterClassContext(Index())
        folder = cls.index.folder
        cls.ours, cls.clients = Authority(folder, "ours"), Authority(folder, "clients")
        cls.socket = folder / "spy.sock"
        cls.seen = []
        cls.spy = cls.enterClassContext(contextlib.closing(Spy(cls.socket, cls.seen)))
        (folder / "nginx").mkdir()
        cls.front = cls.enterClassContext(
            Front(folder / "nginx", cls.socket, cls.ours.issue("front"), cls.clients.cert)
        )

    channel = FrontTest.channel

    def told(self, certificate, *claims):
        del self.seen[:]
        with self.channel(certificate) as channel:
            call = channel.unary_unary("/broadsheet.v1.SearchService/SearchArticles")
            call(b"", timeout=PATIENCE_SECONDS, metadata=claims)
        return self.seen

    def test_a_verified_certificate_names_its_client_and_nobody_can_claim_to_be_another(self):
        friend = self.clients.issue("archive-desk")
        self.assertEqual(self.told(friend), ["CN=archive-desk"])
        self.assertEqual(self.told(friend, (IDENTITY, "CN=chief")), ["CN=archive-desk"])
        self.assertEqual(self.told(None), [])
        self.assertEqual(self.told(None, (IDENTITY, "CN=chief")), [])

    def test_a_certificate_of_a_stranger_gets_nowhere(self):
        with self.assertRaises(api.grpc.RpcError):
            self.told(self.ours.issue("stranger"))
        self.assertEqual(self.seen, [])


class Spy:
    """A gRPC server at a Unix socket that notes the identities it is told."""

    def __init__(self, path, seen):
        class Handler(api.grpc.GenericRpcHandler):
            def service(self, details):
                seen.extend(v for k, v in details.invocation_metadata if k == IDENTITY)
                return api.grpc.unary_unary_rpc_method_handler(lambda request, context: b"")

        self._server = api.grpc.server(concurrent.futures.ThreadPoolExecutor(2), [Handler()])
        self._server.add_insecure_port(f"unix:{path}")
        self._server.start()

    def close(self):
        self._server.stop(None).wait()


if __name__ == "__main__":
    unittest.main()
