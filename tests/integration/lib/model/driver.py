# SPDX-License-Identifier: GPL-3.0-or-later
"""What happens to an index in the model test: one action after the other, in random order.

Two servers serve it: `reader`, read-only, and `writer`, writable. The indexer needs the index to
itself, so the writer's server is ended, gently or not, before each publish, and started after it.
"""

import contextlib
import signal
import subprocess
import time

from lib import api
from lib.model import truth
from lib.model.history import Step, Window
from lib.model.recorders import Address, ask, wait_for_more
from lib.programs import PATIENCE_SECONDS, Server, address_of_its_own, run, start, wait_for, write_jsonl

FAILED = 2
DOWN = "UNAVAILABLE"
# Of a call that reaches a server which ends in good order when all its other callers have been told.
LATE = "CANCELLED"
# What the disk has room for besides.
ROOM = 60 << 20


class Driver(contextlib.AbstractContextManager):
    """`disk` is None where none could be mounted: then no action fills it."""

    def __init__(self, index, disk, history, world, chance, ids):
        self.servers = {name: Address(name) for name in ("reader", "writer")}
        self.writer = None
        self.readers = []
        self.taken = {}
        self._index = index
        self._disk = disk
        self._history = history
        self._world = world
        self._chance = chance
        self._ids = sorted(ids)
        self._running = {}
        self._down_since = {}
        self._stamps = 0

    def __exit__(self, *_):
        for server in self._running.values():
            with server:
                server.process.kill()
                server.process.wait()

    # Servers.

    def start(self):
        """Publishes a first generation and starts both servers."""
        self._build_and_publish()
        for name in self.servers:
            self._start(name)

    def _start(self, name):
        options = ["--writable"] if name == "writer" else []
        address = self.servers[name]
        server = Server(self._index.path, *options, listen=address.address or address_of_its_own())
        address.address = server.address
        self._running[name] = server
        if name in self._down_since:
            since, with_signal = self._down_since[name]
            self._history.add(Window(name, since, time.monotonic(), DOWN))
            if with_signal == signal.SIGTERM:
                self._history.add(Window(name, since, time.monotonic(), LATE, only_late=True))
        address.up.set()

    def _end(self, name, with_signal):
        """kill -9, or in good order."""
        server = self._running.pop(name)
        self.servers[name].up.clear()
        self._down_since[name] = time.monotonic(), with_signal
        with server:
            server.process.send_signal(with_signal)
            status = server.process.wait(PATIENCE_SECONDS)
            if with_signal == signal.SIGTERM and status != 0:
                self._history.add(f"{name}: status {status} after SIGTERM: {server.log()}")

    # Actions. Each leaves both servers up and the writer at work.

    def actions(self):
        common = [
            self.kill_the_reader, self.kill_the_writer, self.end_the_writer, self.build,
            self.rebuild, self.build_beside_the_server, self.roll_back_by_the_server,
            self.rebuild_beside_writes, self.kill_a_build, self.damage_a_build, self.roll_back, self.take_down,
        ]
        filling = [self.fill_the_disk_of_the_writer, self.fill_the_disk_of_a_build]
        return common + (filling if self._disk else [])

    def stop(self):
        """Ends both in good order, when nobody calls any more."""
        for name in ("writer", "reader"):
            self._end(name, signal.SIGTERM)

    def act(self, action):
        wait_for_more([*self.readers, self.writer], 3)
        action()
        name = action.__name__
        self.taken[name] = self.taken.get(name, 0) + 1

    def kill_the_reader(self):
        self._end("reader", signal.SIGKILL)
        self._start("reader")

    def kill_the_writer(self):
        with self._without_writer(signal.SIGKILL):
            pass

    def end_the_writer(self):
        with self._without_writer(signal.SIGTERM):
            pass

    def build(self):
        with self._without_writer(self._any_signal()):
            self._build_and_publish()

    def rebuild(self):
        with self._without_writer(self._any_signal()):
            self._publish(["rebuild"], self._world.rebuild)

    def build_beside_the_server(self):
        """Which publishes what was built; it goes on answering meanwhile."""
        with self.writer.parked():
            self._build_and_publish()

    def roll_back_by_the_server(self):
        with self.writer.parked():
            number = self._previous()
            if number is None:
                return self._build_and_publish()
            earliest = time.monotonic()
            self._ask_the_server("rollback", "--keep-writes")
            self._changed("rollback", earliest, lambda *_: self._world.publish(number))

    def rebuild_beside_writes(self):
        """By the server, while it takes writes."""
        began = time.monotonic()
        before = self._world.published.build_id
        self._ask_the_server("rebuild")
        number, build_id = self._published()
        self._wait_until_served(build_id)
        with self._history.writing:
            self._world.rebuild(int(number), build_id)
            self._history.add(Step(
                "rebuild", self._history.steps[-1].earliest, time.monotonic(), {}, int(number),
                build_id, began=began, moved_from=before,
            ))

    def _ask_the_server(self, *command):
        finished = self._running["writer"].client("admin", *command)
        if finished.returncode != 0:
            self._history.add(f"admin {command}: {finished.stdout} {finished.stderr}")

    def kill_a_build(self):
        """At any moment: before it began to where it has published."""
        with self._without_writer(self._any_signal()):
            stamp = self._stamp()
            earliest, before = time.monotonic(), self._published()
            with start("broadsheet-indexer", "build", "--index", self._index.path, "--keep-writes",
                       self._source(stamp)) as build:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    build.wait(self._chance.uniform(0, 0.15))
                build.kill()
            if self._published() != before:
                self._changed("build", earliest, lambda number, build_id: self._world.build(
                    number, build_id, stamp, self._ids))
            # One that was about to be published would count as one to go back to.
            self._indexer("prune", "--keep", 1)

    def damage_a_build(self):
        """Builds a generation, damages it, and tries to publish it."""
        with self._without_writer(self._any_signal()):
            self._indexer("build", "--no-publish", "--quiet", self._source(self._stamp()))
            number = int(self._index.generations()[-1])
            base = self._index.path / "generations" / f"{number:06}" / "base"
            damaged = self._chance.choice(sorted(p for p in base.iterdir() if p.stat().st_size))
            content = bytearray(damaged.read_bytes())
            content[self._chance.randrange(len(content))] ^= 1 << self._chance.randrange(8)
            damaged.write_bytes(content)
            refused = self._indexer("publish", "--generation", number, "--keep-writes",
                                    status=FAILED)
            if str(damaged) not in refused.stderr:
                self._history.add(f"damage to {damaged} is not named: {refused.stderr}")
            self._indexer("prune", "--keep", 1)

    def roll_back(self):
        with self._without_writer(self._any_signal()):
            number = self._previous()
            if number is None:
                return self._build_and_publish()
            self._publish(["rollback"], lambda *_: self._world.publish(number))

    def take_down(self):
        left = [an_id for an_id in self._ids if an_id not in self._world.taken_down]
        # The model has to go on for ten minutes.
        if len(left) <= len(self._ids) * 3 // 4:
            return
        with self.writer.parked():
            an_id = self._chance.choice(left)
            earliest = time.monotonic()
            # It may be deleted, or not written yet.
            self._indexer("takedown", "--unknown", an_id)
            self._changed("takedown", earliest, lambda *_: self._world.taken_down.add(an_id))

    def fill_the_disk_of_the_writer(self):
        earliest, refused = time.monotonic(), self.writer.refused
        # Less than what a commit may need, so that it is refused rather than tried.
        self._disk.leave(1 << 20)
        wait_for(lambda: self.writer.refused > refused, "a refused write")
        self._disk.leave(ROOM)
        # One may have been refused just before there was room, and be told so just after.
        acknowledged = self.writer.acknowledged
        wait_for(lambda: self.writer.acknowledged > acknowledged, "an acknowledged write")
        self._history.add(
            Window("writer", earliest, time.monotonic(), "RESOURCE_EXHAUSTED INDEX_FULL")
        )

    def fill_the_disk_of_a_build(self):
        with self._without_writer(self._any_signal()):
            self._disk.leave(self._chance.randrange(0, 200_000))
            failed = self._indexer("build", "--keep-writes", self._source(self._stamp()),
                                   status=FAILED)
            if "disk full" not in failed.stderr and "no room" not in failed.stderr:
                self._history.add(f"a full disk is not named: {failed.stderr}")
            self._disk.leave(ROOM)

    # What they are made of.

    def _any_signal(self):
        return self._chance.choice((signal.SIGKILL, signal.SIGTERM))

    @contextlib.contextmanager
    def _without_writer(self, with_signal):
        """Ends the writable server, whatever it is at; inside, it is known what was written."""
        if self._chance.random() < 0.5:
            # Otherwise in the middle of a write.
            self.writer.ask_to_park()
            self.writer.wait_until_parked()
        self._end("writer", with_signal)
        self.writer.ask_to_park()
        self.writer.wait_until_parked()
        if self.writer.pending:
            self._settle()
        yield
        self._start("writer")
        self.writer.go_on()

    def _settle(self):
        """Whether the write that got no answer was made: nobody can make it any more."""
        changes = self.writer.pending[2]
        with api.connect(self.servers["reader"].address) as channel:
            _, found = ask(api.Service(channel), truth.Query("ids", tuple(changes)))
        made = [found.get(an_id) == stamp for an_id, stamp in changes.items()]
        if all(made):
            self.writer.made()
        elif not any(made):
            self.writer.not_made()
        else:
            self._history.add(f"half a batch is there: {changes}, and {found}")
            self.writer.not_made()

    def _stamp(self):
        self._stamps += 1
        return f"s{self._stamps}"

    def _source(self, stamp):
        return write_jsonl(
            self._index.folder / "source.jsonl", [truth.article(i, stamp) for i in self._ids]
        )

    def _indexer(self, command, *arguments, status=0):
        finished = run("broadsheet-indexer", command, "--index", self._index.path, *arguments)
        if finished.returncode != status:
            self._history.add(f"{command} {arguments}: {finished.returncode}: {finished.stderr}")
        return finished

    def _published(self):
        current = self._index.path / "CURRENT"
        # What follows is not about which one is published.
        return current.read_text().split()[:2] if current.exists() else None

    def _build_and_publish(self):
        stamp = self._stamp()
        self._publish(
            ["build", self._source(stamp)],
            lambda number, build_id: self._world.build(number, build_id, stamp, self._ids),
        )
        if "writer" not in self._running and self._chance.random() < 0.5:
            self._indexer("prune", "--keep", 1)

    def _publish(self, command, change):
        """Runs a command that publishes, and does to the model what it does."""
        earliest = time.monotonic()
        keep = [] if command[0] == "rebuild" else ["--keep-writes"]
        self._indexer(command[0], *keep, *command[1:])
        self._changed(command[0], earliest, change)

    def _changed(self, what, earliest, change):
        """Notes a step once the reading server shows it."""
        before = self._world.content() if self._world.current else {}
        number, build_id = self._published()
        change(int(number), build_id)
        if "reader" in self._running:
            self._wait_until_served(build_id)
        after = self._world.content()
        changes = {i: after.get(i) for i in before.keys() | after.keys()
                   if before.get(i) != after.get(i)}
        self._history.add(
            Step(what, earliest, time.monotonic(), changes, int(number), build_id)
        )

    def _wait_until_served(self, build_id):
        with api.connect(self.servers["reader"].address) as channel:
            service = api.Service(channel)
            wait_for(lambda: service.status().build_id == build_id, "the new generation")

    def _previous(self):
        there = [int(number) for number in self._index.generations()]
        older = [n for n in there if n < self._world.current and n in self._world.generations]
        return max(older, default=None)
