# SPDX-License-Identifier: GPL-3.0-or-later
"""Files made to harm whoever reads them: each costs nothing but itself, and no more memory than a
large page takes. tests/indexer/sources has these and more of them one by one.
"""

import gzip
import io
import json
import os
import pathlib
import tarfile
import tempfile
import threading
import unittest
import zipfile

from programs import Index, run, start, write_jsonl, article

GIGABYTE = 1 << 30
# A page of 16 MiB, its tree and what the program itself takes.
MEMORY_KB = 150_000
SOME_REJECTED = 1

PARAGRAPH = (
    "<p>The harbour board met on Monday and voted, after two hours, to move the ferry landing to "
    "the north quay before the winter storms come.</p>"
)


def page(headline, more=""):
    return (
        f"<!DOCTYPE html><html><head><title>{headline}</title></head><body><h1>{headline}</h1>"
        f"{PARAGRAPH * 3}{more}</body></html>"
    ).encode()


def warc_record(uri, content, size=None):
    """The head and the content of a response; `size` when more content is to follow."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + content
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {uri}\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {size or len(http)}\r\n\r\n"
    )
    return head.encode() + http + (b"" if size else b"\r\n\r\n")


class HostileInputTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(
            self.enterContext(tempfile.TemporaryDirectory(prefix="broadsheet-test-"))
        )

    def parse_measured(self, *arguments, feed=None):
        """What `parse` prints and says; it has to refuse something and to be modest in memory.
        `feed` writes to its standard input."""
        with start("broadsheet-indexer", "parse", *arguments) as process:
            feeder = threading.Thread(target=feed or (lambda pipe: None), args=(process.stdin,))
            feeder.start()
            said = process.stdout.read().decode(), process.stderr.read().decode()
            feeder.join()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(process.returncode, SOME_REJECTED, said)
        self.assertLess(usage.ru_maxrss, MEMORY_KB)
        return [json.loads(line)["headline"] for line in said[0].splitlines()], said[1]


class Gigabytes(HostileInputTest):
    def test_page_of_a_gigabyte(self):
        huge = self.folder / "huge.html"
        with open(huge, "wb") as file:
            file.write(page("Huge", PARAGRAPH * 1000))
            file.truncate(GIGABYTE)  # zeros that take no room on disk
        (self.folder / "small.html").write_bytes(page("Small"))
        headlines, said = self.parse_measured(self.folder)
        self.assertEqual(headlines, ["Small"])
        self.assertIn(f"{huge}: a page of more than 16777216 bytes cannot be one article", said)

    def test_page_of_a_gigabyte_packed_small(self):
        huge = self.folder / "huge.html.gz"
        with gzip.open(huge, "wb", compresslevel=1) as file:
            file.write(page("Huge", PARAGRAPH * 1000))
            for _ in range(100):
                file.write(bytes(1 << 20))
        (self.folder / "small.html").write_bytes(page("Small"))
        headlines, said = self.parse_measured(self.folder)
        self.assertEqual(headlines, ["Small"])
        self.assertIn(str(huge), said)

    def test_response_of_a_gigabyte_in_a_web_archive(self):
        def feed(pipe):
            with pipe:
                pipe.write(warc_record("https://w.example/1", page("Before")))
                pipe.write(warc_record("https://w.example/2", b"<p>", GIGABYTE))
                left = GIGABYTE - 47
                block = PARAGRAPH.encode() * 5000
                while left > 0:
                    left -= pipe.write(block[:left])
                pipe.write(b"\r\n\r\n" + warc_record("https://w.example/3", page("After")))

        headlines, said = self.parse_measured("-", feed=feed)
        self.assertEqual(headlines, ["Before", "After"])
        self.assertIn("- record 2: a response of more than", said)


class MixedFolder(HostileInputTest):
    """One folder with all of it, between good files."""

    def write_archives(self):
        with zipfile.ZipFile(self.folder / "escape.zip", "w") as archive:
            archive.writestr("../../up.jsonl", json.dumps(article(90)))
            archive.writestr("good.jsonl", json.dumps(article(4)))
        with tarfile.open(self.folder / "links.tar.gz", "w:gz") as archive:
            link = tarfile.TarInfo("passwords.txt")
            link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
            archive.addfile(link)
            good = json.dumps(article(5)).encode()
            entry = tarfile.TarInfo("good.jsonl")
            entry.size = len(good)
            archive.addfile(entry, io.BytesIO(good))
        with zipfile.ZipFile(self.folder / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("zeros.jsonl", json.dumps({"headline": "0" * (140 << 20)}))

    def write_markup(self):
        secret = self.folder / ".secret"
        secret.write_text("TOP SECRET", encoding="utf-8")
        laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
        for name, document in {
            "laughs.rss": "<rss><channel><item><title>Laughs &l9; &file;</title></item></channel></rss>",
            "laughs.nitf": "<nitf><head><title>More laughs &l9; &file;</title></head></nitf>",
        }.items():
            root = document[1:].partition(">")[0]
            (self.folder / name).write_text(
                f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY l0 "ha">{laughs}'
                f'<!ENTITY file SYSTEM "file://{secret}">]>{document}',
                encoding="utf-8",
            )
        (self.folder / "nested.html").write_bytes(page("Nested", "<div>" * 100_000))
        (self.folder / "nested.newsml").write_text("<newsItem guid='x'>" + "<a>" * 100_000)
        (self.folder / "error.rss").write_bytes(b"<html><body><h1>503</h1><p>Busy</body></html>")
        (self.folder / "lying.html").write_bytes(
            page("Caf\u00e9 reopens", "<meta charset=utf-16>").decode().encode("latin-1")
        )
        whole = warc_record("https://w.example/1", page("Whole"))
        (self.folder / "half.warc").write_bytes(whole + whole[: len(whole) // 2])

    def test_costs_nothing_but_itself(self):
        write_jsonl(self.folder / "good.jsonl", [article(1)])
        self.write_archives()
        self.write_markup()
        with Index() as index:
            finished = run(
                "broadsheet-indexer", "build", "--index", index.path, "--max-rejects", 20, self.folder
            )
            self.assertEqual(finished.returncode, SOME_REJECTED, finished.stderr)
            said = finished.stderr
            for file, reason in {
                "escape.zip/../../up.jsonl": "a name that leads out of the archive",
                "links.tar.gz/passwords.txt": "a link",
                "bomb.zip/zeros.jsonl": "refused as a decompression bomb",
                "nested.html": "more than 10000 elements within one another",
                "nested.newsml": "nested more than 256 deep",
                "error.rss": "no page of an article",
                "half.warc": "record 2: the archive breaks off",
            }.items():
                self.assertRegex(said, rf"(?m)^{self.folder / file}\b[^\n]*: [^\n]*{reason}")
            with index.serve() as server:
                self.assertEqual(
                    sorted(server.ids("number1 OR number4 OR number5 OR number90")),
                    ["article-1", "article-4", "article-5"],
                )
                self.assertEqual(len(server.ids('headline:"cafe reopens"')), 1)
                self.assertEqual(len(server.ids("headline:whole")), 1)
                self.assertEqual(len(server.ids("headline:laughs")), 2)
                self.assertEqual(server.ids('"top secret" OR ha OR haha'), [])


if __name__ == "__main__":
    unittest.main()
