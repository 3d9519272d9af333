# SPDX-License-Identifier: GPL-3.0-or-later
"""Stops a program under test at a point the test names, however quick or slow the machine is.

    with Hold("rename */CURRENT") as hold, hold.start("broadsheet-indexer", "build", ...) as build:
        assert hold.reached(build)    # all is done but for moving CURRENT
        ...                           # and it stays so for as long as this takes
        hold.let_go()

The program is the shipped one: a library that is loaded into it (hold.cc says what it can be held
at) makes it wait. What is held goes on when the hold is let go of, or the test ends. A server is
held by Index.serve(hold=hold).
"""

import contextlib
import pathlib
import select
import socket
import tempfile
import time

from lib.programs import BIN, PATIENCE_SECONDS, start

_LIBRARY = BIN.parent / "lib" / "libbroadsheet_hold.so"


class Hold(contextlib.AbstractContextManager):
    """`at`: "CALL PATTERN", of whose matches the first `passing` go through and all others wait."""

    def __init__(self, at, passing=0):
        assert _LIBRARY.exists(), f"no {_LIBRARY}: ninja -C {BIN.parent} broadsheet_hold"
        self._folder = tempfile.TemporaryDirectory(prefix="broadsheet-hold-")
        path = pathlib.Path(self._folder.name) / "socket"
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(path))
        self._listener.listen(64)
        self._listener.setblocking(False)
        self._held = []
        self.env = {
            "LD_PRELOAD": _LIBRARY,
            "BROADSHEET_HOLD_AT": at,
            "BROADSHEET_HOLD_PASSING": passing,
            "BROADSHEET_HOLD_SOCKET": path,
        }

    def __exit__(self, *_):
        self.let_go()
        self._folder.cleanup()

    @contextlib.contextmanager
    def start(self, program, *arguments, **options):
        """As programs.start(), for as long as the test holds the program, which ends by itself."""
        with start(program, *arguments, env=self.env, **options) as process:
            try:
                yield process
            finally:
                self.let_go()

    def reached(self, process):
        """Waits until `process` stands there; False when it has ended before."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not select.select([self._listener], [], [], 0.01)[0]:
            if process.poll() is not None:
                return False
            if time.monotonic() > until:
                raise AssertionError(f"it did not come to where it is held, in {PATIENCE_SECONDS} s")
        self._held.append(self._listener.accept()[0])
        return True

    def go_on(self):
        """What is held now goes on, to the next match."""
        for connection in self._held:
            connection.close()
        self._held.clear()

    def let_go(self):
        """What is held goes on, and nothing is held any more."""
        self._listener.close()
        self.go_on()
