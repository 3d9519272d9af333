# SPDX-License-Identifier: GPL-3.0-or-later
"""TLS from end to end, with certificates made by openssl: who gets in, what the others are told, and
certificates that are replaced while searches run."""

import signal
import ssl
import socket
import threading
import unittest

from lib import api
from lib.certificates import Authority
from lib.programs import Index, article, run, wait_for, write_jsonl


class TlsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.index = cls.enterClassContext(Index())
        cls.index.build_articles(article(1), article(2))
        cls.ours = Authority(cls.index.folder, "ours")
        cls.theirs = Authority(cls.index.folder, "theirs")
        cls.good = cls.ours.issue("server")

    def serve(self, certificate, *options, **named):
        return self.index.serve(
            "--tls-cert", certificate.cert, "--tls-key", certificate.key, *options, **named
        )

    def refused(self, server, *options):
        """What `broadsheet` says, on one line, when it is not served."""
        finished = server.client(*options, "search", "headline")
        self.assertEqual((finished.returncode, finished.stdout), (2, ""), finished)
        self.assertEqual(finished.stderr.count("\n"), 1, finished.stderr)
        return finished.stderr

    def assert_served(self, server, *options):
        finished = server.client(*options, "search", "--output", "ids", "headline")
        self.assertEqual(finished.stderr, "")
        self.assertEqual(sorted(finished.stdout.split()), ["article-1", "article-2"])


class ServedTest(TlsTest):
    def test_whoever_trusts_the_authority_is_served_by_options_or_environment(self):
        with self.serve(self.good) as server:
            self.assert_served(server, "--tls-ca", self.ours.cert)
            finished = server.client("search", "headline", BROADSHEET_TLS_CA=self.ours.cert)
            self.assertEqual(finished.returncode, 0, finished.stderr)

    def test_the_authorities_of_the_machine_are_trusted_without_an_option(self):
        with self.serve(self.good) as server:
            finished = server.client("--tls", "search", "headline", SSL_CERT_FILE=self.ours.cert)
            self.assertEqual(finished.returncode, 0, finished.stderr)
            self.assertIn("an authority that is not trusted here", self.refused(server, "--tls"))

    def test_commands_shown_for_copying_reach_the_server(self):
        with self.serve(self.good) as server:
            shown = server.client("--tls-ca", self.ours.cert, "search", "headline").stdout
            self.assertIn(f"broadsheet --tls-ca {self.ours.cert} get 1", shown)

    def test_other_machines_may_connect_with_tls(self):
        with self.serve(self.good, listen="0.0.0.0:0") as server:
            port = server.address.rsplit(":", 1)[1]
            self.assert_served(server, "--server", f"127.0.0.1:{port}", "--tls-ca", self.ours.cert)
            self.assertIn("CVE-2023-33953", server.log())

    def test_a_socket_beside_it_speaks_without(self):
        path = self.index.folder / "beside.sock"
        with self.serve(self.good, "--listen", f"unix:{path}") as server:
            self.assert_served(server, "--tls-ca", self.ours.cert)
            self.assert_served(server, "--server", f"unix:{path}")

    def test_nothing_older_than_tls_1_2(self):
        with self.serve(self.good) as server:
            host, port = server.address.rsplit(":", 1)
            for version, taken in (
                (ssl.TLSVersion.TLSv1_1, False), (ssl.TLSVersion.TLSv1_2, True),
                (ssl.TLSVersion.TLSv1_3, True),
            ):
                context = ssl.create_default_context(cafile=str(self.ours.cert))
                # Python's own limits, so that the server's are seen.
                context.set_ciphers("ALL:@SECLEVEL=0")
                context.set_alpn_protocols(["h2"])
                context.minimum_version = context.maximum_version = version
                with self.subTest(version=version), socket.create_connection((host, port)) as plain:
                    try:
                        with context.wrap_socket(plain, server_hostname="localhost") as secure:
                            self.assertEqual(secure.selected_alpn_protocol(), "h2")
                            self.assertTrue(taken)
                    except (ssl.SSLError, ConnectionError) as error:
                        self.assertFalse(taken, error)

    def test_articles_are_pushed_and_generations_published(self):
        with Index() as index:
            index.build_articles(article(1))
            options = ["--tls-cert", self.good.cert, "--tls-key", self.good.key, "--writable"]
            with index.serve(*options) as server:
                more = write_jsonl(index.folder / "more.jsonl", [article(2)])
                push = ["push", "--server", server.address, more]
                finished = run("broadsheet-indexer", *push, "--tls-ca", self.ours.cert)
                self.assertEqual(finished.returncode, 0, finished.stderr)
                finished = run("broadsheet-indexer", *push)
                self.assertEqual(finished.returncode, 2)
                self.assertIn("speaks TLS there", finished.stderr)
                build = ["--discard-writes", "--force", more]
                finished = index.build(*build)
                self.assertIn("speaks TLS there", finished.stderr)
                finished = index.build(*build, "--tls-ca", self.ours.cert)
                self.assertEqual(finished.returncode, 0, finished.stderr)


class RefusedTest(TlsTest):
    def test_tls_to_a_plain_port_and_plain_to_a_tls_port(self):
        with self.index.serve() as plain, self.serve(self.good) as server:
            self.assertIn(
                f"the server at {plain.address} does not speak TLS there",
                self.refused(plain, "--tls-ca", self.ours.cert),
            )
            self.assertIn("speaks TLS there, and was spoken to without; add --tls",
                          self.refused(server))

    def test_an_authority_that_is_not_trusted(self):
        with self.serve(self.good) as server:
            said = self.refused(server, "--tls-ca", self.theirs.cert)
            self.assertIn("an authority that is not trusted here; name that authority's", said)

    def test_a_certificate_out_of_its_time(self):
        for name, days, words in (
            ("late", {"begins": -9, "ends": -2}, "has expired"),
            ("early", {"begins": 2}, "is not valid yet"),
        ):
            with self.subTest(name), self.serve(self.ours.issue(name, **days)) as server:
                self.assertIn(words, self.refused(server, "--tls-ca", self.ours.cert))
                self.assertIn("clients refuse it", server.log())

    def test_another_name(self):
        with self.serve(self.ours.issue("away", "DNS:news.example")) as server:
            said = self.refused(server, "--tls-ca", self.ours.cert)
            self.assertIn('is not for "127.0.0.1", but for news.example', said)
            self.assert_served(
                server, "--tls-ca", self.ours.cert, "--tls-name", "news.example"
            )

    def test_who_calls_has_to_be_shown_where_it_is_asked(self):
        friend, stranger = self.theirs.issue("friend"), self.ours.issue("stranger")
        late = self.theirs.issue("late-friend", begins=-9, ends=-2)
        with self.serve(self.good, "--tls-client-ca", self.theirs.cert) as server:
            trust = ["--tls-ca", self.ours.cert]
            self.assert_served(server, *trust, "--tls-cert", friend.cert, "--tls-key", friend.key)
            self.assertIn("asks who calls, and was shown no certificate; show one with --tls-cert",
                          self.refused(server, *trust))
            for bad in (stranger, late):
                said = self.refused(
                    server, *trust, "--tls-cert", bad.cert, "--tls-key", bad.key
                )
                self.assertIn("does not accept the certificate that it was shown", said)

    def test_files_that_cannot_be_used_are_named_before_anything_is_sent(self):
        with self.serve(self.good) as server:
            self.assertIn("/nowhere.pem", self.refused(server, "--tls-ca", "/nowhere.pem"))
            self.assertIn("no certificate", self.refused(server, "--tls-ca", self.good.key))
            self.assertIn("without the file of its private key",
                          self.refused(server, "--tls-cert", self.good.cert))


class ReplacedTest(TlsTest):
    def shown(self, server):
        """The number of the certificate that a new connection is shown."""
        host, port = server.address.rsplit(":", 1)
        context = ssl.create_default_context(cafile=str(self.ours.cert))
        with socket.create_connection((host, port)) as plain:
            with context.wrap_socket(plain, server_hostname="localhost") as secure:
                return secure.getpeercert()["serialNumber"]

    def search_until(self, ended, address, errors, counts):
        """A caller with a connection for each search, and one that keeps its own."""
        credentials = api.grpc.ssl_channel_credentials(self.ours.cert.read_bytes())
        # Else all channels of a process share a connection.
        alone = [("grpc.use_local_subchannel_pool", 1)]
        try:
            with api.grpc.secure_channel(address, credentials, alone) as kept:
                while not ended.is_set():
                    assert len(api.Service(kept).search("headline").hits) == 2
                    with api.grpc.secure_channel(address, credentials, alone) as fresh:
                        assert len(api.Service(fresh).search("headline").hits) == 2
                    counts.append(1)
        except Exception as error:  # What went wrong for it is what the test is about.
            errors.append(repr(error))

    def test_under_load_without_a_failed_search(self):
        used = self.ours.issue("used")
        with self.serve(used) as server:
            ended, errors, counts = threading.Event(), [], []
            caller = threading.Thread(
                target=self.search_until, args=(ended, server.address, errors, counts)
            )
            caller.start()
            try:
                for number in range(3):
                    before, next_one = self.shown(server), self.ours.issue(f"next-{number}")
                    used.replace_with(next_one)
                    wait_for(lambda: self.shown(server) != before, "the new certificate is shown")
                    seen = len(counts)
                    wait_for(lambda: errors or len(counts) > seen + 1, "searches go on")
                # A key that is not its own: what there was stays.
                before = self.shown(server)
                used.key.write_bytes(self.good.key.read_bytes())
                wait_for(lambda: "keeping the certificate in use" in server.log(), "it is told")
                self.assertEqual(self.shown(server), before)
            finally:
                ended.set()
                caller.join()
            self.assertEqual(errors, [])
            self.assertIn("is not that of the certificate", server.log())

    def test_sighup_reads_them_again(self):
        with self.serve(self.good) as server:
            server.process.send_signal(signal.SIGHUP)
            wait_for(lambda: "new connections see the certificate" in server.log(), "it is told")
            self.assert_served(server, "--tls-ca", self.ours.cert)


class StartTest(TlsTest):
    def test_what_cannot_be_used_is_told_at_the_start(self):
        for options, words in (
            (["--tls-cert", self.good.cert, "--tls-key", self.theirs.issue("x").key],
             "is not that of the certificate"),
            (["--tls-cert", "/nowhere.pem", "--tls-key", self.good.key], "/nowhere.pem"),
            (["--tls-cert", self.good.cert], "--tls-key"),
            (["--listen", "0.0.0.0:0"], "encrypt with --tls-cert and --tls-key"),
        ):
            with self.subTest(words), self.assertRaisesRegex(AssertionError, words):
                self.index.serve(*options)

    def test_a_key_that_all_may_read_is_warned_of(self):
        open_to_all = self.ours.issue("open")
        open_to_all.key.chmod(0o644)
        with self.serve(open_to_all) as server:
            self.assertIn(f"chmod o= {open_to_all.key}", server.log())

    def test_a_certificate_that_ends_soon_is_warned_of(self):
        with self.serve(self.ours.issue("soon", ends=3)) as server:
            self.assertIn("in 2 days: replace it", server.log())


if __name__ == "__main__":
    unittest.main()
