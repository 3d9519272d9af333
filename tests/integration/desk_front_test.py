# SPDX-License-Identifier: GPL-3.0-or-later
"""The configuration of nginx in docs/desk.md, before a desk: pages over TLS, and a log that does not
tell what people searched for. Skipped where there is no nginx."""

import http.client
import re
import shutil
import socket
import ssl
import subprocess
import unittest

from lib.certificates import Authority
from lib.desk import Desk
from lib.programs import PATIENCE_SECONDS, SOURCE, Index, article, wait_for

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
NAME = "news.example"


def configuration(folder, certificate, desk):
    """That of the documentation, with paths of this test and a Unix socket in place of port 443."""
    text = (SOURCE / "docs/desk.md").read_text(encoding="utf-8")
    site = re.search(r"```nginx\n(.*?)```", text, re.DOTALL)[1]
    for theirs, ours in {
        "listen 443 ssl": f"listen unix:{folder}/front.sock ssl",
        "/etc/ssl/news.example.crt": certificate.cert,
        "/etc/ssl/news.example.key": certificate.key,
        "/var/log/nginx/desk.log": f"{folder}/desk.log",
        "127.0.0.1:6480": desk,
    }.items():
        assert theirs in site, f"{theirs} is not in docs/desk.md any more"
        site = site.replace(theirs, str(ours))
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return (f"daemon off;\nmaster_process off;\npid {folder}/pid;\nevents {{}}\n"
            f"http {{\naccess_log off;\n{temporary}{site}}}\n")


class FrontTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if NGINX is None:
            print("SKIPPED: the whole file: no nginx", flush=True)
            raise unittest.SkipTest("no nginx")
        index = cls.enterClassContext(Index())
        index.build_articles(article(1), article(2, id="https://example.org/a?b"))
        server = cls.enterClassContext(index.serve())
        desk = cls.enterClassContext(Desk(server.address, "--allow-host", NAME))
        cls.folder = index.folder
        authority = Authority(cls.folder, "ours")
        certificate = authority.issue("front", f"DNS:{NAME}")
        (cls.folder / "nginx.conf").write_text(
            configuration(cls.folder, certificate, desk.address), encoding="utf-8"
        )
        # pylint: disable=consider-using-with
        cls.nginx = subprocess.Popen(
            [NGINX, "-p", cls.folder, "-c", cls.folder / "nginx.conf", "-e", cls.folder / "error.log"],
            stderr=subprocess.DEVNULL,
        )
        cls.addClassCleanup(cls.stop)
        cls.trust = ssl.create_default_context(cafile=authority.cert)
        wait_for((cls.folder / "front.sock").exists, "nginx")

    @classmethod
    def stop(cls):
        cls.nginx.terminate()
        cls.nginx.wait(PATIENCE_SECONDS)

    def get(self, path, **headers):
        plain = socket.socket(socket.AF_UNIX)
        plain.connect(str(self.folder / "front.sock"))
        connection = http.client.HTTPConnection(NAME, timeout=PATIENCE_SECONDS)
        connection.sock = self.trust.wrap_socket(plain, server_hostname=NAME)
        connection.request("GET", path, headers=headers)
        reply = connection.getresponse()
        text = reply.read().decode()
        connection.close()
        return reply.status, text

    def test_pages_exports_and_odd_ids_come_through(self):
        self.assertIn("2 articles", self.get("/")[1])
        self.assertEqual(self.get("/a/https%3A%2F%2Fexample.org%2Fa%3Fb")[0], 200)
        self.assertEqual(len(self.get("/export.jsonl")[1].splitlines()), 2)
        # A page that nginx serves under its name is no page of another site.
        self.assertEqual(self.get("/", Origin=f"https://{NAME}")[0], 200)
        self.assertEqual(self.get("/", Origin="https://evil.example")[0], 403)

    def test_the_log_has_no_queries(self):
        self.assertEqual(self.get("/?q=secretword")[0], 200)
        self.assertEqual(self.get("/?q=capton%3Asecretword")[0], 400)
        wait_for(lambda: '" 400 ' in (self.folder / "desk.log").read_text(), "the log")
        self.assertNotIn("secret", (self.folder / "desk.log").read_text())
        self.assertNotIn("secret", (self.folder / "error.log").read_text())


if __name__ == "__main__":
    unittest.main()
