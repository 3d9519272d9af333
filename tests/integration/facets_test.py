# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves on 75,000 real articles that facets and timelines count right.

The dumps of real_articles_test.py are built into one index, which then gets live writes, deletions
and an article under embargo. What the server counts is compared with what Python counts in the JSON
lines. Skipped where the dumps are absent.
"""

import collections
import datetime
import json
import pathlib
import re
import tempfile
import unittest
import zoneinfo

from lib import api
from lib import scan
from lib.programs import Index, article, run, shared, write_jsonl

DUMPS = [
    "data/articles/digitalgov.jsonl",
    "data/articles/18f.jsonl",
    "data/articles/senate-72k.jsonl.xz",
]
FACETS = ("tag", "byline", "section", "source", "language", "year", "month", "weekday")
# Words that nobody else has.
SECRET = {
    "headline": "Xylograph unveiled", "tags": ["Xylographs"], "bylines": ["Xenia Xu"],
    "section": "Xylography", "source": "The Xylograph", "language": "xh",
    "published": "2031-01-05", "embargoTime": "2999-01-01T00:00:00Z",
}


def setUpModule():
    """Builds and serves one index for the whole file, and writes to it."""
    paths = [shared(path) for path in DUMPS]
    index = unittest.enterModuleContext(Index())
    index.build(*paths)
    records = [record for path in paths for record in api.json_lines(path)]
    World.records = {r["id"]: r for r in records if not scan.is_empty(r)}
    World.server = unittest.enterModuleContext(index.serve("--writable"))
    World.service = api.Service(unittest.enterModuleContext(api.connect(World.server.address)))


class World:
    """What setUpModule made; `records` by id, as readers may see them."""

    records = server = service = None


def key_of(value):
    """The form in which values are the same."""
    plain = re.sub("[\u2010-\u2015]", "-", re.sub("[\u2018\u2019]", "'", value))
    return " ".join(scan.folded(re.sub("[\u201c\u201d]", '"', plain)).split())


def values_of(record, field):
    day = record["published"][:10]
    if field == "byline":
        return record["bylines"]
    if field == "tag":
        return record["tags"]
    if field not in ("year", "month", "weekday"):
        return [record[field]]
    if not day:
        return []
    if field == "weekday":
        return [datetime.date.fromisoformat(day).strftime("%A")]
    return [day[:4] if field == "year" else day[:7]]


def counted(records, field):
    """How many articles have each value, by the form in which values are the same."""
    counts = collections.Counter()
    for record in records:
        counts.update({key_of(value) for value in values_of(record, field) if value.strip()})
    return counts


def local_time(record, zone):
    """The time of day in the zone, or midnight of the day that an article states."""
    text = record["published"]
    if "T" not in text:
        return datetime.datetime.fromisoformat(text)
    instant = scan.instant(record)
    if instant.time() == datetime.time() and text[:10] == instant.date().isoformat():
        return instant.replace(tzinfo=None)
    return instant.astimezone(zone).replace(tzinfo=None)


def timeline_of(records, interval, zone):
    counts = collections.Counter()
    for record in records:
        if record["published"]:
            time = local_time(record, zone)
            week = "%d-W%02d" % time.isocalendar()[:2]
            counts[{"year": f"{time:%Y}", "month": f"{time:%Y-%m}", "day": f"{time:%Y-%m-%d}",
                    "quarter": f"{time:%Y}-Q{(time.month + 2) // 3}", "week": week}[interval]] += 1
    return counts


class FacetsTest(unittest.TestCase):
    def ask(self, query="", filter=None, facets=(), **fields):
        request = api.messages.AggregateArticlesRequest(query=query, filter=filter, **fields)
        for facet in facets:
            request.facets.add(**({"field": facet} if isinstance(facet, str) else facet))
        return World.service.stub.AggregateArticles(request, timeout=60)

    def assert_facet(self, facet, records, field, prefix=""):
        records = list(records)
        all_counts = counted(records, field)
        expected = {key: n for key, n in all_counts.items() if key.startswith(prefix)}
        self.assertEqual(facet.field, field)
        self.assertEqual(facet.distinct, len(expected))
        shown = [value.count for value in facet.values]
        self.assertEqual(shown, sorted(expected.values(), reverse=True)[:1000])
        for value in facet.values:
            self.assertEqual(value.count, expected[key_of(value.value)], value.value)
        spellings = {value for record in records for value in values_of(record, field)}
        self.assertLessEqual({value.value for value in facet.values}, spellings)
        without = [r for r in records if not any(v.strip() for v in values_of(r, field))]
        self.assertEqual(facet.without, len(without))

    def assert_counts(self, records, **asked):
        """All facets of what `asked` finds."""
        records = list(records)
        response = self.ask(facets=[{"field": field, "limit": 1000} for field in FACETS], **asked)
        self.assertEqual(response.total.value, len(records))
        self.assertEqual(response.total.relation, api.messages.Total.RELATION_EXACT)
        for field, facet in zip(FACETS, response.facets, strict=True):
            with self.subTest(field=field, asked=str(asked)):
                self.assert_facet(facet, records, field)

    def assert_timelines(self, records, asked):
        everything = World.records.values()
        for interval in ("day", "week", "month", "quarter", "year"):
            for zone in ("UTC", "America/New_York", "Asia/Tokyo"):
                with self.subTest(interval=interval, zone=zone, asked=str(asked)):
                    self.assert_timeline(records, everything, interval, zone, asked)

    def assert_timeline(self, records, everything, interval, zone, asked):
        wanted = api.messages.Timeline(
            interval=f"INTERVAL_{interval.upper()}", normalized=True)
        response = self.ask(timeline=wanted, time_zone=zone, **asked)
        counts = timeline_of(records, interval, zoneinfo.ZoneInfo(zone))
        in_all = timeline_of(everything, interval, zoneinfo.ZoneInfo(zone))
        labels = [bucket.label for bucket in response.timeline]
        self.assertEqual(labels, sorted(set(labels)))
        self.assertEqual((labels[0], labels[-1]), (min(counts), max(counts)))
        for bucket in response.timeline:
            self.assertEqual(bucket.count, counts[bucket.label], bucket.label)
            self.assertEqual(bucket.all, in_all[bucket.label], bucket.label)
            self.assertAlmostEqual(bucket.share, bucket.count / bucket.all if bucket.all else 0)
        self.assertEqual(sum(bucket.count for bucket in response.timeline), sum(counts.values()))
        self.assertEqual(response.undated, sum(not r["published"] for r in records))

    def of_source(self, name):
        return [r for r in World.records.values() if key_of(r["source"]) == key_of(name)]

    def test_1_a_build(self):
        self.check_everything()
        self.check_filters()

    def test_2_after_live_writes(self):
        """Live gets new articles, changed ones and an article under embargo, and deletes some."""
        written = [
            article(n, tags=["Privacy", "Ferries"], bylines=["Ana Núñez"], source="18f",
                    section="Harbour", language="pt", published="2024-02-29T23:30:00-05:00")
            for n in range(40)
        ]
        tagged = [r for r in World.records.values() if "privacy" in map(key_of, r["tags"])]
        for record in tagged[:20]:
            written.append({**record, "tags": ["PRIVACY", "Changed"], "version": 2})
        secret = article("secret", **SECRET)
        with tempfile.TemporaryDirectory() as folder:
            lines = write_jsonl(pathlib.Path(folder) / "written.jsonl", [*written, secret])
            pushed = run("broadsheet-indexer", "push", "--server", World.server.address, lines)
        self.assertEqual(pushed.returncode, 0, pushed.stderr)
        World.records.update((record["id"], self.whole(record)) for record in written)
        for record in tagged[20:30]:
            deleted = World.server.client("delete", record["id"])
            self.assertEqual(deleted.returncode, 0, deleted.stderr)
            del World.records[record["id"]]
        self.check_everything()
        self.check_filters()
        for facet in FACETS:
            shown = self.ask(facets=[{"field": facet, "prefix": "x", "limit": 1000}]).facets[0]
            self.assertFalse([v for v in shown.values if v.value.startswith(("X", "xh"))
                              and v.value in json.dumps(SECRET)], facet)

    @staticmethod
    def whole(record):
        return {**{"tags": [], "bylines": [], "section": "", "source": "", "language": "",
                   "published": ""}, **record}

    def check_everything(self):
        records = list(World.records.values())
        self.assert_counts(records)
        self.assert_timeline(records, records, "month", "UTC", {})
        for prefix in ("a", "web ", "u.s"):
            facet = self.ask(facets=[{"field": "tag", "prefix": prefix.upper(), "limit": 1000}])
            self.assert_facet(facet.facets[0], records, "tag", prefix=key_of(prefix))

    def check_filters(self):
        """What a filter finds, and facets that leave their own filter out."""
        privacy = [r for r in World.records.values() if "privacy" in map(key_of, r["tags"])]
        self.assert_counts(privacy, query="tag:privacy")
        self.assert_timelines(privacy, {"query": "tag:privacy"})
        both = [r for r in privacy if key_of(r["source"]) == "18f"]
        source = api.messages.Filter(source={"any_of": ["18F"]})
        kept = [{"field": field, "limit": 1000, "keep_own_filter": True} for field in FACETS]
        response = self.ask("tag:privacy", source, kept)
        for field, facet in zip(FACETS, response.facets, strict=True):
            self.assert_facet(facet, both, field)
        response = self.ask("tag:privacy", source, [{"field": "source"}, {"field": "tag"}])
        self.assert_facet(response.facets[0], privacy, "source")
        self.assertEqual(response.facets[1].distinct, len(counted(both, "tag")))
        year = [r for r in World.records.values() if r["published"][:4] == "2013"]
        self.assert_counts(year, query="date:2013")


if __name__ == "__main__":
    unittest.main()
