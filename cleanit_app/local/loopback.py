"""Passes on what comes to `localhost` under its other address: a server listens at one, browsers try both.

Run as `python -m cleanit_app.local.loopback ::1 8000 127.0.0.1 8000 …`: from where to where, as often as needed.
"""

from __future__ import annotations

import asyncio
import sys
from asyncio import StreamReader, StreamWriter
from collections.abc import Sequence
from contextlib import suppress

_CHUNK = 1 << 16


async def serve(routes: Sequence[tuple[str, int, str, int]]) -> None:
    """Pass on until this process ends."""
    for from_host, from_port, to_host, to_port in routes:

        async def pass_on(
            reader: StreamReader, writer: StreamWriter, target: tuple[str, int] = (to_host, to_port)
        ) -> None:
            await _join(reader, writer, target)

        await asyncio.start_server(pass_on, from_host, from_port)
    await asyncio.Event().wait()


async def _join(reader: StreamReader, writer: StreamWriter, target: tuple[str, int]) -> None:
    try:
        there, back = await asyncio.open_connection(*target)
    except OSError:  # the server is starting again: the caller sees a closed door, as without us
        writer.close()
        return
    await asyncio.gather(_pump(reader, back), _pump(there, writer))
    for side in (writer, back):
        side.close()


async def _pump(source: StreamReader, target: StreamWriter) -> None:
    """Everything from here to there, and then its end."""
    with suppress(OSError):  # either side may hang up at any time
        while data := await source.read(_CHUNK):
            target.write(data)
            await target.drain()
        target.write_eof()


def main(words: Sequence[str]) -> None:
    """Read the routes and serve them."""
    fours = [words[at : at + 4] for at in range(0, len(words), 4)]
    with suppress(KeyboardInterrupt):
        asyncio.run(serve([(one, int(port), other, int(its)) for one, port, other, its in fours]))


if __name__ == "__main__":
    main(sys.argv[1:])
