# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that everyday jobs are one command each: counts, tables, exports, files of queries, and what
shells and terminals add to them. Expected numbers are counted here, from the articles themselves.
"""

import collections
import csv
import fcntl
import io
import json
import re
import shutil
import struct
import subprocess
import termios
import unittest

from lib.programs import (
    BIN, PATIENCE_SECONDS, SAMPLE_ARTICLES, SOURCE, Index, environment, parse, run_on, terminal,
)

LINK = "\x1b]8;"


class ToolsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.articles, _ = parse(SAMPLE_ARTICLES)
        cls.index = cls.enterClassContext(Index())
        built = cls.index.build(SAMPLE_ARTICLES)
        assert built.returncode == 0, built.stderr
        cls.server = cls.enterClassContext(cls.index.serve())

    def client(self, *arguments, status=0, **options):
        finished = self.server.client(*arguments, **options)
        self.assertEqual(finished.returncode, status, finished.stdout + finished.stderr)
        return finished.stdout

    def tagged(self, tag):
        return [each for each in self.articles if tag in each.get("tags", [])]


class WholeAnswers(ToolsTest):
    def test_an_export_has_every_article_once_and_can_be_indexed_again(self):
        lines = self.client("export").splitlines()
        self.assertEqual(sorted(json.loads(line)["id"] for line in lines),
                         sorted(each["id"] for each in self.articles))
        again, finished = parse("-", stdin="\n".join(lines))
        self.assertEqual(finished.returncode, 0, finished.stderr)
        self.assertEqual({each["id"]: each.get("body") for each in again},
                         {each["id"]: each.get("body") for each in self.articles})

    def test_a_table_is_read_by_a_reader_of_tables(self):
        text = self.client("search", "--tag", "ferry strike", "--all", "-o", "csv",
                           "--fields", "id,headline,bylines,tags")
        rows = {row["id"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
        expected = self.tagged("ferry strike")
        self.assertEqual(len(rows), len(expected))
        for each in expected:
            self.assertEqual(rows[each["id"]]["headline"], each["headline"])
            self.assertEqual(rows[each["id"]]["tags"].split("; "), each["tags"])
            self.assertEqual(rows[each["id"]]["bylines"],
                             "; ".join(byline["name"] for byline in each.get("bylines", [])))

    def test_counts_and_a_file_of_queries(self):
        wanted = len(self.tagged("ferry strike"))
        self.assertEqual(self.client("search", "--tag", "ferry strike", "--count"), f"{wanted}\n")
        queries = 'tag:"ferry strike"\n"open\n\ntag:nosuch\n'
        text = self.client("search", "--queries", "-", "-o", "tsv", stdin=queries, status=1)
        rows = [line.split("\t") for line in text.splitlines()[1:]]
        self.assertEqual([row[:3] for row in rows],
                         [["1", 'tag:"ferry strike"', str(wanted)], ["2", '"open', ""],
                          ["4", "tag:nosuch", "0"]])
        self.assertIn("never closed", rows[1][3])

    # Answers came up to 32 lines late, so that a program which asked line by line waited for ever.
    def test_a_query_is_answered_before_the_next_is_typed(self):
        with subprocess.Popen(
            [BIN / "broadsheet", "--server", self.server.address, "search", "--queries", "-"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment(),
        ) as asking:
            for query in ("ferry", "harbour"):
                asking.stdin.write(query + "\n")
                asking.stdin.flush()
                self.assertRegex(asking.stdout.readline(), rf"^ +\d+  {query}$")
            asking.stdin.close()
            self.assertEqual(asking.wait(PATIENCE_SECONDS), 0)


# "similar" and "copies" listed "(no headline)" where searches showed a text's first words.
class WithoutHeadlines(unittest.TestCase):
    def test_every_list_shows_first_words(self):
        body = "Ferry crews at Greywater Harbour voted on Monday to strike over night rosters. " * 3
        body += " ".join(f"They told reporter number{n} so." for n in range(40))
        articles = [{"id": f"story-{n}", "source": f"Paper {n}", "body": body,
                     "publishedTime": f"2025-03-1{n}T08:00:00Z"} for n in range(2)]
        articles.append({"id": "other", "body": "Ferry crews at Greywater Harbour sail."})
        shown = r"(?m)^  1  Ferry crews at Greywater Harbour "
        with Index() as index:
            index.build_articles(*articles)
            with index.serve() as server:
                for command in (("search", "ferry"), ("similar", "other"), ("copies", "story-0")):
                    finished = server.client(*command)
                    self.assertRegex(finished.stdout, shown, command)


class Counts(ToolsTest):
    def table(self, *arguments):
        return [line.split("\t") for line in
                self.client(*arguments, "-o", "tsv").splitlines()[1:]]

    def test_facets_are_those_of_the_articles(self):
        tags = collections.Counter(tag for each in self.articles for tag in each.get("tags", []))
        found = {value: int(count) for _, value, count in self.table("tags", "-n", "1000")}
        self.assertEqual(found, dict(tags))
        bylines = collections.Counter(byline["name"] for each in self.tagged("ferry strike")
                                      for byline in each.get("bylines", []))
        found = {value: int(count) for _, value, count in
                 self.table("facets", "byline", "--tag", "ferry strike", "-n", "1000")}
        self.assertEqual(found, dict(bylines))

    def test_a_timeline_is_that_of_the_articles(self):
        days = collections.Counter(each["publishedTime"][:4] for each in self.articles
                                   if "publishedTime" in each)
        found = {period: int(count) for period, count, _ in self.table("timeline", "year")
                 if count != "0"}
        self.assertEqual(sum(found.values()), sum(days.values()))
        self.assertEqual(found, dict(days))

    def test_they_stand_below_the_hits(self):
        shown = self.client("search", "ferry", "--facet", "byline", "--timeline", "month")
        self.assertRegex(shown, r"(?m)^  Zofia Kerrigan +\d+  █+")
        self.assertRegex(shown, r"most: \d+ in 2025-03")

    def test_similar_articles_share_the_story(self):
        ids = self.client("similar", "ht-2025-03-10-strike-begins", "-n", "3", "-o", "ids").split()
        tagged = {each["id"] for each in self.tagged("ferry strike")}
        self.assertTrue(set(ids) <= tagged, ids)
        self.assertNotIn("ht-2025-03-10-strike-begins", ids)

    def test_a_mistyped_word_is_offered_with_a_command(self):
        shown = self.client("search", "ferrry", "strike", status=1)
        self.assertIn("match it:\n  broadsheet search 'ferry strike'\n", shown)


class Shells(ToolsTest):
    def env(self):
        env = environment(BROADSHEET_SERVER=self.server.address, HOME=self.index.folder,
                          LC_ALL="C.UTF-8")
        env["PATH"] = f"{BIN}:{env['PATH']}"
        return env

    def shell(self, name, script):
        if shutil.which(name) is None:
            print(f"SKIPPED: no {name}", flush=True)
            self.skipTest(f"no {name}")
        return subprocess.run([name, "-c", script], env=self.env(), capture_output=True, text=True,
                              timeout=PATIENCE_SECONDS, check=True).stdout

    def test_bash_completes_values_of_the_server_quoted(self):
        script = """eval "$(broadsheet completion bash)"
COMP_WORDS=(broadsheet search --tag ferr); COMP_CWORD=3; _broadsheet
printf '%s\\n' "${COMPREPLY[@]}" """
        self.assertIn("ferry\\ strike", self.shell("bash", script).splitlines())

    def test_fish_completes(self):
        script = "broadsheet completion fish | source; complete -C 'broadsheet time'"
        self.assertIn("timeline", self.shell("fish", script))

    def test_zsh_takes_its_script(self):
        script = 'autoload -U compinit; compinit -D; eval "$(broadsheet completion zsh)"; ' \
                 'print $_comps[broadsheet]'
        self.assertEqual(self.shell("zsh", script).strip(), "_broadsheet")

    def test_the_man_page_is_one(self):
        page = self.client("man")
        if shutil.which("man") is None:
            print("SKIPPED: no man", flush=True)
            self.skipTest("no man")
        shown = subprocess.run(["man", "--warnings", "-E", "UTF-8", "-l", "-"], input=page.encode(),
                               env=environment(MANWIDTH=80), capture_output=True, check=True,
                               timeout=PATIENCE_SECONDS)
        self.assertEqual(shown.stderr.decode(), "")
        self.assertIn("--timeline", shown.stdout.decode())


class Readme(ToolsTest):
    def test_its_jobs_print_what_it_shows(self):
        readme = (SOURCE / "README.md").read_text(encoding="utf-8")
        section = readme.split("## Everyday jobs from the terminal\n")[1].split("\n## ")[0]
        block = section.split("```")[1]
        jobs = re.findall(r"^# .+\n\$ (.+)\n((?:(?!# ).*\n)*)", block, re.M)
        self.assertEqual(len(jobs), block.count("\n# "), block)
        env = environment(BROADSHEET_SERVER=self.server.address, HOME=self.index.folder,
                          LC_ALL="C.UTF-8")
        env["PATH"] = f"{BIN}:{env['PATH']}"
        env.pop("TZ", None)
        for command, shown in jobs:
            finished = subprocess.run(["sh", "-c", command], env=env, capture_output=True,
                                      check=False, timeout=PATIENCE_SECONDS)
            printed = (finished.stdout + finished.stderr).decode().replace("\r\n", "\n").rstrip("\n")
            shown = shown.rstrip("\n")
            if shown.endswith("\n..."):
                shown = shown.removesuffix("...")
                printed = printed[:len(shown)]
            self.assertEqual(printed, shown, command)


class Terminals(ToolsTest):
    def shown(self, *arguments, rows=24, **env):
        """What a terminal of so many rows and 80 columns gets."""
        ends = terminal()
        fcntl.ioctl(ends[1], termios.TIOCSWINSZ, struct.pack("HHHH", rows, 80, 0, 0))
        env = environment(BROADSHEET_SERVER=self.server.address, HOME=self.index.folder,
                          TERM="xterm", LC_ALL="C.UTF-8", NO_COLOR=1, **env)
        return run_on(ends, "broadsheet", *arguments, env=env)

    def test_only_what_is_longer_than_the_screen_is_paged(self):
        pager = "sed s/^/paged:/"
        self.assertIn("paged:14 articles", self.shown("search", "ferry", PAGER=pager))
        self.assertNotIn("paged:", self.shown("search", "picket", PAGER=pager, rows=60))
        self.assertNotIn("paged:", self.shown("search", "ferry", "--no-pager", PAGER=pager))
        self.assertNotIn("paged:", self.client("search", "ferry", PAGER=pager))

    def test_links_are_for_terminals_that_have_them(self):
        linked = self.shown("search", "picket", FORCE_HYPERLINK=1, PAGER="cat")
        self.assertRegex(linked, re.escape(LINK) + r"id=\d+;https://harbourtimes\.example/")
        self.assertNotIn(LINK, self.shown("search", "picket", PAGER="cat"))
        self.assertNotIn(LINK, self.client("search", "picket", FORCE_HYPERLINK=1))

    def test_numbers_are_those_of_this_terminal(self):
        self.client("search", "picket")
        env = environment(BROADSHEET_SERVER=self.server.address, HOME=self.server._folder.name)
        elsewhere = subprocess.run([BIN / "broadsheet", "get", "1"], env=env, capture_output=True,
                                   text=True, start_new_session=True, check=False,
                                   timeout=PATIENCE_SECONDS)
        self.assertEqual(elsewhere.returncode, 2)
        self.assertIn("in this terminal", elsewhere.stderr)
        self.assertIn("picket", self.client("get", "1"))


if __name__ == "__main__":
    unittest.main()
