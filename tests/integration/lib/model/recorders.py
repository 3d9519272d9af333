# SPDX-License-Identifier: GPL-3.0-or-later
"""Threads that use the servers as clients do, and log every call."""

import contextlib
import threading
import time

from lib import api
from lib.model import truth
from lib.model.history import Call, Step
from lib.programs import PATIENCE_SECONDS, wait_for


def error_of(error):
    """As Call.error has it."""
    return f"{error.code().name} {api.reason(error)}: {error.details()}"


class Address:
    """A server that is started and killed by others, always at one address."""

    def __init__(self, name):
        self.name = name
        self.address = None
        self.up = threading.Event()


class Client:
    """A connection that is made anew after it broke, once the server is up."""

    def __init__(self, server):
        self.server = server
        self._channel = None
        # When the connection was made, or a call over it last ended well.
        self.worked = None

    def channel(self, give_up):
        """Once the server is up; None when give_up() says so before."""
        while self._channel is None:
            if self.server.up.wait(0.05):
                self.worked = time.monotonic()
                self._channel = api.connect(self.server.address)
            elif give_up():
                return None
        return self._channel

    def drop(self):
        if self._channel is not None:
            self._channel.close()
        self._channel = None


class Reader(threading.Thread):
    """Asks one random question after the other."""

    def __init__(self, name, server, history, chance, ids):
        super().__init__(name=name)
        self.answered = 0
        self._client = Client(server)
        self._history = history
        self._chance = chance
        self._ids = ids
        self._ended = threading.Event()

    def end(self):
        self._ended.set()

    def run(self):
        while not self._ended.is_set():
            channel = self._client.channel(self._ended.is_set)
            if channel is None:
                continue
            try:
                self._ask(api.Service(channel))
            except AssertionError as fault:
                self._history.add(f"{self.name}: {fault}")
        self._client.drop()

    def _ask(self, service):
        query = truth.random_query(self._chance, self._ids)
        call = Call(self.name, self._client.server.name, query, time.monotonic(), 0,
                    worked=self._client.worked)
        try:
            call.build_id, call.found = ask(service, query)
            self.answered += 1
        except api.grpc.RpcError as error:
            call.error = error_of(error)
        call.got = time.monotonic()
        self._history.add(call)
        if call.error is None:
            self._client.worked = call.got
        else:
            self._client.drop()


def ask(service, query):
    """The build that answers, when it says so, and what it finds: {id: stamp}."""
    if query.form == "ids":
        ((articles, _),) = service.batch_get(query.operands)
        return None, {found.id: truth.stamp_of(found) for found in articles}
    response = service.search(
        query.text(), page_size=1000, read_mask={"paths": ["id", "headline"]},
        highlight={"disabled": True},
    )
    found = {hit.article.id: truth.stamp_of(hit.article) for hit in response.hits}
    assert len(found) == len(response.hits), f"{query}: an article came twice"
    assert response.total.value == len(found), f"{query}: total {response.total} of {len(found)}"
    return response.generation, found


class Writer(threading.Thread):
    """Makes one change after the other: puts, batches, deletions. Stands still while the driver has
    it parked, and parks itself when it cannot tell whether a change was made; the driver looks."""

    def __init__(self, server, history, world, chance, ids):
        super().__init__(name="writer")
        self.acknowledged = 0
        self.refused = 0
        # The change that was sent and not answered: (what, sent, {id: stamp or None}, version).
        self.pending = None
        self._client = Client(server)
        self._history = history
        self._world = world
        self._chance = chance
        self._ids = sorted(ids)
        self._ended = threading.Event()
        self._wanted = threading.Event()
        self._wanted.set()
        self._standing = threading.Event()
        self._version = 0

    def end(self):
        self._ended.set()
        self._wanted.set()

    def ask_to_park(self):
        self._wanted.clear()

    def wait_until_parked(self):
        assert self._standing.wait(PATIENCE_SECONDS), "the writer goes on"

    @contextlib.contextmanager
    def parked(self):
        """It stands still inside, with no change under way."""
        self.ask_to_park()
        self.wait_until_parked()
        yield
        self.go_on()

    def go_on(self):
        assert self.pending is None
        self._standing.clear()
        self._wanted.set()

    def run(self):
        while not self._ended.is_set():
            if not self._wanted.is_set():
                self._standing.set()
                self._wanted.wait()
                continue
            channel = self._client.channel(lambda: not self._wanted.is_set())
            if channel is None:
                continue
            try:
                self._change(api.ArticleService(channel))
            except AssertionError as fault:
                self._history.add(f"{self.name}: {fault}")
                return
        self._client.drop()

    def _change(self, service):
        self._version += 1
        what, changes = self._choose()
        sent = time.monotonic()
        self.pending = what, sent, changes, self._version
        try:
            self._send(service, what, changes)
            self._client.worked = time.monotonic()
            self.made()
        except api.grpc.RpcError as error:
            self._failed(error, sent)

    def _choose(self):
        free = [an_id for an_id in self._ids if an_id not in self._world.taken_down]
        kind = self._chance.choice(("put", "put", "batch", "delete"))
        chosen = self._chance.sample(free, self._chance.randint(2, 5) if kind == "batch" else 1)
        stamp = None if kind == "delete" else f"v{self._version}"
        return kind, dict.fromkeys(chosen, stamp)

    def _send(self, service, what, changes):
        articles = [truth.article(i, stamp, self._version) for i, stamp in changes.items() if stamp]
        if what == "put":
            service.put(articles[0])
        elif what == "batch":
            refused = [r.reason for r in service.put_batch(articles) if r.reason]
            assert not refused, refused
        else:
            service.delete(next(iter(changes)), allow_missing=True)

    def made(self):
        """The pending change was made by now."""
        what, sent, changes, version = self.pending
        with self._history.writing:
            there = self._world.published
            for an_id, stamp in changes.items():
                if stamp is None:
                    there.delete(an_id)
                else:
                    there.put(an_id, version, stamp)
            self._history.add(
                Step(what, sent, time.monotonic(), changes, self._world.current, there.build_id)
            )
        self.acknowledged += 1
        self.pending = None

    def not_made(self):
        self.pending = None

    def _failed(self, error, sent):
        call = Call(self.name, self._client.server.name, truth.Query("all"), sent, time.monotonic(),
                    error=error_of(error), worked=self._client.worked)
        self._history.add(call)
        if call.error.startswith("RESOURCE_EXHAUSTED INDEX_FULL"):
            # That is an answer: nothing was stored.
            self._client.worked = call.got
            self.not_made()
            self.refused += 1
            return
        self._client.drop()
        self._wanted.clear()


def wait_for_more(recorders, count):
    """Until each has been answered so many times more."""
    before = {recorder: progress(recorder) for recorder in recorders}
    for recorder in recorders:
        wait_for(lambda r=recorder: progress(r) >= before[r] + count, f"calls of {recorder.name}")


def progress(recorder):
    return recorder.acknowledged if isinstance(recorder, Writer) else recorder.answered
