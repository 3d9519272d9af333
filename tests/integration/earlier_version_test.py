# SPDX-License-Identifier: GPL-3.0-or-later
"""An index that an earlier version made: it is refused with the command that mends it, and what it
stores is found after that as this version finds it. data/README.md says where the index is from.
"""

import json
import pathlib
import tarfile
import unittest

from lib import api
from lib.programs import Index, run, write_jsonl

DATA = pathlib.Path(__file__).parent / "data"

# Queries, and the ids of what they find: above all what the earlier version did not find.
FOUND = {
    "harbour": {"attorney-us"},
    "convoy": {"written-later"},
    '"US attorney"': {"attorney-us", "attorney-u-s"},
    '"U.S. attorney"': {"attorney-us", "attorney-u-s"},
    "US": {"attorney-us", "attorney-u-s", "written-later"},
    "US-led": {"written-later"},
    "us": {"pronoun"},
    "Hafenkranbedienstetenausbildungsbescheinigungsverlängerungsantragsformularverordnung": {
        "compound"
    },
    "hafenkranbediensteten*": {"compound"},
    "Hafenkranbedienstetenausbildungsbescheinigungsverlängerungsantragsformular*": {"compound"},
    "Hafenkranbedienstetenausbildungsbescheinigungsverlängerungsantragsformularverordnug~": {
        "compound"
    },
    "Hafenkranbedienstetenausbildungsbescheinigungsverlängerungsantragsformularverbot": set(),
    "צה״ל": {"army"},
    "צהל": {"army"},
    "台湾渔港": {"island"},
    "臺灣漁港": {"island"},
    '"1/2 an hour"': {"recipe"},
    "1980s phd": {"recipe"},
    "F-16": {"jet-hyphen", "jet-plain"},
    "F16": {"jet-hyphen", "jet-plain"},
}

# Folders of indexes in earlier formats, and what programs call the format.
FORMATS = {"format_1": "index format 1", "format_2": "index format 2"}


def unpack(data, index):
    with tarfile.open(data / "index.tar.gz") as archive:
        archive.extractall(index.folder)


class EarlierVersionTest(unittest.TestCase):
    def test_an_index_of_another_analyser_is_refused_until_it_is_rebuilt(self):
        with Index() as index:
            unpack(DATA / "analyser_2", index)
            remedy = f"broadsheet-indexer rebuild --index {index.path}"
            refused = run("broadsheetd", "--index", index.path, "--listen", "127.0.0.1:0")
            self.assertNotEqual(refused.returncode, 0)
            self.assertIn(remedy, refused.stderr)
            refused = run(
                "broadsheet-indexer", "add", "--index", index.path,
                DATA / "analyser_2" / "written.jsonl",
            )
            self.assertNotEqual(refused.returncode, 0)
            self.assertIn(remedy, refused.stderr)

            index.admin("rebuild")
            index.admin("verify")
            with index.serve() as server:
                self.assertEqual(int(server.status()["articleCount"]), 10)
                for query, ids in FOUND.items():
                    with self.subTest(query=query):
                        self.assertEqual(set(server.ids(query)), ids)

    def check_rebuilt(self, index):
        """What was built, written and taken down in an earlier format is found, once it is rebuilt."""
        index.admin("rebuild")
        index.admin("verify")
        with index.serve() as server:
            self.assertEqual(int(server.status()["articleCount"]), 5)
            self.assertEqual(set(server.ids("harbour")), {"ferry", "storm"})
            self.assertEqual(set(server.ids('"fourteen boats"')), {"corrected"})
            self.assertEqual(set(server.ids('"forty boats"')), set())
            self.assertEqual(set(server.ids('"neue krane"')), {"kran"})

    def test_an_index_of_an_earlier_format_is_refused_until_it_is_rebuilt(self):
        for name, said in FORMATS.items():
            with Index() as index:
                unpack(DATA / name, index)
                remedy = f"broadsheet-indexer rebuild --index {index.path}"
                written = DATA / name / "written.jsonl"
                for command in (
                    ("broadsheetd", "--index", index.path, "--listen", "127.0.0.1:0"),
                    ("broadsheet-indexer", "add", "--index", index.path, written),
                    ("broadsheet-indexer", "verify", "--index", index.path),
                ):
                    with self.subTest(format=name, command=command[:2]):
                        refused = run(*command)
                        self.assertNotEqual(refused.returncode, 0)
                        self.assertIn(said, refused.stderr)
                        self.assertIn(remedy, refused.stderr)
                with self.subTest(format=name):
                    self.check_rebuilt(index)

    def test_an_article_is_taken_down_before_the_index_is_rebuilt(self):
        for name in FORMATS:
            with self.subTest(format=name), Index() as index:
                unpack(DATA / name, index)
                index.admin("takedown", "storm")
                index.admin("rebuild")
                with index.serve() as server:
                    self.assertEqual(set(server.ids("harbour")), {"ferry"})

    def test_a_snapshot_of_an_earlier_format_is_taken_and_restored(self):
        for name in FORMATS:
            with self.subTest(format=name), Index() as index, Index() as other:
                unpack(DATA / name, index)
                snapshot = index.folder / "snapshot"
                index.admin("snapshot", "--to", snapshot)
                index.admin("rebuild")
                # Beside an index of this version, and into a new one.
                for restored in (index, other):
                    told = restored.admin("restore", "--from", snapshot, "--discard-writes")
                    remedy = f"broadsheet-indexer rebuild --index {restored.path}"
                    self.assertIn(remedy, told.stdout)
                    refused = run("broadsheetd", "--index", restored.path, "--listen", "127.0.0.1:0")
                    self.assertIn(remedy, refused.stderr)
                    self.check_rebuilt(restored)

    def copies(self, index, key):
        with index.serve() as server, api.connect(server.address) as channel:
            request = api.messages.ListArticleCopiesRequest(id=key)
            listed = api.Service(channel).stub.ListArticleCopies(request)
            return {copy.article.id for copy in listed.copies}

    def test_stories_of_earlier_sketches_stand_and_a_rebuild_finds_them_anew(self):
        with Index() as index:
            unpack(DATA / "sketches_1", index)
            index.admin("verify")
            self.assertEqual(self.copies(index, "agency"), {"courier", "mirror"})
            written = (DATA / "sketches_1" / "written.jsonl").read_text(encoding="utf-8")
            post = {**json.loads(written), "id": "post", "source": "Post"}
            index.admin("add", write_jsonl(index.folder / "post.jsonl", [post]))
            # Sketches of two versions cannot be compared.
            self.assertEqual(self.copies(index, "post"), set())
            self.assertEqual(self.copies(index, "agency"), {"courier", "mirror"})
            index.admin("rebuild")
            self.assertEqual(self.copies(index, "post"), {"agency", "courier", "mirror"})


if __name__ == "__main__":
    unittest.main()
