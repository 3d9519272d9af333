# SPDX-License-Identifier: GPL-3.0-or-later
"""The rivals: how each is compiled, fills an index, is timed, and is asked for its answers.

What times them lies beside the checkout (`tools/peers` of BROADSHEET_SHARED): one program an engine,
each of which asks as the engine's own documentation would have it. What prints their answers is in
bench/rivals: the same queries on the same index, but ids and counts in place of times. An engine
whose Debian packages are not installed is left out, and that is said.
"""

import contextlib
import glob
import json
import os
import shutil
import socket
import sqlite3
import subprocess

from lib.programs import SHARED, SOURCE, wait_for

PEERS = SHARED / "tools" / "peers"
ANSWERS = SOURCE / "bench" / "rivals"
JARS = "/usr/share/java"
# The rivals' names of the classes.
KINDS = {"and": "and", "any": "or", "phrase": "phrase"}
CLASS_OF = {kind: name for name, kind in KINDS.items()}
DEPTH = 10


def rows_of(out, what):
    """Of what a rival printed, the lines of JSON of one kind, "index" or "query"."""
    rows = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    return [row for row in rows if row["what"] == what]


def answers_of(out):
    """Of what bench/rivals prints for one class: a pair of count and ids for each query, in order."""
    answers = []
    for line in out.splitlines():
        count, _, ids = line.partition("\t")
        answers.append((int(count), ids.split(" ") if ids else []))
    return answers


def _run(command, folder, **env):
    finished = subprocess.run(
        list(map(str, command)), cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, **{name: str(value) for name, value in env.items()}},
    )
    if finished.returncode != 0:
        raise RuntimeError(f"{command[0]}: status {finished.returncode}: {finished.stderr[-2000:]}")
    return finished.stdout


def _compile(folder, source, *libraries):
    program = folder / source.stem
    subprocess.run(["g++", "-O2", "-march=native", "-std=c++17", source, "-o", program,
                    *libraries, "-pthread"], cwd=folder, capture_output=True, check=True)
    return program


class Engine:
    """A rival that runs in the process that times it, with two threads where two are timed.

    `folder` has the rivals' sources and programs, `database` the index of this one.
    """

    name = ""
    packages = ""
    # Whether answers name articles by their ids; otherwise by their number, from 1, in the input.
    has_ids = False

    def __init__(self, folder):
        self.folder = folder
        self.database = folder / f"{self.name.replace(' ', '-')}.db"

    def index(self, articles):
        """Fills the index, once; the row that the rival prints about it."""
        raise NotImplementedError

    def ask(self, queries, cap):
        """Times the queries of a folder, for `cap` seconds a figure: rows by (class, with
        fragment)."""
        rows = rows_of(_run(self.timed(queries), self.folder, CAP=cap), "query")
        return {(CLASS_OF[row["kind"]], bool(row["snip"])): row for row in rows}

    def timed(self, queries):
        """The command that times the queries of a folder."""
        raise NotImplementedError

    def answers(self, name, file):
        """For each query of a file of one class: how many articles match, and the first ten."""
        raise NotImplementedError

    def running(self):
        """A context in which the engine can be asked."""
        return contextlib.nullcontext()


class LuceneWithOffsets(Engine):
    """As its documentation has it for quick highlights, in one segment."""

    name = "Lucene with offsets"
    packages = "openjdk-17-jdk-headless liblucene8-java libjackson2-core-java"
    has_ids = True
    options = ("-Dmerge=1", "-Doffsets=1")

    def __init__(self, folder):
        super().__init__(folder)
        parts = ("core", "analyzers-common", "highlighter", "queries", "memory")
        jars = [jar for part in parts for jar in glob.glob(f"{JARS}/lucene-{part}-8.*.jar")[:1]]
        path = ":".join([str(folder / "classes"), *jars, f"{JARS}/jackson-core.jar"])
        subprocess.run(
            ["javac", "-cp", path, "-d", "classes", "Peer.java", ANSWERS / "LuceneAnswers.java"],
            cwd=folder, capture_output=True, check=True,
        )
        self._java = ["java", "-Xms2g", "-Xmx6g", "-XX:+UseParallelGC", "-cp", path]

    def index(self, articles):
        command = [*self._java, *self.options, "Peer", "index", articles, self.database, "lucene"]
        return rows_of(_run(command, self.folder), "index")[0]

    def timed(self, queries):
        return [*self._java, "Peer", "query", self.database, queries, "lucene"]

    def answers(self, name, file):
        command = [*self._java, "LuceneAnswers", self.database, KINDS[name], file]
        return answers_of(_run(command, self.folder))


class Lucene(LuceneWithOffsets):
    """The same without offsets, which highlights then have to find again in the text."""

    name = "Lucene"
    options = ("-Dmerge=1",)


class Xapian(Engine):
    """As one would use it: one TermGenerator, one WritableDatabase, MSet::snippet."""

    name = "Xapian"
    packages = "libxapian-dev libsimdjson-dev"

    def __init__(self, folder):
        super().__init__(folder)
        self._indexer = _compile(folder, folder / "xidx.cc", "-lxapian", "-lsimdjson")
        self._searcher = _compile(folder, folder / "xqry.cc", "-lxapian", "-lsimdjson")
        self._answerer = _compile(folder, ANSWERS / "xapian_answers.cc", "-lxapian")

    def index(self, articles):
        command = [self._indexer, articles, self.database, "t=1", "name=xapian"]
        return rows_of(_run(command, self.folder), "index")[0]

    def timed(self, queries):
        return [self._searcher, self.database, queries, "xapian", "some", "xapian"]

    def answers(self, name, file):
        return answers_of(_run([self._answerer, self.database, KINDS[name], file], self.folder))


class SQLite(Engine):
    """FTS5 with Porter's stemmer."""

    name = "SQLite"
    packages = "libsqlite3-dev libsimdjson-dev"

    def __init__(self, folder):
        super().__init__(folder)
        self._program = _compile(folder, folder / "sq.cc", "-lsqlite3", "-lsimdjson")

    def index(self, articles):
        command = [self._program, "index", articles, self.database, "sqlite"]
        return rows_of(_run(command, self.folder), "index")[0]

    def timed(self, queries):
        return [self._program, "query", self.database, queries, "sqlite"]

    def answers(self, name, file):
        found = []
        with contextlib.closing(sqlite3.connect(self.database)) as database:
            for query in file.read_text(encoding="utf-8").splitlines():
                matching = sqlite_query(name, query)
                count = database.execute("select count(*) from t where t match ?", [matching])
                best = database.execute(
                    "select rowid from t where t match ? and rank match 'bm25(3.0,1.0,0,0,0,0)'"
                    " order by rank limit ?", [matching, DEPTH])
                found.append((count.fetchone()[0], [str(row[0]) for row in best]))
        return found


def sqlite_query(name, query):
    """A query as FTS5 reads it, in headlines and bodies, as sq.cc asks."""
    if name == "phrase":
        return f'{{headline body}}: "{query}"'
    between = " AND " if name == "and" else " OR "
    return "{headline body}: (" + between.join(f'"{word}"' for word in query.split()) + ")"


class Sphinx(Engine):
    """Its server, asked through SphinxQL over a connection a caller."""

    name = "Sphinx"
    packages = "sphinxsearch libmariadb-dev libsimdjson-dev"

    def __init__(self, folder):
        super().__init__(folder)
        # Without the programs there is nothing to compile for.
        for program in ("indexer", "searchd"):
            if shutil.which(program) is None:
                raise FileNotFoundError(program)
        self._program = _compile(folder, folder / "sphinx.cc", "-lmariadb", "-lsimdjson")
        self._answerer = _compile(folder, ANSWERS / "sphinx_answers.cc", "-lmariadb")
        self._port = _free_port()

    def index(self, articles):
        self.database.mkdir()
        text = _SPHINX.format(program=self._program, articles=articles, folder=self.database,
                              port=self._port)
        (self.database / "s.conf").write_text(text, encoding="utf-8")
        command = [self._program, "index", articles, self.database, "sphinx"]
        return rows_of(_run(command, self.folder), "index")[0]

    def timed(self, queries):
        return [self._program, "query", self._port, queries, "sphinx"]

    def answers(self, name, file):
        return answers_of(_run([self._answerer, self._port, KINDS[name], file], self.folder))

    @contextlib.contextmanager
    def running(self):
        with subprocess.Popen(["searchd", "--nodetach", "--config", self.database / "s.conf"],
                              stdout=subprocess.DEVNULL) as process:
            try:
                wait_for(lambda: _listens(self._port) or process.poll() is not None, "searchd")
                if process.poll() is not None:
                    raise RuntimeError(f"searchd ended: {(self.database / 'log').read_text()}")
                yield
            finally:
                process.terminate()


# As tools/peers has it: English stems, every word, proximity and BM25.
_SPHINX = """\
source s {{ type=tsvpipe
 tsvpipe_command={program} tsv {articles}
 tsvpipe_field_string=headline
 tsvpipe_field_string=body
 tsvpipe_field=byline
 tsvpipe_attr_string=url
 tsvpipe_attr_string=date
}}
index t {{ source=s
 path={folder}/t
 morphology=stem_en
 min_word_len=1
 index_exact_words=0
}}
indexer {{ mem_limit=1024M
 max_xmlpipe2_field=8M
}}
searchd {{ listen=127.0.0.1:{port}:mysql41
 pid_file={folder}/pid
 log={folder}/log
 binlog_path=
 workers=threads
 max_children=30
}}
"""


def _free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def _listens(port):
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


def installed(folder, kinds):
    """Compiles these rivals into `folder`; those that this machine can run."""
    if not PEERS.exists():
        print(f"No {PEERS}: no rival is measured.", flush=True)
        return []
    for source in [*PEERS.glob("*.cc"), *PEERS.glob("*.h"), *PEERS.glob("*.java")]:
        shutil.copy(source, folder)
    found = []
    for kind in kinds:
        try:
            found.append(kind(folder))
        except (OSError, subprocess.CalledProcessError):
            print(f"{kind.name} is left out: it needs scripts/setup {kind.packages}", flush=True)
    return found
