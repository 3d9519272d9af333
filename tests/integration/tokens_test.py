# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves who may do what of a server that knows its callers (docs/operations.md, "Who may do what").

Methods are found by their descriptors: one that is added is asked about here without a line more.
"""

import pathlib
import queue
import unittest

from lib import api
from lib.callers import Callers, ids_of
from lib.certificates import Authority
from lib.programs import Index, article, environment, run, wait_for, write_jsonl

Code = api.grpc.StatusCode
# Which role the methods of a service ask for; GetStatus asks for any.
ROLES = {
    "broadsheet.v1.SearchService": "search",
    "broadsheet.v1.ArticleService": "write",
    "broadsheet.v1.AdminService": "admin",
}
UNKNOWN_TOKEN = "bs_" + "A" * 43


def outcome(channel, service, method):
    """The reason with which a call with nothing in it is refused; "" when it is let in."""
    try:
        api.call_with_nothing(channel, service, method)
    except api.grpc.RpcError as error:
        if error.code() == Code.UNAUTHENTICATED:
            return api.reason(error)
        if error.code() == Code.PERMISSION_DENIED:
            return f"denied: {api.reason(error)}"
        # What is wrong with an empty request is told to those who may ask only.
        assert api.reason(error), error
    return ""


class TokensTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.index = cls.enterClassContext(Index())
        cls.index.build_articles(*(article(n, headline="News of the day") for n in range(1, 5)))
        cls.file = cls.index.folder / "callers.toml"

    def setUp(self):
        self.file.unlink(missing_ok=True)

    def token(self, *arguments):
        finished = run("broadsheet-indexer", "token", arguments[0], "--tokens", self.file,
                       *arguments[1:])
        self.assertEqual(finished.returncode, 0, finished.stderr)
        return finished.stdout.strip()

    def new(self, name, roles="search", *options):
        return self.token("new", name, "--roles", roles, *options)

    def serve(self, *options, **named):
        return self.index.serve("--tokens", self.file, *options, **named)

    def expire(self, token_of):
        """Lets the only token of the last caller that was added end in the past."""
        text = self.file.read_text()
        self.file.write_text(text + "  expires = 2020-01-01T00:00:00Z\n")

    def outcomes(self, server, token):
        with api.connect(server.address, token) as channel:
            return {
                (service, method.name): outcome(channel, service, method)
                for service, method in api.own_methods()
            }

    def test_every_method_asks_for_a_token_with_its_role(self):
        by_role = {role: self.new(role, role) for role in ("search", "alerts", "write", "admin")}
        every = self.new("every", "search,alerts,write,admin")
        revoked = self.new("revoked")
        self.token("revoke", "revoked")
        expired = self.new("expired", "search,alerts,write,admin", "--expires", "never")
        self.expire(expired)
        with self.serve() as server:
            for token, reason in (
                (None, "TOKEN_MISSING"),
                ("secret", "TOKEN_INVALID"),
                (UNKNOWN_TOKEN, "TOKEN_INVALID"),
                (every + "A", "TOKEN_INVALID"),
                (revoked, "TOKEN_INVALID"),
                (expired, "TOKEN_EXPIRED"),
                (every, ""),
            ):
                self.assertEqual(set(self.outcomes(server, token).values()), {reason}, reason)
            for role, token in by_role.items():
                for (service, method), told in self.outcomes(server, token).items():
                    may = ROLES[service] == role or method == "GetStatus"
                    self.assertEqual(
                        told, "" if may else "denied: ROLE_MISSING", (role, service, method)
                    )

    def test_health_is_for_anybody_and_reflection_only_where_it_is_asked_for(self):
        self.new("website")
        for options, code in (((), Code.UNIMPLEMENTED), (("--reflection",), None)):
            with self.serve(*options) as server, api.connect(server.address) as channel:
                health = api.health_pb2_grpc.HealthStub(channel)
                request = api.health_pb2.HealthCheckRequest()
                self.assertEqual(health.Check(request).status, 1)
                self.assertEqual(next(health.Watch(request)).status, 1)
                reflection = api.reflection_pb2_grpc.ServerReflectionStub(channel)
                wanted = api.reflection_pb2.ServerReflectionRequest(list_services="")
                try:
                    next(reflection.ServerReflectionInfo(iter([wanted])))
                    self.assertIsNone(code)
                except api.grpc.RpcError as error:
                    self.assertEqual(error.code(), code)

    def test_tokens_are_changed_under_load_without_a_failed_call(self):
        first = self.new("website")
        with self.serve() as server:
            call = ids_of("news")
            with Callers(server.address, call, token=first) as before:
                second = self.token("new", "website")
                self.await_taken(server, second)
                with Callers(server.address, call, token=second) as after:
                    for number in range(5):
                        self.new(f"other-{number}")
                        before.wait_for_new_answers()
                        after.wait_for_new_answers()
                    before.end()
                    self.token("revoke", "website", "--token", self.tokens_of("website")[0])
                    wait_for(
                        lambda: set(self.outcomes(server, first).values()) == {"TOKEN_INVALID"},
                        "the first token is refused",
                    )
                    after.wait_for_new_answers()
            self.assertEqual(before.errors + after.errors, [])

    def tokens_of(self, name):
        said = self.token("list").split("\n")
        start = next(n for n, line in enumerate(said) if line.startswith(f"{name}: "))
        names = []
        for line in said[start + 1:]:
            if not line.startswith("  token "):
                break
            names.append(line.split()[1].rstrip(","))
        return names

    def test_a_new_token_is_taken_by_a_server_that_runs(self):
        self.new("other")
        with self.serve() as server:
            self.await_taken(server, self.new("website"))

    def await_taken(self, server, token):
        with api.connect(server.address, token) as channel:
            wait_for(lambda: self.found(channel) == 4, "the token is taken")

    def found(self, channel):
        try:
            return api.Service(channel).search("news").total.value
        except api.grpc.RpcError as error:
            return api.reason(error)

    def test_a_stream_ends_with_its_token(self):
        token = self.new("website")
        questions = queue.Queue()
        with self.serve() as server, api.connect(server.address, token) as channel:
            answers = api.Service(channel).stub.CountQueries(iter(questions.get, None))
            ask = api.messages.CountQueriesRequest(query="news")
            questions.put(ask)
            self.assertEqual(next(answers).total.value, 4)
            self.token("revoke", "website")
            with self.assertRaises(api.grpc.RpcError) as ended:
                while True:
                    questions.put(ask)
                    next(answers)
            questions.put(None)
            self.assertEqual(api.reason(ended.exception), "TOKEN_INVALID")

    def test_a_broken_file_changes_nothing_and_is_logged(self):
        token = self.new("website")
        with self.serve() as server, api.connect(server.address, token) as channel:
            good = self.file.read_text()
            self.file.write_text(good + "[[caller]\n")
            wait_for(lambda: "stay in force" in server.log(), "the log tells of it")
            self.assertEqual(self.found(channel), 4)
            self.file.write_text(good)
            wait_for(lambda: "callers are 1" in server.log(), "the log tells of its end")

    def test_a_file_that_others_may_read_is_refused_at_the_start(self):
        self.new("website")
        self.file.chmod(0o644)
        refused = run("broadsheetd", "--index", self.index.path, "--tokens", self.file)
        self.assertEqual(refused.returncode, 2)
        self.assertIn("has the mode 0644", refused.stderr)
        self.file.unlink()
        refused = run("broadsheetd", "--index", self.index.path, "--tokens", self.file)
        self.assertIn("broadsheet-indexer token new --tokens", refused.stderr)

    def test_the_terminal_shows_its_token(self):
        token = self.new("website")
        file = self.index.folder / "website.token"
        file.write_text(token + "\n")
        with self.serve() as server:
            refused = server.client("search", "news")
            self.assertEqual(refused.returncode, 2)
            self.assertIn("--token-file FILE", refused.stderr)
            wanted = ["article-1", "article-2", "article-3", "article-4"]
            for options, env in (
                (("--token-file", file), {}),
                ((), {"BROADSHEET_TOKEN": token}),
                (("--token-file", file), {"BROADSHEET_TOKEN": UNKNOWN_TOKEN}),
            ):
                found = server.client("search", *options, "--output", "ids", "news", **env)
                self.assertEqual(sorted(found.stdout.split()), wanted, found.stderr)
            exported = server.client("export", "--token-file", file, "news")
            self.assertEqual(len(exported.stdout.splitlines()), 4, exported.stderr)
            for named in (self.index.folder / "nothing", self.file):
                unread = server.client("search", "--token-file", named, "news")
                self.assertEqual(unread.returncode, 2)
                self.assertIn(str(named), unread.stderr)
            denied = server.client("admin", "generations", BROADSHEET_TOKEN=token)
            self.assertIn('takes the role "admin"', denied.stderr)

    def test_a_token_is_not_sent_to_another_machine_unencrypted(self):
        # Nobody is at this address, of a network for documentation.
        env = environment(BROADSHEET_TOKEN=UNKNOWN_TOKEN)
        for finished in (
            run("broadsheet", "--server", "192.0.2.1:6460", "search", "news", env=env),
            run("broadsheet-indexer", "push", "--server", "192.0.2.1:6460", "-", env=env),
        ):
            self.assertEqual(finished.returncode, 2)
            self.assertIn("the token is not sent to 192.0.2.1:6460", finished.stderr)
            self.assertNotIn(UNKNOWN_TOKEN, finished.stderr)

    def test_the_indexer_shows_its_token(self):
        # Beside the index of the other tests, which nobody may write to.
        with Index() as index:
            index.build_articles(article(1))
            env = environment(BROADSHEET_TOKEN=self.new("desk", "search,write,admin"))
            more = write_jsonl(index.folder / "more.jsonl", [article(2), article(3)])
            build = ("broadsheet-indexer", "build", "--index", index.path, "--discard-writes")
            push = ("broadsheet-indexer", "push")
            with index.serve("--writable", "--tokens", self.file) as server:
                to = ("--server", server.address)
                refused = run(*push, *to, more)
                self.assertEqual(refused.returncode, 2)
                self.assertIn("--token-file FILE", refused.stderr)
                pushed = run(*push, *to, more, env=env)
                self.assertEqual(pushed.returncode, 0, pushed.stderr)
                refused = run(*build, more)
                self.assertEqual(refused.returncode, 2)
                self.assertIn("--token-file FILE", refused.stderr)
                built = run(*build, more, env=env)
                self.assertEqual(built.returncode, 0, built.stderr)

    def test_a_caller_makes_as_many_calls_as_its_rate_allows(self):
        token = self.new("website", "search", "--rate", "0.001", "--burst", "3")
        other = self.new("other")
        with self.serve() as server:
            with api.connect(server.address, token) as channel:
                told = [self.found(channel) for _ in range(5)]
                self.assertEqual(told, [4, 4, 4, "RATE_LIMITED", "RATE_LIMITED"])
                with self.assertRaises(api.grpc.RpcError) as refused:
                    list(api.Service(channel).stub.ExportArticles(
                        api.messages.ExportArticlesRequest(query="news")))
                self.assertEqual(api.reason(refused.exception), "RATE_LIMITED")
                delay = api.retry_delay(refused.exception)
                self.assertTrue(500 < delay <= 1000, delay)
            with api.connect(server.address, other) as channel:
                self.assertEqual(self.found(channel), 4)

    def test_messages_of_a_stream_wait_for_their_rate(self):
        # The first is a burst; each of the others waits for a tenth of a second.
        token = self.new("desk", "search,write", "--rate", "10", "--burst", "1")
        with self.serve("--writable") as server, api.connect(server.address, token) as channel:
            ask = api.messages.CountQueriesRequest(query="news")
            answers = list(api.Service(channel).stub.CountQueries(iter([ask] * 4)))
            self.assertEqual([answer.total.value for answer in answers], [4] * 4)
            puts = (api.import_request(n, {"id": f"put-{n}", "body": "Put."}) for n in (1, 2, 3))
            answers = list(api.ArticleService(channel).import_articles(puts))
            self.assertEqual([answer.sequence for answer in answers], [1, 2, 3])

    def test_secrets_reach_no_log_no_error_and_no_process_list(self):
        token = self.new("website")
        with self.serve("--log-queries") as server:
            for shown in (token, token + "A", UNKNOWN_TOKEN):
                with api.connect(server.address, shown) as channel:
                    for service, method in api.own_methods():
                        try:
                            api.call_with_nothing(channel, service, method)
                        except api.grpc.RpcError as error:
                            self.assertNotIn(shown[3:], repr(error))
            self.file.write_text(self.file.read_text().replace('name = "website"', "name = 7"))
            wait_for(lambda: "stay in force" in server.log(), "the log tells of it")
            process = pathlib.Path(f"/proc/{server.process.pid}")
            seen = server.log() + (process / "cmdline").read_text()
            seen += (process / "environ").read_text()
            for secret in (token, UNKNOWN_TOKEN):
                self.assertNotIn(secret[3:], seen)

    def test_a_certificate_is_its_caller(self):
        ours = Authority(self.index.folder, "ours")
        self.new("desk")
        self.file.write_text(
            self.file.read_text().replace(
                'name = "desk"', 'name = "desk"\ncertificates = [ "desk.example.org" ]'
            )
        )
        server_files = ours.issue("server")
        tls = ("--tls-cert", server_files.cert, "--tls-key", server_files.key,
               "--tls-client-ca", ours.cert)
        with self.serve(*tls) as server:
            for names, said in (
                ("DNS:desk.example.org", ""),
                ("DNS:other.example.org,DNS:desk.example.org", ""),
                ("DNS:other.example.org", "the server knows no caller by the name"),
            ):
                shown = ours.issue(f"client-{len(names)}", names)
                finished = server.client(
                    "--tls-ca", ours.cert, "--tls-cert", shown.cert, "--tls-key", shown.key,
                    "search", "--output", "ids", "news",
                )
                self.assertEqual(len(finished.stdout.split()), 0 if said else 4, finished.stderr)
                self.assertIn(said, finished.stderr)

    def test_a_front_is_believed_at_a_unix_socket_where_it_is_trusted(self):
        self.new("editor")
        self.file.write_text(
            self.file.read_text().replace(
                'name = "editor"', 'name = "editor"\nidentities = [ "editor@example.org" ]'
            )
        )
        socket = f"unix:{self.index.folder}/socket"
        told = [("x-broadsheet-identity", "editor@example.org")]
        for options, found in ((("--trust-front",), 4), ((), "TOKEN_MISSING")):
            with self.serve(*options, listen=socket) as server:
                with api.connect(server.address, metadata=told) as channel:
                    self.assertEqual(self.found(channel), found)
                with api.connect(server.address, metadata=told * 2) as channel:
                    self.assertIn(self.found(channel), ("TOKEN_INVALID", "TOKEN_MISSING"))
                stranger = [("x-broadsheet-identity", "stranger")]
                with api.connect(server.address, metadata=stranger) as channel:
                    self.assertIn(self.found(channel), ("IDENTITY_UNKNOWN", "TOKEN_MISSING"))
        refused = run("broadsheetd", "--index", self.index.path, "--listen", "127.0.0.1:0",
                      "--tokens", self.file, "--trust-front")
        self.assertEqual(refused.returncode, 2)
        self.assertIn("--trust-front is for a front before a Unix socket", refused.stderr)


if __name__ == "__main__":
    unittest.main()
