# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that no method tells of an article that readers may not see.

Two indexes have the same articles; one has a further article, which is withheld, under embargo,
taken down, deleted or replaced, and has words and values that no other has. Every method of
SearchService is asked about these words and about all articles, and has to answer the same over
both, but for scores, which count the words of hidden articles, and what names the index itself. A
method that is added without a question in lib/questions.py fails the test.
"""

import json
import unittest

from lib import api
from lib.programs import Index
from lib.questions import SECRET, Questions, own_articles

class HiddenArticleTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.articles = own_articles()
        cls.ids = [each["id"] for each in cls.articles]
        cls.expected = cls.ask(cls.articles, lambda server, index: None)

    @classmethod
    def ask(cls, built, hide):
        with Index() as index:
            made = index.build_articles(*built)
            assert made.returncode == 0, made.stderr
            with index.serve("--writable") as server:
                hide(server, index)
                with api.connect(server.address) as channel:
                    return dict(Questions(api.Service(channel), cls.ids).answers())

    def assert_hidden(self, built, hide):
        found = self.ask(built, hide)
        self.assertEqual(found.keys(), self.expected.keys())
        for question, answer in self.expected.items():
            self.assertEqual(found[question], answer, question)

    def nothing(self, server, index):
        pass

    def put(self, **fields):
        def write(server, index):
            said = server.client("put", "-", stdin=json.dumps({"id": "secret", **SECRET, **fields}))
            self.assertEqual(said.returncode, 0, said.stderr)

        return write

    def test_that_was_built_withheld(self):
        secret = {"id": "secret", **SECRET, "status": "STATUS_WITHHELD"}
        self.assert_hidden([*self.articles, secret], self.nothing)

    def test_that_was_built_under_embargo(self):
        secret = {"id": "secret", **SECRET, "embargoTime": "2131-03-06T08:00:00Z"}
        self.assert_hidden([*self.articles, secret], self.nothing)

    def test_that_was_built_and_taken_down(self):
        secret = {"id": "secret", **SECRET}
        self.assert_hidden(
            [*self.articles, secret],
            lambda server, index: index.admin("takedown", "secret"),
        )

    def test_that_was_built_and_deleted(self):
        def delete(server, index):
            self.assertEqual(server.client("delete", "secret").returncode, 0)

        self.assert_hidden([*self.articles, {"id": "secret", **SECRET}], delete)

    def test_that_was_written_withheld(self):
        self.assert_hidden(self.articles, self.put(status="STATUS_WITHHELD"))

    def test_that_was_written_under_embargo(self):
        self.assert_hidden(self.articles, self.put(embargoTime="2131-03-06T08:00:00Z"))

    def test_that_was_written_and_taken_down(self):
        def write(server, index):
            self.put()(server, index)
            index.admin("takedown", "secret")

        self.assert_hidden(self.articles, write)


if __name__ == "__main__":
    unittest.main()
