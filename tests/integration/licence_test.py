# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that no method tells a licensed caller of an article outside the licence.

Two indexes have the same articles of licensed papers; one has a further article, of another paper or
of none. Every method is asked, by a caller with the licence, what lib/questions.py asks, and has to
answer the same over both. A method that is added without a question there fails the test.
"""

import unittest

from lib import api
from lib.api import messages
from lib.programs import Index, run
from lib.questions import SECRET, Questions, own_articles

# The secret article with other values of the field that the licence is for.
OF_NO_PAPER = {name: value for name, value in SECRET.items() if name != "source"}


class LicenceTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.articles = own_articles()
        cls.ids = [each["id"] for each in cls.articles]
        cls.papers = [
            part for each in cls.articles for part in ("--source", each["source"].upper())
        ]
        cls.expected = cls.ask(cls.articles)

    @classmethod
    def token(cls, index, name, *options):
        made = run("broadsheet-indexer", "token", "new", "--tokens", index.folder / "callers.toml",
                   name, *options)
        assert made.returncode == 0, made.stderr
        return made.stdout.strip()

    @classmethod
    def ask(cls, built, write=None, licence=None):
        """All answers that a licensed caller gets."""
        with Index() as index:
            index.build_articles(*built)
            token = cls.token(index, "partner", "--roles", "search", *(licence or cls.papers))
            writer = cls.token(index, "desk", "--roles", "write")
            options = ("--writable", "--tokens", index.folder / "callers.toml")
            with index.serve(*options) as server:
                if write:
                    with api.connect(server.address, writer) as channel:
                        write(api.ArticleService(channel))
                with api.connect(server.address, token) as channel:
                    return dict(Questions(api.Service(channel), cls.ids).answers())

    def assert_unseen(self, *asked, **named):
        found = self.ask(*asked, **named)
        self.assertEqual(found.keys(), self.expected.keys())
        for question, answer in self.expected.items():
            self.assertEqual(
                unordered(question, found[question]), unordered(question, answer), question
            )

    def put(self, fields):
        return lambda articles: articles.put(wire(fields))

    def test_the_licensed_articles_are_found(self):
        found = self.expected["SearchArticles", "ferry"]
        self.assertEqual(len(found["hits"]), len(self.ids))

    def test_an_article_of_another_paper_that_was_built(self):
        self.assert_unseen([*self.articles, {"id": "secret", **SECRET}])

    def test_an_article_of_another_paper_that_was_written(self):
        self.assert_unseen(self.articles, self.put({"id": "secret", **SECRET}))

    def test_an_article_of_no_paper(self):
        self.assert_unseen([*self.articles, {"id": "secret", **OF_NO_PAPER}])
        self.assert_unseen(self.articles, self.put({"id": "secret", **OF_NO_PAPER}))

    def test_an_article_that_went_to_another_paper(self):
        # It was licensed when it was built.
        first = {"id": "secret", **SECRET, "source": "Paper 1"}
        self.assert_unseen([*self.articles, first], self.put({"id": "secret", **SECRET}))

    def test_a_licence_of_two_fields_is_for_articles_that_have_both(self):
        both = [*self.papers, "--tag", "ferries"]
        # It is about ferries, and of another paper.
        self.assert_unseen([*self.articles, {"id": "secret", **SECRET}], licence=both)
        # It is of a licensed paper, and not about ferries.
        other = {**SECRET, "source": "Paper 1", "tags": ["Zeppelins"]}
        self.assert_unseen([*self.articles, {"id": "secret", **other}], licence=both)

    def test_an_article_that_came_to_a_licensed_paper_is_found(self):
        secret = {"id": "secret", **SECRET}
        found = self.ask([*self.articles, secret], self.put({**secret, "source": "Paper 1"}))
        self.assertEqual(len(found["SearchArticles", "zeppelin"]["hits"]), 1)


class CallersOfOneServerTest(unittest.TestCase):
    """Callers with and without a licence who ask one server in turns."""

    @classmethod
    def setUpClass(cls):
        cls.index = cls.enterClassContext(Index())
        cls.articles = [*own_articles(), {"id": "secret", **SECRET}]
        cls.index.build_articles(*cls.articles)
        new = lambda *options: LicenceTest.token(cls.index, *options)
        tokens = (
            new("everything", "--roles", "search"),
            new("papers", "--roles", "search", "--source", "Paper 1", "--source", "Paper 2"),
            new("paper", "--roles", "search", "--source", "Paper 3"),
            new("nothing", "--roles", "search", "--source", "No Such Paper"),
        )
        cls.server = cls.enterClassContext(
            cls.index.serve("--tokens", cls.index.folder / "callers.toml")
        )
        cls.services = [
            api.Service(cls.enterClassContext(api.connect(cls.server.address, token)))
            for token in tokens
        ]
        cls.counts = (7, 2, 1, 0)

    def test_an_answer_that_is_kept_is_kept_for_its_licence(self):
        for _ in range(5):
            for service, count in zip(self.services, self.counts):
                self.assertEqual(service.search("lindholm").total.value, count)
                self.assertEqual(
                    service.stub.AggregateArticles(messages.AggregateArticlesRequest()).total.value,
                    count,
                )

    def test_the_status_has_the_figures_of_the_licence(self):
        for service, count in zip(self.services, self.counts):
            status = service.status()
            self.assertEqual(status.article_count, count)
            self.assertEqual(sum(source.count for source in status.sources), count)
            # What is stored for all tells of articles outside the licence.
            self.assertEqual(status.index_bytes > 0, count == 7)

    def test_the_resume_token_of_another_caller_leads_to_no_article(self):
        everything, papers = self.services[:2]
        request = messages.ExportArticlesRequest(query="lindholm")
        tokens = [batch.resume_token for batch in everything.stub.ExportArticles(request)]
        # Behind the secret article, which is the newest.
        pages = everything.pages("lindholm", page_size=1)
        first = next(pages)
        self.assertEqual(first.hits[0].article.id, "secret")
        for token in tokens:
            request.resume_token = token
            found = [one.id for batch in papers.stub.ExportArticles(request)
                     for one in batch.articles]
            self.assertLessEqual(set(found), {"article-1", "article-2"})
        rest = messages.SearchArticlesRequest(
            query="lindholm", page_size=1, sort=messages.SORT_ORDER_NEWEST,
            page_token=first.next_page_token,
        )
        rest.highlight.disabled = True
        rest.read_mask.paths.append("id")
        self.assertEqual(papers.stub.SearchArticles(rest).hits[0].article.id, "article-2")

    def test_a_changed_licence_is_in_force_without_a_restart(self):
        # A reload with the file as it is keeps what licences have found, and changes no answer.
        file = self.index.folder / "callers.toml"
        before = file.read_text()
        try:
            file.write_text(before.replace("No Such Paper", "Paper 4"))
            nothing = self.services[3]
            while not nothing.search("lindholm").total.value:
                pass
            self.assertEqual(
                [service.search("lindholm").total.value for service in self.services], [7, 2, 1, 1]
            )
        finally:
            file.write_text(before)
            while self.services[3].search("lindholm").total.value:
                pass


def unordered(question, answer):
    """Completions stand in the order in which their words are frequent in all articles."""
    if question[0] == "SuggestCompletions" and "completions" in answer:
        return {**answer, "completions": sorted(answer["completions"], key=str)}
    return answer


def wire(fields):
    """Fields of an Article as JSON has them, for its message."""
    from google.protobuf import json_format

    article = json_format.ParseDict(fields, api.article_pb2.Article())
    return {field.name: value for field, value in article.ListFields()}


if __name__ == "__main__":
    unittest.main()
