# SPDX-License-Identifier: GPL-3.0-or-later
"""A running broadsheet-desk, and its pages as a browser without a script reads them."""

import contextlib
import dataclasses
import html.parser
import http.client
import re
import subprocess
import tempfile
import unittest
import urllib.parse

from lib.programs import PATIENCE_SECONDS, SAMPLE_ARTICLES, Index, read_until, start

_VOID = {"meta", "link", "input", "br", "hr", "img"}


@dataclasses.dataclass
class Element:
    """A node of a page: its name, its attributes and its text with that of all below it."""

    name: str
    attributes: dict
    text: str = ""

    def __getitem__(self, attribute):
        return self.attributes[attribute]


class Page(html.parser.HTMLParser):
    """All elements of a page in the order in which they begin."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements = []
        self._open = []
        self.feed(text)
        self.close()
        assert not self._open, f"not closed: {[element.name for element in self._open]}"

    def handle_starttag(self, tag, attrs):
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag):
        ended = self._open.pop()
        assert ended.name == tag, f"<{ended.name}> ended by </{tag}>"

    def handle_data(self, data):
        for element in self._open:
            element.text += data

    def all(self, name, **attributes):
        """The elements with this name; `class_` is one of several classes."""
        wanted = attributes.pop("class_", None)
        return [
            element
            for element in self.elements
            if element.name == name
            and all(element.attributes.get(key) == value for key, value in attributes.items())
            and (wanted is None or wanted in element.attributes.get("class", "").split())
        ]

    def one(self, name, **attributes):
        found = self.all(name, **attributes)
        assert len(found) == 1, f"{len(found)} of <{name} {attributes}>"
        return found[0]

    def link(self, text):
        """Where the link with this text or label leads."""
        found = [
            element["href"]
            for element in self.all("a")
            if text in (element.text.strip(), element.attributes.get("aria-label"))
        ]
        assert found, f"no link {text!r}"
        return found[0]

    def headlines(self):
        return [element.text for element in self.all("h3")]


@dataclasses.dataclass
class Reply:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self):
        return self.body.decode()

    @property
    def page(self):
        return Page(self.text)


class Desk(contextlib.AbstractContextManager):
    """A broadsheet-desk that asks the server at `address`."""

    def __init__(self, address, *options, env=None):
        self._folder = tempfile.TemporaryDirectory(prefix="broadsheet-test-desk-")
        self.log_file = open(f"{self._folder.name}/log", "wb")  # pylint: disable=consider-using-with
        self.process = start(
            "broadsheet-desk", "--server", address, "--listen", "127.0.0.1:0",
            *([] if "--timeout" in options else ["--timeout", PATIENCE_SECONDS]), *options,
            stdin=subprocess.DEVNULL, stderr=self.log_file, env=env or {},
        )
        line = read_until("\n", self.process.stdout.fileno())
        listening = re.fullmatch(r"broadsheet-desk listening on http://([^/\s]+)(\S*)/\n", line)
        assert listening, f"broadsheet-desk said {line!r}"
        self.address, self.base_path = listening.groups()

    def __exit__(self, kind, *_):
        self.process.terminate()
        status = self.process.wait(PATIENCE_SECONDS)
        self.process.stdout.close()
        self.log_file.close()
        self._folder.cleanup()
        assert status == 0 or kind, f"exit status {status} after SIGTERM"

    def request(self, method, path, body=None, **headers):
        """`headers` with "_" for "-". Every request has a connection of its own."""
        connection = http.client.HTTPConnection(self.address, timeout=PATIENCE_SECONDS)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, named)
            reply = connection.getresponse()
            return Reply(reply.status, reply.headers, reply.read())
        finally:
            connection.close()

    def get(self, path, **headers):
        return self.request("GET", path, **headers)

    def search(self, *parameters, **more):
        """The page for these parameters: ("tag", "a"), ("-tag", "b"), q="..."."""
        reply = self.get(f"{self.base_path}/?" + urllib.parse.urlencode([*parameters, *more.items()]))
        assert reply.status == 200, reply.text
        return reply.page

    def follow(self, href):
        reply = self.get(href)
        assert reply.status == 200, f"{href}: {reply.status}"
        return reply.page


class DeskTest(unittest.TestCase):
    """Tests of one desk: `server` and `desk` live as long as the class."""

    DESK_OPTIONS = ()

    @classmethod
    def fill(cls, index):
        """What there is to be found: the sample articles, unless a class has others."""
        built = index.build(SAMPLE_ARTICLES)
        assert built.returncode in (0, 1), built.stderr

    @classmethod
    def setUpClass(cls):
        index = cls.enterClassContext(Index())
        cls.fill(index)
        cls.server = cls.enterClassContext(index.serve())
        cls.desk = cls.enterClassContext(Desk(cls.server.address, *cls.DESK_OPTIONS))
