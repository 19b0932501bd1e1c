"""A real server on a free port in a temporary folder, and people who talk to it over real sockets.

    async with running_server(tmp_path) as server:
        alice = await server.sign_up("alice")
        tea = await alice.creates_room("Tea")
        bob = await server.sign_up("bob", invite=tea.invite)
        await alice.listens(); await bob.listens()
        await alice.says(tea, "hello")
        await bob.expects(post("hello"))

Every expectation has its deadline inside.
"""
import asyncio
import contextlib
import itertools
import json
import os
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable

import aiohttp

import openapi

BINARY = Path(os.environ["RIPOSTE_BINARY"])
BUILD = Path(os.environ["RIPOSTE_BUILD"])
FIXTURES = BUILD / "tests/fixtures/plugins"
# Sanitizers and loaded machines are slow; a deadline is for what never comes.
WITHIN_S = float(os.environ.get("RIPOSTE_TEST_PATIENCE", "10"))
PASSWORD = "correct horse"

Event = dict[str, Any]
Matcher = Callable[[Event], bool]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


async def eventually(ask: Callable, holds: Callable[[Any], Any], what: str = "") -> Any:
    """The first answer of ask() of which `holds` is true; an AssertionError with the last one when none comes in time."""
    deadline = time.monotonic() + WITHIN_S
    while not holds(answer := await ask()):
        assert time.monotonic() < deadline, f"{what or 'it'} never came: {answer}"
        await asyncio.sleep(0.02)
    return answer


# --- matchers ---------------------------------------------------------------------------------------------------------

def named(event: str, **fields: Any) -> Matcher:
    return lambda e: e.get("event") == event and all(e.get(key) == value for key, value in fields.items())


def post(text: str | Callable[[str], bool], by: str | None = None) -> Matcher:
    """A posted message with this text, or one that the function accepts."""
    accepts = text if callable(text) else lambda actual: actual == text
    return lambda e: (e.get("event") == "post" and accepts(e["message"]["text"])
                      and (by is None or e["message"]["author"]["name"] == by))


def containing(part: str) -> Callable[[str], bool]:
    return lambda text: part in text


# --- people -----------------------------------------------------------------------------------------------------------

@dataclass
class RoomRef:
    uri: str
    invite: str | None = None


class Refused(AssertionError):
    def __init__(self, status: int, problem: Any):
        super().__init__(f"{status} {problem}")
        self.status = status
        self.problem = problem
        self.code = problem.get("code") if isinstance(problem, dict) else None


class Person:
    """One account: REST by bearer token, and one socket once it listens."""
    ids = itertools.count(1)

    def __init__(self, server: "Server", name: str, token: str):
        self.server, self.name, self.token = server, name, token
        self.events: list[Event] = []   # not yet expected
        self.heard: list[Event] = []    # everything, in order
        self.heard_at: list[float] = [] # and when, by time.monotonic()
        self.seqs: dict[str, int] = {}  # last seq by room
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._reader: asyncio.Task | None = None
        self._arrived = asyncio.Event()

    # REST
    async def rest(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        return await self.server.rest(method, path, body, token=self.token, **query)

    async def creates_room(self, title: str, **fields: Any) -> RoomRef:
        created = await self.rest("POST", "/rooms", {"title": title} | fields)
        invite = (created.get("invite") or {}).get("token")
        return RoomRef(created["room"]["uri"], invite)

    async def joins(self, room: RoomRef) -> None:
        await self.rest("POST", f"/invites/{room.invite}", {})

    async def history(self, room: RoomRef, **query: Any) -> list[dict]:
        return (await self.rest("GET", f"/rooms/{room.uri}/messages", **query))["messages"]

    # the socket
    async def listens(self, rooms: dict[str, int] | None = None) -> Event:
        """Opens the socket, says hello and waits until it is live."""
        self._socket = await self.server.http.ws_connect(
            f"{self.server.url}/api/v1/socket", headers={"Authorization": f"Bearer {self.token}"}, max_msg_size=0)
        self._reader = asyncio.create_task(self._read(self._socket))
        await self.sends({"do": "hello", "rooms": self.seqs if rooms is None else rooms, "locale": "en", "time_zone": "UTC"})
        hello = await self.expects(named("hello"))
        await self.expects(named("live"))
        return hello

    async def _read(self, ws: aiohttp.ClientWebSocketResponse) -> None:
        async for frame in ws:
            if frame.type != aiohttp.WSMsgType.TEXT:
                continue
            for line in frame.data.splitlines():
                if not line:
                    continue
                event = json.loads(line)
                if isinstance(event.get("seq"), int) and event.get("event") != "ack":
                    self.seqs[event["room"]] = max(event["seq"], self.seqs.get(event["room"], 0))
                for room in event.get("rooms", []) if event.get("event") == "hello" else []:
                    self.seqs.setdefault(room["uri"], room["last_seq"])
                self.events.append(event)
                self.heard.append(event)
                self.heard_at.append(time.monotonic())
            self._arrived.set()
        self._arrived.set()

    @property
    def close_code(self) -> int | None:
        return self._socket.close_code if self._socket else None

    async def is_disconnected(self, within: float = WITHIN_S) -> int | None:
        await asyncio.wait_for(asyncio.shield(self._reader), within)
        return self.close_code

    async def hangs_up(self) -> None:
        if self._socket:
            await self._socket.close()
            await self._reader
            self._socket = None

    async def sends(self, action: Event) -> None:
        await self._socket.send_str(json.dumps(action, ensure_ascii=False))

    async def sends_post(self, room: RoomRef, text: str, **fields: Any) -> str:
        """Sends a post without waiting; its client_msg_id."""
        client_msg_id = fields.pop("client_msg_id", None) or f"m{next(self.ids)}-{os.getpid()}"
        await self.sends({"do": "post", "room": room.uri, "client_msg_id": client_msg_id, "text": text} | fields)
        return client_msg_id

    async def says(self, room: RoomRef, text: str, **fields: Any) -> Event:
        """Posts and waits for its ack."""
        client_msg_id = await self.sends_post(room, text, **fields)
        answer = await self.expects(lambda e: e.get("event") in ("ack", "problem") and e.get("client_msg_id") == client_msg_id)
        if answer["event"] == "problem":
            raise Refused(answer["status"], answer)
        return answer

    async def expects(self, matches: Matcher, within: float = WITHIN_S, what: str = "") -> Event:
        """The first event that matches; those before it stay for later expectations."""
        deadline = time.monotonic() + within
        while True:
            for index, event in enumerate(self.events):
                if matches(event):
                    return self.events.pop(index)
            self._arrived.clear()
            left = deadline - time.monotonic()
            if left <= 0 or (self._reader and self._reader.done() and not any(map(matches, self.events))):
                raise AssertionError(f"{self.name} did not hear {what or 'it'} within {within} s; "
                                     f"close code {self.close_code}; heard {self.events[-8:]}")
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._arrived.wait(), left)

    async def never_hears(self, matches: Matcher, until: Matcher) -> None:
        """Nothing that matches before `until` comes: a happening of the same socket, not a pause, is the bound."""
        await self.expects(until)
        assert not any(map(matches, self.heard)), [e for e in self.heard if matches(e)]


# --- the server -------------------------------------------------------------------------------------------------------

@dataclass
class Server:
    folder: Path
    port: int = 0
    plugins: tuple[Path, ...] = ()
    bundled: Path | None = BUILD / "plugins"
    settings: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen | None = None
    http: aiohttp.ClientSession | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def inbox(self) -> Path:
        return self.folder / "data/plugins"

    @property
    def log(self) -> str:
        return (self.folder / "server.log").read_text(errors="replace")

    def environment(self) -> dict[str, str]:
        settings = {
            "HTTP__PORT": str(self.port), "HTTP__ADDRESS": "127.0.0.1", "HTTP__DRAIN_S": "3",
            "DATA__DIRECTORY": str(self.folder / "data"), "PLUGINS__DIRECTORY": str(self.inbox),
            "PLUGINS__BUNDLED_DIRECTORY": str(self.bundled or ""),
            "AUTH__ARGON_MEMORY_MIB": "8", "AUTH__ARGON_PASSES": "1",
            "LIMITS__POSTS_PER_10S": "1000000", "LIMITS__REQUESTS_PER_10S": "1000000", "LOG__FORMAT": "json",
        } | self.settings
        return os.environ | {f"RIPOSTE_{key}": value for key, value in settings.items()}

    async def start(self) -> "Server":
        self.port = self.port or free_port()
        self.inbox.mkdir(parents=True, exist_ok=True)
        with open(self.folder / "server.log", "ab") as log:
            self.process = subprocess.Popen([str(BINARY), "serve"], env=self.environment(), stdout=log, stderr=log,
                                            cwd=self.folder, start_new_session=True)
        self.http = self.http or aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        deadline = time.monotonic() + 6 * WITHIN_S
        while time.monotonic() < deadline:
            assert self.process.poll() is None, f"the server ended at its start:\n{self.log[-3000:]}"
            with contextlib.suppress(aiohttp.ClientError):
                async with self.http.get(f"{self.url}/readyz") as answer:
                    if answer.status == 200:
                        return self
            await asyncio.sleep(0.02)
        raise AssertionError(f"the server was not ready:\n{self.log[-3000:]}")

    def kill(self) -> None:
        """As a power cut for the process: SIGKILL."""
        self.process.kill()
        self.process.wait()

    def stops(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)

    async def restarts(self) -> "Server":
        self.kill()
        return await self.start()

    async def rest(self, method: str, path: str, body: Any = None, token: str | None = None, **query: Any) -> Any:
        """The answer's JSON, held against openapi.yaml; Refused when it is a problem."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return await self._exchange(self.http, self.url, method, path, body, headers, query)

    async def operator(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        """The same over the Unix socket: as the operator."""
        connector = aiohttp.UnixConnector(str(self.folder / "data/riposte.sock"))
        async with aiohttp.ClientSession(connector=connector) as http:
            return await self._exchange(http, "http://localhost", method, path, body, {}, query)

    @staticmethod
    async def _exchange(http: aiohttp.ClientSession, url: str, method: str, path: str, body: Any, headers: dict, query: dict) -> Any:
        path = path if path in ("/healthz", "/readyz") else f"/api/v1{path}"
        async with http.request(method, url + path, json=body, headers=headers,
                                params={k: str(v) for k, v in query.items()}) as answer:
            text = await answer.text()
            value = json.loads(text) if text and answer.content_type.endswith("json") else text or None
            openapi.check(method, answer.url.raw_path, answer.status, answer.headers.get("Content-Type", ""), value)
            if answer.status >= 400:
                raise Refused(answer.status, value)
            return value

    async def sign_up(self, name: str, **fields: Any) -> Person:
        answer = await self.rest("POST", "/users", {"name": name, "password": PASSWORD, "bearer": True} | fields)
        token = answer.get("token") or (await self.rest(
            "POST", "/sessions", {"name": name, "password": PASSWORD, "bearer": True}))["token"]
        return Person(self, name, token)

    async def signs_in(self, name: str, password: str = PASSWORD) -> Person:
        """The same person on another device."""
        answer = await self.rest("POST", "/sessions", {"name": name, "password": password, "bearer": True})
        return Person(self, name, answer["token"])

    async def administrator(self) -> Person:
        """The first account, by the link in the log, which comes a moment after the server is ready."""
        deadline = time.monotonic() + WITHIN_S
        while "/welcome/" not in self.log and time.monotonic() < deadline:
            await asyncio.sleep(0.02)
        line = next(line for line in self.log.splitlines() if "/welcome/" in line)
        return await self.sign_up("root-admin", link=line.split("/welcome/")[1].split('"')[0])

    def riposte(self, *arguments: str) -> subprocess.CompletedProcess:
        """The command line of this server's operator."""
        return subprocess.run([str(BINARY), *arguments], env=self.environment(), cwd=self.folder, capture_output=True,
                              text=True, timeout=60)

    def installs(self, library: Path, name: str) -> None:
        """Puts a build into the inbox as a careful operator does: under another name, then renamed."""
        copy = self.inbox / f".{name}.tmp"
        copy.write_bytes(library.read_bytes())
        copy.chmod(0o755)
        copy.rename(self.inbox / f"{name}.so")

    async def close(self) -> None:
        if self.http:
            await self.http.close()
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()


@contextlib.asynccontextmanager
async def running_server(folder: Path, **options: Any):
    server = Server(folder, **options)
    try:
        yield await server.start()
    finally:
        await server.close()


def story(test: Callable) -> Callable:
    """An async test: `async def test_…(tmp_path)` runs on a loop of its own."""
    def run(tmp_path: Path) -> None:
        asyncio.run(test(tmp_path))
    run.__name__ = test.__name__
    run.__doc__ = test.__doc__
    return run
