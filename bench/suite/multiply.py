# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes more articles than there are, for measuring growth: the same ones again under new ids, with
words exchanged, so that they are no duplicates and the vocabulary grows as it does in real text.

Real text of n words has about K n^b different ones (Heaps). b is taken from the articles given: from
how many words their first half has, and all. In each copy just so many rare words are replaced by
new ones that the law goes on. Of the words that are neither rare nor common some change places with
a word about as frequent, so that a copy's articles do not match and rank as the first ones do.
Common words stay, so that lists of them grow in proportion, which is what searches meet. Each copy
is as much older as the articles given span: an index keeps articles by date, and those that are
nearly alike, side by side, would take less room than different ones.

All of it is a stream: memory is that of one vocabulary, however many articles are made.
"""

import json
import math
import re
import zlib
from collections import Counter

# Words that so many articles have or fewer may be replaced: new words are rare ones.
RARE = 5
# Words that more than this share of the articles have stay.
COMMON = 0.01
# Of those between, the share of pairs that change places in a copy.
EXCHANGED = 0.25
# How much older than the one before a copy is: four years keep 29 February, and the reference
# articles span little more.
YEARS_APART = 4
_YEAR = re.compile(r"^\d{4}(?=-\d\d-\d\d)")
_BETWEEN = re.compile(r"([^A-Za-z]+)")
_CONSONANTS = "bcdfghjklmnprstvwxyz"
_VOWELS = "aeiou"


def parts_of(text):
    """Words and what is between them, in turn."""
    return _BETWEEN.split(text)


def _share(*what):
    """A number from 0 to 1 that only depends on `what`, as if by chance."""
    return zlib.crc32(repr(what).encode()) / 2**32


def _text_of(article):
    return f"{article.get('headline') or ''} {article.get('body') or ''}"


class Vocabulary:
    """The words of some articles, in lower case, and how many articles have each."""

    def __init__(self, lines, count, checkpoints=()):
        """Reads `count` lines of JSON, of which `lines` has at least that many. `sizes` has for each
        checkpoint how many words the articles up to it have."""
        self.articles = Counter()
        self.count = count
        self.sizes = {}
        wanted = {*checkpoints, count // 2, count}
        for number, line in zip(range(1, count + 1), lines):
            text = _text_of(json.loads(line)).lower()
            self.articles.update(set(parts_of(text)[::2]) - {""})
            if number in wanted:
                self.sizes[number] = len(self.articles)
        half = self.sizes.get(count // 2, 0)
        self.exponent = math.log2(len(self.articles) / half) if half else 1.0

    def rare(self):
        return [word for word, count in self.articles.items() if count <= RARE]

    def between(self):
        """Words that may change places, the most frequent first."""
        words = [word for word, count in self.articles.items()
                 if RARE < count <= max(RARE, COMMON * self.count)]
        return sorted(words, key=lambda word: (-self.articles[word], word))


class Exchange(dict):
    """What a word becomes in one copy, filled as words are met; the number of the copy begins at 1.
    Also counts the new words met so far."""

    def __init__(self, vocabulary, rare, between, copy):
        super().__init__()
        self.new_words = set()
        self._copy = copy
        self._ending = ending_of(copy)
        self._rare = frozenset(rare)
        wanted = len(vocabulary.articles) * (
            (copy + 1) ** vocabulary.exponent - copy**vocabulary.exponent)
        self._new_share = min(1.0, wanted / max(1, len(self._rare)))
        self._places = self._change_places(between)

    def _change_places(self, between):
        """Words at most 8 places apart in order of frequency, in pairs."""
        distance = 1 + self._copy % 7
        places = {}
        for place, word in enumerate(between):
            other = place ^ distance
            if other < len(between) and _share(self._copy, min(place, other)) < EXCHANGED:
                places[word] = between[other]
        return places

    def __missing__(self, token):
        word = token.lower()
        new = self._places.get(word, word)
        if word in self._rare and _share(self._copy, word) < self._new_share:
            new = word + self._ending
            self.new_words.add(new)
        if len(token) > 1 and token.isupper():
            new = new.upper()
        elif token[:1].isupper():
            new = new[:1].upper() + new[1:]
        self[token] = new
        return new

    def text(self, text):
        parts = parts_of(text)
        parts[::2] = [self[part] for part in parts[::2]]
        return "".join(parts)


def ending_of(copy):
    """Syllables that no other copy has."""
    syllables = ""
    while copy or not syllables:
        copy, syllable = divmod(copy, len(_CONSONANTS) * len(_VOWELS))
        consonant, vowel = divmod(syllable, len(_VOWELS))
        syllables += _CONSONANTS[consonant] + _VOWELS[vowel]
    return syllables


def write(base, vocabulary, path, count):
    """Writes so many articles as JSON lines, made of the `vocabulary.count` first ones of the file
    `base`, of which `vocabulary` was made; how many different words they have."""
    words = 0
    rare, between = vocabulary.rare(), vocabulary.between()
    with open(path, "w", encoding="utf-8") as out:
        for copy in range(math.ceil(count / vocabulary.count)):
            exchange = Exchange(vocabulary, rare, between, copy) if copy else None
            rest = min(vocabulary.count, count - copy * vocabulary.count)
            with open(base, encoding="utf-8") as lines:
                for _, line in zip(range(rest), lines):
                    out.write(line if exchange is None else _again(line, exchange, copy))
            if exchange is None:
                words += vocabulary.sizes[rest]
            else:
                words += len(exchange.new_words)
    return words


def _again(line, exchange, copy):
    article = json.loads(line)
    article["id"] = f"{article['id']}~{copy}"
    article["published"] = _YEAR.sub(lambda year: f"{int(year[0]) - copy * YEARS_APART:04}",
                                     article.get("published") or "")
    for field in ("headline", "body"):
        if article.get(field):
            article[field] = exchange.text(article[field])
    return json.dumps(article, ensure_ascii=False) + "\n"
