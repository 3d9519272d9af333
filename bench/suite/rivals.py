# SPDX-License-Identifier: GPL-3.0-or-later
"""What people would use instead, on the same articles and queries, in turns with Broadsheet.

The rivals' programs lie beside the checkout (`tools/peers` of BROADSHEET_SHARED). One whose Debian
packages are not installed is left out, and said so. They run in this process's machine without a
server; Broadsheet is asked through gRPC, so that the comparison is never in its favour.
"""

import glob
import json
import os
import shutil
import statistics
import subprocess

from lib.programs import SHARED

from . import searches, servers

PEERS = SHARED / "tools" / "peers"
JARS = "/usr/share/java"
# Seconds that each figure of a rival takes.
CAP = 2
# The rivals' names of the classes.
KINDS = {"and": "and", "any": "or", "phrase": "phrase"}
PACKAGES = {
    "Lucene": "openjdk-17-jdk-headless liblucene8-java libjackson2-core-java",
    "Xapian": "libxapian-dev",
    "SQLite": "libsqlite3-dev",
}


class Rival:
    """One engine: how it indexes, and how it is asked."""

    def __init__(self, name, index, query):
        self.name = name
        self._index = index
        self._query = query

    def index(self, articles, database):
        finished = subprocess.run([*self._index, str(articles), str(database), *self._more()],
                                  capture_output=True, text=True, check=True)
        return _rows(finished.stdout, "index")[0]

    def ask(self, database, folder):
        """Rows by (class, with fragment)."""
        finished = subprocess.run([*self._query, str(database), str(folder), *self._asked()],
                                  capture_output=True, text=True, check=True,
                                  env={**os.environ, "CAP": str(CAP)})
        ours = {kind: name for name, kind in KINDS.items()}
        return {(ours[row["kind"]], bool(row["snip"])): row
                for row in _rows(finished.stdout, "query")}

    def _more(self):
        return {"Xapian": ["t=1", "name=xapian"]}.get(self.name, [self.name.lower()])

    def _asked(self):
        return {"Xapian": ["xapian", "some", "xapian"]}.get(self.name, [self.name.lower()])


def _rows(out, what):
    rows = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    return [row for row in rows if row["what"] == what]


def installed(folder):
    """Compiles the rivals into `folder`; those that this machine can run."""
    if not PEERS.exists():
        print(f"no {PEERS}: no rivals are measured", flush=True)
        return []
    for source in [*PEERS.glob("*.cc"), *PEERS.glob("*.h"), *PEERS.glob("*.java")]:
        shutil.copy(source, folder)
    found = []
    for name, make in (("Lucene", _lucene), ("Xapian", _xapian), ("SQLite", _sqlite)):
        try:
            found.append(make(folder))
        except (OSError, subprocess.CalledProcessError):
            print(f"{name} is left out: it needs apt-get install {PACKAGES[name]}", flush=True)
    return found


def _lucene(folder):
    parts = ("core", "analyzers-common", "highlighter", "queries", "memory")
    jars = [jar for part in parts for jar in glob.glob(f"{JARS}/lucene-{part}-8.*.jar")[:1]]
    path = ":".join(["classes", *jars, f"{JARS}/jackson-core.jar"])
    subprocess.run(["javac", "-cp", path, "-d", "classes", "Peer.java"], cwd=folder,
                   capture_output=True, check=True)
    java = ["java", "-Xms2g", "-Xmx6g", "-XX:+UseParallelGC",
            "-cp", path.replace("classes", str(folder / "classes"), 1)]
    # With offsets and in one segment, as its own documentation has it for quick highlights.
    return Rival("Lucene", [*java, "-Doffsets=1", "-Dmerge=1", "Peer", "index"],
                 [*java, "Peer", "query"])


def _compiled(folder, program, *libraries):
    subprocess.run(["g++", "-O2", "-march=native", "-std=c++17", f"{program}.cc", "-o", program,
                    *libraries, "-lsimdjson", "-pthread"], cwd=folder, capture_output=True, check=True)
    return str(folder / program)


def _xapian(folder):
    return Rival("Xapian", [_compiled(folder, "xidx", "-lxapian")],
                 [_compiled(folder, "xqry", "-lxapian")])


def _sqlite(folder):
    program = _compiled(folder, "sq", "-lsqlite3")
    return Rival("SQLite", [program, "index"], [program, "query"])


def _write_queries(queries, folder):
    """The same queries as the rivals read them: phrases without quotation marks."""
    for name, kind in KINDS.items():
        text = queries[name].read_text(encoding="utf-8").replace('"', "")
        (folder / f"{kind}.txt").write_text(text, encoding="utf-8")


def compare(server, queries, articles, folder, rounds):
    """For each rival the row of its index, and by (class, with fragment) medians in turns: our
    searches a second at 2 callers and p99 in µs, the rival's with 2 threads and its p99."""
    asked = folder / "rivals"
    asked.mkdir()
    _write_queries(queries, asked)
    for rival in installed(folder):
        database = folder / f"{rival.name}.db"
        indexed = rival.index(articles, database)
        seen = {}
        for _ in range(rounds):
            theirs = rival.ask(database, asked)
            for (name, with_fragment), row in theirs.items():
                request = searches.request(name, "default", with_fragment)
                load = ("--queries", queries[name], "--request", request, "--seconds", CAP)
                two = servers.load(server.address, *load, "--callers", 2)[0]
                one = servers.load(server.address, *load, "--callers", 1)[0]
                seen.setdefault((name, with_fragment), []).append(
                    (two["perSecond"], one["p99Ms"] * 1000, row["qps2"], row["p99_us"]))
        yield rival.name, indexed, {
            key: [statistics.median(column) for column in zip(*rows)] for key, rows in seen.items()}


def table(name, indexed, medians):
    lines = [f"| against {name} | ours a second | theirs | times | p99 ours, ms | theirs | times |",
             "|---|---|---|---|---|---|---|"]
    for (query_class, with_fragment), (ours, p99, theirs, their_p99) in medians.items():
        what = query_class + (", a fragment a hit" if with_fragment else "")
        lines.append(f"| {what} | {ours:.0f} | {theirs:.0f} | {ours / theirs:.2f} | "
                     f"{p99 / 1000:.2f} | {their_p99 / 1000:.2f} | {p99 / their_p99:.2f} |")
    lines.append("")
    lines.append(f"{name}'s index: {indexed['docs_s']:.0f} articles/s, "
                 f"{indexed['ratio']:.2f} of the input.")
    return lines
