# SPDX-License-Identifier: GPL-3.0-or-later
"""The configurations of nginx and Apache in docs/desk.md, before a desk: pages over TLS, also below a
path, and a log that does not tell what people searched for. A front that is not installed is
skipped."""

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import unittest

from lib.certificates import Authority
from lib.desk import Desk
from lib.programs import PATIENCE_SECONDS, SOURCE, Index, article, wait_for

NAME = "news.example"


def installed(program):
    return shutil.which(program) or shutil.which(program, path="/usr/sbin")


def documented(language, replaced):
    """The configuration of the documentation, with paths and addresses of this test."""
    text = (SOURCE / "docs/desk.md").read_text(encoding="utf-8")
    site = re.search(rf"```{language}\n(.*?)```", text, re.DOTALL)[1]
    for theirs, ours in replaced.items():
        assert theirs in site, f"{theirs} is not in docs/desk.md any more"
        site = site.replace(theirs, str(ours))
    return site


class Front:
    """What holds whichever front there is, and wherever it shows the desk."""

    PROGRAM = None
    BASE = ""

    @classmethod
    def setUpClass(cls):
        if installed(cls.PROGRAM) is None:
            print(f"SKIPPED: {cls.__name__}: no {cls.PROGRAM}", flush=True)
            raise unittest.SkipTest(f"no {cls.PROGRAM}")
        index = cls.enterClassContext(Index())
        index.build_articles(article(1), article(2, id="https://example.org/a?b"))
        server = cls.enterClassContext(index.serve())
        options = ["--base-path", cls.BASE] if cls.BASE else []
        desk = cls.enterClassContext(Desk(server.address, "--allow-host", NAME, *options))
        cls.folder = index.folder
        authority = Authority(cls.folder, "ours")
        cls.authority = authority.cert
        cls.trust = ssl.create_default_context(cafile=cls.authority)
        command = cls.command(authority.issue("front", f"DNS:{NAME}"), desk.address)
        with open(cls.folder / "error.log", "ab") as log:
            # pylint: disable=consider-using-with
            cls.front = subprocess.Popen(command, stderr=log)
        cls.addClassCleanup(cls.stop)
        wait_for(cls.is_ready, cls.PROGRAM)

    @classmethod
    def stop(cls):
        cls.front.terminate()
        cls.front.wait(PATIENCE_SECONDS)

    @classmethod
    def is_ready(cls):
        if cls.front.poll() is not None:
            raise AssertionError(f"{cls.PROGRAM} ended: {(cls.folder / 'error.log').read_text()}")
        try:
            cls.connect().close()
        except OSError:
            return False
        return True

    def get(self, path, **headers):
        connection = http.client.HTTPConnection(NAME, timeout=PATIENCE_SECONDS)
        connection.sock = self.trust.wrap_socket(self.connect(), server_hostname=NAME)
        connection.request("GET", self.BASE + path, headers=headers)
        reply = connection.getresponse()
        text = reply.read().decode()
        connection.close()
        return reply.status, text

    def test_pages_exports_and_odd_ids_come_through(self):
        self.assertIn("2 articles", self.get("/")[1])
        self.assertEqual(self.get("/a/https%3A%2F%2Fexample.org%2Fa%3Fb")[0], 200)
        self.assertEqual(len(self.get("/export.jsonl")[1].splitlines()), 2)
        # A page that the front serves under its name is no page of another site.
        self.assertEqual(self.get("/", Origin=f"https://{NAME}")[0], 200)
        self.assertEqual(self.get("/", Origin="https://evil.example")[0], 403)

    def test_browsers_get_http_2(self):
        offers = ssl.create_default_context(cafile=self.authority)
        offers.set_alpn_protocols(["h2", "http/1.1"])
        with offers.wrap_socket(self.connect(), server_hostname=NAME) as connection:
            self.assertEqual(connection.selected_alpn_protocol(), "h2")

    def test_the_log_has_no_queries(self):
        self.assertEqual(self.get("/?q=secretword")[0], 200)
        self.assertEqual(self.get("/?q=capton%3Asecretword")[0], 400)
        wait_for(lambda: '" 400 ' in (self.folder / "desk.log").read_text(), "the log")
        for log in self.folder.glob("*.log"):
            self.assertNotIn("secret", log.read_text(), log)


class NginxTest(Front, unittest.TestCase):
    PROGRAM = "nginx"

    @classmethod
    def site(cls, certificate, desk):
        return documented("nginx", {
            "listen 443 ssl": f"listen unix:{cls.folder}/front.sock ssl",
            "/etc/ssl/news.example.crt": certificate.cert,
            "/etc/ssl/news.example.key": certificate.key,
            "/var/log/nginx/desk.log": f"{cls.folder}/desk.log",
            "127.0.0.1:6480": desk,
        })

    @classmethod
    def command(cls, certificate, desk):
        temporary = "".join(f"{kind}_temp_path {cls.folder}/{kind};\n"
                            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        (cls.folder / "nginx.conf").write_text(
            f"daemon off;\nmaster_process off;\npid {cls.folder}/pid;\nevents {{}}\n"
            f"http {{\naccess_log off;\n{temporary}{cls.site(certificate, desk)}}}\n",
            encoding="utf-8")
        return [installed("nginx"), "-p", cls.folder, "-c", cls.folder / "nginx.conf",
                "-e", cls.folder / "error.log"]

    @classmethod
    def connect(cls):
        plain = socket.socket(socket.AF_UNIX)
        try:
            plain.connect(str(cls.folder / "front.sock"))
        except OSError:
            plain.close()
            raise
        return plain


class NginxBelowAPathTest(NginxTest):
    BASE = "/news"

    @classmethod
    def site(cls, certificate, desk):
        whole = super().site(certificate, desk)
        assert "location / {" in whole
        return whole.replace("location / {", "location /news/ {")


class ApacheTest(Front, unittest.TestCase):
    PROGRAM = "apache2"
    MODULES = ("mpm_event", "authz_core", "filter", "deflate", "ssl", "http2", "proxy", "proxy_http")

    @classmethod
    def site(cls, certificate, desk):
        return documented("apache", {
            "*:443": f"{cls.host}:{cls.port}",
            "/etc/ssl/news.example.crt": certificate.cert,
            "/etc/ssl/news.example.key": certificate.key,
            "/var/log/apache2/desk.log": f"{cls.folder}/desk.log",
            "127.0.0.1:6480": desk,
        })

    @classmethod
    def command(cls, certificate, desk):
        # Apache does not say which port it was given; nobody else takes one of this address.
        cls.host = f"127.{os.getpid() % 250 + 1}.{os.getpid() // 250 % 256}.7"
        with socket.create_server((cls.host, 0)) as probe:
            cls.port = probe.getsockname()[1]
        modules = "".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n"
                          for name in cls.MODULES)
        identity = "User nobody\nGroup nogroup\n" if os.geteuid() == 0 else ""
        (cls.folder / "apache.conf").write_text(
            f"DefaultRuntimeDir {cls.folder}\nPidFile {cls.folder}/pid\nServerName localhost\n"
            f"Listen {cls.host}:{cls.port}\nErrorLog {cls.folder}/error.log\n"
            f"{modules}{identity}{cls.site(certificate, desk)}",
            encoding="utf-8")
        return [installed("apache2"), "-d", cls.folder, "-f", cls.folder / "apache.conf",
                "-D", "FOREGROUND"]

    @classmethod
    def connect(cls):
        return socket.create_connection((cls.host, cls.port))


class ApacheBelowAPathTest(ApacheTest):
    BASE = "/news"

    @classmethod
    def site(cls, certificate, desk):
        whole = super().site(certificate, desk)
        assert f'"/" "http://{desk}/"' in whole
        return whole.replace(f'"/" "http://{desk}/"', f'"/news/" "http://{desk}/news/"')


if __name__ == "__main__":
    unittest.main()
