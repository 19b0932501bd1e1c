"""A browser behind TLS: what the proxies of deploy/ pass on, Riposte understands."""
import asyncio
import contextlib
import json
import socket
import time

import aiohttp
import pytest
from aiohttp.abc import AbstractResolver

from proxies import NAME, PROXIES, chosen_ports, logged_address
from harness import running_server

ORIGIN = f"https://{NAME}"
PASSWORD = "correct horse battery"


class Loopback(AbstractResolver):
    """The name of the site leads to this machine."""

    async def resolve(self, host, port=0, family=socket.AF_INET):
        return [{"hostname": host, "host": "127.0.0.1", "port": port, "family": socket.AF_INET, "proto": 0, "flags": 0}]

    async def close(self):
        pass


def browser(local_address: str = "127.0.0.1") -> aiohttp.ClientSession:
    connector = aiohttp.TCPConnector(resolver=Loopback(), ssl=False, local_addr=(local_address, 0))
    return aiohttp.ClientSession(connector=connector, headers={"Origin": ORIGIN},
                                 cookie_jar=aiohttp.CookieJar(unsafe=True))


async def is_up(client: aiohttp.ClientSession, url: str, process) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        assert process.poll() is None, "the proxy ended at its start"
        with contextlib.suppress(aiohttp.ClientError):
            async with client.get(f"{url}/readyz") as answer:
                if answer.status == 200:
                    return
        await asyncio.sleep(0.05)
    raise AssertionError("the proxy was not ready within 20 s")


@contextlib.asynccontextmanager
async def site(kind: str, folder):
    ports = chosen_ports()
    settings = {"HTTP__PUBLIC_URL": ORIGIN, "HTTP__TRUSTED_PROXIES": "127.0.0.1", "LOG__LEVEL": "debug"}
    async with running_server(folder, port=ports.server, settings=settings) as server:
        process = PROXIES[kind](folder, ports)
        try:
            async with browser() as client:
                await is_up(client, f"{ORIGIN}:{ports.tls}", process)
                yield server, client, ports
        finally:
            process.terminate()
            process.wait(10)


@pytest.fixture(params=sorted(PROXIES))
def kind(request) -> str:
    return request.param


def run(coroutine) -> None:
    asyncio.run(asyncio.wait_for(coroutine, 60))


async def next_event(ws, name: str) -> dict:
    while True:
        frame = await ws.receive(timeout=10)
        assert frame.type == aiohttp.WSMsgType.TEXT, frame
        for line in frame.data.splitlines():
            if json.loads(line)["event"] == name:
                return json.loads(line)


def test_signing_up_and_chatting_over_tls(kind, tmp_path):
    async def story():
        async with site(kind, tmp_path) as (_, client, ports):
            api = f"{ORIGIN}:{ports.tls}/api/v1"
            async with client.post(f"{api}/users", json={"name": "alice", "password": PASSWORD}) as answer:
                assert answer.status == 201, await answer.text()
                cookie = answer.headers["Set-Cookie"]
                assert answer.headers["Strict-Transport-Security"]
            assert cookie.startswith("__Host-riposte_session="), "over https the cookie is bound to the host"
            assert "Secure" in cookie and "HttpOnly" in cookie
            cookies = {"Cookie": cookie.split(";")[0]}
            async with client.post(f"{api}/rooms", json={"title": "Tea"}, headers=cookies) as answer:
                assert answer.status == 201, await answer.text()
                made = await answer.json()
            room = made["room"]["uri"]
            assert made["invite"]["url"].startswith("https://"), "links are those of public_url"
            long = {"client_msg_id": "m0", "text": "x" * 16000}
            async with client.post(f"{api}/rooms/{room}/messages", json=long, headers=cookies) as answer:
                assert answer.status == 201, await answer.text()
            async with client.ws_connect(f"{api}/socket", headers=cookies) as ws:
                await ws.send_json({"do": "hello", "rooms": {}, "locale": "en", "time_zone": "UTC"})
                await next_event(ws, "live")
                await ws.send_json({"do": "post", "room": room, "client_msg_id": "m1", "text": "hello through TLS"})
                assert (await next_event(ws, "post"))["message"]["text"] == "hello through TLS"
    run(story())


def test_another_site_cannot_use_the_session(kind, tmp_path):
    async def story():
        async with site(kind, tmp_path) as (_, client, ports):
            url = f"{ORIGIN}:{ports.tls}/api/v1/users"
            body = {"name": "alice", "password": PASSWORD}
            async with client.post(url, json=body, headers={"Origin": "https://evil.example"}) as answer:
                assert answer.status == 403
                assert (await answer.json())["code"] == "wrong_origin"
    run(story())


def test_the_log_names_the_real_address_and_none_that_the_client_claims(kind, tmp_path):
    async def story():
        async with site(kind, tmp_path) as (server, _, ports):
            async with browser("127.0.0.2") as client:
                forged = {"X-Forwarded-For": "203.0.113.9"}
                async with client.get(f"{ORIGIN}:{ports.tls}/api/v1/me", headers=forged) as answer:
                    assert answer.status == 401
            assert logged_address(server.log, "/api/v1/me") == "127.0.0.2"
    run(story())


def test_plain_http_is_sent_on_to_https(kind, tmp_path):
    async def story():
        async with site(kind, tmp_path) as (_, client, ports):
            async with client.get(f"http://{NAME}:{ports.plain}/r/tea", allow_redirects=False) as answer:
                assert answer.status in (301, 308)
                assert answer.headers["Location"].startswith("https://" + NAME)
    run(story())
