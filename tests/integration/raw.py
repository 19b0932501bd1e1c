"""HTTP byte by byte: what no well-behaved client library would send."""
import asyncio
import json
from dataclasses import dataclass, field

from harness import WITHIN_S


@dataclass
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes = b""

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def code(self) -> str | None:
        """Of a problem."""
        return json.loads(self.body)["code"] if self.header("Content-Type") == "application/problem+json" else None


@dataclass
class Connection:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    interim: list[int] = field(default_factory=list)  # 1xx that came before an answer

    async def sends(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def answer(self, to: str = "GET", within: float = WITHIN_S) -> Answer | None:
        """The next answer; None when the server has closed instead."""
        try:
            return await asyncio.wait_for(self._read(to), within)
        except (asyncio.IncompleteReadError, ConnectionError):
            return None

    async def _read(self, to: str) -> Answer:
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("ascii").split("\r\n")
        status = int(head[0].split(" ")[1])
        if status < 200:
            self.interim.append(status)
            return await self._read(to)
        answer = Answer(status, [tuple(line.split(": ", 1)) for line in head[1:] if line])
        length = answer.header("Content-Length")
        if to != "HEAD" and length:
            answer.body = await self.reader.readexactly(int(length))
        return answer

    async def is_closed(self, within: float = WITHIN_S) -> bool:
        """The server ends the connection, and sends nothing more before it does."""
        try:
            return await asyncio.wait_for(self.reader.read(1), within) == b""
        except ConnectionError:
            return True
        except asyncio.TimeoutError:
            return False

    def closes(self) -> None:
        self.writer.close()


async def connects(server) -> Connection:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port, limit=1 << 22)
    return Connection(reader, writer)
