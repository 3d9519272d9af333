# SPDX-License-Identifier: GPL-3.0-or-later
"""Threads that call a server without a pause, as fast as it answers, and note what they were told.

    with Callers(server.address, ids_of("news")) as callers: ...
    callers.errors == []
"""

import contextlib
import threading

from lib import api
from lib.programs import wait_for


def ids_of(query):
    """A call: the generation that answers, and the ids it finds."""
    def call(service):
        response = service.search(query, page_size=100)
        return response.generation, tuple(sorted(hit.article.id for hit in response.hits))
    return call


class Callers(contextlib.AbstractContextManager):
    """`call` takes an api.Service and returns what is noted. Whoever gets an error stops."""

    def __init__(self, address, call, count=4, token=None):
        self.by_caller = [[] for _ in range(count)]
        self.errors = []
        self._address = address
        self._token = token
        self._call = call
        self._ended = threading.Event()
        self._threads = [threading.Thread(target=self._run, args=(own,)) for own in self.by_caller]

    @property
    def answers(self):
        return [answer for own in self.by_caller for answer in own]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        wait_for(lambda: self.answers or self.errors, "a first answer")
        return self

    def wait_for_new_answers(self):
        """Until each caller was answered a call that it sent after this was called, or failed."""
        # The next answer may be that to a call which was under way.
        enough = [len(own) + 2 for own in self.by_caller]
        wait_for(
            lambda: self.errors or all(map(lambda own, n: len(own) >= n, self.by_caller, enough)),
            "new answers",
        )

    def __exit__(self, *_):
        self.end()

    def end(self):
        self._ended.set()
        for thread in self._threads:
            thread.join()

    def _run(self, answers):
        with api.connect(self._address, self._token) as channel:
            service = api.Service(channel)
            while not self._ended.is_set():
                try:
                    answers.append(self._call(service))
                except api.grpc.RpcError as error:
                    self.errors.append(error)
                    return
