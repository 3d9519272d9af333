# SPDX-License-Identifier: GPL-3.0-or-later
"""Files made to harm whoever reads them: each costs nothing but itself, and no more memory than a
large page takes. tests/indexer/sources has these and more of them one by one.
"""

import gzip
import io
import json
import os
import pathlib
import signal
import socket
import subprocess
import tarfile
import tempfile
import threading
import unittest
import zipfile

from lib.programs import BIN, PATIENCE_SECONDS, Index, article, run, start, wait_for, write_jsonl

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


class LinksAndDevices(HostileInputTest):
    """Who may put files into a folder is not to choose what else on the machine is read, nor to stop
    the reading. A bug once: `ln -s /etc/shadow drop/notes.txt` was indexed, and a link to a device
    stopped a build for ever."""

    def setUp(self):
        super().setUp()
        self.drop = self.folder / "drop"
        self.drop.mkdir()
        self.secrets = self.folder / "secrets"
        self.secrets.mkdir()
        write_jsonl(self.drop / "good.jsonl", [article(1)])
        write_jsonl(self.secrets / "secret.jsonl", [article(66)])

    def parse(self, *arguments, status=0, **options):
        finished = run("broadsheet-indexer", "parse", *arguments, **options)
        self.assertEqual(finished.returncode, status, finished.stderr)
        return [json.loads(line)["id"] for line in finished.stdout.splitlines()], finished.stderr

    def put_traps(self):
        secret = self.secrets / "secret.jsonl"
        (self.drop / "absolute").symlink_to(secret)
        (self.drop / "relative").symlink_to("../secrets/secret.jsonl")
        (self.drop / "folder").symlink_to(self.secrets)
        (self.drop / "chain").symlink_to("absolute")
        (self.drop / "dangling").symlink_to("nowhere")
        (self.drop / "circle").symlink_to("circle")
        (self.drop / "up").symlink_to("..")
        (self.drop / "zero").symlink_to("/dev/zero")
        (self.drop / "terminal").symlink_to("/dev/tty")
        os.mkfifo(self.drop / "pipe")
        (self.drop / "to-pipe").symlink_to("pipe")
        listener = self.enterContext(socket.socket(socket.AF_UNIX))
        listener.bind(os.path.relpath(self.drop / "socket"))
        if os.geteuid() == 0:
            (self.drop / "messages").symlink_to("/proc/kmsg")

    def links(self):
        return sum(1 for entry in self.drop.iterdir() if entry.is_symlink())

    def test_links_and_devices_in_a_folder_are_passed_over_and_counted(self):
        self.put_traps()
        ids, said = self.parse(self.drop)
        self.assertEqual(ids, ["article-1"])
        self.assertRegex(
            said,
            rf"^Passed over: {self.links()} symbolic links, 1 socket, 1 pipe; the first is "
            r'"[^"]+/absolute"; --follow-links reads what links lead to\n',
        )

    def test_build_add_and_push_read_none_either(self):
        self.put_traps()
        with Index() as index:
            built = index.build(self.drop)
            self.assertEqual(built.returncode, 0, built.stderr)
            self.assertIn(f"Passed over: {self.links()} symbolic links", built.stderr)
            self.assertIn(" 0 rejected", built.stderr)
            added = index.admin("add", self.drop)
            self.assertIn(f"Passed over: {self.links()} symbolic links", added.stderr)
            with index.serve("--writable") as server:
                pushed = run("broadsheet-indexer", "push", "--server", server.address, self.drop)
                self.assertEqual(pushed.returncode, 0, pushed.stderr)
                self.assertIn(f"Passed over: {self.links()} symbolic links", pushed.stderr)
                self.assertEqual(server.ids("number1 OR number66"), ["article-1"])

    def test_followed_links_lead_to_files_and_to_no_device(self):
        self.put_traps()
        ids, said = self.parse("--follow-links", self.drop, status=SOME_REJECTED)
        # Itself, by four links, and by the way up once more; every folder once.
        self.assertEqual(set(ids), {"article-1", "article-66"})
        self.assertRegex(said, r"Passed over: 2 devices, 1 socket, 2 pipes, \d repeated folders?;")
        self.assertRegex(said, r"/dangling: cannot read what the link leads to: No such file")
        self.assertRegex(said, r"/circle: cannot read what the link leads to: ")
        self.assertNotIn("--follow-links reads", said)

    def test_paths_that_are_named_may_be_links_and_pipes(self):
        (self.folder / "link").symlink_to(self.drop)
        (self.folder / "file").symlink_to(self.drop / "good.jsonl")
        self.assertEqual(self.parse(self.folder / "link")[0], ["article-1"])
        self.assertEqual(self.parse(self.folder / "file")[0], ["article-1"])
        line = json.dumps(article(5))
        pipe = self.folder / "named"
        os.mkfifo(pipe)
        writer = threading.Thread(target=pipe.write_text, args=(line,))
        writer.start()
        self.assertEqual(self.parse(pipe)[0], ["article-5"])
        writer.join()
        self.assertEqual(self.parse("-", stdin=line)[0], ["article-5"])
        self.assertEqual(self.parse("/dev/stdin", stdin=line)[0], ["article-5"])

    def test_process_substitution_is_read(self):
        command = f"'{BIN}/broadsheet-indexer' parse <(cat '{self.drop}/good.jsonl') --map <(echo '{{\"id\": \"id\", \"headline\": \"headline\"}}')"
        finished = subprocess.run(
            ["bash", "-c", command], capture_output=True, timeout=PATIENCE_SECONDS, check=False
        )
        self.assertEqual(finished.returncode, 0, finished.stderr)
        self.assertEqual(json.loads(finished.stdout)["id"], "article-1")

    def test_device_that_is_named_is_an_error_that_says_so(self):
        for device in ("/dev/zero", "/dev/null"):
            _, said = self.parse(self.drop, device, status=2)
            self.assertEqual(
                said,
                f"broadsheet-indexer: cannot read {device}: is a device; what is read are files, "
                "folders, pipes and, for -, standard input\n",
            )

    def test_pipe_without_a_writer_ends_with_an_interrupt(self):
        pipe = self.folder / "named"
        os.mkfifo(pipe)
        with start("broadsheet-indexer", "parse", pipe) as process:
            # Once the writing end can be opened, it waits for what is written.
            def opened():
                try:
                    return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
                except OSError:
                    return None

            descriptor = wait_for(opened, "the pipe to be read")
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=PATIENCE_SECONDS)
            os.close(descriptor)
            self.assertEqual(process.returncode, 2)

    def test_folder_exchanged_for_a_link_again_and_again_is_never_left(self):
        folders = [self.drop / f"in{n}" for n in range(40)]
        for folder in folders:
            folder.mkdir()
            for n in range(20):
                (folder / f"{n}.jsonl").symlink_to("x")  # to be walked through
            write_jsonl(folder / "secret.jsonl", [article(2)])
        over = threading.Event()

        def exchange():
            while not over.is_set():
                for folder in folders:
                    folder.rename(self.folder / folder.name)
                    folder.symlink_to(self.secrets)
                for folder in folders:
                    folder.unlink()
                    (self.folder / folder.name).rename(folder)

        exchanging = threading.Thread(target=exchange)
        exchanging.start()
        try:
            for _ in range(30):
                finished = run("broadsheet-indexer", "parse", self.drop)
                self.assertIn('"article-1"', finished.stdout)
                self.assertNotIn("article-66", finished.stdout)
        finally:
            over.set()
            exchanging.join()

    def test_links_and_devices_in_archives_are_left_out_and_told(self):
        archive_path = self.drop / "a.tar"
        with tarfile.open(archive_path, "w") as archive:
            for name, kind, target in (
                ("link", tarfile.SYMTYPE, "/etc/passwd"),
                ("hard", tarfile.LNKTYPE, "good.jsonl"),
                ("pipe", tarfile.FIFOTYPE, ""),
                ("zero", tarfile.CHRTYPE, ""),
                ("disk", tarfile.BLKTYPE, ""),
            ):
                entry = tarfile.TarInfo(name)
                entry.type, entry.linkname, entry.devmajor, entry.devminor = kind, target, 1, 5
                archive.addfile(entry)
        for options in ((), ("--follow-links",)):
            ids, said = self.parse(*options, self.drop, status=SOME_REJECTED)
            self.assertEqual(ids, ["article-1"])
            for name in ("link", "hard"):
                self.assertIn(f"{archive_path}/{name}: a link, which may lead out", said)
            for name in ("pipe", "zero", "disk"):
                self.assertIn(f"{archive_path}/{name}: not a regular file: left out", said)


if __name__ == "__main__":
    unittest.main()
