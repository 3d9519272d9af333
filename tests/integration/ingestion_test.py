# SPDX-License-Identifier: GPL-3.0-or-later
"""What a build makes of files of every format: nothing is shown that its source holds back, and
every record has one fate, by kind and by file, however broken a file is."""

import gzip
import json
import re
import unittest

from lib.programs import Index, run

PARAGRAPH = "The lock keeper opened the sluice at noon, and the barges went down to the sea."
# In every format: what a source may state, and whether readers may see the story then.
HELD = {
    "usable": ("usable", None, True),
    "withheld": ("withheld", None, False),
    "cancelled": ("canceled", None, False),
    "unknown-status": ("quarantined", None, False),
    "embargo": ("usable", "2061-03-06T08:00:00Z", False),
    "embargo-without-zone": ("usable", "2061-03-06T08:00:00", False),
    "embargo-over": ("usable", "2001-03-06T08:00:00Z", True),
    "unreadable-embargo": ("usable", "after the vote", False),
}
# Of these the program warns, or it refuses the record.
DOUBTFUL = {"unknown-status", "embargo-without-zone", "unreadable-embargo"}


def ninjs(name, status, embargo):
    item = {
        "uri": f"ninjs:{name}", "versioncreated": "2026-05-12T08:00:00Z", "pubstatus": status,
        "headline": f"Sluice {name}", "body_html": f"<p>{PARAGRAPH}</p>",
    }
    if embargo:
        item["embargoed"] = embargo
    return json.dumps(item)


def newsml(name, status, embargo):
    embargoed = f"<embargoed>{embargo}</embargoed>" if embargo else ""
    return (
        f'<newsItem guid="newsml:{name}" version="1"><itemMeta><itemClass qcode="ninat:text"/>'
        f"<provider literal='Lock Wire'/><versionCreated>2026-05-12T08:00:00Z</versionCreated>"
        f"{embargoed}<pubStatus qcode='stat:{status}'/></itemMeta><contentMeta>"
        f"<headline>Sluice {name}</headline></contentMeta><contentSet><inlineXML>"
        f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{PARAGRAPH}</p></body></html>'
        f"</inlineXML></contentSet></newsItem>"
    )


def nitf(name, status, embargo):
    if embargo:
        status = "embargoed"
    release = f"<date.release norm='{embargo}'/>" if embargo else ""
    return (
        f'<nitf><head><docdata management-status="{status}"><doc-id id-string="nitf:{name}"/>'
        f"<date.issue norm='20260512T080000Z'/>{release}</docdata></head><body><body.head><hedline>"
        f"<hl1>Sluice {name}</hl1></hedline></body.head><body.content><p>{PARAGRAPH}</p>"
        f"</body.content></body></nitf>"
    )


def mapped(name, status, embargo):
    story = {"key": f"map:{name}", "title": f"Sluice {name}", "text": PARAGRAPH, "state": status}
    if embargo:
        story["until"] = embargo
    return json.dumps(story)


MAP = {
    "id": "key", "headline": "title", "body": "text", "status": "state", "embargoTime": "until"
}



class HoldingBackTest(unittest.TestCase):
    def setUp(self):
        self.index = Index()
        self.addCleanup(self.index.__exit__, None, None, None)
        self.folder = self.index.folder / "wire"
        self.folder.mkdir()

    def write(self, name, text):
        file = self.folder / name
        file.write_text(text, encoding="utf-8")
        return file

    def assert_shows_only_what_is_released(self, prefix, *options):
        built = self.index.build("--max-rejects", "100%", *options, self.folder)
        self.assertIn(built.returncode, (0, 1), built.stderr)
        released = sorted(f"{prefix}:{name}" for name, (_, _, shown) in HELD.items() if shown)
        with self.index.serve() as server:
            self.assertEqual(sorted(server.ids("sluice")), released, built.stderr)
        # What is in doubt is said, with its file: it is held back with a warning, or refused.
        told = [line for line in built.stderr.splitlines() if str(self.folder) in line]
        self.assertGreaterEqual(len(told), len(DOUBTFUL), built.stderr)

    def test_ninjs(self):
        self.write("a.json", "\n".join(ninjs(n, s, e) for n, (s, e, _) in HELD.items()))
        self.assert_shows_only_what_is_released("ninjs")

    def test_newsml(self):
        items = "\n".join(newsml(n, s, e) for n, (s, e, _) in HELD.items())
        self.write(
            "a.xml",
            '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>'
            f"{items}</itemSet></newsMessage>",
        )
        self.assert_shows_only_what_is_released("newsml")

    def test_nitf(self):
        for name, (status, embargo, _) in HELD.items():
            self.write(f"{name}.xml", nitf(name, status, embargo))
        self.assert_shows_only_what_is_released("nitf")

    def test_json_lines_by_a_map(self):
        map_file = self.index.folder / "names.json"
        map_file.write_text(json.dumps(MAP))
        self.write("a.jsonl", "\n".join(mapped(n, s, e) for n, (s, e, _) in HELD.items()))
        self.assert_shows_only_what_is_released("map", "--map", map_file)


class MapTest(unittest.TestCase):
    """What a map says of itself, and which records it takes for articles."""

    def setUp(self):
        self.index = Index()
        self.addCleanup(self.index.__exit__, None, None, None)
        self.map = self.index.folder / "map.json"
        self.lines = self.index.folder / "a.jsonl"

    def write(self, names, *records):
        self.map.write_text(json.dumps(names))
        self.lines.write_text("".join(json.dumps(record) + "\n" for record in records))

    def test_paths_that_led_nowhere_are_said_and_are_no_failure(self):
        self.write({**MAP, "section": "dsek", "embargoTime": ["until", "untl"]},
                   json.loads(mapped("a", "usable", "2001-03-06T08:00:00Z")))
        said = [f'{self.map}: embargoTime: path "untl" led nowhere in 1 record',
                f'{self.map}: section: path "dsek" led nowhere in 1 record']
        for finished in (self.index.build("--map", self.map, self.lines),
                         self.index.admin("add", "--map", self.map, self.lines),
                         run("broadsheet-indexer", "parse", "--map", self.map, self.lines)):
            self.assertEqual(finished.returncode, 0, finished.stderr)
            lines = finished.stderr.splitlines()
            self.assertEqual([line for line in lines if "led nowhere" in line], said)

    def test_what_a_note_holds_back_is_not_shown(self):
        notes = {"none": None, "first": "First lead.", "hold": "EMBARGOED until Friday",
                 "never": "Not for publication", "kill": "MANDATORY KILL"}
        self.write({**MAP, "editorsNote": "desk.note"},
                   *({**json.loads(mapped(name, "usable", None)), "desk": {"note": note}}
                     for name, note in notes.items()))
        built = self.index.build("--map", self.map, self.lines)
        self.assertEqual(built.returncode, 0, built.stderr)
        with self.index.serve() as server:
            self.assertEqual(sorted(server.ids("sluice")), ["map:first", "map:none"])

    def test_records_of_other_kinds_are_passed_over(self):
        story = json.loads(mapped("a", "usable", None))
        self.write({**MAP, "passOver": {"kind": ["picture", "agenda"]}, "only": {"lang": "en"}},
                   {**story, "kind": "text", "lang": "en"},
                   {**story, "key": "b", "kind": "Picture", "lang": "en", "embargo": "2061"},
                   {**story, "key": "c", "lang": "fr"})
        built = self.index.build("--map", self.map, self.lines)
        self.assertEqual(built.returncode, 0, built.stderr)
        self.assertIn("jsonl: 3 read from 1 file, 1 indexed, 0 duplicates merged, 0 rejected, 2 "
                      'passed over as no articles (1 kind "Picture", 1 lang "fr")', built.stderr)


class AccountingTest(unittest.TestCase):
    """The files of a bad morning: each is damaged in its own way."""

    @classmethod
    def setUpClass(cls):
        cls.index = Index()
        cls.addClassCleanup(cls.index.__exit__, None, None, None)
        folder = cls.index.folder / "morning"
        folder.mkdir()
        lines = "".join(
            json.dumps({"id": f"j{n}", "headline": f"Barge {n}", "body": PARAGRAPH}) + "\n"
            for n in range(2000)
        )
        (folder / "cut.jsonl.gz").write_bytes(gzip.compress(lines.encode())[:-200])
        (folder / "feed.xml").write_text(
            '<rss version="2.0"><channel><title>Locks</title>'
            + "".join(
                f"<item><title>Gate {n}</title><link>https://l.example/{n}</link></item>"
                for n in range(20)
            )
            + "<item><title>Gate 20</tit"
        )
        (folder / "wire.xml").write_text(
            "<wire>" + "".join(nitf(f"w{n}", "usable", None) for n in range(5)) + "<nitf><head"
        )
        (folder / "twice.jsonl").write_text(
            2 * (json.dumps({"id": "twin", "headline": "Twin", "body": PARAGRAPH}) + "\n")
            + '{"id": "broken", "headline"\n'
        )
        (folder / "picture.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20)
        cls.counts = cls.index.folder / "counts.jsonl"
        cls.rejects = cls.index.folder / "rejects.jsonl"
        cls.merged = cls.index.folder / "merged.jsonl"
        cls.built = cls.index.build(
            "--counts", cls.counts, "--rejects", cls.rejects, "--merged", cls.merged, folder
        )

    def rows(self, file):
        return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]

    def test_what_was_lost_makes_the_exit_status(self):
        self.assertEqual(self.built.returncode, 1, self.built.stderr)
        self.assertRegex(self.built.stderr, r"Indexed .* at least \d+ lost")

    def test_every_record_of_a_file_has_one_fate(self):
        rows = {row["file"].rpartition("/")[2]: row for row in self.rows(self.counts)}
        self.assertEqual(len(rows), 5)
        for row in rows.values():
            fates = ("indexed", "merged", "takenDown", "passedOver", "rejected", "lost")
            self.assertEqual(row["read"], sum(row[fate] for fate in fates), row)
        self.assertGreaterEqual(rows["cut.jsonl.gz"]["lost"], 1)
        self.assertGreater(rows["cut.jsonl.gz"]["indexed"], 1000)
        self.assertEqual(rows["feed.xml"]["indexed"], 20)
        self.assertGreaterEqual(rows["feed.xml"]["lost"], 1)
        self.assertEqual(rows["wire.xml"]["indexed"], 5)
        self.assertGreaterEqual(rows["wire.xml"]["lost"], 1)
        twice = rows["twice.jsonl"]
        self.assertEqual((twice["indexed"], twice["merged"], twice["rejected"]), (1, 1, 1))
        self.assertEqual(rows["picture.jpg"]["passedOver"], 1)

    def test_kinds_add_up_as_well(self):
        kinds = [
            line for line in self.built.stderr.splitlines() if " read from " in line
        ]
        self.assertEqual(
            [line.partition(":")[0] for line in kinds], ["jsonl", "nitf", "rss", "other"]
        )
        for line in kinds:
            read = int(re.match(r"\w+: ([\d,]+) read", line)[1].replace(",", ""))
            fates = re.findall(
                r"([\d,]+) (?:indexed|duplicates? merged|rejected|lost|passed over)", line
            )
            self.assertEqual(read, sum(int(fate.replace(",", "")) for fate in fates), line)

    def test_losses_and_merged_articles_are_listed(self):
        lost = [row for row in self.rows(self.rejects) if row["lost"] > 0]
        self.assertEqual(
            sorted(row["file"].rpartition("/")[2] for row in lost),
            ["cut.jsonl.gz", "feed.xml", "wire.xml"],
        )
        merged = self.rows(self.merged)
        self.assertEqual([row["id"] for row in merged], ["twin"])
        self.assertTrue(merged[0]["keptFile"].endswith("twice.jsonl"))


if __name__ == "__main__":
    unittest.main()
