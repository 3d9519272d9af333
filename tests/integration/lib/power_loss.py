# SPDX-License-Identifier: GPL-3.0-or-later
"""What a power cut leaves of a folder, from a record of all that programs did to its files.

    recording = Recording(folder)             # the folder as it is now is on the disk for good
    run(..., env=environment(**recording.env))
    disk = recording.disk()
    for record in recording.records(): disk.apply(record)
    disk.crash(chance, target)                # one of the many folders that may be left

The rules are those that POSIX gives, and no kinder ones:

* What was written to a file is there for certain when the file was synced afterwards. Of later
  writes any pages of 4 KiB may be there, and others not; likewise a change of its size.
* That a name was made, changed or removed is certain when its folder was synced afterwards. Of later
  changes any may have happened, and others not, in any order. A rename has happened or not, under
  both names.
* Syncing a file says nothing of its name, and syncing a folder nothing of the folder's own name.
"""

import dataclasses
import os
import pathlib
import struct
import tempfile

from lib.programs import BIN

_LIBRARY = BIN.parent / "lib" / "libbroadsheet_record.so"
_HEADER = struct.Struct("<5Q")
# As record.cc has them.
MAKE_FILE, MAKE_FOLDER, WRITE, RESIZE, SYNC, RENAME, LINK, REMOVE = range(1, 9)
_PAGE = 4096


@dataclasses.dataclass
class Record:
    """`end` is the length of the log behind it."""

    op: int
    inode: int
    offset: int
    first: bytes
    second: bytes
    end: int

    def path(self):
        return self.first.decode()


class Recording:
    """Programs that are started with `env` are recorded; `folder` is as it is now."""

    def __init__(self, folder):
        assert _LIBRARY.exists(), f"no {_LIBRARY}: ninja -C {BIN.parent} broadsheet_record"
        self.folder = pathlib.Path(folder)
        self._files = tempfile.TemporaryDirectory(prefix="broadsheet-record-")
        self._log = pathlib.Path(self._files.name) / "log"
        self._log.touch()
        self._start = _Tree(self.folder)
        self.env = {
            "LD_PRELOAD": _LIBRARY,
            "BROADSHEET_RECORD_FOLDER": self.folder,
            "BROADSHEET_RECORD_LOG": self._log,
        }

    def position(self):
        """How long the log is: all that was done until now stands before it."""
        return self._log.stat().st_size

    def records(self):
        log = self._log.read_bytes()
        records, at = [], 0
        while at < len(log):
            op, inode, offset, first, second = _HEADER.unpack_from(log, at)
            at += _HEADER.size
            end = at + first + second
            records.append(Record(op, inode, offset, log[at : at + first], log[at + first : end], end))
            at = end
        return records

    def disk(self, forgets=lambda record: False):
        """The folder as it was at the start. Syncs of which `forgets` is true do nothing."""
        return Disk(self.folder, self._start, forgets)

    def close(self):
        self._files.cleanup()


class _Tree:
    """The content of a folder with its inodes, read once and copied for each Disk."""

    def __init__(self, folder):
        self.inode = folder.stat().st_ino
        self.entries = {}
        for entry in sorted(folder.iterdir()):
            if entry.is_dir():
                self.entries[entry.name] = _Tree(entry)
            else:
                self.entries[entry.name] = (entry.stat().st_ino, entry.read_bytes())


class _File:
    def __init__(self, content=b""):
        self.synced = bytearray(content)
        # (offset, bytes) of a write, (size, None) of a change of size.
        self.unsynced = []

    def sync(self):
        for offset, data in self.unsynced:
            _change(self.synced, offset, data)
        self.unsynced = []

    def crashed(self, chance):
        """The content that is left."""
        left = bytearray(self.synced)
        # All, none, or any pages.
        kept = chance.choice([0.0, 1.0, chance.random()])
        for offset, data in self.unsynced:
            for start, piece in _pages(offset, data):
                if chance.random() < kept:
                    _change(left, start, piece)
        return left


class _Folder:
    def __init__(self):
        # As programs see it.
        self.entries = {}
        # What is there for certain.
        self.synced = {}


@dataclasses.dataclass
class _Naming:
    """A change of names that happens as a whole: (folder, name, what it names or None)."""

    changes: list
    certain: bool = False


def _change(content, offset, data):
    if data is None:
        content[:] = content[:offset].ljust(offset, b"\0")
        return
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


def _pages(offset, data):
    if data is None:
        yield offset, None
        return
    at = 0
    while at < len(data):
        size = _PAGE - (offset + at) % _PAGE
        yield offset + at, data[at : at + size]
        at += size


class Disk:
    """See the top of this file."""

    def __init__(self, root, tree, forgets):
        self._root_path = root
        self._forgets = forgets
        self._by_inode = {}
        self._names = []
        self._root = self._take_over(tree)

    def _take_over(self, tree):
        folder = _Folder()
        self._by_inode[tree.inode] = folder
        for name, entry in tree.entries.items():
            if isinstance(entry, _Tree):
                folder.entries[name] = self._take_over(entry)
            else:
                inode, content = entry
                folder.entries[name] = self._by_inode[inode] = _File(content)
        folder.synced = dict(folder.entries)
        return folder

    def apply(self, record):
        """The next record of the log."""
        if record.op == MAKE_FILE:
            self._make(record, _File())
        elif record.op == MAKE_FOLDER:
            self._make(record, _Folder())
        elif record.op == WRITE:
            self._by_inode[record.inode].unsynced.append((record.offset, record.first))
        elif record.op == RESIZE:
            self._by_inode[record.inode].unsynced.append((record.offset, None))
        elif record.op == SYNC:
            if not self._forgets(self._by_inode[record.inode]):
                self._sync(self._by_inode[record.inode])
        elif record.op == RENAME:
            old, new = self._place(record.first), self._place(record.second)
            self._name([(*old, None), (*new, old[0].entries[old[1]])])
        elif record.op == LINK:
            old = self._place(record.first)
            self._name([(*self._place(record.second), old[0].entries[old[1]])])
        elif record.op == REMOVE:
            self._name([(*self._place(record.first), None)])
        else:
            raise AssertionError(f"unknown record {record}")

    def _make(self, record, node):
        self._by_inode[record.inode] = node
        self._name([(*self._place(record.first), node)])

    def _place(self, path):
        """The folder of a path, and the name in it."""
        parts = pathlib.PurePath(os.path.normpath(path.decode())).relative_to(self._root_path).parts
        folder = self._root
        for part in parts[:-1]:
            folder = folder.entries[part]
        return folder, parts[-1]

    def _name(self, changes):
        for folder, name, node in changes:
            _set(folder.entries, name, node)
        self._names.append(_Naming(changes))

    def _sync(self, node):
        if isinstance(node, _File):
            node.sync()
            return
        for naming in self._names:
            naming.certain = naming.certain or any(folder is node for folder, _, _ in naming.changes)
        while self._names and self._names[0].certain:
            for folder, name, named in self._names.pop(0).changes:
                _set(folder.synced, name, named)

    def crash(self, chance, target):
        """Makes the folder `target` as one of the ways in which a power cut may leave this."""
        # None of what is not certain, all, the first of it, or any.
        kept = chance.choice([0.0, 1.0, chance.random()])
        first = chance.choice([None, chance.randrange(len(self._names) + 1)])
        names = {}
        for number, naming in enumerate(self._names):
            if naming.certain or (number < first if first is not None else chance.random() < kept):
                for folder, name, node in naming.changes:
                    _set(names.setdefault(id(folder), dict(folder.synced)), name, node)
        self._write_folder(
            self._root, pathlib.Path(target),
            lambda folder: names.get(id(folder), folder.synced), lambda file: file.crashed(chance),
        )

    def write(self, target):
        """Makes the folder `target` as programs see this, when the power stays on."""
        def whole(file):
            content = bytearray(file.synced)
            for offset, data in file.unsynced:
                _change(content, offset, data)
            return content

        self._write_folder(self._root, pathlib.Path(target), lambda folder: folder.entries, whole)

    def _write_folder(self, folder, path, entries_of, content_of):
        path.mkdir()
        for name, node in entries_of(folder).items():
            if isinstance(node, _Folder):
                self._write_folder(node, path / name, entries_of, content_of)
            else:
                (path / name).write_bytes(content_of(node))


def is_folder(node):
    """For `forgets` of Recording.disk(): programs that sync no folder."""
    return isinstance(node, _Folder)


def _set(entries, name, node):
    if node is None:
        entries.pop(name, None)
    else:
        entries[name] = node
