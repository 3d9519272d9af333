# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves on 75,000 real articles that nothing is lost and that every hit count is right.

Three dumps (digital.gov, 18F, Senate press releases), which lie beside the checkout
(BROADSHEET_SHARED), are built into one index and served. What the server answers is compared with
what a plain scan of the JSON lines says, see scan.py. Skipped where the dumps are absent.
"""

import collections
import itertools
import unittest

from lib import api
from lib import deadlines
from lib import scan
from lib.programs import Index, shared

DUMPS = [
    "data/articles/digitalgov.jsonl",
    "data/articles/18f.jsonl",
    "data/articles/senate-72k.jsonl.xz",
]


def setUpModule():
    """Builds and serves one index for the whole file."""
    paths = [shared(path) for path in DUMPS]
    index = unittest.enterModuleContext(Index())
    World.index = index
    World.built = index.build(*paths, "--rejects", index.folder / "rejects")
    World.rejects = list(api.json_lines(index.folder / "rejects"))
    records = [record for path in paths for record in api.json_lines(path)]
    World.articles = [record for record in records if not scan.is_empty(record)]
    World.empty = [record["id"] for record in records if scan.is_empty(record)]
    World.server = unittest.enterModuleContext(index.serve())
    World.service = api.Service(unittest.enterModuleContext(api.connect(World.server.address)))


class World:
    """What setUpModule made."""

    index = built = rejects = articles = empty = server = service = None


class RealArticlesTest(unittest.TestCase):
    def hits(self, query, **fields):
        """The ids of all hits, having checked that the total promised as many."""
        pages = list(World.service.pages(query, **fields))
        ids = [hit.article.id for page in pages for hit in page.hits]
        self.assertEqual(len(ids), len(set(ids)), f"{query}: an article twice")
        total = pages[0].total
        if total.relation == api.messages.Total.RELATION_EXACT:
            self.assertEqual(total.value, len(ids), query)
        else:
            self.assertGreaterEqual(total.value, 1000, query)
            self.assertLessEqual(total.value, len(ids), query)
        return set(ids)

    def assert_hits(self, query, expected, **fields):
        got = self.hits(query, **fields)
        expected = set(expected)
        self.assertEqual(
            got, expected,
            f"{query}: {len(got)} hits, {len(expected)} in the JSON lines; "
            f"too many: {sorted(got - expected)[:5]}, missing: {sorted(expected - got)[:5]}",
        )

    def assert_hits_between(self, query, least, most):
        """For words, where a plain scan cannot know every form that the analyser joins or parts."""
        got = self.hits(query)
        self.assertEqual(set(least) - got, set(), f"{query}: missing")
        self.assertEqual(got - set(most), set(), f"{query}: too many")


class NothingIsLost(RealArticlesTest):
    def test_build_reports_what_it_read_and_what_it_left_out(self):
        # The empty articles are rejected records, which the exit status says.
        self.assertEqual(World.built.returncode, 1, World.built.stderr)
        summary = World.built.stderr.splitlines()[-1]
        self.assertIn(f"{len(World.articles):,} articles", summary)
        self.assertIn(f"{len(World.empty)} rejected", summary)
        self.assertIn("0 superseded", summary)
        self.assertEqual(len(World.rejects), len(World.empty))

    def test_status_counts_match_the_input(self):
        status = World.service.status()
        self.assertEqual(status.article_count, len(World.articles))
        undated = [record for record in World.articles if not record["published"]]
        self.assertEqual(status.undated_count, len(undated))
        sources = collections.Counter(record["source"] for record in World.articles)
        top = {count.value: count.count for count in status.sources}
        self.assertEqual(len(top), 20)
        for source, count in top.items():
            self.assertEqual(count, sources[source], source)
        self.assertEqual(sorted(top.values(), reverse=True),
                         [count for _, count in sources.most_common(20)])

    def test_every_article_is_found_by_its_id_with_its_text(self):
        written = {record["id"]: record for record in World.articles}
        self.assertEqual(len(written), len(World.articles))
        found = 0
        for articles, missing in World.service.batch_get(written):
            self.assertEqual(list(missing), [])
            found += len(articles)
            for article in articles:
                record = written[article.id]
                for field in ("headline", "summary", "body", "source"):
                    self.assertEqual(
                        scan.squeezed(getattr(article, field)),
                        scan.squeezed(record.get(field, "")),
                        (article.id, field),
                    )
                self.assertEqual(
                    list(article.tags), scan.distinct(record["tags"]), article.id
                )
                self.assertEqual(
                    [byline.name for byline in article.bylines],
                    scan.distinct(record["bylines"]), article.id,
                )
        self.assertEqual(found, len(written))

    def test_empty_articles_are_not_there(self):
        # Twelve without a word, and one of nothing but NUL characters.
        self.assertEqual(len(World.empty), 13)
        for articles, missing in World.service.batch_get(World.empty):
            self.assertEqual(list(articles), [])
            self.assertEqual(list(missing), World.empty)

    def test_id_clause_finds_exactly_one(self):
        for record in World.articles[::2500]:
            self.assert_hits(f'id:"{record["id"]}"', [record["id"]])


class Order(RealArticlesTest):
    """All articles, far past the 10,000 that relevance order reaches."""

    def expected(self, sign):
        dated = [record for record in World.articles if record["published"]]
        undated = [record for record in World.articles if not record["published"]]
        dated.sort(key=lambda record: (sign * scan.instant(record).timestamp(), record["id"]))
        undated.sort(key=lambda record: record["id"])
        return [record["id"] for record in dated + undated]

    def test_newest_first_to_the_last_page(self):
        got = World.service.all_ids(filter=World.service.everything())
        self.assertEqual(got, self.expected(-1))

    def test_oldest_first_to_the_last_page(self):
        got = World.service.all_ids(
            filter=World.service.everything(), sort=api.messages.SORT_ORDER_OLDEST
        )
        self.assertEqual(got, self.expected(+1))

    def test_relevance_order_says_where_it_ends(self):
        reached = 0
        with self.assertRaises(api.grpc.RpcError) as ended:
            for page in World.service.pages("senator", sort=api.messages.SORT_ORDER_RELEVANCE):
                reached += len(page.hits)
        self.assertEqual(api.reason(ended.exception), "PAGE_TOO_DEEP")
        self.assertEqual(reached, 10_000)


class ExactFields(RealArticlesTest):
    def values(self, values_of):
        """Ids by folded value."""
        ids = collections.defaultdict(set)
        for record in World.articles:
            for value in values_of(record):
                ids[scan.folded(value).strip()].add(record["id"])
        return {value: found for value, found in ids.items() if value}

    def test_every_tag(self):
        tags = self.values(lambda record: record["tags"])
        self.assertGreater(len(tags), 150)
        for tag, ids in tags.items():
            self.assert_hits(f'tag:"{tag}"', ids)
            self.assert_hits(f'tag:"{tag.upper()}"', ids)

    def test_every_source(self):
        sources = self.values(lambda record: [record["source"]])
        self.assertGreater(len(sources), 100)
        for source, ids in sources.items():
            self.assertEqual(World.service.count(f'source:"{source}"'), len(ids), source)
        self.assert_hits('source:"office of senator clinton"', sources["office of senator clinton"])

    def test_filters_are_the_same_conditions(self):
        tags = self.values(lambda record: record["tags"])
        one, two, three = sorted(tags, key=lambda tag: -len(tags[tag]))[:3]
        wanted = api.messages.ValueFilter(any_of=[one.upper(), two])
        self.assert_hits("", tags[one] | tags[two], filter=api.messages.Filter(tag=wanted))
        wanted.none_of.append(three)
        without = (tags[one] | tags[two]) - tags[three]
        self.assert_hits("", without, filter=api.messages.Filter(tag=wanted))
        both = api.messages.ValueFilter(all_of=[one, two])
        self.assert_hits("", tags[one] & tags[two], filter=api.messages.Filter(tag=both))

    def test_language(self):
        self.assertEqual(World.service.count("language:en"), len(World.articles))
        self.assertEqual(World.service.count("language:de"), 0)


class Bylines(RealArticlesTest):
    @classmethod
    def setUpClass(cls):
        cls.signed = [record for record in World.articles if record["bylines"]]

    def names(self, *sources):
        return sorted(
            {
                name
                for record in self.signed
                if not sources or record["source"] in sources
                for name in record["bylines"]
            }
        )

    def test_every_author_of_18f(self):
        # 18F signs with handles, such as kaitlin and alex-pandel: each name is found as a phrase.
        names = self.names("18F")
        self.assertGreater(len(names), 250)
        for name in names:
            self.assert_hits(f'byline:"{name}"', scan.byline_hits(self.signed, name))

    def test_every_other_author(self):
        names = self.names()
        self.assertGreater(len(names), 900)
        for name in names:
            self.assert_hits(f'byline:"{name}"', scan.byline_hits(self.signed, name))

    def test_filter_takes_whole_names(self):
        for name in ("kaitlin", "18F", "alex-pandel"):
            ids = [
                record["id"]
                for record in World.articles
                if scan.folded(name) in [scan.folded(byline) for byline in record["bylines"]]
            ]
            self.assertTrue(ids)
            wanted = api.messages.ValueFilter(any_of=[name])
            self.assert_hits("", ids, filter=api.messages.Filter(byline=wanted))


class Dates(RealArticlesTest):
    """date: matches the local date as stated; after: and before: compare instants, in UTC."""

    def stated(self, first, last=None):
        """Ids of articles whose stated local date lies between, both included, as "2014-06-19"."""
        last = last or first
        return {
            record["id"]
            for record in World.articles
            if record["published"]
            and first <= record["published"][: len(first)]
            and record["published"][: len(last)] <= last
        }

    def since(self, moment):
        return {
            record["id"]
            for record in World.articles
            if record["published"] and scan.instant(record) >= scan.utc(moment)
        }

    def test_every_year_and_month(self):
        months = {record["published"][:7] for record in World.articles if record["published"]}
        self.assertGreater(len(months), 100)
        for period in sorted(months | {month[:4] for month in months}):
            self.assertEqual(
                World.service.count(f"date:{period}"), len(self.stated(period)), period
            )

    def test_days(self):
        days = sorted({record["published"][:10] for record in World.articles} - {""})
        self.assertGreater(len(days), 2000)
        for day in days[::25]:
            self.assert_hits(f"date:{day}", self.stated(day))

    def test_ranges_include_both_ends(self):
        for first, last in (
            ("2014", "2015"),
            ("2014-03", "2014-09"),
            ("2014-03-31", "2014-04-01"),
            ("2007-01-15", "2007-03"),
        ):
            self.assert_hits(f"date:{first}..{last}", self.stated(first, last))

    def test_late_evening_counts_for_its_own_day(self):
        # Published in the evening in Washington, which is the next day in UTC.
        late = [
            record
            for record in World.articles
            if record["published"]
            and scan.instant(record).date().isoformat() > record["published"][:10]
        ]
        self.assertTrue(late)
        for record in late[:5]:
            day = record["published"][:10]
            next_day = scan.instant(record).date().isoformat()
            an_id = record["id"]
            self.assertEqual(self.hits(f'id:"{an_id}" date:{day}'), {an_id})
            self.assertEqual(self.hits(f'id:"{an_id}" date:{next_day}'), set())
            self.assertEqual(self.hits(f'id:"{an_id}" after:{next_day}'), {an_id})

    def test_after_includes_and_before_excludes_its_day(self):
        dated = self.since("0001-01-01")
        for moment in ("2014-03-31", "2019-07-04"):
            self.assert_hits(f"after:{moment}", self.since(moment))
        for moment in ("2005-02-01", "2005-02-17"):
            self.assert_hits(f"before:{moment}", dated - self.since(moment))
        self.assert_hits("after:2014", self.since("2014-01-01"))
        self.assert_hits("before:2006-03", dated - self.since("2006-03-01"))
        self.assert_hits(
            "after:2014-03-31 before:2014-04-02",
            self.since("2014-03-31") - self.since("2014-04-02"),
        )

    def test_filter_on_instants(self):
        wanted = api.messages.Filter()
        wanted.published_from.FromJsonString("2014-03-31T00:00:00Z")
        wanted.published_until.FromJsonString("2014-05-01T00:00:00Z")
        ids = self.since("2014-03-31") - self.since("2014-05-01")
        self.assert_hits("", ids, filter=wanted)
        undated = {record["id"] for record in World.articles if not record["published"]}
        wanted.include_undated = True
        self.assert_hits("", ids | undated, filter=wanted)

    def test_undated(self):
        undated = {record["id"] for record in World.articles if not record["published"]}
        self.assertEqual(len(undated), 96)
        self.assert_hits("date:none", undated)


class Words(RealArticlesTest):
    """Phrases and words taken from the articles themselves, against a scan of all text."""

    @classmethod
    def setUpClass(cls):
        cls.texts = scan.Texts(World.articles)

    def test_phrases(self):
        exactly = 0
        phrases = self.texts.some_phrases()
        self.assertGreater(len(phrases), 25)
        for phrase in phrases:
            least, most = self.texts.phrase_hits(phrase)
            self.assertTrue(least, phrase)
            self.assert_hits_between(f'"{phrase}"', least, most)
            exactly += least == most
        # Many of them leave the scan no doubt.
        self.assertGreaterEqual(exactly, len(phrases) / 3)

    def test_phrases_in_the_body(self):
        bodies = scan.Texts(World.articles, fields=("body",))
        for phrase in bodies.some_phrases()[::4]:
            least, most = bodies.phrase_hits(phrase)
            self.assert_hits_between(f'body:"{phrase}"', least, most)

    def test_exact_words(self):
        words = self.texts.some_words()
        self.assertGreater(len(words), 10)
        for word in words:
            least, most = self.texts.word_hits(word)
            self.assert_hits_between(f"={word}", least, most)

    def test_operators_are_set_algebra(self):
        words = self.texts.some_words()[:3]
        sets = [self.hits(f"={word}") for word in words]
        for (one, ones), (two, twos) in itertools.pairwise(zip(words, sets)):
            self.assert_hits(f"={one} ={two}", ones & twos)
            self.assert_hits(f"={one} OR ={two}", ones | twos)
            self.assert_hits(f"={one} NOT ={two}", ones - twos)
            self.assert_hits(f"={one} -={two}", ones - twos)

    def test_headline_words(self):
        headlines = scan.Texts(World.articles, fields=("headline",))
        words = headlines.some_words()
        self.assertGreater(len(words), 5)
        for word in words:
            least, most = headlines.word_hits(word)
            self.assert_hits_between(f"headline:={word}", least, most)

    def test_captions(self):
        captions = scan.Texts(World.articles, fields=("captions",))
        for phrase in ("not a live url", "noun project", "bobak ha'eri"):
            least, most = captions.phrase_hits(phrase)
            self.assertTrue(least, phrase)
            self.assert_hits_between(f'caption:"{phrase}"', least, most)


class Deadlines(deadlines.DeadlineTest):
    @classmethod
    def setUpClass(cls):
        cls.index, cls.articles = World.index, World.articles
        super().setUpClass()


if __name__ == "__main__":
    unittest.main()
