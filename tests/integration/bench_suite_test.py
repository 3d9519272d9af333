# SPDX-License-Identifier: GPL-3.0-or-later
"""What scripts/bench and scripts/growth make of what they measured: how the output of rivals and of
h2load is read, how answers are compared, what the tables and marks say, and how articles are
multiplied. Nothing is measured here."""

import json
import pathlib
import sys
import tempfile
import unittest

from lib.programs import SOURCE, write_jsonl

sys.path.insert(0, str(SOURCE / "bench"))

from suite import (  # noqa: E402
    answers, cross_check, engines, growth, marks, multiply, rivals, searches, servers, tables,
    trees)

class RivalsOutputTest(unittest.TestCase):
    def test_rows_of_one_kind_are_taken_from_all_that_a_rival_says(self):
        said = ('WARNING: something\n{"what": "open", "engine": "x"}\n'
                '{"what": "query", "kind": "or", "snip": 1, "qps2": 20}\n')
        self.assertEqual([row["qps2"] for row in engines.rows_of(said, "query")], [20])
        self.assertEqual(engines.rows_of(said, "index"), [])

    def test_an_answer_is_a_count_and_ids_of_which_there_may_be_none(self):
        self.assertEqual(engines.answers_of("12\t7 3\n0\t\n"), [(12, ["7", "3"]), (0, [])])

    def test_sqlite_is_asked_for_headlines_and_bodies(self):
        self.assertEqual(engines.sqlite_query("and", "ferry strike"),
                         '{headline body}: ("ferry" AND "strike")')
        self.assertEqual(engines.sqlite_query("any", "ferry strike"),
                         '{headline body}: ("ferry" OR "strike")')
        self.assertEqual(engines.sqlite_query("phrase", "ferry strike"),
                         '{headline body}: "ferry strike"')


class AnswersTest(unittest.TestCase):
    def setUp(self):
        self.agreement = answers.agreement(
            ["ferry", "harbour", "nobody"],
            {"plain": [(2, ["a", "b"]), (8, ["c"]), (0, [])],
             "default": [(2, ["a", "x"]), (8, ["d"]), (0, [])]},
            [(2, ["b", "a"]), (10, ["c"]), (0, [])],
        )

    def test_a_query_without_hits_agrees_and_is_in_no_mean(self):
        self.assertEqual(self.agreement.same_counts, 2)
        self.assertEqual(self.agreement.overlaps, {"plain": 1.0, "default": 0.25})
        self.assertEqual(self.agreement.ratios, (0.8, 0.8, 0.8))

    def test_queries_with_different_counts_are_listed(self):
        self.assertEqual(answers.listing({("Lucene", "and"): self.agreement})[1:],
                         ["Lucene\tand\tharbour\t8\t10"])

    def test_an_overlap_is_of_the_longer_list(self):
        self.assertEqual(answers.overlap(["a"], ["a", "b"]), 0.5)
        self.assertEqual(answers.overlap([], ["a"]), 0)
        self.assertEqual(answers.overlap([], []), 1)

    def test_the_table_has_a_row_for_each_rival_and_class(self):
        self.assertEqual(answers.table({("Lucene", "and"): self.agreement})[2],
                         "| Lucene, and | 3 | 67% | 0.80 / 0.80 / 0.80 | 1.00 | 0.25 |")


class RivalsTest(unittest.TestCase):
    def comparison(self):
        ours = rivals.Rival("Broadsheet", {("and", False): (300, 2.0)}, 6000, 0.9)
        theirs = rivals.Rival("Lucene", {("and", False): (200, 4.0)}, 3000, 0.75)
        return rivals.Comparison(1000, ours, [theirs])

    def test_rates_are_ours_by_theirs_and_so_are_latencies(self):
        self.assertEqual(rivals.figures(self.comparison()),
                         {"Lucene, and": 1.5, "Lucene, and, p99": 0.5, "Lucene, build": 2.0})

    def test_the_table_has_indexes_and_classes(self):
        lines = rivals.table(self.comparison())
        self.assertIn("| 1,000 articles | 6000, 0.90 | 3000, 0.75 |", lines)
        self.assertIn("| and | 300 | 200 | 1.50 | 2.00 | 4.00 | 0.50 |", lines)

    def test_a_rival_without_its_sources_is_left_out(self):
        class Absent(engines.Engine):
            name = "Absent"

            def __init__(self, folder):
                super().__init__(folder)
                raise FileNotFoundError("javac")

        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(engines.installed(pathlib.Path(folder), (Absent,)), [])


class MarksTest(unittest.TestCase):
    def test_only_what_was_measured_has_a_row_and_a_mark_itself_is_met(self):
        lines = marks.table(marks.MARKS, {"size": 1.0, "own cost": 0.5, "no such mark": 1})
        self.assertEqual(len(lines), 4)
        self.assertIn("| size of the index, times the input | 1.00 | ≤ 1 | met |", lines)
        self.assertRegex(lines[2], r"empty handler \| 0.50 \| ≥ 0.8 \| missed \|$")

    def test_no_figure_has_two_marks(self):
        for group in (marks.MARKS, marks.GROWTH):
            names = [mark.figure for mark in group]
            self.assertEqual(len(names), len(set(names)))


class TreesTest(unittest.TestCase):
    def test_a_quicker_build_is_more_a_second_and_a_cheaper_search_is_less(self):
        lines = trees.table({"build": (20.0, 10.0), "and": (800.0, 400.0)}, 1000)
        self.assertEqual(lines[2:], ["| articles/s | 50 | 100 | 2.00 |",
                                     "| and, processor µs a search | 800 | 400 | 0.50 |"])


class ServersTest(unittest.TestCase):
    def test_a_load_that_was_too_short_lasts_longer(self):
        self.assertEqual(servers.longer(("--seconds", 0.5, "--callers", 8), 10),
                         ("--seconds", 5.0, "--callers", 8))


class CrossCheckTest(unittest.TestCase):
    def test_the_request_is_what_grpc_sends(self):
        self.assertEqual(cross_check.frame("ferry"), b"\0\0\0\0\x07\x0a\x05ferry")
        with self.assertRaises(ValueError):
            cross_check.frame("x" * 128)

    def test_the_log_gives_a_rate_and_quantiles(self):
        log = "".join(f"17000{number}\t200\t{number * 1000}\n" for number in range(1, 101))
        self.assertEqual(cross_check.parse_log(log, 2),
                         {"perSecond": 50.0, "p50Ms": 50.0, "p99Ms": 99.0})

    def test_calls_that_failed_are_no_measurement(self):
        with self.assertRaisesRegex(RuntimeError, "1 calls failed, the first with 503"):
            cross_check.parse_log("1\t200\t5\n2\t503\t5\n", 1)
        with self.assertRaisesRegex(RuntimeError, "no call was answered"):
            cross_check.parse_log("", 1)


class MultiplyTest(unittest.TestCase):
    """Of 64 invented articles: common words in all, one in a quarter, rare ones in one each."""

    BASE = 64

    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.base = write_jsonl(self.folder / "base.jsonl", [
            {"id": f"n{number}", "headline": f"The Ferry of Word{self.word(number)}",
             "body": f"the ferry. RARE{self.word(number).upper()}X, quarter{self.word(number % 4)}",
             "published": "2024-06-19"} for number in range(self.BASE)])
        with open(self.base, encoding="utf-8") as lines:
            self.vocabulary = multiply.Vocabulary(lines, self.BASE, [10])

    @staticmethod
    def word(number):
        return "".join(chr(ord("a") + digit) for digit in divmod(number, 26))

    def write(self, count):
        path = self.folder / "more.jsonl"
        words = multiply.write(self.base, self.vocabulary, path, count)
        with open(path, encoding="utf-8") as lines:
            return words, [json.loads(line) for line in lines]

    @staticmethod
    def words_of(articles):
        return {word for one in articles for text in (one["headline"], one["body"])
                for word in multiply.parts_of(text.lower())[::2]} - {""}

    def test_fewer_are_the_first_ones_as_they_are(self):
        words, articles = self.write(10)
        self.assertEqual([one["id"] for one in articles], [f"n{number}" for number in range(10)])
        self.assertEqual(words, len(self.words_of(articles)))

    def test_more_have_ids_of_their_own_and_words_are_counted(self):
        words, articles = self.write(3 * self.BASE - 1)
        self.assertEqual(len({one["id"] for one in articles}), 3 * self.BASE - 1)
        self.assertEqual(words, len(self.words_of(articles)))

    def test_the_vocabulary_grows_as_it_did(self):
        words, _ = self.write(4 * self.BASE)
        expected = len(self.vocabulary.articles) * 4**self.vocabulary.exponent
        self.assertAlmostEqual(words / expected, 1, delta=0.1)

    def test_common_words_and_capitals_stay(self):
        _, articles = self.write(2 * self.BASE)
        copies = articles[self.BASE:]
        for copy in copies:
            self.assertRegex(copy["headline"], r"^The Ferry of Word[a-z]+$")
            self.assertRegex(copy["body"], r"^the ferry\. RARE[A-Z]+, quarter[a-z]+$")

    def test_no_article_has_the_date_of_the_one_it_is_made_of(self):
        # Copies used to lie beside their originals in an index, which is ordered by date, and were
        # packed to a fraction: it looked as if larger archives took less room an article.
        _, articles = self.write(3 * self.BASE)
        dates = {copy["published"] for copy in articles[2 * self.BASE:]}
        self.assertEqual(articles[self.BASE]["published"], "2020-06-19")
        self.assertEqual(dates, {"2016-06-19"})

    def test_the_same_articles_come_each_time(self):
        self.assertEqual(self.write(2 * self.BASE), self.write(2 * self.BASE))

    def test_each_copy_has_endings_of_its_own(self):
        endings = [multiply.ending_of(copy) for copy in range(1, 300)]
        self.assertEqual(len(endings), len(set(endings)))


class GrowthTest(unittest.TestCase):
    def step(self, articles, seconds, resident):
        latency = {name: {"p50Ms": 1.0, "p99Ms": 2.0} for name in searches.MATCH}
        built = {"seconds": seconds, "processor": seconds, "resident": resident, "bytes": 500}
        return growth.Step(articles, 40, 1000, built, 3_000_000, 1_000_000, latency)

    def test_four_times_the_articles_are_compared_with_the_articles(self):
        steps = [self.step(50, 1, 100e6), self.step(100, 2, 100e6), self.step(400, 10, 120e6)]
        self.assertEqual(growth.figures(steps, 100), {
            "build memory": 120.0, "build of 4 to 1": 0.8, "memory of 4 to 1": 1.2})

    def test_without_four_times_as_many_only_memory_is_told(self):
        self.assertEqual(growth.figures([self.step(100, 2, 100e6)], 100), {"build memory": 100.0})

    def test_the_table_has_a_row_a_size(self):
        self.assertEqual(
            growth.table([self.step(1000, 2, 100e6)])[2],
            "| 1,000 | 40 | 0 | 500 | 2000 | 100 | 0.50 | 3 (1) | 1.00 / 2.00 | 1.00 / 2.00 | "
            "1.00 / 2.00 |")


class TablesTest(unittest.TestCase):
    def test_only_what_is_between_the_marks_is_replaced(self):
        with tempfile.TemporaryDirectory() as folder:
            document = pathlib.Path(folder) / "page.md"
            document.write_text("a\n<!-- bench: one -->\nold\n<!-- end -->\nb\n")
            tables.put(document, "one", ["new"])
            self.assertEqual(document.read_text(), "a\n<!-- bench: one -->\nnew\n<!-- end -->\nb\n")
            with self.assertRaisesRegex(ValueError, "0 places are marked"):
                tables.put(document, "two", ["new"])

    def test_the_document_has_a_place_for_each_table(self):
        text = (SOURCE / "docs" / "performance.md").read_text(encoding="utf-8")
        for name in ("build", "searches", "cost", "h2load", "rates", "beside", "answers", "rivals",
                     "before", "marks", "growth", "growth marks", "overload", "honest"):
            self.assertEqual(text.count(f"<!-- bench: {name} -->"), 1, name)


if __name__ == "__main__":
    unittest.main()
