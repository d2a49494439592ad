"""Asks a ClamAV daemon about bytes, over INSTREAM (SEC-06)."""

from __future__ import annotations

import socket
import struct

from cleanit_app.ports import ScannerAway, Verdict

_CHUNK = 1 << 16
_SECONDS = 30.0
_LENGTH = struct.Struct(">I")
_LONGEST_ANSWER = 4096


class ClamAv:
    """A VirusScanner at `host:port`; only the exact word OK is a clean bill, everything else is none."""

    is_there = True

    def __init__(self, address: str, *, seconds: float = _SECONDS) -> None:
        host, _, port = address.rpartition(":")
        self._where = (host.strip("[]"), int(port))
        self._seconds = seconds

    def scan(self, data: bytes) -> Verdict:
        """What the daemon says of these bytes; ScannerAway for silence, errors and files too large for it."""
        try:
            with socket.create_connection(self._where, timeout=self._seconds) as daemon:
                daemon.sendall(b"zINSTREAM\0")
                for start in range(0, len(data), _CHUNK):
                    part = data[start : start + _CHUNK]
                    daemon.sendall(_LENGTH.pack(len(part)) + part)
                daemon.sendall(_LENGTH.pack(0))
                answer = _line(daemon)
        except OSError as away:
            raise ScannerAway(type(away).__name__) from away
        return _read(answer)


def _line(daemon: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < _LONGEST_ANSWER:
        part = daemon.recv(_LONGEST_ANSWER)
        if not part:
            break
        said += part
    return said.rstrip(b"\0\n").decode("utf-8", "replace")


def _read(answer: str) -> Verdict:
    if answer == "stream: OK":
        return Verdict(None)
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return Verdict(answer.removeprefix("stream: ").removesuffix(" FOUND")[:100])
    raise ScannerAway(answer[:100] or "no answer")


class NoScanner:
    """A VirusScanner where none is set: everything passes, which production does not accept unasked."""

    is_there = False

    def scan(self, data: bytes) -> Verdict:
        """Nothing is looked at."""
        return Verdict(None)
