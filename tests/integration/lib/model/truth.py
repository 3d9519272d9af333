# SPDX-License-Identifier: GPL-3.0-or-later
"""What an index is to the model: articles by id, each known by a stamp that says who wrote it.

Text and words of an article follow from its id and its stamp, so that a set of (id, stamp) is all
there is to know, and what a query finds can be said without an index.
"""

import dataclasses
import functools
import random
import zlib

VOCABULARY = (
    "alpha bravo charlie delta echo foxtrot golf hotel india juliett kilo lima".split()
)
# In every article.
COMMON = "model"


@functools.lru_cache(maxsize=None)
def words(an_id, stamp):
    """The words of its body, in order."""
    chance = random.Random(zlib.crc32(f"{an_id} {stamp}".encode()))
    return tuple(chance.choices(VOCABULARY, k=6))


def article(an_id, stamp, version=0):
    """Fields of the Article."""
    return {
        "id": an_id,
        "headline": f"The {COMMON} {stamp}",
        "body": " ".join(words(an_id, stamp)),
        "language": "en",
        "version": version,
    }


def stamp_of(article_message):
    return article_message.headline.rsplit(" ", 1)[1]


@dataclasses.dataclass(frozen=True)
class Query:
    """A question in one of the forms that the language has, or a list of ids to get."""

    form: str
    operands: tuple = ()

    def text(self):
        first, second = (*self.operands, "", "")[:2]
        return {
            "all": COMMON,
            "word": first,
            "both": f"{first} {second}",
            "either": f"{first} OR {second}",
            "without": f"{first} -{second}",
            "phrase": f'"{first} {second}"',
        }[self.form]

    def _matches(self, an_id, stamp):
        if self.form == "all":
            return True
        if self.form == "ids":
            return an_id in self.operands
        said = words(an_id, stamp)
        has = [word in said for word in self.operands]
        return {
            "word": lambda: has[0],
            "both": lambda: has[0] and has[1],
            "either": lambda: has[0] or has[1],
            "without": lambda: has[0] and not has[1],
            "phrase": lambda: self.operands in zip(said, said[1:]),
        }[self.form]()

    def answer(self, content):
        """What it finds in {id: stamp}, by looking at every article."""
        return {an_id: stamp for an_id, stamp in content.items() if self._matches(an_id, stamp)}


def random_query(chance, ids):
    form = chance.choice(("all", "word", "both", "either", "without", "phrase", "ids"))
    if form == "all":
        return Query(form)
    if form == "ids":
        return Query(form, tuple(chance.sample(sorted(ids), 5)))
    return Query(form, tuple(chance.sample(VOCABULARY, 1 if form == "word" else 2)))


@dataclasses.dataclass
class Generation:
    """What docs/operations.md says of a generation: its articles, and the last word on each id that
    was written since they came from sources."""

    build_id: str
    articles: dict  # id -> (version, stamp)
    # id -> the version that was deleted, or None for a put
    written: dict = dataclasses.field(default_factory=dict)

    def put(self, an_id, version, stamp):
        stored = self.articles.get(an_id)
        if stored and stored[0] > version:
            return
        self.articles[an_id] = (version, stamp)
        self.written[an_id] = None

    def delete(self, an_id):
        if an_id in self.articles:
            self.written[an_id] = self.articles.pop(an_id)[0]

    def carry_into(self, other, taken_down):
        """What `--keep-writes` does: by id, unless the other has a higher version."""
        for an_id, deleted in self.written.items():
            if an_id in taken_down:
                continue
            if deleted is None:
                other.put(an_id, *self.articles[an_id])
            elif an_id not in other.articles:
                # For the generation after it, which may have the article.
                known = other.written.get(an_id)
                other.written[an_id] = deleted if known is None else max(known, deleted)
            elif other.articles[an_id][0] <= deleted:
                other.delete(an_id)
                other.written[an_id] = deleted


class World:
    """An index: its generations by number, which one is published, and what was taken down."""

    def __init__(self):
        self.generations = {}
        self.current = 0
        self.taken_down = set()

    @property
    def published(self):
        return self.generations[self.current]

    def content(self):
        """What readers see: {id: stamp}."""
        return {
            an_id: stamp for an_id, (_, stamp) in self.published.articles.items()
            if an_id not in self.taken_down
        }

    def build(self, number, build_id, stamp, ids):
        """Publishes a new generation of `ids`, keeping what was written to the one before."""
        articles = {an_id: (0, stamp) for an_id in ids if an_id not in self.taken_down}
        self._publish(number, Generation(build_id, articles))

    def rebuild(self, number, build_id):
        """Publishes a new generation of all that is visible."""
        there = self.published
        articles = {an_id: there.articles[an_id] for an_id in self.content()}
        self.generations[number] = Generation(build_id, articles, dict(there.written))
        self.current = number

    def publish(self, number):
        """Publishes one that is there, keeping what was written to the one before."""
        self._publish(number, self.generations[number])

    def _publish(self, number, generation):
        if self.current:
            self.published.carry_into(generation, self.taken_down)
        self.generations[number] = generation
        self.current = number
