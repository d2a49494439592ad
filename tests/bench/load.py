"""A small HTTP client that keeps its connections, and figures from its answers."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

Ask = Callable[[], Awaitable[int]]
Request = tuple[str, str, dict[str, str]]


@dataclass
class Figures:
    """Answers by status, their times in seconds, and how long it all took."""

    statuses: Counter[int] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.times) / self.seconds if self.seconds else 0.0

    def quantile(self, share: float) -> float:
        """The time in milliseconds within which this share of the answers came."""
        ordered = sorted(self.times)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0

    def note(self, status: int, seconds: float) -> None:
        """Count one answer."""
        self.statuses[status] += 1
        self.times.append(seconds)


class Line:
    """One kept connection to one server."""

    def __init__(self, base_url: str) -> None:
        parts = urlsplit(base_url)
        self._host, self._port = parts.hostname or "", parts.port or 80
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, headers: dict[str, str]) -> int:
        """Send one request and read its answer to the end; the status."""
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._host, self._port)
        reader, writer = self._streams
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self._host}:{self._port}"]
        lines += [f"{name}: {value}" for name, value in {"Content-Length": "0", **headers}.items()]
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
        head = await reader.readuntil(b"\r\n\r\n")
        await self._rest(reader, head.lower())
        return int(head.split(b" ", 2)[1])

    async def _rest(self, reader: asyncio.StreamReader, head: bytes) -> None:
        if b"content-length:" in head:
            await reader.readexactly(int(head.split(b"content-length:")[1].split(b"\r\n")[0]))
        elif b"transfer-encoding: chunked" in head:
            while size := int((await reader.readline()).strip(), 16):
                await reader.readexactly(size + 2)
            await reader.readline()

    def close(self) -> None:
        """Give the connection up."""
        if self._streams:
            self._streams[1].close()


async def as_fast_as_it_goes(
    base_url: str, requests: Iterator[tuple[str, str, dict[str, str]]], clients: int
) -> Figures:
    """Every client sends its next request when the last was answered, until there are none left."""
    figures = Figures()

    async def client() -> None:
        line = Line(base_url)
        for method, path, headers in requests:
            started = time.perf_counter()
            figures.note(await line.ask(method, path, headers), time.perf_counter() - started)
        line.close()

    began = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(clients)))
    figures.seconds = time.perf_counter() - began
    return figures


async def at_a_steady_rate(asks: list[Ask], a_second: float, seconds: float) -> Figures:
    """Start requests at fixed moments whatever the server does; waiting counts. `asks` are used in turn."""
    figures = Figures()

    async def one(ask: Ask, due: float) -> None:
        status = await ask()
        figures.note(status, time.perf_counter() - due)

    began = time.perf_counter()
    running = []
    for number in range(int(a_second * seconds)):
        due = began + number / a_second
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        running.append(asyncio.create_task(one(asks[number % len(asks)], due)))
    await asyncio.gather(*running)
    figures.seconds = time.perf_counter() - began
    return figures


class Pool:
    """Asks over whichever kept connection is free."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        self._free: list[Line] = []

    async def ask(self, path: str) -> int:
        """GET a path; the status."""
        line = self._free.pop() if self._free else Line(self._base_url)
        status = await line.ask("GET", path, {})
        self._free.append(line)
        return status
