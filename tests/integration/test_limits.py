"""Deadlines, rates and numbers: what one client may take from the others. And how the server stops."""
import asyncio
import contextlib
import signal
import time

import aiohttp
import pytest

from harness import FIXTURES, PASSWORD, Refused, named, running_server, story
from raw import connects

GET = b"GET /healthz HTTP/1.1\r\nHost: c\r\n\r\n"


async def within(seconds: float, awaitable):
    """The result, and that it came neither sooner than half of the time nor much later."""
    begun = time.monotonic()
    result = await awaitable
    passed = time.monotonic() - begun
    assert seconds / 2 < passed < seconds * 3 + 2, f"after {passed:.1f} s"
    return result


# --- deadlines --------------------------------------------------------------------------------------------------------

async def drips(connection, data: bytes, every: float):
    """Sends a byte now and then, for ever or until the server has had enough."""
    with contextlib.suppress(ConnectionError):
        for byte in data:
            await connection.sends(bytes([byte]))
            await asyncio.sleep(every)


@story
async def test_a_slow_header_is_not_waited_for(tmp_path):
    async with running_server(tmp_path, settings={"HTTP__HEADER_TIMEOUT_S": "1"}) as server:
        connection = await connects(server)
        dripping = asyncio.create_task(drips(connection, b"GET / HTTP/1.1\r\nX-Slow: " + b"a" * 1000, 0.1))
        answer = await within(1, connection.answer())
        assert (answer.status, answer.code) == (408, "timeout")
        assert await connection.is_closed()
        dripping.cancel()

        silent = await connects(server)  # never says a word
        assert await within(1, silent.is_closed())


@story
async def test_a_slow_body_is_not_waited_for(tmp_path):
    async with running_server(tmp_path, settings={"HTTP__BODY_TIMEOUT_S": "1"}) as server:
        connection = await connects(server)
        await connection.sends(b"POST /api/v1/sessions HTTP/1.1\r\nHost: c\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n")
        dripping = asyncio.create_task(drips(connection, b" " * 99, 0.1))
        answer = await within(1, connection.answer())
        assert (answer.status, answer.code) == (408, "timeout")
        assert await connection.is_closed()
        dripping.cancel()


@story
async def test_an_idle_connection_is_closed_and_a_busy_one_is_not(tmp_path):
    async with running_server(tmp_path, settings={"HTTP__IDLE_TIMEOUT_S": "1", "HTTP__HEADER_TIMEOUT_S": "5"}) as server:
        busy, idle = await connects(server), await connects(server)
        await idle.sends(GET)
        await idle.answer()
        closing = asyncio.create_task(within(1, idle.is_closed()))
        for _ in range(8):  # 2 s in all
            await busy.sends(GET)
            assert (await busy.answer()).status == 200
            await asyncio.sleep(0.25)
        assert await closing


@story
async def test_a_client_that_does_not_read_is_let_go(tmp_path):
    settings = {"HTTP__BODY_TIMEOUT_S": "1", "HTTP__MAX_CONNECTIONS": "3", "HTTP__THREADS": "1"}
    async with running_server(tmp_path, settings=settings) as server:
        greedy = await connects(server)
        greedy.reader._transport.pause_reading()
        with contextlib.suppress(ConnectionError, asyncio.TimeoutError):
            for _ in range(200):  # more answers than the kernel will hold for it
                await asyncio.wait_for(greedy.sends(GET * 500), 0.5)
        await server.http.close()
        server.http = None
        async with asyncio.timeout(20):
            while not await is_served(server, connections=3):
                await asyncio.sleep(0.1)


async def is_served(server, connections: int) -> bool:
    """Whether so many new connections find a place at once."""
    opened = [await connects(server) for _ in range(connections)]
    answers = []
    for connection in opened:
        with contextlib.suppress(ConnectionError):
            await connection.sends(GET)
        answers.append(await connection.answer())
    for connection in opened:
        connection.closes()
    return all(answers)


# --- rates and numbers ------------------------------------------------------------------------------------------------

@story
async def test_posts_of_one_person_are_limited_over_rest_and_socket_together(tmp_path):
    async with running_server(tmp_path, settings={"LIMITS__POSTS_PER_10S": "6"}) as server:
        alice, bob = await server.sign_up("alice"), await server.sign_up("bob")
        room = await alice.creates_room("Tea")
        await bob.joins(room)
        await alice.listens()
        for i in range(3):
            await alice.says(room, f"by socket {i}")
            await alice.rest("POST", f"/rooms/{room.uri}/messages", {"client_msg_id": f"r{i}", "text": "by rest"})
        with pytest.raises(Refused) as over_rest:
            await alice.rest("POST", f"/rooms/{room.uri}/messages", {"client_msg_id": "r", "text": "one too many"})
        assert over_rest.value.code == "rate_limited" and 1 <= over_rest.value.problem["retry_after_s"] <= 10
        with pytest.raises(Refused) as over_socket:
            await alice.says(room, "one too many")
        assert over_socket.value.code == "rate_limited"
        await bob.rest("POST", f"/rooms/{room.uri}/messages", {"client_msg_id": "b", "text": "not bob's fault"})
        assert len([m for m in await bob.history(room) if m["author"]["name"] == "alice"]) == 6


@story
async def test_requests_are_limited_by_person_and_before_sign_in_by_address(tmp_path):
    async with running_server(tmp_path, settings={"LIMITS__REQUESTS_PER_10S": "20"}) as server:
        alice, bob = await server.sign_up("alice"), await server.sign_up("bob")
        async def until_refused(call) -> int:
            for count in range(60):
                try:
                    await call()
                except Refused as refused:
                    if refused.code == "rate_limited":
                        return count
            return 60

        assert 18 <= await until_refused(lambda: alice.rest("GET", "/me")) <= 30
        await bob.rest("GET", "/me")
        wrong_token = lambda: server.rest("GET", "/me", token="A" * 43)
        assert await until_refused(wrong_token) <= 30
        async with server.http.post(f"{server.url}/api/v1/sessions", json={"name": "alice", "password": PASSWORD}) as answer:
            assert answer.status == 429 and int(answer.headers["Retry-After"]) >= 1
        elsewhere = aiohttp.TCPConnector(local_addr=("127.0.0.9", 0))
        async with aiohttp.ClientSession(connector=elsewhere) as http:
            async with http.post(f"{server.url}/api/v1/sessions", json={"name": "alice", "password": PASSWORD}) as answer:
                assert answer.status == 201
        await server.rest("GET", "/healthz")  # whoever watches is never limited


@story
async def test_one_person_has_so_many_sockets_on_all_threads_together(tmp_path):
    async with running_server(tmp_path, settings={"LIMITS__SOCKETS_PER_USER": "3", "HTTP__THREADS": "3"}) as server:
        alice, bob = await server.sign_up("alice"), await server.sign_up("bob")
        devices = [alice] + [await server.signs_in("alice") for _ in range(3)]
        for device in devices[:3]:
            await device.listens()
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await devices[3].listens()
        assert refused.value.status == 429 and refused.value.headers["Retry-After"]
        await bob.listens()
        await devices[0].hangs_up()
        async with asyncio.timeout(10):
            while True:
                with contextlib.suppress(aiohttp.WSServerHandshakeError):
                    await devices[3].listens()
                    break


@story
async def test_connections_have_a_limit_that_frees_itself(tmp_path):
    async with running_server(tmp_path, settings={"HTTP__MAX_CONNECTIONS": "10", "HTTP__THREADS": "1"}) as server:
        opened = []
        for _ in range(20):
            connection = await connects(server)
            with contextlib.suppress(ConnectionError):
                await connection.sends(GET)
            opened.append((connection, await connection.answer()))
        served = [connection for connection, answer in opened if answer]
        assert 8 <= len(served) <= 11
        for connection in served:
            connection.closes()
        async with asyncio.timeout(10):
            while not await is_served(server, connections=3):
                await asyncio.sleep(0.05)


# --- the end ----------------------------------------------------------------------------------------------------------

@story
async def test_sigterm_sends_everybody_away_politely(tmp_path):
    async with running_server(tmp_path, settings={"HTTP__DRAIN_S": "5"}) as server:
        server.installs(FIXTURES / "slow.so", "slow")
        alice = await server.sign_up("alice")
        room = await alice.creates_room("Tea")
        await alice.listens()
        async with asyncio.timeout(20):
            while "/slow" not in [c["prefix"] for c in (await alice.rest("GET", "/commands"))["commands"]]:
                await asyncio.sleep(0.05)
        idle = await connects(server)
        await idle.sends(GET)
        await idle.answer()
        await alice.says(room, "/slow 2500")  # keeps the server draining, so that a newcomer can see it
        await alice.expects(named("invocation", state="running"))
        server.process.send_signal(signal.SIGTERM)

        await alice.expects(named("bye", reason="restart"))
        assert await alice.is_disconnected() == 1012
        assert await idle.is_closed()
        newcomer = await connects(server)
        await newcomer.sends(b"GET /readyz HTTP/1.1\r\nHost: c\r\n\r\n")
        answer = await newcomer.answer()
        assert (answer.status, answer.code) == (503, "shutting_down") and answer.header("Retry-After")
        assert answer.header("Connection") == "close"
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await alice.listens()
        assert refused.value.status == 503
        assert await asyncio.to_thread(server.process.wait, 20) == 0
        assert not (server.folder / "data/riposte.sock").exists()

        await server.start()  # the running command has ended, and its answer is there
        assert any("waited" in m["text"] for m in await alice.history(room))


@story
async def test_a_server_that_cannot_listen_says_what_to_do(tmp_path):
    async with running_server(tmp_path) as server:
        for settings, advice in (({"HTTP__ADDRESS": "0.0.0.0", "HTTP__PORT": "0"}, "http.insecure_http"),
                                 ({"DATA__DIRECTORY": str(tmp_path / "other")}, "http.port")):
            server.settings = settings
            ended = await asyncio.to_thread(server.riposte, "serve")
            assert ended.returncode != 0 and advice in ended.stderr + ended.stdout, ended
