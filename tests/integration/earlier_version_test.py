# SPDX-License-Identifier: GPL-3.0-or-later
"""An index that an earlier version made: it is refused with the command that mends it, and what it
stores is found after that as this version finds it. data/README.md says where the index is from.
"""

import pathlib
import tarfile
import unittest

from lib.programs import Index, run

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


def unpack(version, index):
    with tarfile.open(DATA / version / "index.tar.gz") as archive:
        archive.extractall(index.folder)


class EarlierVersionTest(unittest.TestCase):
    def test_an_index_of_another_analyser_is_refused_until_it_is_rebuilt(self):
        with Index() as index:
            unpack("analyser_2", index)
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

    def check_format_1_rebuilt(self, index):
        with index.serve() as server:
            self.assertEqual(int(server.status()["articleCount"]), 15)
            self.assertEqual(server.ids('headline:"night boat"'), ["night-boat"])
            self.assertEqual(server.ids('"is moved"'), ["ht-2022-01-15-clinic-opens"])
            self.assertEqual(server.ids("breakwater"), [], "what was taken down stays down")
            self.assertNotIn("ht-2022-03-19-ten-thousand", server.ids("the"))

    def test_an_index_of_format_1_is_refused_until_it_is_rebuilt(self):
        with Index() as index:
            unpack("format_1", index)
            remedy = f"broadsheet-indexer rebuild --index {index.path}"
            refused = run("broadsheetd", "--index", index.path, "--listen", "127.0.0.1:0")
            self.assertNotEqual(refused.returncode, 0)
            self.assertIn(remedy, refused.stderr)
            index.admin("rebuild")
            index.admin("verify")
            self.check_format_1_rebuilt(index)

    def test_an_index_of_format_1_is_backed_up_and_put_back(self):
        with Index() as index, Index() as other:
            unpack("format_1", index)
            snapshot = index.folder / "snapshot"
            index.admin("snapshot", "--to", snapshot)
            index.admin("rebuild")
            said = other.admin("restore", "--from", snapshot)
            self.assertIn("broadsheet-indexer rebuild --index", said.stdout)
            other.admin("rebuild")
            other.admin("verify")
            self.check_format_1_rebuilt(other)


if __name__ == "__main__":
    unittest.main()
