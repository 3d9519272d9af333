# SPDX-License-Identifier: GPL-3.0-or-later
"""Peers that vanish without a word, as machines do whose power or network is gone: the server lets go
of them by its pings, within a minute and a half, and of what they held.

The peers have a network of their own, over a cable that the test makes (a veth pair), and lose their
address. Takes two minutes, and the rights to make networks.
"""

import contextlib
import os
import subprocess
import sys
import time
import unittest

from lib import api
from lib.http2_peer import Http2Peer, grpc_message
from lib.programs import Index, article, environment, wait_for

HERE, THERE = "10.99.0.1", "10.99.0.2"
PEERS = 40
# docs: a ping after 60 s of silence, 20 s for the answer. An idle connection would be closed only
# after 300 s, and TCP by itself would keep it for hours.
LONGEST_SECONDS = 200
MORE_MEMORY_KB = 60_000
GET = "/broadsheet.v1.SearchService/GetArticle"
WATCH = "/grpc.health.v1.Health/Watch"


def peers(address):
    """What runs in the other network: connections that do nothing, that watch, and that leave a
    large answer unread. Says so, and stays."""
    with contextlib.ExitStack() as stack:
        for number in range(PEERS):
            peer = stack.enter_context(Http2Peer(address))
            if number % 4 == 1:
                peer.request(WATCH, grpc_message(b""))
            elif number % 4 == 2:
                request = api.messages.GetArticleRequest(id="article-3").SerializeToString()
                peer.request(GET, grpc_message(request))
        print("connected", flush=True)
        sys.stdin.read()


def is_permitted():
    tried = subprocess.run(["unshare", "--net", "true"], capture_output=True, check=False)
    return tried.returncode == 0


class OtherNetwork(contextlib.AbstractContextManager):
    """A network of a process that only sleeps, with a cable to ours."""

    def __enter__(self):
        self._process = subprocess.Popen(["unshare", "--net", "sleep", "infinity"])
        wait_for(self._is_apart, "the network is there")
        run("ip", "link", "add", "here", "type", "veth", "peer", "name", "there",
            "netns", str(self._process.pid))
        run("ip", "addr", "add", f"{HERE}/24", "dev", "here")
        run("ip", "link", "set", "here", "up")
        self.run("ip", "addr", "add", f"{THERE}/24", "dev", "there")
        self.run("ip", "link", "set", "there", "up")
        return self

    def _is_apart(self):
        return os.readlink(f"/proc/{self._process.pid}/ns/net") != os.readlink("/proc/self/ns/net")

    def __exit__(self, *_):
        self._process.kill()
        self._process.wait()

    def enter(self, *command):
        return ["nsenter", "--target", str(self._process.pid), "--net", *command]

    def run(self, *command):
        run(*self.enter(*command))

    def vanish(self):
        """Nobody is at the address any more, and nobody says so."""
        self.run("ip", "addr", "flush", "dev", "there")


def run(*command):
    subprocess.run(command, check=True)


def held(process):
    """Sockets, threads, and KB of memory."""
    with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
        fields = dict(line.split(":", 1) for line in status)
    return socket_count(process), int(fields["Threads"]), int(fields["VmRSS"].split()[0])


def socket_count(process):
    count = 0
    for number in os.listdir(f"/proc/{process.pid}/fd"):
        with contextlib.suppress(FileNotFoundError):
            count += os.readlink(f"/proc/{process.pid}/fd/{number}").startswith("socket:")
    return count


class HalfOpenPeersTest(unittest.TestCase):
    def test_they_are_let_go_of_and_others_notice_nothing(self):
        index = self.enterContext(Index())
        index.build_articles(article(1), article(2), article(3, headline="Large", body="word " * 500_000))
        network = self.enterContext(OtherNetwork())
        for options in ((), ("--writable",)):
            with self.subTest(options=options), index.serve(
                "--insecure", *options, listen=f"{HERE}:0"
            ) as server, api.connect(server.address) as channel:
                self.assert_lets_go(server, api.Service(channel), network)
            network.run("ip", "addr", "add", f"{THERE}/24", "dev", "there")

    def assert_lets_go(self, server, honest, network):
        self.assertEqual(len(honest.search("headline").hits), 2)
        before = held(server.process)
        with subprocess.Popen(
            network.enter(sys.executable, "-B", __file__, "peers", server.address),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(), text=True,
        ) as process:
            self.assertEqual(process.stdout.readline(), "connected\n")
            self.assertGreaterEqual(held(server.process)[0], before[0] + PEERS)
            network.vanish()
            begin = time.monotonic()
            wait_for(lambda: held(server.process)[0] <= before[0], "the peers are let go of")
            took = time.monotonic() - begin
            self.assertEqual(len(honest.search("headline").hits), 2)
            process.kill()
        print(f"{PEERS} peers that vanished were let go of after {took:.0f} s", flush=True)
        self.assertLess(took, LONGEST_SECONDS)
        after = held(server.process)
        # gRPC has a few more or fewer of its own.
        self.assertLessEqual(after[1], before[1] + 4)
        self.assertLess(after[2], before[2] + MORE_MEMORY_KB)


if __name__ == "__main__":
    if sys.argv[1:2] == ["peers"]:
        peers(sys.argv[2])
    elif not is_permitted():
        print("SKIPPED: the whole file: no right to make networks (unshare --net)", flush=True)
    elif "BROADSHEET_TEST_NETWORK" not in os.environ:
        # Once more, in a network where nothing else is.
        os.environ["BROADSHEET_TEST_NETWORK"] = "ours"
        os.execvp("unshare", [
            "unshare", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh",
            sys.executable, "-B", *sys.argv])
    else:
        unittest.main()
