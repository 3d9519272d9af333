# SPDX-License-Identifier: GPL-3.0-or-later
"""What the sample archives of warcio and jwarc hold: each is read by Python's own zlib and by the
lengths of its records, and what is found there is expected. An archive of which that is not possible
is damaged: it has to be told, and what is whole has to be read."""

import re
import zlib

from . import Expectation

MARKUP = (b"text/html", b"application/xhtml+xml")


def archives(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file()
                  and re.search(r"\.(warc|arc)(\.gz)?(\.bad)?$", path.name))


def unpacked(stored):
    """The bytes, and whether all members of gzip are whole."""
    if not stored.startswith(b"\x1f\x8b"):
        return stored, True
    whole = b""
    while stored.startswith(b"\x1f\x8b"):
        member = zlib.decompressobj(wbits=31)
        try:
            whole += member.decompress(stored)
        except zlib.error:
            return whole, False
        if not member.eof:
            return whole, False
        stored = member.unused_data
    return whole, not stored.strip(b"\0")


def records(content):
    """(type, address, content type, block) of each record up to the first that is none; whether that
    is the end."""
    found = []
    while content := content.lstrip(b"\r\n"):
        if content.startswith(b"WARC/"):
            head, _, rest = content.partition(b"\r\n\r\n")
            fields = {name.strip().lower(): value.strip()
                      for name, _, value in (line.partition(b":") for line in head.splitlines()[1:])}
            size, kind = fields.get(b"content-length", b""), fields.get(b"warc-type", b"")
            address, media = fields.get(b"warc-target-uri", b"").strip(b"<>"), fields.get(b"content-type", b"")
        else:
            head, _, rest = content.partition(b"\n")
            *address, _, _, media, size = head.split(b" ") if head.count(b" ") > 3 else [b""] * 5
            address = b" ".join(address)
            kind = b"warcinfo" if address.startswith(b"filedesc:") else b"response"
            media = b"application/http" if address.startswith(b"http") else media
        if not size.isdigit() or int(size) > len(rest):
            return found, False
        found.append((kind, address.decode(), media, rest[:int(size)]))
        content = rest[int(size):]
    return found, True


def is_page(kind, media, block):
    if kind in (b"resource", b"conversion"):
        return media.startswith(MARKUP)
    if kind != b"response" or not media.startswith(b"application/http"):
        return False
    head = block.partition(b"\r\n\r\n")[0]
    media = re.search(rb"(?im)^content-type:\s*([^\s;]*)", head)
    return head.split(b" ")[1:2] == [b"200"] and bool(media) and media.group(1).lower().startswith(MARKUP)


def shown(reading):
    return f"{[article['url'] for article in reading.articles]}, {reading.rejects}"


def expectations(path):
    content, is_unpacked = unpacked(path.read_bytes())
    found, is_read = records(content)
    pages = [address for kind, address, media, block in found if is_page(kind, media, block)]
    if is_unpacked and is_read:
        yield Expectation("is whole: nothing of it is told as damaged",
                          lambda reading: not any("damaged" in r or "record " in r
                                                  for r in reading.rejects), shown)
    else:
        yield Expectation("is damaged: that is told", lambda reading: bool(reading.rejects), shown)
    for address in pages:
        yield Expectation(f"has the page {address}, which is an article",
                          lambda reading: len(reading.articles) >= len(pages), shown)
    yield Expectation(f"has {len(pages)} pages, and no more articles",
                      lambda reading: len(reading.articles) <= len(pages), shown)
