# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands that README and docs show: the programs know each command and option of all of them,
and those that need no machine of their own are run, and print what is shown below them."""

import functools
import json
import pathlib
import re
import shlex
import subprocess
import tempfile
import unittest

from lib.certificates import Authority
from lib.figures import metrics_address
from lib.programs import (
    BIN, PATIENCE_SECONDS, SOURCE, Index, article, environment, run, write_jsonl,
)

DOCUMENTS = [
    SOURCE / "README.md",
    SOURCE / "SECURITY.md",
    *sorted((SOURCE / "docs").glob("*.md")),
    *sorted((SOURCE / "examples").rglob("*.md")),
]
PROGRAMS = ("broadsheet", "broadsheetd", "broadsheet-indexer", "broadsheet-desk", "broadsheet-load")
# What is run, by how it begins, of the documents that other tests do not play through.
RUN = {
    "operations.md": ("broadsheet-indexer token", "broadsheet-indexer snapshot",
                      "broadsheet-indexer generations", "broadsheet-indexer prune",
                      "broadsheet-indexer verify"),
    "formats.md": ("broadsheet-indexer",),
    "extraction.md": ("broadsheet-indexer",),
    "query_language.md": ("broadsheet search",),
}
# Where the documents keep things, below the folder of a test.
PLACES = ("/srv/news", "/etc/broadsheet", "/backup", "/var/lib/broadsheet/index", "/tmp/drill")


def blocks(document):
    """The lines of each block of a document, "\\" at an end joined."""
    for block in re.findall(r"^```\w*\n(.*?)^```", document.read_text(encoding="utf-8"), re.M | re.S):
        yield re.sub(r"\\\n\s*", "", block).splitlines()


def command_lines(document):
    """(command, lines shown below it) of each line of a block that runs one of the programs."""
    for lines in blocks(document):
        for number, line in enumerate(lines):
            command = re.sub(r"\s+# .*", "", line.removeprefix("$ "))
            words = command.removeprefix("sudo ").removeprefix("-u broadsheet ").split(" ")
            if pathlib.PurePath(words[0]).name not in PROGRAMS or len(words) < 2:
                continue
            if re.match(r"broadsheet\S* listening", command) or words[0].endswith(":"):
                continue
            shown = []
            if line.startswith("$ "):
                for below in lines[number + 1:]:
                    if below.startswith(("$ ", "# ")):
                        break
                    shown.append(below)
            yield " ".join(words), shown


def calls(command):
    """The words of each program of ours that a command line runs."""
    lexer = shlex.shlex(command, posix=True, punctuation_chars=";&|<>")
    lexer.whitespace_split = True
    words = []
    for word in [*lexer, ";"]:
        if re.fullmatch(r"[;&|<>]+", word):
            if words and pathlib.PurePath(words[0]).name in PROGRAMS:
                yield words
            words = []
        else:
            words.append(word)


@functools.lru_cache(maxsize=None)
def help_of(program, *commands):
    finished = run(program, *commands, "--help")
    assert finished.returncode == 0, (program, commands, finished.stderr)
    return finished.stdout


def commands_of(text):
    """The commands that a help lists."""
    listed = re.split(r"^(?:Subcommands|Commands):\n", text, flags=re.M)[1:]
    return re.findall(r"^  (\w[\w-]*)", listed[0], re.M) if listed else []


class KnownTest(unittest.TestCase):
    def test_programs_know_every_command_and_option_that_documents_show(self):
        seen = 0
        for document in DOCUMENTS:
            for command, _ in command_lines(document):
                for program, *words in calls(command):
                    with self.subTest(document=document.name, command=command):
                        self.assert_known(pathlib.PurePath(program).name, words)
                        seen += 1
        self.assertGreater(seen, 50)

    def test_units_that_documents_name_come_with_the_package(self):
        units = {path.stem for path in (SOURCE / "packaging").rglob("*")
                 if path.suffix in (".service", ".timer")}
        named = set()
        for document in DOCUMENTS:
            for line in re.findall(r"(?:systemctl|journalctl|systemd-analyze security)\b[^\n`#]*",
                                   document.read_text(encoding="utf-8")):
                named.update(re.findall(r"\bbroadsheet[\w-]*", line))
        self.assertGreater(len(named), 1)
        self.assertEqual(named - units, set())

    def assert_known(self, program, words):
        path = []
        known = help_of(program)
        for word in words:
            if word == "--":
                break
            if word.startswith("[") or not word.startswith("-"):
                if word in commands_of(known):
                    path.append(word)
                    known = help_of(program, *path)
                continue
            name = word.split("=")[0]
            texts = [help_of(program, *path[:depth]) for depth in range(len(path) + 1)]
            found = any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text) for text in texts)
            self.assertTrue(found or re.fullmatch(r"-\d+|-[a-z]+ .*", word), f"{program}: {word}")


def as_pattern(shown):
    """Matches what is shown: figures, times and ids of another run, "..." for anything."""
    parts = []
    for line in shown:
        escaped = re.escape(line)
        escaped = re.sub(r"[0-9a-f]*\d(?:,\d{3}|[0-9a-f])*",
                         lambda found: r"[\d,]+" if "," in found[0] else r"[0-9a-f]+", escaped)
        escaped = re.sub(r"(\\ )+", " +", escaped)
        parts.append(escaped.replace(re.escape("..."), r"[\s\S]*"))
    return re.compile(r"\n".join(parts).replace(r"\n[\s\S]*", r"[\s\S]*"))


class RunTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls._folder = tempfile.TemporaryDirectory(prefix="broadsheet-test-")
        cls.addClassCleanup(cls._folder.cleanup)
        cls.folder = pathlib.Path(cls._folder.name)
        cls.index = Index()
        cls.addClassCleanup(cls.index.__exit__, None, None, None)
        for place in ("etc/broadsheet", "backup", "srv", "var/lib/broadsheet", "tmp"):
            (cls.folder / place).mkdir(parents=True)
        for path in ("srv/news", "var/lib/broadsheet/index", "tmp/drill"):
            built = run("broadsheet-indexer", "build", "--index", cls.folder / path,
                        SOURCE / "examples" / "articles")
            assert built.returncode == 0, built.stderr
        built = cls.index.build(SOURCE / "examples" / "articles")
        assert built.returncode == 0, built.stderr
        # Where the documents' commands find examples/, and may leave what they write.
        (cls.folder / "examples").symlink_to(SOURCE / "examples")
        cls.server = cls.index.serve()
        cls.addClassCleanup(cls.server.__exit__, None, None, None)

    def placed(self, command):
        for place in PLACES:
            command = command.replace(place, f"{self.folder}{place}")
        return command.replace("--index DIR", f"--index {self.folder}/own")

    def test_what_documents_show_is_what_the_programs_print(self):
        env = environment(BROADSHEET_SERVER=self.server.address, LC_ALL="C.UTF-8",
                          HOME=self.folder)
        env["PATH"] = f"{BIN}:{env['PATH']}"
        for name, beginnings in RUN.items():
            ran = 0
            for command, shown in command_lines(SOURCE / "docs" / name):
                if not command.startswith(beginnings):
                    continue
                ran += 1
                with self.subTest(document=name, command=command):
                    finished = subprocess.run(
                        ["sh", "-c", self.placed(command)], cwd=self.folder, env=env,
                        capture_output=True, check=False, timeout=PATIENCE_SECONDS,
                    )
                    printed = (finished.stdout + finished.stderr).decode()
                    # A search that finds nothing ends with 1.
                    statuses = (0, 1) if command.startswith("broadsheet search") else (0,)
                    self.assertIn(finished.returncode, statuses, printed)
                    self.assertRegex(re.sub(" +", " ", printed), as_pattern(shown))
            self.assertGreater(ran, 0, name)


class OperationsTest(unittest.TestCase):
    """What operations.md shows of an index or a server in a state of its own."""

    def setUp(self):
        self.index = self.enterContext(Index())
        self.folder = self.index.folder

    def shown_below(self, beginning):
        """The lines below the command of operations.md that begins so."""
        [shown] = [shown for command, shown in command_lines(SOURCE / "docs" / "operations.md")
                   if shown and command.startswith(beginning)]
        return shown

    def assert_shown(self, beginning, printed):
        self.assertRegex(re.sub(" +", " ", printed), as_pattern(self.shown_below(beginning)))

    def test_mistakes_in_the_settings(self):
        command = "broadsheetd --config broadsheetd.toml --check-config"
        mistakes = {7: "max-conections = 100", 9: "threads = 5000"}
        settings = self.folder / "broadsheetd.toml"
        settings.write_text("".join(f"{mistakes.get(line, '')}\n" for line in range(1, 10)))
        checked = subprocess.run(command.split(), cwd=self.folder, capture_output=True, text=True,
                                 env=environment(PATH=str(BIN)), check=False)
        self.assertEqual(checked.returncode, 2)
        self.assertEqual(checked.stderr.splitlines(), self.shown_below(command))

    def test_a_rebuild_of_a_server_that_takes_articles(self):
        self.index.build(SOURCE / "examples" / "articles")
        with self.index.serve("--writable") as server:
            server.client("put", "-", stdin=json.dumps(article(1)))
            rebuilt = server.client("admin", "rebuild")
        self.assert_shown("broadsheet admin rebuild", rebuilt.stdout)
        self.assertIn("generation 2, 64 articles", rebuilt.stdout)

    def test_articles_whose_language_nobody_knows(self):
        notes = write_jsonl(self.folder / "notes.jsonl", [
            {"id": "n-1", "headline": "Pellar 17"}, {"id": "n-2", "headline": "Varnholm 4"}])
        built = self.index.build(notes)
        self.assert_shown("broadsheet-indexer build --index /srv/news notes.jsonl",
                          built.stdout + built.stderr)
        rebuilt = self.index.admin("rebuild", "--language", "en")
        self.assert_shown("broadsheet-indexer rebuild --index /srv/news --language en",
                          rebuilt.stdout + rebuilt.stderr)

    def test_how_many_readers_may_not_see(self):
        self.index.build_articles(
            article(1), article(2, status="STATUS_WITHHELD"), article(3, status="STATUS_CANCELLED"),
            article(4, embargo_time="2126-01-01T00:00:00Z"))
        self.index.admin("add", write_jsonl(self.folder / "later.jsonl", [article(5)]))
        self.assert_shown("broadsheet-indexer stats", self.index.admin("stats").stdout)

    def test_one_look_at_the_figures(self):
        self.index.build_articles(article(1))
        with self.index.serve("--writable", "--metrics", "127.0.0.1:0") as server:
            server.ids("number1")
            looked = server.client(
                "top", "--once", "--interval", 0.1,
                BROADSHEET_METRICS=metrics_address(server).removeprefix("http://"))
        self.assertEqual(looked.returncode, 0, looked.stderr)
        for shown in self.shown_below("broadsheet top --once"):
            name = re.split(r"  | \d", shown)[0]
            # Errors and methods are those of the last seconds, of which there are none here.
            if name not in ("Errors", "METHOD", "SearchArticles", "PutArticle"):
                self.assertRegex(looked.stdout, rf"(?m)^{re.escape(name)}")

    def test_what_readers_asked(self):
        self.index.build_articles(article(1))
        log = self.folder / "queries.log"
        with self.index.serve("--query-log", log) as server:
            for query in ("nothinglikeit", "number1", "number1", "nothinglikeit", "xyzzy"):
                server.client("search", "--", query)
        counted = run("broadsheet-indexer", "queries", log)
        self.assert_shown("broadsheet-indexer queries", counted.stdout)


class TlsTest(unittest.TestCase):
    """The commands of operations.md that speak TLS, but for where the server is."""

    @classmethod
    def setUpClass(cls):
        cls.index = cls.enterClassContext(Index())
        cls.index.build(SOURCE / "examples" / "articles")
        authority = Authority(cls.index.folder, "ours")
        server = authority.issue("server", "DNS:news.example")
        me = authority.issue("me")
        cls.files = {"ca.pem": authority.cert, "server.pem": server.cert, "server.key": server.key,
                     "me.pem": me.cert, "me.key": me.key}
        shown = [line for line, _ in command_lines(SOURCE / "docs" / "operations.md")
                 if re.search(r"--tls(-ca|-cert)? ", line)]
        cls.servers = [line for line in shown if line.startswith("broadsheetd")]
        cls.clients = [line for line in shown if line.startswith("broadsheet --server news.example")]

    def words(self, command):
        return [self.files.get(word, word) for word in command.split()[1:]]

    def serve(self, *options):
        [command] = self.servers
        words = self.words(command)
        # Index and address are the test's own.
        return self.index.serve(*words[words.index("--tls-cert"):], *options)

    def assert_found(self, server, command):
        words = [server.address if word == "news.example:6460" else word
                 for word in self.words(command)]
        finished = run("broadsheet", "--tls-name", "news.example", *words,
                       env=environment(SSL_CERT_FILE=self.files["ca.pem"]))
        self.assertEqual(finished.returncode, 0, finished.stderr)
        self.assertIn("Ferry", finished.stdout)

    def test_each_way_to_trust_the_server_reaches_it(self):
        self.assertEqual(len(self.clients), 3)
        with self.serve() as server:
            for command in self.clients:
                with self.subTest(command=command):
                    self.assert_found(server, command)

    def test_a_client_with_a_certificate_is_let_in_where_one_is_asked_for(self):
        [command] = [line for line in self.clients if "--tls-cert" in line]
        with self.serve("--tls-client-ca", self.files["ca.pem"]) as server:
            self.assert_found(server, command)


if __name__ == "__main__":
    unittest.main()
