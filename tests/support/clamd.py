"""A ClamAV daemon that knows one test signature: the real one where it is installed, and one that speaks like it."""

from __future__ import annotations

import shutil
import socket
import socketserver
import struct
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.sandbox.running import free_port, until

# In two halves, so that scanners of this machine leave the source alone.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
NAME = "Eicar-Test-Signature"
CLAMD = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")


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
    """The daemon itself with a database of one signature; its address."""
    port = port or free_port()
    database = folder / "database"
    database.mkdir(exist_ok=True)
    (database / "test.ndb").write_text(f"{NAME}:0:*:{EICAR.hex()}\n")
    settings = folder / "clamd.conf"
    lines = [f"TCPSocket {port}", "TCPAddr 127.0.0.1", f"DatabaseDirectory {database}", "Foreground yes", "User root"]
    settings.write_text("\n".join(lines) + "\n")
    process = subprocess.Popen([str(CLAMD), "-c", str(settings)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until(lambda: process.poll() is not None or _listens(port), 60)
        assert process.poll() is None, "clamd did not start"
        yield f"127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


Daemon = Callable[..., object]
DAEMONS: dict[str, Daemon] = {"spoken": speaking_like_clamd, **({"clamd": real_clamd} if CLAMD else {})}
