# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that copies of a story are recognised, listed and collapsed, in builds and in live writes.

The 18F posts, which lie beside the checkout (BROADSHEET_SHARED), are printed once more by papers of
ours: whole, cut, under new headlines. Which articles are copies, and how alike they are, is reckoned
here by Jaccard's measure from the JSON lines. Skipped where the posts are absent.
"""

import collections
import datetime
import re
import unittest

from lib import api
from lib.programs import Index, shared, write_jsonl

POSTS = "data/articles/18f.jsonl"
FEWEST = 40
WEEK = 7


def shingles(record):
    words = re.findall(r"[a-z0-9]+", record["body"].lower())
    return {tuple(words[at : at + 4]) for at in range(len(words) - 3)}


def measures(one, other):
    shared_ones = len(one & other)
    either = len(one) + len(other) - shared_ones
    return shared_ones / either, shared_ones / min(len(one), len(other)), shared_ones


def clean(record):
    """Words and sentences alone, so that this test and the server read the same words."""
    body = re.sub(r"[^A-Za-z0-9. ]+", " ", record["body"])
    body = re.sub(r"\b\w*[.0-9]\w+\b", " ", body)
    return {**record, "body": re.sub(r"\s+", " ", body).strip()}


def printed(record, paper, days, body):
    published = datetime.date.fromisoformat(record["published"][:10]) + datetime.timedelta(days=days)
    return {
        "id": f"{record['id']} {paper}",
        "headline": f"The {paper} reports",
        "source": paper,
        "published": published.isoformat(),
        "body": body,
        "language": "en",
    }


def cut(body, share):
    words = body.split()
    return " ".join(words[: int(len(words) * share)])


def copies_of(record):
    body = record["body"]
    return [
        printed(record, "Courier", 1, body),
        printed(record, "Mirror", 2, cut(body, 0.75)),
        printed(record, "Post", 3, cut(body, 0.65)),
        # Another week: no copy.
        printed(record, "Almanac", 30, body),
        # Too little is left.
        printed(record, "Ticker", 1, " ".join(body.split()[:20])),
    ]


class CopiesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        records = [clean(record) for record in api.json_lines(shared(POSTS))]
        # Far enough apart that no post has to do with another.
        long_ones = [
            record for record in records if record.get("published") and len(shingles(record)) > 200
        ]
        cls.posts = long_ones[::8][:40]
        for place, post in enumerate(cls.posts):
            post["published"] = (datetime.date(2010, 1, 1) + datetime.timedelta(60 * place)).isoformat()
        every = [(post, copies_of(post)) for post in cls.posts]
        cls.built = [article for post, copies in every for article in [post, *copies[:2]]]
        cls.written = [article for _, copies in every for article in copies[2:]]
        cls.index = cls.enterClassContext(Index())
        built = cls.index.build(write_jsonl(cls.index.folder / "built.jsonl", cls.built))
        assert built.returncode == 0, built.stderr
        cls.index.admin("add", write_jsonl(cls.index.folder / "written.jsonl", cls.written))
        cls.server = cls.enterClassContext(cls.index.serve())
        cls.service = api.Service(cls.enterClassContext(api.connect(cls.server.address)))
        cls.articles = {article["id"]: article for article in cls.built + cls.written}
        cls.stories = cls.reckon()

    @classmethod
    def reckon(cls):
        """For each id, the ids of its story: all that are like the first, by time."""
        order = sorted(cls.articles.values(), key=lambda article: (article["published"][:10], article["id"]))
        sets = {key: shingles(article) for key, article in cls.articles.items()}
        day = {
            key: datetime.date.fromisoformat(article["published"][:10])
            for key, article in cls.articles.items()
        }
        firsts, story = [], {}
        for article in order:
            key = article["id"]
            for first in firsts:
                if (day[key] - day[first]).days > WEEK:
                    continue
                alike, contained, common = measures(sets[key], sets[first])
                if len(sets[key]) >= FEWEST and (
                    alike >= 0.5 or (contained >= 0.8 and common >= FEWEST)
                ):
                    story[key] = first
                    break
            else:
                firsts.append(key)
                story[key] = key
        together = collections.defaultdict(list)
        for article in order:
            together[story[article["id"]]].append(article["id"])
        return {key: together[first] for key, first in story.items()}

    def copies(self, key, **fields):
        request = api.messages.ListArticleCopiesRequest(id=key, page_size=1000, **fields)
        return self.service.stub.ListArticleCopies(request)

    def test_the_copies_of_each_article_are_listed(self):
        for key, story in self.stories.items():
            listed = self.copies(key)
            self.assertEqual(
                [copy.article.id for copy in listed.copies], [one for one in story if one != key], key
            )
            self.assertEqual(listed.total.value, len(story) - 1)
            self.assertEqual([copy.article.id for copy in listed.copies if copy.leader], story[:1] if story[0] != key else [])
            for copy in listed.copies:
                alike, contained, _ = measures(
                    shingles(self.articles[key]), shingles(self.articles[copy.article.id])
                )
                self.assertAlmostEqual(copy.similarity, alike, delta=0.02)
                self.assertAlmostEqual(copy.containment, contained, delta=0.02)

    def test_a_search_shows_one_hit_a_story(self):
        for query in ("the", "government", "reports headline:mirror", "source:courier", "code OR data"):
            matching = set(self.service.all_ids(query))
            shown = {
                next(one for one in self.stories[key] if one in matching) for key in matching
            }
            hits = [
                hit
                for page in self.service.pages(query, collapse_copies=True, page_size=17)
                for hit in page.hits
            ]
            self.assertEqual({hit.article.id for hit in hits}, shown, query)
            answer = self.service.search(query, collapse_copies=True, exact_total=True)
            self.assertEqual(answer.total.value, len(matching))
            self.assertEqual(answer.total_collapsed.value, len(shown))
            for hit in hits:
                others = [
                    one
                    for one in self.stories[hit.article.id]
                    if one in matching and one != hit.article.id
                ]
                self.assertEqual(hit.copies, len(others), hit.article.id)
                sources = {self.articles[one]["source"] for one in others}
                self.assertEqual(set(hit.copy_sources), sources)
                self.assertEqual(hit.leader_id, self.stories[hit.article.id][0] if others else "")

    def test_counts_take_one_article_a_story(self):
        request = api.messages.AggregateArticlesRequest(query="the", collapse_copies=True)
        request.facets.add(field="source")
        counted = self.service.stub.AggregateArticles(request)
        matching = set(self.service.all_ids("the"))
        shown = {next(one for one in self.stories[key] if one in matching) for key in matching}
        self.assertEqual(counted.total.value, len(matching))
        self.assertEqual(counted.total_collapsed.value, len(shown))
        expected = collections.Counter(self.articles[key]["source"] for key in shown)
        self.assertEqual({one.value: one.count for one in counted.facets[0].values}, expected)

    def test_a_takedown_makes_the_next_copy_the_first(self):
        story = next(story for story in self.stories.values() if len(story) > 2)
        with Index() as index:
            built = index.build(write_jsonl(index.folder / "built.jsonl", self.built))
            self.assertEqual(built.returncode, 0, built.stderr)
            index.admin("add", write_jsonl(index.folder / "written.jsonl", self.written))
            with index.serve() as server, api.connect(server.address) as channel:
                stub = api.Service(channel).stub
                index.admin("takedown", story[0])
                request = api.messages.ListArticleCopiesRequest(id=story[2])
                listed = stub.ListArticleCopies(request).copies
                self.assertEqual(
                    [copy.article.id for copy in listed], [one for one in story[1:] if one != story[2]]
                )
                self.assertTrue(listed[0].leader)


def grant(number, source, town, day):
    """A form, of which only the town differs."""
    words = [f"grant{place}" for place in range(220)]
    words[100:105] = words[200:206] = [town]
    return {
        "id": f"{source} {town} {number}",
        "headline": f"{town} receives a grant",
        "source": source,
        "published": f"2024-06-{day}",
        "body": " ".join(words),
        "language": "en",
    }


class FormsTest(unittest.TestCase):
    """A form that two papers had filled for different towns was one story."""

    def stories(self, index, ids):
        with index.serve() as server, api.connect(server.address) as channel:
            stub = api.Service(channel).stub
            return {
                key: {
                    copy.article.id
                    for copy in stub.ListArticleCopies(api.messages.ListArticleCopiesRequest(id=key)).copies
                }
                for key in ids
            }

    def test_of_one_source_the_nearest_is_in_the_story_however_it_was_indexed(self):
        agency = grant(1, "Agency", "Aldbury", 19)
        courier = grant(2, "Courier", "Aldbury", 20)
        next_town = grant(3, "Courier", "Bexley", 21)
        expected = {agency["id"]: {courier["id"]}, courier["id"]: {agency["id"]}, next_town["id"]: set()}
        for built in (1, 2, 3):
            with self.subTest(built=built), Index() as index:
                articles = [agency, courier, next_town]
                index.build_articles(*articles[:built])
                if built < 3:
                    index.admin("add", write_jsonl(index.folder / "more.jsonl", articles[built:]))
                self.assertEqual(self.stories(index, expected), expected)

    def test_a_nearer_one_that_is_written_later_takes_the_place_when_the_index_is_rebuilt(self):
        agency = grant(1, "Agency", "Aldbury", 19)
        next_town = grant(2, "Courier", "Bexley", 20)
        courier = grant(3, "Courier", "Aldbury", 21)
        ids = [article["id"] for article in (agency, next_town, courier)]
        with Index() as index:
            index.build_articles(agency, next_town)
            index.admin("add", write_jsonl(index.folder / "more.jsonl", [courier]))
            self.assertEqual(self.stories(index, ids[:1]), {ids[0]: {ids[1], ids[2]}})
            index.admin("rebuild")
            self.assertEqual(
                self.stories(index, ids), {ids[0]: {ids[2]}, ids[1]: set(), ids[2]: {ids[0]}}
            )


if __name__ == "__main__":
    unittest.main()
