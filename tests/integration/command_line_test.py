# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that the client's command line takes what people type, and that what it prints can be typed.

Each command that the programs print (offers, mended queries, remedies, examples of the help) is
taken from real output and run by a shell, in whose eyes quotes, dollars and dashes have to come out
right. A printed command that this file does not know how to find fails the test, so that a new one
is run here, too.
"""

import re
import shlex
import subprocess
import unittest

from lib.programs import (
    BIN, PATIENCE_SECONDS, SAMPLE_ARTICLES, Index, article, environment, run, write_jsonl,
)

QUOTED_TAG = """It's "$5" `id` \\ !bang"""
QUOTED_ID = """it's a "story" $HOME `id` !x"""
QUOTED = [
    article(1, id=QUOTED_ID, headline="Quokka at the harbour", source='Say "no" & go',
            section="-front", bylines=["O'Neil $USER"], published="2025-03-01",
            tags=[QUOTED_TAG, "-dash", "--all", "北朝鮮", "a,b", "[a,b]", "{}", "two words"]),
    article(2, id="-4711", headline="Numbat at the harbour", tags=["two words", "-dash"]),
    article(3, id="12", headline="Bilby at the harbour", tags=["two words"]),
]


class CommandLineTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.index = cls.enterClassContext(Index())
        cls.folder = cls.index.folder
        quoted = write_jsonl(cls.folder / "quoted.jsonl", QUOTED)
        built = cls.index.build(SAMPLE_ARTICLES, quoted)
        assert built.returncode == 0, built.stderr
        cls.server = cls.enterClassContext(cls.index.serve("--writable"))
        cls.env = environment(
            BROADSHEET_SERVER=cls.server.address, HOME=cls.folder, LC_ALL="C.UTF-8",
            XDG_STATE_HOME=cls.folder / "state",
        )
        cls.env["PATH"] = f"{BIN}:{cls.env['PATH']}"

    def client(self, *arguments, statuses=(0,), stdin=None, env=None):
        finished = run("broadsheet", *arguments, stdin=stdin, env=env or self.env)
        self.assertIn(finished.returncode, statuses, (arguments, finished.stdout, finished.stderr))
        return finished

    def ids(self, *arguments):
        """Ids of the hits, sorted; there may be none."""
        shown = self.client("search", "--output", "ids", *arguments, statuses=(0, 1)).stdout
        return sorted(shown.splitlines())


class Options(CommandLineTest):
    """`--source AP fraud` was an error: the option took every word behind it."""

    def test_an_option_that_may_be_given_again_takes_one_value(self):
        for option, value in (
            ("--tag", "two words"), ("--tag", QUOTED_TAG), ("--tag", "北朝鮮"),
            ("--byline", "O'Neil $USER"), ("--source", 'say "no" & go'), ("--section", "-front"),
            ("--language", "en"),
        ):
            with self.subTest(option=option, value=value):
                for typed in (
                    [option, value, "quokka"], ["quokka", option, value],
                    [f"{option}={value}", "quokka"], [option, value, option, value, "quokka"],
                    ["quokka", option, value, "harbour"], [option, value, "--", "quokka"],
                    ["quokka", option, value, "--", "harbour -numbat"],
                ):
                    self.assertEqual(self.ids(*typed), [QUOTED_ID], typed)
        self.assertEqual(self.ids("--caption", "signing ceremony", "ferry"),
                         self.ids("ferry", "--caption", "signing ceremony"))

    def test_it_may_be_given_again_before_among_and_behind_the_words(self):
        self.assertEqual(self.ids("--tag", "two words", "--tag", "-dash", "harbour"),
                         ["-4711", QUOTED_ID])
        self.assertEqual(
            self.ids("--tag", "two words", "at", "--tag=-dash", "harbour", "--tag", "a,b"),
            [QUOTED_ID])
        self.assertEqual(self.ids("--tag", "a", "--tag", "b", "quokka"), [])
        both = self.ids("--source", 'Say "no" & go', "--source", "The Harbour Times", "harbour")
        self.assertIn(QUOTED_ID, both)
        self.assertGreater(len(both), 1)

    def test_values_are_taken_to_the_letter(self):
        for tag in ("-dash", "--all", "a,b", "[a,b]", "{}"):
            self.assertIn(QUOTED_ID, self.ids("--tag", tag, "harbour"), tag)
            self.assertIn(QUOTED_ID, self.ids("harbour", f"--tag={tag}"), tag)

    def test_behind_two_dashes_everything_is_a_word(self):
        for typed in (["--", "harbour -quokka -numbat"], ["harbour", "--", "-quokka", "-numbat"],
                      ["--tag", "two words", "--", "-quokka", "harbour", "-numbat"]):
            self.assertEqual(self.ids("--tag", "two words", *typed), ["12"], typed)
        self.assertEqual(self.client("get", "--", "-4711").stdout.splitlines()[0],
                         "Numbat at the harbour")

    def test_an_empty_value_takes_no_word_and_is_said(self):
        for typed in (["--tag=", "quokka"], ["--tag", "", "quokka"], ["quokka", "--since="]):
            said = self.client("search", *typed, statuses=(2,)).stderr
            self.assertIn("the value is empty", said)


# What stands before a printed command. In front of what stands behind it, the second.
INTRODUCED = [
    (r"Read one: ", r"\. More: |$"),
    (r"More: ", r"$"),
    (r"[Tt]ry: ", r"$"),
    (r"The same as: ", r"$"),
    (r"write: ", r"$"),
    (r"see: ", r", or |$"),
    (r", or (?=broadsheet )", r"$"),
    (r"not published: ", r"$"),
    (r"formats: ", r"$"),
    (r"start one with: ", r" \(another address"),
    # An example of the help, and a mended search.
    (r"^  (?=broadsheet )", r"$"),
]
A_COMMAND = re.compile(r"\bbroadsheet(?:d|-indexer)?(?= [-a-z])")


def printed_commands(said, typed):
    """The commands in an output; an addition such as `--page 2` behind what was `typed`."""
    found = []
    # A long one goes on over several lines, as a shell reads it.
    for line in re.sub(r" \\\n +", " ", said).splitlines():
        pieces = []
        for before, behind in INTRODUCED:
            pieces += re.findall(rf"{before}(.+?)(?={behind})", line)
        if line.startswith("Usage: "):
            continue
        known = sum(len(A_COMMAND.findall(piece)) for piece in pieces)
        assert known == len(A_COMMAND.findall(line)), f"there is another command in {line!r}"
        found += [shlex.join(["broadsheet", *typed]) + " " + piece if piece.startswith("--page ")
                  else piece for piece in pieces]
    return found


class PrintedCommands(CommandLineTest):
    def shell(self, command, statuses):
        finished = subprocess.run(
            ["sh", "-c", command], env=self.env, cwd=self.folder, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False,
        )
        self.assertIn(finished.returncode, statuses, (command, finished.stdout, finished.stderr))
        return finished

    def printed(self, *typed, stdin=None, env=None):
        """What running `broadsheet` with these arguments prints, and the commands in it."""
        finished = self.client(*typed, statuses=(0, 1, 2), stdin=stdin, env=env)
        said = finished.stdout + finished.stderr
        return said, printed_commands(said, typed)

    def assert_prints(self, typed, offers, statuses=(0,), **how):
        """So many commands are printed, and each runs."""
        said, commands = self.printed(*typed, **how)
        self.assertEqual(len(commands), offers, said)
        for command in commands:
            self.shell(command, statuses)
        return commands

    def test_what_comes_below_hits(self):
        for typed in (
            ["search", "ferry", "--limit", "1"],
            ["search", "--limit", "1", "--tag", "two words", "harbour"],
            ["search", "ferry", "--limit", "1", "--page", "2"],
            ["search", "--limit", "1", "--", "harbour -quokka"],
            ["search", "harbour", "--limit", "1", "--", "-quokka"],
            ["search", "--limit", "1", "--page", "1", "--tag=-dash", "--sort", "oldest"],
            ["search", "--caption", "signing ceremony", "--limit", "1", "--page", "1"],
            ["search", "-", "--limit", "1", "--page", "1"],
        ):
            with self.subTest(typed=typed):
                read, more = self.assert_prints(typed, 2, stdin="it's OR ferry\n")
                self.assertIn(" get ", read)
                # Another page of the same search.
                total = self.client(*typed, stdin="it's OR ferry\n").stdout.splitlines()[0]
                self.assertEqual(self.shell(more, (0,)).stdout.splitlines()[0], total)

    def test_the_article_that_is_offered_is_the_first_hit(self):
        for query, headline in (("quokka", "Quokka"), ("numbat", "Numbat"), ("bilby", "Bilby")):
            for state in (self.folder / "state", "/dev/null"):
                env = {**self.env, "XDG_STATE_HOME": str(state)}
                _, (read,) = self.printed("search", query, env=env)
                self.assertIn(f"{headline} at the harbour", self.shell(read, (0,)).stdout, read)

    def test_what_nearly_matches(self):
        for typed in (
            ["ferry", "xyzzyplugh"],
            ["--tag", QUOTED_TAG, "harbour", "xyzzyplugh"],
            ["harbour xyzzyplugh", "--tag=-dash", "--tag", "--all", "--tag", "北朝鮮"],
            ["--byline", "O'Neil $USER", "--source", 'Say "no" & go', "harbour it's xyzzyplugh"],
            ["--section=-front", "quokka", "xyzzyplugh", "--since", "2024", "--until", "2026-11"],
            ["--limit", "3", "--sort", "newest", "--match", "all", "xyzzyplugh", "harbour"],
            ["--profile", "recent", "--half-life", "3.25", "--recency-cap", "0.5", "xyzzyplugh",
             "harbour", "--explain", "--exact-total", "--time-zone", "Asia/Seoul"],
            ["xyzzyplugh", "harbour", "--output", "ids"],
            ["--output", "jsonl", "--tag", "two words", "--", "-quokka xyzzyplugh harbour"],
            ["xyzzyplugh", "ferry", "--caption", "signing ceremony"],
        ):
            with self.subTest(typed=typed):
                said, commands = self.printed("search", *typed)
                self.assertEqual(len(commands), 1, said)
                count = re.search(r"([\d,]+) would match", said)[1]
                found = self.shell(commands[0], (0,)).stdout
                if "--output" not in typed:
                    self.assertRegex(found, rf"(?m)^{count} article")

    def test_mended_queries(self):
        for query in (
            '"one boat', 'it\'s "one boat', "(ferry", "ferry)", "capton:bridge", 'tag:"two words',
            # More than one mistake.
            '(ferry "boat', "((ferry", "ferry))", "capton:bridge byln:zofia", 'capton:"one boat',
            '-(ferry -"boat', 'headline:(a "b', "capton:(bridge", "capton:bridge date:2024-13",
            "ferry AND", 'ferry"', "!ferry", "site:ap.org ferry", "ferry w/5 harbour",
        ):
            with self.subTest(query=query):
                self.assert_prints(["search", "--", query], 1, statuses=(0, 1))
                self.assert_prints(["search", "--tag", QUOTED_TAG, "--", query], 1, statuses=(0, 1))
        # What is left of these is nothing, or no query either.
        for query in ('"', "(", "OR"):
            with self.subTest(query=query):
                self.assert_prints(["search", "--", query], 0)

    def test_words_to_leave_out(self):
        for typed, query in (
            (["harbour", "-quokka"], "harbour -quokka"),
            (["-harbour"], "-harbour"),
            (["harbour", "-quokka", "at", "-numbat"], "harbour -quokka at -numbat"),
            (["--tag", "two words", "it's", "-$HOME"], "it's -$HOME"),
            (["--tag", QUOTED_TAG, "--source=Say \"no\" & go", "harbour", '-"ferry strike"'],
             'harbour -"ferry strike"'),
            (["harbour", "-北朝鮮", "--limit", "3", "--", "-numbat"], "harbour -北朝鮮 -numbat"),
        ):
            with self.subTest(typed=typed):
                (command,) = self.assert_prints(["search", *typed], 1, statuses=(0, 1))
                words = shlex.split(command)
                self.assertEqual(words[words.index("--") + 1:], [query])
                for i, word in enumerate(typed):
                    if word == "--tag":
                        self.assertIn(typed[i + 1], words)

    def test_commands_reach_the_server_that_was_asked(self):
        elsewhere = {**self.env, "BROADSHEET_SERVER": "127.0.0.1:1"}
        for typed in (["harbour", "--limit", "1"], ["harbour", "xyzzyplugh"], ['"harbour'],
                      ["harbour", "-quokka"]):
            said, commands = self.printed(
                "--server", self.server.address, "search", *typed, env=elsewhere)
            self.assertTrue(commands, said)
            for command in commands:
                self.assertIn(f"--server {self.server.address}", command)
                finished = subprocess.run(
                    ["sh", "-c", command], env=elsewhere, capture_output=True, check=False,
                    timeout=PATIENCE_SECONDS, stdin=subprocess.DEVNULL)
                self.assertEqual(finished.returncode, 0, (command, finished.stderr))

    def test_help(self):
        for typed in (["--help"], ["search", "--help"], ["get", "-h"], ["put", "-h"],
                      ["delete", "-h"], ["status", "-h"], ["admin", "-h"], ["export", "-h"], ["facets", "-h"],
                      ["timeline", "-h"], ["tags", "-h"], ["suggest", "-h"], ["open", "-h"],
                      ["admin", "publish", "-h"]):
            said, commands = self.printed(*typed)
            for command in commands:
                # Of an archive of other articles than those of the example.
                self.shell(command, (0, 1))
            if typed == ["search", "--help"]:
                self.assertEqual(len(commands), 6, said)
        for typed in ([], ["--nonsense"]):
            self.assert_prints(typed, 2)
        for typed in (["search", "--nonsense", "x"], ["get"], ["search", "x", "--limit", "many"]):
            self.assert_prints(typed, 1)

    def test_several_articles_are_pushed(self):
        folder = self.folder / "it's a folder"
        folder.mkdir()
        several = write_jsonl(folder / "-several $x.jsonl", [article(7), article(8)])
        self.assert_prints(["put", folder], 1)
        self.assert_prints(["put", several], 1)
        self.assertEqual(self.ids("number7"), ["article-7"])

    def test_a_generation_is_published(self):
        # As it is, and with what was written since.
        self.assert_prints(["admin", "rebuild", "--no-publish"], 1)
        self.client("put", write_jsonl(self.folder / "one.json", [article(9)]))
        self.assert_prints(["admin", "rebuild", "--no-publish"], 1)
        self.assertEqual(self.ids("number9"), ["article-9"])

    def test_a_server_is_started(self):
        (self.folder / "DIR").symlink_to(self.index.path)
        address = f"unix:{self.folder}/a server's socket"
        said, (command,) = self.printed("--server", address, "status")
        self.assertIn("no server answers", said)
        # Beside the one that writes, it only reads.
        with subprocess.Popen(["sh", "-c", f"exec {command}"], env=self.env, cwd=self.folder,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE) as server:
            try:
                line = server.stdout.readline().decode()
                self.assertIn("listening on", line, line or server.stderr.read())
                self.client("--server", address, "status")
            finally:
                server.terminate()


class Remedies(unittest.TestCase):
    """Of the indexer's messages, a command in backquotes with names to fill in."""

    def test_an_index_is_made(self):
        with Index() as index:
            missing = run("broadsheet-indexer", "stats", "--index", index.path)
            self.assertEqual(missing.returncode, 2)
            (command,) = re.findall(r"`(broadsheet-indexer .+?)`", missing.stderr)
            command = command.replace("PATH...", shlex.quote(str(SAMPLE_ARTICLES)))
            env = environment(PATH=f"{BIN}:/usr/bin:/bin")
            subprocess.run(["sh", "-c", command], env=env, check=True, capture_output=True)
            self.assertEqual(run("broadsheet-indexer", "stats", "--index", index.path).returncode, 0)

    def test_a_writer_is_given_the_work(self):
        with Index() as index:
            index.build_articles(article(1))
            more = write_jsonl(index.folder / "more.jsonl", [article(2)])
            with index.serve("--writable"):
                refused = run("broadsheet-indexer", "add", "--index", index.path, more)
                self.assertEqual(refused.returncode, 2)
                admin, push = re.findall(r"`(broadsheet.*?)`", refused.stderr)
                env = environment(PATH=f"{BIN}:/usr/bin:/bin")
                for command in (f"{admin} generations", f"{push} {shlex.quote(str(more))}"):
                    subprocess.run(["sh", "-c", command], env=env, check=True, capture_output=True)


if __name__ == "__main__":
    unittest.main()
