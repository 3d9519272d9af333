# SPDX-License-Identifier: GPL-3.0-or-later
"""Power cuts, simulated: of all that the programs did to the files of an index, only what they had
synced is certain to be left, and of the rest anything may be (lib/power_loss.py).

At some points, or with BROADSHEET_LONG=1 at 200, of an import beside rebuilds, and of builds, the
index that a power cut leaves is looked at and used. BROADSHEET_SEED repeats a run, though not its
timing.
"""

import collections
import dataclasses
import json
import pathlib
import shutil
import tempfile
import unittest

from lib import api
from lib import chance
from lib.power_loss import RENAME, SYNC, Recording, is_folder
from lib.programs import (
    PATIENCE_SECONDS, Index, Server, article, environment, run, start, write_jsonl,
)

BUILT = chance.rounds(60, 300)
POINTS = chance.rounds(6, 200)
# Rebuilds beside the import.
REBUILDS = chance.rounds(1, 3)
GONE = None


@dataclasses.dataclass
class Written:
    """One change of an article: what it makes of it, and how long the log was when it was asked for
    and when it was acknowledged."""

    version: object
    asked: int
    acknowledged: object = None


class History:
    """What was asked of the index and acknowledged, by what is found in it."""

    def __init__(self, recording):
        self._recording = recording
        self._articles = collections.defaultdict(list)
        self._taken_down = {}
        # Length of the log when it was known that a generation is published -> its number.
        self._published = {}

    def ask(self, an_id, version):
        written = Written(version, self._recording.position())
        self._articles[an_id].append(written)
        return written

    def acknowledge(self, *many):
        position = self._recording.position()
        for written in many:
            written.acknowledged = position

    def taken_down(self, an_id):
        self._taken_down[an_id] = self._recording.position()

    def published(self, number):
        self._published[self._recording.position()] = number

    def last_published(self, position):
        """The number of the generation that was known to be published; 0 for none."""
        return max((number for at, number in self._published.items() if at <= position), default=0)

    def acknowledgements(self):
        """Lengths of the log at which something was acknowledged."""
        return sorted({
            written.acknowledged
            for history in self._articles.values() for written in history
            if written.acknowledged
        } | set(self._taken_down.values()) | set(self._published))

    def faults(self, found, generation, position):
        """What is wrong with the versions of articles `found` by id, and with the number of the
        generation, after a power cut at a length of the log."""
        faults = []
        if generation < self.last_published(position):
            faults.append(f"generation {generation} is served, not {self.last_published(position)}")
        for an_id, history in self._articles.items():
            allowed = self._allowed(history, position)
            if an_id in self._taken_down:
                allowed = {GONE} if self._taken_down[an_id] <= position else allowed | {GONE}
            if found.get(an_id, GONE) not in allowed:
                faults.append(f"{an_id}: {found.get(an_id, GONE)}, and not one of {allowed}")
        faults += [f"{an_id} was never written" for an_id in found if an_id not in self._articles]
        return faults

    @staticmethod
    def _allowed(history, position):
        """What was acknowledged last, and all that was asked for after that; at first, nothing."""
        known = [number for number, written in enumerate(history)
                 if written.acknowledged is not None and written.acknowledged <= position]
        first = known[-1] if known else 0
        allowed = {written.version for written in history[first:] if written.asked <= position}
        return allowed if known else allowed | {GONE}


class Work:
    """Writes to an index in all ways there are, recorded."""

    def __init__(self, index, source):
        self.index = index
        self._chance = source
        self._version = 1
        built = [article(number, version=1) for number in range(BUILT)]
        self.source = write_jsonl(index.folder / "built.jsonl", built)
        index.path.mkdir()
        self.recording = Recording(index.path)
        self.history = History(self.recording)
        self._built = [fields["id"] for fields in built]

    def run(self):
        self.build(self._built, self.source)
        snapshot = self.index.folder / "snapshot"
        self.index.admin("snapshot", "--copy", "--to", snapshot)
        with self.index.serve("--writable", env=self.recording.env) as server, \
                api.connect(server.address) as channel:
            articles = api.ArticleService(channel)
            self.import_some(articles)
            for _ in range(REBUILDS):
                self.import_beside_a_rebuild(server, articles)
                self.take_down()
                self.ask(server, "prune", "--keep", 0)
            self.import_some(articles)
            self.indexer("restore", "--copy", "--keep-writes", "--from", snapshot)
            self.history.published(server.status()["generationNumber"])
            self.import_some(articles)
        more = write_jsonl(self.index.folder / "more.jsonl", [article(9999, version=1)])
        self.build(["article-9999"], "--keep-writes", self.source, more)
        self.indexer("rebuild")

    def import_some(self, articles):
        """A stream of a few articles, and some deletions; waits for their acknowledgements."""
        requests, asked = [], {}
        for sequence in range(1, self._chance.randrange(2, 25)):
            self._version += 1
            an_id = f"article-{self._chance.randrange(2 * BUILT)}"
            fields = article(self._version, id=an_id, version=self._version)
            requests.append(api.import_request(sequence, fields))
            asked[sequence] = self.history.ask(an_id, self._version)
        for answer in articles.import_articles(iter(requests)):
            # Whoever was taken down stays so.
            assert answer.result.reason in ("", "ARTICLE_TAKEN_DOWN"), answer
            self.history.acknowledge(asked[answer.sequence])
        gone = f"article-{self._chance.randrange(2 * BUILT)}"
        deletion = self.history.ask(gone, GONE)
        articles.delete(gone, allow_missing=True)
        self.history.acknowledge(deletion)

    def import_beside_a_rebuild(self, server, articles):
        rebuilding = start("broadsheet", "--server", server.address, "admin", "rebuild",
                           "--output", "json")
        with rebuilding:
            while rebuilding.poll() is None:
                self.import_some(articles)
            out, errors = rebuilding.communicate(timeout=PATIENCE_SECONDS)
        assert rebuilding.returncode == 0, errors
        self.history.published(json.loads(out)["generationNumber"])

    def take_down(self):
        an_id = f"article-{self._chance.randrange(BUILT)}"
        self.indexer("takedown", "--unknown", an_id)
        self.history.taken_down(an_id)

    def build(self, new, *arguments):
        """A build that brings in articles of these ids."""
        asked = [self.history.ask(an_id, 1) for an_id in new]
        self.indexer("build", *arguments)
        self.history.acknowledge(*asked)
        self.history.published(int(self.index.generations()[-1]))

    def ask(self, server, *command):
        done = server.client("admin", *command)
        assert done.returncode == 0, done.stderr

    def indexer(self, command, *arguments):
        done = run("broadsheet-indexer", command, "--index", self.index.path, *arguments,
                   env=environment(**self.recording.env))
        assert done.returncode == 0, done.stderr


def points(recording, history, source):
    """Lengths of the log to cut the power at, in order: right after what was acknowledged, before
    and after renames and syncs, and anywhere."""
    records = recording.records()
    ends = [record.end for record in records]
    turns = [ends[number + after] for number, record in enumerate(records[:-1])
             for after in (-1, 0) if number > 0 and record.op in (SYNC, RENAME)]
    kinds = [history.acknowledgements(), turns, ends]
    return sorted(source.choice(kinds[number % 3]) for number in range(POINTS))


class PowerLossTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.chance = chance.seeded()
        cls.index = cls.enterClassContext(Index())
        cls.work = Work(cls.index, cls.chance)
        cls.addClassCleanup(cls.work.recording.close)
        cls.work.run()

    def cuts(self, positions, forgets=lambda node: False):
        """For each position the folder that a power cut there leaves."""
        records = iter(self.work.recording.records())
        disk = self.work.recording.disk(forgets)
        done = 0
        for position in positions:
            while done < position:
                record = next(records)
                disk.apply(record)
                done = record.end
            folder = pathlib.Path(tempfile.mkdtemp(prefix="broadsheet-power-loss-"))
            disk.crash(self.chance, folder / "index")
            yield position, folder
            # Kept when a check has failed.
            shutil.rmtree(folder)

    def test_the_record_is_complete(self):
        """Or else nothing that follows tells anything."""
        disk = self.work.recording.disk()
        for record in self.work.recording.records():
            disk.apply(record)
        replayed = self.index.folder / "replayed"
        disk.write(replayed)
        content = lambda root: {
            str(path.relative_to(root)): path.read_bytes() if path.is_file() else None
            for path in root.rglob("*")
        }
        expected, found = content(self.index.path), content(replayed)
        self.assertEqual(set(found), set(expected))
        self.assertEqual([path for path in expected if expected[path] != found[path]], [])

    def test_what_was_acknowledged_survives_a_power_cut(self):
        """Names in base/, and the name of a generation's folder, were not synced before CURRENT
        named the generation, so that it could lack files after a power cut, or all of it."""
        positions = points(self.work.recording, self.work.history, self.chance)
        for position, folder in self.cuts(positions):
            with self.subTest(position=position, folder=str(folder)):
                self.check(folder / "index", position)

    def test_a_program_that_syncs_only_files_or_only_folders_is_found_out(self):
        """The test can fail."""
        positions = self.work.history.acknowledgements()[-20:]
        for forgets in (is_folder, lambda node: not is_folder(node)):
            for position, folder in self.cuts(positions, forgets):
                try:
                    self.check(folder / "index", position)
                except AssertionError:
                    shutil.rmtree(folder)
                    break
            else:
                self.fail("nothing was lost, although not all was synced")

    def check(self, path, position):
        """The index is whole, has all that was acknowledged, and takes writes."""
        if not (path / "CURRENT").exists():
            # The power went before the first build was over: it is built again.
            self.assertEqual(self.work.history.last_published(position), 0)
            built = run("broadsheet-indexer", "build", "--index", path, self.work.source)
            self.assertEqual(built.returncode, 0, built.stderr)
        self.verify(path)
        with Server(path, "--writable") as server, api.connect(server.address) as channel:
            service = api.Service(channel)
            found = {}
            for articles, _ in service.batch_get(service.all_ids(filter=service.everything())):
                found.update((each.id, each.version) for each in articles)
            generation = server.status()["generationNumber"]
            self.assertEqual(self.work.history.faults(found, generation, position), [])
            api.ArticleService(channel).put(article(8888))
            self.assertEqual(server.ids("number8888"), ["article-8888"])
        self.verify(path)

    def verify(self, path):
        verified = run("broadsheet-indexer", "verify", "--index", path)
        self.assertEqual(verified.returncode, 0, verified.stdout + verified.stderr)


if __name__ == "__main__":
    unittest.main()
