# SPDX-License-Identifier: GPL-3.0-or-later
"""How often tests of chance are repeated, and from which seed.

BROADSHEET_LONG=1 raises the rounds from a few to those of the second tier (scripts/test-long);
BROADSHEET_SEED repeats a run: each test prints the seed it used.
"""

import os
import random

LONG = bool(os.environ.get("BROADSHEET_LONG"))
SEED = int(os.environ.get("BROADSHEET_SEED", random.randrange(1 << 32)))


def rounds(few, many):
    return many if LONG else few


def seeded():
    """A source of chance of its own; prints what it takes to repeat the run."""
    print(f"BROADSHEET_SEED={SEED}", flush=True)
    return random.Random(SEED)


def words(chance, count, vocabulary=2000):
    """So many words, the lower numbered the more often, as in real text."""
    return " ".join(f"word{int(vocabulary * chance.random() ** 3)}" for _ in range(count))
