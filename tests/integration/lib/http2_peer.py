# SPDX-License-Identifier: GPL-3.0-or-later
"""A peer that speaks HTTP/2 byte by byte, to say what no honest gRPC library would.

    with Http2Peer(server.address) as peer:
        stream = peer.request("/broadsheet.v1.SearchService/SearchArticles", message, "gzip")
        peer.answer(stream)["grpc-status"]

It keeps to flow control and answers pings, as far as any server needs it to go on; of the headers
it receives it reads the literal ones, which is how gRPC writes a status.
"""

import contextlib
import socket
import struct

from lib.programs import PATIENCE_SECONDS

_PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
_DATA, _HEADERS, _RST_STREAM, _SETTINGS, _PING, _GOAWAY, _WINDOW_UPDATE = 0, 1, 3, 4, 6, 7, 8
_CONTINUATION = 9
_CANCEL = 8  # a reason to reset a stream
_END_STREAM, _ACK, _END_HEADERS = 1, 1, 4
_MAX_FRAME = 16384
_INITIAL_WINDOW = 65535
_INITIAL_WINDOW_SIZE = 4  # the name of a setting


class Closed(Exception):
    """The server has closed the connection."""


def grpc_message(content, compressed=False):
    """A message with gRPC's prefix."""
    return struct.pack(">BI", compressed, len(content)) + content


class Http2Peer(contextlib.AbstractContextManager):
    """With `acknowledges` false it never says that it has read the server's settings."""

    def __init__(self, address, acknowledges=True):
        self._acknowledges = acknowledges
        host, port = address.rsplit(":", 1)
        self._socket = socket.create_connection((host, int(port)), PATIENCE_SECONDS)
        self._next_stream = 1
        self._window = _INITIAL_WINDOW
        self._initial_stream_window = _INITIAL_WINDOW
        self._stream_windows = {}
        # Stream -> the literal headers it was answered with; a reset adds "reset".
        self._answers = {}
        self._ended = set()
        # Settings come first: what may be sent depends on them.
        try:
            self._socket.sendall(_PREFACE + self._frame(_SETTINGS, 0, 0, b""))
            self._read_until(lambda kind: kind == _SETTINGS)
        except BaseException:
            self._socket.close()
            raise

    def __exit__(self, *_):
        self._socket.close()

    def request(self, path, message, encoding=None):
        """Sends a whole unary call; `message` has its prefix. Returns its stream."""
        stream = self.begin(path, encoding)
        self._send_data(stream, message)
        return stream

    def begin(self, path, encoding=None):
        """Sends the headers of a call and no message. Returns its stream."""
        stream = self._new_stream()
        block = self._headers(path, encoding)
        self._socket.sendall(self._frame(_HEADERS, _END_HEADERS, stream, block))
        return stream

    def begin_with_long_header(self, path, size, part=1024):
        """The same with a header of so many bytes, in frames of `part` bytes."""
        stream = self._new_stream()
        # The length of the value, in HPACK's integers of a prefix of 7 bits.
        length, rest = b"\x7f", size - 0x7F
        while rest >= 0x80:
            length += bytes([rest & 0x7F | 0x80])
            rest >>= 7
        length += bytes([rest])
        block = self._headers(path, None) + b"\0\x01x" + length + b"a" * size
        parts = [block[at : at + part] for at in range(0, len(block), part)]
        kinds = [_HEADERS, *[_CONTINUATION] * (len(parts) - 1)]
        ends = [*[0] * (len(parts) - 1), _END_HEADERS]
        self._socket.sendall(b"".join(
            self._frame(kind, end, stream, each) for kind, end, each in zip(kinds, ends, parts)))
        return stream

    def reset(self, stream):
        """Takes a call back."""
        self._socket.sendall(self._frame(_RST_STREAM, 0, stream, _CANCEL.to_bytes(4, "big")))

    def _new_stream(self):
        stream = self._next_stream
        self._next_stream += 2
        self._stream_windows[stream] = self._initial_stream_window
        return stream

    def _headers(self, path, encoding):
        headers = {
            ":method": "POST", ":scheme": "http", ":path": path, ":authority": "test",
            "te": "trailers", "content-type": "application/grpc",
        }
        if encoding:
            headers["grpc-encoding"] = encoding
        return b"".join(self._literal(name, value) for name, value in headers.items())

    def answer(self, stream):
        """The headers that ended `stream`; {"reset": code} among them when it was reset."""
        self._read_until(lambda _: stream in self._ended)
        return self._answers.get(stream, {})

    def _send_data(self, stream, message):
        sent = 0
        while sent < len(message):
            if stream in self._ended:
                return  # Nobody reads the rest.
            room = min(self._window, self._stream_windows[stream], _MAX_FRAME)
            if room <= 0:
                self._read_frame()
                continue
            part = message[sent : sent + room]
            sent += len(part)
            self._window -= len(part)
            self._stream_windows[stream] -= len(part)
            flags = _END_STREAM if sent == len(message) else 0
            self._socket.sendall(self._frame(_DATA, flags, stream, part))

    def _read_until(self, condition):
        kind = None
        while not condition(kind):
            kind = self._read_frame()

    def _read_frame(self):
        head = self._receive(9)
        length = int.from_bytes(head[:3], "big")
        kind, flags = head[3], head[4]
        stream = int.from_bytes(head[5:9], "big") & 0x7FFFFFFF
        payload = self._receive(length)
        if kind == _SETTINGS and not flags & _ACK:
            self._take_settings(payload)
        elif kind == _WINDOW_UPDATE:
            self._widen(stream, int.from_bytes(payload, "big"))
        elif kind == _PING and not flags & _ACK:
            self._socket.sendall(self._frame(_PING, _ACK, 0, payload))
        elif kind == _HEADERS:
            self._answers.setdefault(stream, {}).update(self._literals(payload))
        elif kind == _RST_STREAM:
            self._answers.setdefault(stream, {})["reset"] = int.from_bytes(payload, "big")
        elif kind == _GOAWAY:
            raise Closed(f"GOAWAY: {payload[8:]!r}")
        if kind == _RST_STREAM or (kind in (_HEADERS, _DATA) and flags & _END_STREAM):
            self._ended.add(stream)
        return kind

    def _take_settings(self, payload):
        for at in range(0, len(payload), 6):
            name, value = struct.unpack(">HI", payload[at : at + 6])
            if name == _INITIAL_WINDOW_SIZE:
                more = value - self._initial_stream_window
                self._initial_stream_window = value
                self._stream_windows = {s: w + more for s, w in self._stream_windows.items()}
        if self._acknowledges:
            self._socket.sendall(self._frame(_SETTINGS, _ACK, 0, b""))

    def _widen(self, stream, more):
        if stream == 0:
            self._window += more
        elif stream in self._stream_windows:
            self._stream_windows[stream] += more

    def _receive(self, size):
        received = b""
        while len(received) < size:
            part = self._socket.recv(size - len(received))
            if not part:
                raise Closed("end of the connection")
            received += part
        return received

    @staticmethod
    def _frame(kind, flags, stream, payload):
        return len(payload).to_bytes(3, "big") + struct.pack(">BBI", kind, flags, stream) + payload

    @staticmethod
    def _literal(name, value):
        """A header that is not indexed; both strings are shorter than 127 bytes."""
        return b"\0" + bytes([len(name)]) + name.encode() + bytes([len(value)]) + value.encode()

    @staticmethod
    def _literals(block):
        """The headers of a block that are written out, not Huffman-coded; others are passed over."""
        headers = {}
        at = 0
        while at < len(block):
            first = block[at]
            if first & 0x80:  # in a table
                at += 1
                continue
            named = first & (0x3F if first & 0x40 else 0x0F)
            at += 1
            strings = []
            for _ in range(1 if named else 2):
                size = block[at] & 0x7F
                if size == 0x7F:
                    extra = shift = 0
                    while True:
                        at += 1
                        extra |= (block[at] & 0x7F) << shift
                        shift += 7
                        if not block[at] & 0x80:
                            break
                    size += extra
                strings.append(block[at + 1 : at + 1 + size])
                at += 1 + size
            if not named:
                headers[strings[0].decode("latin-1")] = strings[1].decode("latin-1")
        return headers
