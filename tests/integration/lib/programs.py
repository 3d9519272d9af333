# SPDX-License-Identifier: GPL-3.0-or-later
"""The three programs as people run them, for tests that know nothing of the code.

    with Index() as index:
        index.build("articles.jsonl")
        with index.serve() as server:
            server.ids('tag:"ferry strike"')

No test depends on how quick the machine is. Nothing here sleeps for a fixed time: wait_for() polls
until a condition holds, and gives up only on what hangs. What has to be seen while a program is in
the middle of something is looked at while the program is held there: by the pipe it reads from, or
by hold.py. All files are in temporary folders, all servers on free loopback ports.
"""

import contextlib
import functools
import json
import os
import pathlib
import pty
import random
import re
import resource
import select
import signal
import subprocess
import sys
import tempfile
import time
import unittest

SOURCE = pathlib.Path(
    os.environ.get("BROADSHEET_SOURCE", pathlib.Path(__file__).resolve().parents[3])
)
BIN = pathlib.Path(os.environ.get("BROADSHEET_BIN", SOURCE / "build" / "bin"))
SHARED = pathlib.Path(os.environ.get("BROADSHEET_SHARED", SOURCE.parent / "shared"))
EXAMPLES = SOURCE / "examples"
SAMPLE_ARTICLES = EXAMPLES / "articles"

# Far more than a healthy program takes on a machine that has far too much to do, so that only a
# hanging one meets it.
PATIENCE_SECONDS = 600


def wait_for(condition, what):
    """Returns the first true value of condition(), asked 100 times a second."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"{what}: not so after {PATIENCE_SECONDS} s")
        time.sleep(0.01)


def address_of_its_own():
    """Where to listen so that a later server can listen there again: nobody else takes its port
    meanwhile, as a test beside this one might at 127.0.0.1."""
    return f"127.{random.randrange(1, 255)}.{random.randrange(256)}.{random.randrange(1, 255)}:0"


def shared(path):
    """A file of the reference material beside the checkout; the whole file is skipped without it."""
    found = SHARED / path
    if not found.exists():
        print(f"SKIPPED: the whole file: no {found} (BROADSHEET_SHARED names its folder)", flush=True)
        raise unittest.SkipTest(f"{found} is absent")
    return found


def terminal():
    """The two ends of a new terminal, ours and a program's; the test is skipped where there is none."""
    try:
        return pty.openpty()
    except OSError as error:  # As in a chroot without /dev/pts.
        print(f"SKIPPED: no pseudo-terminal: {error}", flush=True)
        raise unittest.SkipTest("no pseudo-terminal") from error


def run_on(ends, program, *arguments, env, statuses=(0,)):
    """Runs one of the programs on a terminal, of which `ends` are those of terminal(), and closes
    both. What it wrote, with plain line ends; it has to end with one of `statuses`."""
    screen, end = ends
    os.set_blocking(screen, True)
    with subprocess.Popen(
        [BIN / program, *arguments], stdin=end, stdout=end, stderr=end, env=env
    ) as process:
        os.close(end)
        written = b""
        while True:
            try:
                piece = os.read(screen, 4096)
            except OSError:  # EIO: the last writer has closed it.
                break
            if not piece:
                break
            written += piece
    os.close(screen)
    assert process.returncode in statuses, written
    return written.decode().replace("\r\n", "\n")


def environment(**more):
    """This process's environment without what would steer the programs from outside."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("BROADSHEET_") and name not in ("NO_COLOR", "COLUMNS")
    }
    return {**kept, **{name: str(value) for name, value in more.items()}}


def run(program, *arguments, stdin=None, env=None):
    """Runs one of the programs to its end. `stdin` is text, bytes or nothing."""
    data = stdin.encode() if isinstance(stdin, str) else stdin
    finished = subprocess.run(
        [BIN / program, *map(str, arguments)],
        input=b"" if data is None else data,
        capture_output=True,
        timeout=PATIENCE_SECONDS,
        env=environment() if env is None else env,
        check=False,
    )
    # The programs promise UTF-8 whatever they read.
    finished.stdout = finished.stdout.decode()
    finished.stderr = finished.stderr.decode()
    return finished


def run_script(script, *arguments, env=None):
    """Runs a Python script of this tree, "bench/formats", to its end, on the programs under test."""
    tested = {"BROADSHEET_BIN": BIN, "BROADSHEET_SOURCE": SOURCE, "BROADSHEET_SHARED": SHARED}
    return subprocess.run(
        [sys.executable, "-B", SOURCE / script, *arguments],
        capture_output=True, check=False, text=True,
        env=environment(**{**tested, **(env or {})}),
    )


def start(program, *arguments, **options):
    """Starts one of the programs with pipes to it; the caller ends it."""
    return subprocess.Popen(
        [BIN / program, *map(str, arguments)],
        stdin=options.get("stdin", subprocess.PIPE),
        stdout=options.get("stdout", subprocess.PIPE),
        stderr=options.get("stderr", subprocess.PIPE),
        env=environment(**options.get("env", {})),
        preexec_fn=options.get("preexec_fn"),
    )


def parse(*paths, stdin=None):
    """The Articles that `broadsheet-indexer parse` prints, and the finished process."""
    finished = run("broadsheet-indexer", "parse", *paths, stdin=stdin)
    return [json.loads(line) for line in finished.stdout.splitlines()], finished


def write_jsonl(path, articles):
    """One article a line: dicts, or text that is written as it is."""
    with open(path, "w", encoding="utf-8") as file:
        for article in articles:
            line = article if isinstance(article, str) else json.dumps(article, ensure_ascii=False)
            file.write(line + "\n")
    return path


def article(number, **fields):
    """An article that nobody else has, found by the word number{number}."""
    return {
        "id": f"article-{number}",
        "headline": f"Headline number{number}",
        "body": f"The body of number{number} says enough to be an article of its own.",
        "language": "en",
        **fields,
    }


class Index(contextlib.AbstractContextManager):
    """A folder of its own with an index in it; gone, with all that is in it, at the end."""

    def __init__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="broadsheet-test-")
        self.folder = pathlib.Path(self._folder.name)
        self.path = self.folder / "index"

    def __exit__(self, *_):
        self._folder.cleanup()

    def build(self, *arguments, stdin=None):
        """Runs `broadsheet-indexer build` with these paths and options."""
        return run("broadsheet-indexer", "build", "--index", self.path, *arguments, stdin=stdin)

    def build_articles(self, *articles):
        """Builds from these articles, however few; they have to be good."""
        source = write_jsonl(self.folder / "build_articles.jsonl", articles)
        finished = self.build("--force", source)
        assert finished.returncode == 0, finished.stderr
        return finished

    def admin(self, command, *arguments, status=0):
        """Runs a command of broadsheet-indexer on this index; it has to end with this status."""
        finished = run("broadsheet-indexer", command, "--index", self.path, *arguments)
        said = finished.stdout + finished.stderr
        assert finished.returncode == status, f"{command}: status {finished.returncode}: {said}"
        return finished

    def serve(self, *options, **named):
        return Server(self.path, *options, **named)

    def generations(self):
        """Names of the folders of generations, in order."""
        folder = self.path / "generations"
        return sorted(entry.name for entry in folder.iterdir()) if folder.is_dir() else []


def read_until(ending, stream):
    """What comes from a pipe or a terminal up to `ending`, or until it was closed."""
    said = b""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not said.endswith(ending.encode()):
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([stream], [], [], left)[0]:
            raise AssertionError(f"no {ending!r} within {PATIENCE_SECONDS} s, only {said!r}")
        try:
            byte = os.read(stream, 1)
        except OSError:  # A terminal whose other end is closed.
            byte = b""
        if not byte:
            break
        said += byte
    return said.decode()


# Unless a test says otherwise, a server gives up too late to matter: no call because the machine is
# slow, and at the end only after the test has.
_PATIENT = {"--deadline": 3600, "--drain": 3600}


class Server(contextlib.AbstractContextManager):
    """A running broadsheetd, and the client pointed at it. `open_files` limits its descriptors
    (a pair: soft and hard). `hold` is a hold.Hold, which is let go of when the server is to end with
    this."""

    def __init__(
        self, index, *options, listen="127.0.0.1:0", env=None, open_files=None, hold=None
    ):
        self._hold = hold
        patient = [part for name, value in _PATIENT.items() if name not in options
                   for part in (name, value)]
        self._folder = tempfile.TemporaryDirectory(prefix="broadsheet-test-server-")
        self.log_file = pathlib.Path(self._folder.name) / "log"
        with open(self.log_file, "wb") as log:
            self.process = start(
                "broadsheetd", "--index", index, "--listen", listen, *patient, *options,
                stdin=subprocess.DEVNULL, stderr=log, env=(hold.env if hold else env) or {},
                preexec_fn=open_files and functools.partial(
                    resource.setrlimit, resource.RLIMIT_NOFILE,
                    open_files if isinstance(open_files, tuple) else (open_files, open_files),
                ),
            )
        try:
            self.address = self._await_address()
        except BaseException:
            self.process.kill()
            self._close()
            raise

    def _await_address(self):
        line = read_until("\n", self.process.stdout.fileno())
        listening = re.fullmatch(r"broadsheetd listening on (\S+:\S+)\n", line)
        if not listening:
            raise AssertionError(f"broadsheetd said {line!r}; its log: {self.log()}")
        return listening[1]

    def __exit__(self, kind, *_):
        if self._hold:
            self._hold.let_go()
        if kind:
            # What a failed test says of its calls may have its reason in the server.
            ended = self.process.poll()
            state = "runs" if ended is None else f"ended with status {ended}"
            print(f"\nThe server at {self.address} {state}; the end of its log:\n"
                  + "\n".join(self.log().splitlines()[-20:]), file=sys.stderr)
        try:
            if self.process.poll() is None:
                status = self.stop()
                # A failure in the test itself is worth more than one at the end.
                assert status == 0 or kind, f"exit status {status} after SIGTERM: {self.log()}"
        finally:
            if self.process.poll() is None:
                self.process.kill()
            self._close()

    def _close(self):
        self.process.wait()
        self.process.stdout.close()
        self._folder.cleanup()

    def log(self):
        return self.log_file.read_text(encoding="utf-8", errors="replace")

    def terminate(self):
        self.process.send_signal(signal.SIGTERM)

    def stop(self):
        """Asks it to stop, and returns its exit status."""
        self.terminate()
        return self.process.wait(PATIENCE_SECONDS)

    def client(self, *arguments, stdin=None, **env):
        """Runs `broadsheet` against this server, with a home folder of its own."""
        env = environment(
            BROADSHEET_SERVER=self.address, HOME=self._folder.name, LC_ALL="C.UTF-8", **env
        )
        env.pop("XDG_STATE_HOME", None)
        return run("broadsheet", "--timeout", PATIENCE_SECONDS, *arguments, stdin=stdin, env=env)

    def search(self, query, *options):
        """The SearchArticlesResponse that `broadsheet search --output json` prints."""
        finished = self.client("search", *options, "--output", "json", "--", query)
        assert finished.returncode in (0, 1), f"{query}: {finished.stderr}"
        return json.loads(finished.stdout)

    def ids(self, query, *options):
        """Ids of the hits of one page of up to 1,000, in the order of the answer."""
        finished = self.client(
            "search", "--limit", 1000, *options, "--output", "ids", "--", query
        )
        assert finished.returncode in (0, 1), f"{query}: {finished.stderr}"
        return finished.stdout.splitlines()

    def status(self):
        """The GetStatusResponse that `broadsheet status --output json` prints."""
        finished = self.client("status", "--output", "json")
        assert finished.returncode == 0, finished.stderr
        return json.loads(finished.stdout)
