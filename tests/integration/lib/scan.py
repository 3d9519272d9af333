# SPDX-License-Identifier: GPL-3.0-or-later
"""What a plain scan of JSON lines says should be found: the oracle of real_articles_test.py.

Values and dates are exact. For words it gives two sets: what must be found whatever the analyser
does (the very words, between spaces), and what may be found at most (the same beginnings of words,
with anything but letters and digits between them). Where both are the same, the answer is certain.
"""

import datetime
import re
import unicodedata

_TEXT_FIELDS = ("headline", "summary", "body", "captions", "tags", "bylines")


def folded(text):
    """Without case and accents, with straight apostrophes."""
    text = text.replace("’", "'").casefold()
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def squeezed(text):
    """Without white space and control characters, which an article's normal form may change."""
    return re.sub(r"[\s\x00-\x1f\x7f-\x9f\u200b\ufeff]+", "", text)


def distinct(values):
    """The values that are not empty, each once, in order."""
    return list(dict.fromkeys(value.strip() for value in values if value.strip()))


def is_empty(record):
    texts = [record.get(field, "") for field in ("headline", "summary", "body")]
    texts += [caption["text"] or caption["credit"] for caption in record["captions"]]
    return not any(squeezed(text) for text in texts)


def utc(day):
    return datetime.datetime.fromisoformat(day).replace(tzinfo=datetime.timezone.utc)


def instant(record):
    """When it was published; a time without a zone is read as UTC."""
    match = re.fullmatch(
        r"(\d{4})-(\d\d)-(\d\d)(?:T(\d{1,2}):(\d\d):(\d\d)(?:([+-])(\d\d):(\d\d))?)?",
        record["published"],
    )
    year, month, day, hour, minute, second, sign, hours, minutes = match.groups()
    local = datetime.datetime(
        int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0),
        tzinfo=datetime.timezone.utc,
    )
    if not sign:
        return local
    offset = datetime.timedelta(hours=int(hours), minutes=int(minutes))
    return local + offset if sign == "-" else local - offset


def _words(text):
    return re.findall(r"[^\W_]+", folded(text))


def _stemlike(word):
    """A beginning that all forms of a word share."""
    return word[: max(3, len(word) - (3 if len(word) > 6 else 1))]


def _contains(words, phrase, alike):
    return any(
        all(map(alike, words[first:], phrase)) for first in range(len(words) - len(phrase) + 1)
    )


def byline_hits(records, name):
    """Ids of articles by `name`: a name means its own spelling, never words of one stem."""
    phrase = _words(name)
    return {
        record["id"]
        for record in records
        if any(_contains(_words(byline), phrase, str.__eq__) for byline in record["bylines"])
    }


class Texts:
    """The folded text of all articles, or of some of their fields."""

    def __init__(self, records, fields=_TEXT_FIELDS):
        self._texts = {}
        for record in records:
            parts = []
            for field in fields:
                value = record.get(field) or []
                parts += [value] if isinstance(value, str) else value
            texts = [part if isinstance(part, str) else part["text"] for part in parts]
            # Phrases do not cross from one part to the next: \x00 is no word and no separator.
            if any(texts):
                self._texts[record["id"]] = folded("\x00".join(texts))

    def _sample(self, pattern, every):
        """The first match of `pattern` in the second half of every n-th text, each once."""
        found = {}
        for text in list(self._texts.values())[::every]:
            for match in re.finditer(pattern, text[len(text) // 2 :]):
                found.setdefault(match[1])
                break
        return list(found)

    def some_phrases(self):
        """Phrases of two and of three plain words, from all over the articles."""
        every = max(1, len(self._texts) // 20)
        words = r"[a-z]{4,12}"
        return self._sample(rf"\s({words} {words})(?=\s)", every) + self._sample(
            rf"\s({words} {words} {words})(?=\s)", every
        )

    def some_words(self):
        return self._sample(r"\s([a-z]{6,14})(?=\s)", max(1, len(self._texts) // 18))

    def phrase_hits(self, phrase):
        """Ids, at least and at most."""
        words = phrase.split()
        very = _standing_alone(re.escape(phrase))
        begins = [re.escape(_stemlike(word)) + r"[^\W_]*(?:'s)?" for word in words]
        return self._scan(very, re.compile(r"(?:(?!\x00)[\W_])+".join(begins)))

    def word_hits(self, word):
        """Ids, at least and at most."""
        very = _standing_alone(word)
        least, most = self._scan(very, re.compile(rf"{word}(?![^\W_])"))
        # A compound is found as one word too: "lap-top" by "laptop".
        most |= {
            an_id for an_id, text in self._texts.items() if word in text.replace("-", "")
        }
        return least, most

    def _scan(self, very, alike):
        """`alike` starts with a plain word, which makes it quick, and counts at word starts only."""
        least, most = set(), set()
        for an_id, text in self._texts.items():
            if any(_starts_word(text, match.start()) for match in alike.finditer(text)):
                most.add(an_id)
                if very.search(text):
                    least.add(an_id)
        return least, most


def _standing_alone(pattern):
    """Between spaces, or with the usual punctuation before or behind it."""
    before, after = r"(?:(?<=\s)|\A)[\"'“‘(]*", r"(?=[.,;:!?\"'”’)]*(?:\s|\Z))"
    return re.compile(before + pattern + after)


def _starts_word(text, position):
    return position == 0 or not text[position - 1].isalnum()
