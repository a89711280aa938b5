"""A TCP proxy that can misbehave: reset, swallow, or delay what passes. It runs in a thread of the test."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import threading
from collections.abc import Coroutine
from typing import Any

CHUNK = 65_536
ABORT = struct.pack("ii", 1, 0)
"""SO_LINGER with 0 seconds: closing sends a reset."""


class Proxy:
    """Listens on a free port of loopback and passes everything to `target` (a port there) until told otherwise."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.delay = 0.0
        self.swallows = False
        self.refuses = False
        self._writers: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = self._do(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port: int = self._server.sockets[0].getsockname()[1]

    def reset(self) -> None:
        """Reset every connection that is open; new ones are taken."""
        self._do(self._reset())

    def pass_on(self) -> None:
        """No more faults. What was swallowed is gone, so its connections are reset, as a network's return does."""
        swallowed, self.delay, self.swallows, self.refuses = self.swallows, 0.0, False, False
        if swallowed:
            self.reset()

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._server.close)
        self.reset()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def _do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _reset(self) -> None:
        for writer in list(self._writers):
            line = writer.get_extra_info("socket")
            if line is not None:
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, ABORT)
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            if self.refuses:
                return
            there_reader, there = await asyncio.open_connection("127.0.0.1", self.target)
            self._writers.add(there)
            try:
                ends = (
                    asyncio.create_task(self._pump(reader, there)),
                    asyncio.create_task(self._pump(there_reader, writer)),
                )
                await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
                for end in ends:
                    end.cancel()
            finally:
                self._writers.discard(there)
                there.close()
        except OSError:
            return  # the target is away: so is this connection
        finally:
            self._writers.discard(writer)
            writer.close()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(CHUNK):
                if self.delay:
                    await asyncio.sleep(self.delay)
                if self.swallows:
                    continue
                writer.write(data)
                await writer.drain()
