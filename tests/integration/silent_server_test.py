# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that the client waits for a server that is slow, and tells apart one that is silent and none.

No test here is about how quick anything is: a wait is compared with what was asked for, and a client
that should not wait is given so long a --timeout that the test would not end if it did.
"""

import contextlib
import os
import signal
import socket
import subprocess
import threading
import time
import unittest

from lib.desk import Desk
from lib.programs import Index, article, environment, run, start, write_jsonl

# What the client was known to give up after, and more.
A_WHILE_SECONDS = 2


def message(finished):
    """The one line of an error."""
    said = finished.stderr.splitlines()
    assert finished.returncode == 2 and finished.stdout == "" and len(said) == 1, finished
    return said[0]


class Listener:
    """A port of loopback that takes connections and says nothing; with a full backlog it does not
    even take them."""

    def __init__(self, family=socket.AF_INET, backlog=16, crowd=0):
        self.socket = socket.socket(family)
        self.socket.bind(("::1" if family == socket.AF_INET6 else "127.0.0.1", 0))
        self.socket.listen(backlog)
        host, port = self.socket.getsockname()[:2]
        self.address = f"[{host}]:{port}" if family == socket.AF_INET6 else f"{host}:{port}"
        self.crowd = [socket.socket(family) for _ in range(crowd)]
        for caller in self.crowd:
            caller.setblocking(False)
            caller.connect_ex((host, port))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for opened in (self.socket, *self.crowd):
            opened.close()


class SilentServer(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.index = cls.enterClassContext(Index())
        cls.index.build_articles(article(1))

    def assert_silent(self, address, *command):
        """It was waited for as long as asked, and is not said to be absent."""
        started = time.monotonic()
        finished = run("broadsheet", "--server", address, "--timeout", 1, *command,
                       env=environment(HOME=self.index.folder))
        self.assertGreaterEqual(time.monotonic() - started, 0.99)
        said = message(finished)
        self.assertIn(f"the server at {address} is silent", said)
        self.assertIn("within 1 s", said)
        self.assertNotIn("no server", said)
        self.assertNotIn("start one", said)

    def test_one_that_takes_connections_and_says_nothing(self):
        with Listener() as listener:
            one = write_jsonl(self.index.folder / "one.json", [article(1)])
            for command in (["search", "x"], ["get", "--id", "1"], ["status"], ["put", one],
                            ["delete", "x"], ["admin", "generations"]):
                with self.subTest(command=command):
                    self.assert_silent(listener.address, *command)

    def test_one_that_takes_no_more_connections(self):
        with Listener(backlog=0, crowd=4) as listener:
            self.assert_silent(listener.address, "search", "x")

    def test_one_whose_process_is_stopped(self):
        with self.index.serve() as server:
            os.kill(server.process.pid, signal.SIGSTOP)
            try:
                self.assert_silent(server.address, "search", "number1")
            finally:
                os.kill(server.process.pid, signal.SIGCONT)
            self.assertEqual(server.ids("number1"), ["article-1"])

    def wait_for_a_while(self, client):
        """The client, which was given longer, is still there then."""
        with self.assertRaises(subprocess.TimeoutExpired):
            client.wait(A_WHILE_SECONDS)

    # It gave up after .9 seconds, whatever --timeout said.
    def test_one_that_goes_on_after_a_while_is_waited_for(self):
        with self.index.serve() as server:
            os.kill(server.process.pid, signal.SIGSTOP)
            client = start("broadsheet", "--server", server.address, "--timeout", 3600, "search",
                           "number1", "--output", "ids")
            try:
                self.wait_for_a_while(client)
            finally:
                os.kill(server.process.pid, signal.SIGCONT)
                out, err = client.communicate()
            self.assertEqual((client.returncode, out.decode()), (0, "article-1\n"), err)

    def test_connections_that_are_passed_on_after_a_while_are_waited_for(self):
        """As by a proxy in front of a server that is being started."""
        with self.index.serve() as server, Listener() as front:
            client = start("broadsheet", "--server", front.address, "--timeout", 3600, "search",
                           "number1", "--output", "ids")
            taken, _ = front.socket.accept()
            self.wait_for_a_while(client)
            host, port = server.address.rsplit(":", 1)
            with taken, socket.create_connection((host, int(port))) as behind:
                for source, target in ((taken, behind), (behind, taken)):
                    threading.Thread(target=passed_on, args=(source, target), daemon=True).start()
                out, err = client.communicate()
            self.assertEqual((client.returncode, out.decode()), (0, "article-1\n"), err)


def passed_on(source, target):
    try:
        while piece := source.recv(65536):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)
    except OSError:  # The test is over.
        pass


class Proxy(unittest.TestCase):
    """A bug once: where the environment named a proxy for the web, gRPC asked it for the server on
    this machine, with the token, too, and no server was said to answer."""

    def test_none_is_asked_for_a_server_on_this_machine(self):
        with Index() as index, Listener() as web, contextlib.ExitStack() as stack:
            proxy = {"http_proxy": f"http://{web.address}"}
            index.build_articles(article(1))
            server = stack.enter_context(index.serve("--writable"))
            found = server.client("search", "number1", "--output", "ids", **proxy)
            self.assertEqual((found.returncode, found.stdout), (0, "article-1\n"), found.stderr)
            more = write_jsonl(index.folder / "more.jsonl", [article(2)])
            pushed = run("broadsheet-indexer", "push", "--server", server.address, more,
                         env=environment(**proxy))
            self.assertEqual(pushed.returncode, 0, pushed.stderr)
            desk = stack.enter_context(Desk(server.address, env=proxy))
            self.assertIn("/a/article-2", desk.get("/?q=number2").text)
            web.socket.setblocking(False)
            self.assertRaises(BlockingIOError, web.socket.accept)


class NoServer(unittest.TestCase):
    def assert_absent(self, address):
        said = message(run("broadsheet", "--server", address, "--timeout", 3600, "search", "x"))
        self.assertIn(f"no server answers at {address}", said)
        self.assertIn("broadsheetd --index DIR --listen", said)
        self.assertNotIn("silent", said)

    def test_a_refused_connection_is_not_waited_for(self):
        # Bound and not listening: nobody else gets the port, and nobody answers there.
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            self.assert_absent(f"127.0.0.1:{taken.getsockname()[1]}")
            # Of a name all addresses are tried.
            self.assert_absent(f"localhost:{taken.getsockname()[1]}")

    def test_an_address_that_is_none_is_not_waited_for(self):
        for address in ("unix:/no/such/socket", "dns:///"):
            self.assert_absent(address)
        for address in ("127.0.0.1:99999", "[::1", "localhost", "http://localhost:6460"):
            said = message(run("broadsheet", "--server", address, "--timeout", 3600, "search", "x"))
            self.assertIn(f"{address} is no address: ", said)

    def test_a_name_that_no_host_has_is_called_so(self):
        said = message(run("broadsheet", "--server", "nowhere.invalid:6460", "search", "x"))
        self.assertIn('there is no host "nowhere.invalid"', said)

    def test_a_name_is_reached_at_whichever_address_answers(self):
        with Index() as index:
            index.build_articles(article(1))
            # localhost is ::1 and 127.0.0.1, or only that; ::1 refuses.
            with index.serve(listen="127.0.0.1:0") as server:
                port = server.address.rsplit(":", 1)[1]
                found = run("broadsheet", "--server", f"localhost:{port}", "--timeout", 3600,
                            "search", "number1")
                self.assertEqual(found.returncode, 0, found.stderr)


class Push(unittest.TestCase):
    def test_a_server_that_goes_on_after_a_while_is_waited_for(self):
        with Index() as index:
            index.build_articles(article(1))
            more = write_jsonl(index.folder / "more.jsonl", [article(2), article(3)])
            with index.serve("--writable") as server:
                os.kill(server.process.pid, signal.SIGSTOP)
                push = start("broadsheet-indexer", "push", "--server", server.address, more)
                try:
                    with self.assertRaises(subprocess.TimeoutExpired):
                        push.wait(A_WHILE_SECONDS)
                finally:
                    os.kill(server.process.pid, signal.SIGCONT)
                    _, err = push.communicate()
                self.assertEqual(push.returncode, 0, err)
                self.assertEqual(len(server.ids("number2 OR number3")), 2)

    def test_waiting_for_a_silent_server_can_be_interrupted(self):
        with Index() as index, Listener() as listener:
            more = write_jsonl(index.folder / "more.jsonl", [article(2)])
            push = start("broadsheet-indexer", "push", "--server", listener.address, more)
            # It is there once it has asked for a connection.
            taken, _ = listener.socket.accept()
            with taken:
                push.send_signal(signal.SIGINT)
                _, err = push.communicate()
            self.assertEqual(push.returncode, 2)
            self.assertIn("interrupted", err.decode())


if __name__ == "__main__":
    unittest.main()
