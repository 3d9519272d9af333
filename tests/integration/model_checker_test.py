# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that the checker of model_test.py can fail: it is given histories with one lie each."""

import unittest

from lib.model.checker import violations
from lib.model.history import Call, History, Step, Window
from lib.model.truth import Query, World, words

ALL = Query("all")


def call(found, sent, got=None, *, build="one", query=ALL, server="reader", client="a", error=None,
         worked=None):
    got = sent + 0.1 if got is None else got
    return Call(client, server, query, sent, got, build, found, error, worked)


class HistoryOfTwoGenerations(unittest.TestCase):
    """Time 10: generation 1 is published; 20: article w written; 30: generation 2; 40: w gone;
    50: back to generation 1."""

    FIRST = {"a": "g1", "b": "g1"}
    WRITTEN = {**FIRST, "w": "v1"}
    SECOND = {"a": "g2", "b": "g2", "w": "v1"}
    THIRD = {"a": "g2", "b": "g2"}

    def setUp(self):
        self.history = History()
        for step in (
            Step("build", 10, 11, self.FIRST, 1, "one"),
            Step("put", 20, 21, {"w": "v1"}, 1, "one"),
            Step("build", 30, 32, self.SECOND, 2, "two"),
            Step("delete", 40, 41, {"w": None}, 2, "two"),
            Step("rollback", 50, 51, self.WRITTEN, 1, "one"),
        ):
            self.history.add(step)

    def assert_true(self, *calls):
        for entry in calls:
            self.history.add(entry)
        self.assertEqual(violations(self.history), [])

    def assert_caught(self, lie, *words_of_it):
        self.history.add(lie)
        found = violations(self.history)
        self.assertEqual(len(found), 1, found)
        for word in words_of_it:
            self.assertIn(word, found[0])

    def test_the_truth_passes(self):
        self.assert_true(
            call(self.FIRST, 12),
            call(self.WRITTEN, 22),
            call(self.SECOND, 33, build="two"),
            call(self.THIRD, 42, build="two"),
            call(self.WRITTEN, 52),
        )

    def test_what_is_being_written_may_be_seen_or_not(self):
        self.assert_true(call(self.FIRST, 20.2, 20.3), call(self.WRITTEN, 20.2, 20.3))
        self.assert_true(call(self.WRITTEN, 31, 31.5), call(self.SECOND, 31, 31.5, build="two", client="b"))

    def test_lost_write(self):
        self.assert_caught(call(self.FIRST, 22), "no truth", "'w', 'v1'")

    def test_write_lost_by_a_publish(self):
        self.assert_caught(call(self.THIRD, 33, build="two"), "no truth", "'w', 'v1'")

    def test_deletion_undone(self):
        self.assert_caught(call(self.SECOND, 42, build="two"), "no truth", "'w', 'v1'")

    def test_mixed_snapshots(self):
        mixed = {**self.SECOND, "b": "g1"}
        self.assert_caught(call(mixed, 31, 31.5, build="two"), "no truth", "'b'")

    def test_articles_of_one_generation_under_the_name_of_another(self):
        self.assert_caught(call(self.WRITTEN, 31, 31.5, build="two"), "names another build")

    def test_stale_answer(self):
        self.assert_caught(call(self.WRITTEN, 33, build="one"), "no truth after 3 to 3 steps")

    def test_answer_before_its_time(self):
        self.assert_caught(call(self.WRITTEN, 18, 19), "no truth after 1 to 1 steps")

    def test_article_that_does_not_match(self):
        word = next(w for w in words("a", "g1") if w not in words("b", "g1"))
        query = Query("word", (word,))
        self.assert_true(call({"a": "g1"}, 12, query=query))
        self.assert_caught(call({"a": "g1", "b": "g1"}, 12, query=query), "'b', 'g1'")

    def test_article_that_is_missing_from_a_list_of_ids(self):
        query = Query("ids", ("a", "w", "never"))
        self.assert_true(call({"a": "g1", "w": "v1"}, 22, query=query, build=None))
        self.assert_caught(call({"a": "g1"}, 22, query=query, build=None), "'w', 'v1'")

    def test_half_a_batch(self):
        self.history.add(Step("put", 60, 61, {"x": "v2", "y": "v2"}, 1, "one"))
        self.assert_true(call({**self.WRITTEN, "x": "v2", "y": "v2"}, 60.2, 60.4))
        self.assert_caught(call({**self.WRITTEN, "x": "v2"}, 60.2, 60.4), "no truth")

    def test_a_move_beside_a_write(self):
        # 60 to 70: generation 3 is published with the same content; 64: x written.
        self.history.add(Step("put", 64, 65, {"x": "v2"}, 1, "one"))
        self.history.add(
            Step("rebuild", 64, 70, {}, 3, "three", began=60, moved_from="one")
        )
        written = {**self.WRITTEN, "x": "v2"}
        self.assert_true(
            call(self.WRITTEN, 61), call(written, 66), call(written, 67, build="three"),
            call(written, 71, build="three"), call(self.WRITTEN, 62, build="three", client="b"),
        )
        # The server that follows may not know of the new generation yet; the other one has to.
        self.assert_true(call(self.WRITTEN, 68, client="c"))
        self.assert_caught(call(self.WRITTEN, 68, server="writer"), "'x', 'v2'")
        self.history.calls.clear()
        self.assert_caught(call(self.WRITTEN, 71, build="three"), "'x', 'v2'")
        self.history.calls.clear()
        self.assert_caught(call(written, 71), "names another build")

    def test_failures_outside_their_windows(self):
        self.history.add(Window("reader", 70, 71, "UNAVAILABLE"))
        self.assert_true(call(None, 70.5, error="UNAVAILABLE"))
        self.assert_caught(call(None, 72, error="UNAVAILABLE"), "in no window")

    def test_failures_over_a_connection_that_was_broken_in_a_window(self):
        # A call that was sent just after the next server was up, over the connection to the one
        # before, was taken for a fault of the server.
        self.history.add(Window("reader", 70, 71, "UNAVAILABLE"))
        self.assert_true(call(None, 71.5, error="UNAVAILABLE", worked=69))
        self.assert_true(call(None, 71.5, error="UNAVAILABLE", worked=70.9))
        self.assert_caught(call(None, 71.5, error="UNAVAILABLE", worked=71.2), "in no window")

    def test_failures_of_another_kind_or_server(self):
        self.history.add(Window("reader", 70, 71, "UNAVAILABLE"))
        for lie in (
            call(None, 70.5, error="INTERNAL INTERNAL"),
            call(None, 70.5, error="UNAVAILABLE", server="writer"),
        ):
            self.history.calls.clear()
            self.assert_caught(lie, "in no window")

    def test_a_call_that_was_under_way_is_no_late_one(self):
        self.history.add(Window("reader", 70, 71, "CANCELLED", only_late=True))
        self.assert_true(call(None, 70.5, error="CANCELLED"))
        self.assert_caught(call(None, 69.5, 70.5, error="CANCELLED"), "in no window")

    def test_back_to_an_older_generation(self):
        # Both are true by themselves: the publish is under way.
        self.history.add(call(self.SECOND, 31, 31.5, build="two"))
        self.assert_caught(call(self.WRITTEN, 31.6, 31.9, build="one"), "generation 1 after 2")

    def test_back_by_a_rollback_is_no_fault(self):
        self.assert_true(call(self.THIRD, 50.2, build="two"), call(self.WRITTEN, 50.6))

    def test_faults_of_the_recorders_are_told(self):
        self.history.add("half a batch is there")
        self.assertEqual(violations(self.history), ["half a batch is there"])


class WorldTest(unittest.TestCase):
    """What the model takes for the contract."""

    def setUp(self):
        self.world = World()
        self.world.build(1, "one", "g1", ["a", "b"])

    def test_writes_are_carried_by_version_and_deletions_of_the_base_by_id(self):
        self.world.published.put("a", 3, "v3")
        self.world.published.put("w", 4, "v4")
        self.world.published.delete("b")
        self.world.build(2, "two", "g2", ["a", "b"])
        self.assertEqual(self.world.content(), {"a": "v3", "w": "v4"})

    def test_a_deletion_of_what_was_only_written_is_carried_as_well(self):
        self.world.published.put("w", 4, "v4")
        self.world.build(2, "two", "g2", ["a", "b"])
        self.world.published.delete("w")
        self.world.publish(1)
        self.assertEqual(self.world.content(), {"a": "g1", "b": "g1"})

    def test_a_rebuild_does_not_make_writes_forgotten(self):
        self.world.published.put("w", 4, "v4")
        self.world.published.delete("b")
        self.world.rebuild(2, "two")
        self.world.build(3, "three", "g3", ["a", "b"])
        self.assertEqual(self.world.content(), {"a": "g3", "w": "v4"})

    def test_a_lower_version_changes_nothing(self):
        self.world.published.put("w", 4, "v4")
        self.world.published.put("w", 3, "v3")
        self.assertEqual(self.world.content()["w"], "v4")

    def test_what_was_taken_down_is_hidden_in_every_generation(self):
        self.world.taken_down.add("a")
        self.assertEqual(self.world.content(), {"b": "g1"})
        self.world.rebuild(2, "two")
        self.world.publish(1)
        self.assertEqual(self.world.content(), {"b": "g1"})

    def test_going_back_finds_what_was_written_then(self):
        self.world.published.put("w", 4, "v4")
        self.world.build(2, "two", "g2", ["a", "b"])
        self.world.published.put("w", 5, "v5")
        self.world.publish(1)
        self.assertEqual(self.world.content(), {"a": "g1", "b": "g1", "w": "v5"})


if __name__ == "__main__":
    unittest.main()
