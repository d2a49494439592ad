"""A ClamAV daemon that knows one test signature: the real one, and one that speaks like it.

The real one is found on the machine or fetched from Debian into `.local/`, where it starts no service of its own.
"""

from __future__ import annotations

import os
import shutil
import socket
import socketserver
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.sandbox.running import free_port, until
from tests.support.debian import fetched, libraries

# In two halves, so that scanners of this machine leave the source alone.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
NAME = "Eicar-Test-Signature"
FETCHED = Path(__file__).parents[2] / ".local" / "clamav"
SENTENCE = (
    "These tests need ClamAV's daemon. Install it (Debian: apt-get install clamav-daemon; no signatures are needed), "
    "or name it: CLAMD=/path/to/clamd make test"
)


def find_clamd() -> str | None:
    """The path of a clamd: $CLAMD first, then the machine's, then the fetched one."""
    named = os.environ.get("CLAMD")
    if named:
        return named if os.access(named, os.X_OK) else None
    places = (None, "/usr/sbin", str(FETCHED / "root" / "usr" / "sbin"))
    return next(filter(None, (shutil.which("clamd", path=place) for place in places)), None)


def ensure_clamd() -> str | None:
    """The path of a clamd, after fetching Debian's when this user may; None when there is none."""
    return find_clamd() if os.environ.get("CLAMD") else fetched("clamav-daemon", FETCHED, find_clamd)


class _Speaks(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        """INSTREAM as the daemon's manual describes it."""
        stream = self.request.makefile("rb")
        assert stream.read(10) == b"zINSTREAM\0"
        data = b""
        while length := struct.unpack(">I", stream.read(4))[0]:
            data += stream.read(length)
        said = f"stream: {NAME} FOUND" if EICAR in data else "stream: OK"
        self.request.sendall(said.encode() + b"\0")


@contextmanager
def speaking_like_clamd(folder: Path, port: int = 0) -> Iterator[str]:
    """A daemon of our own; its address."""
    socketserver.ThreadingTCPServer.allow_reuse_address = True
    with socketserver.ThreadingTCPServer(("127.0.0.1", port), _Speaks) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@contextmanager
def real_clamd(folder: Path, port: int = 0) -> Iterator[str]:
    """The daemon itself with a database of one signature; its address. A machine without one fails the test."""
    clamd = ensure_clamd()
    assert clamd, SENTENCE
    port = port or free_port()
    database = folder / "database"
    database.mkdir(exist_ok=True)
    (database / "test.ndb").write_text(f"{NAME}:0:*:{EICAR.hex()}\n")
    settings = folder / "clamd.conf"
    lines = [f"TCPSocket {port}", "TCPAddr 127.0.0.1", f"DatabaseDirectory {database}", "Foreground yes"]
    settings.write_text("\n".join(lines) + "\n")
    with (folder / "clamd.log").open("w") as log:
        process = subprocess.Popen(
            [clamd, "-c", settings], env=os.environ | libraries(FETCHED, folder), stdout=log, stderr=log
        )
    try:
        until(lambda: process.poll() is not None or _listens(port), 60)
        assert process.poll() is None, (folder / "clamd.log").read_text()
        yield f"127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


Daemon = Callable[..., object]
DAEMONS: dict[str, Daemon] = {"spoken": speaking_like_clamd, "clamd": real_clamd}

if __name__ == "__main__":
    if ensure_clamd() is None:
        sys.stderr.write(SENTENCE + "\n")
