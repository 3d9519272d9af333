# SPDX-License-Identifier: GPL-3.0-or-later
"""The model test: everything at once, in random order, and a proof afterwards that every answer was
true.

A driver publishes, kills servers and builds, ends them in good order, fills the disk, damages a
generation before it is published, rolls back, takes down; a writer puts and deletes all the while;
five readers ask. All of them log what they sent and got. Then the checker compares each answer with
what a brute-force search finds in a model of the index (model/, beside this file).

All actions once in random order; with BROADSHEET_LONG=1 again and again for ten minutes.
BROADSHEET_SEED repeats the order of the actions and the questions, though not their timing.
"""

import random
import time
import unittest

from lib import api
from lib import chance
from lib.model import truth
from lib.model.checker import violations
from lib.model.driver import ROOM, Driver
from lib.model.history import History
from lib.model.recorders import Reader, Writer
from lib.programs import Index
from lib.small_disk import small_disk

IDS = [f"article-{n}" for n in range(40)]
# Of these the builds' sources know nothing.
WRITTEN_ONLY = [f"wire-{n}" for n in range(20)]
LONG_SECONDS = 600


class ModelTest(unittest.TestCase):
    def setUp(self):
        self.chance = chance.seeded()
        self.index = self.enterContext(Index())
        self.history = History()
        self.world = truth.World()
        self.disk = self.mount()
        self.driver = self.enterContext(
            Driver(self.index, self.disk, self.history, self.world, self.chance, IDS)
        )

    def mount(self):
        """A disk that can be filled, if there is a right to mount one."""
        try:
            disk = self.enterContext(small_disk(ROOM >> 20))
        except unittest.SkipTest:
            return None
        self.index.path = disk.path / "index"
        return disk

    def start_recorders(self):
        ids = {*IDS, *WRITTEN_ONLY}
        own = lambda: random.Random(self.chance.random())
        servers = self.driver.servers
        self.driver.readers = [
            Reader(f"reader {n}", servers["writer" if n == 0 else "reader"], self.history, own(), ids)
            for n in range(5)
        ]
        self.driver.writer = Writer(servers["writer"], self.history, self.world, own(), ids)
        for recorder in (*self.driver.readers, self.driver.writer):
            recorder.start()

    def end_recorders(self):
        for reader in self.driver.readers:
            reader.end()
        self.driver.writer.end()
        for recorder in (*self.driver.readers, self.driver.writer):
            recorder.join()

    def run_actions(self):
        until = time.monotonic() + (LONG_SECONDS if chance.LONG else 0)
        while True:
            actions = self.driver.actions()
            self.chance.shuffle(actions)
            for action in actions:
                self.driver.act(action)
            if time.monotonic() > until:
                return

    def test_every_answer_is_the_truth_of_one_moment(self):
        self.driver.start()
        self.start_recorders()
        try:
            self.run_actions()
        finally:
            self.end_recorders()
        self.driver.stop()
        print(self.history.summary())
        print(", ".join(f"{name} {n}" for name, n in sorted(self.driver.taken.items())), flush=True)
        found = violations(self.history)
        self.assertEqual(found, [], "\n".join([f"{len(found)} violations:", *found[:5]]))
        self.assert_the_end_is_true()

    def assert_the_end_is_true(self):
        self.assertIn("is whole", self.index.admin("verify").stdout)
        with self.index.serve() as server, api.connect(server.address) as channel:
            service = api.Service(channel)
            ids = service.all_ids(filter=service.everything())
            found = {}
            for articles, _ in service.batch_get(ids):
                found.update((each.id, truth.stamp_of(each)) for each in articles)
        self.assertEqual(found, self.world.content())


if __name__ == "__main__":
    unittest.main()
