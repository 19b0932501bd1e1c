"""What keeps a browser's user safe: cookies, the Origin check, security headers, caching."""
import asyncio

import aiohttp

from harness import PASSWORD, running_server, story
from raw import connects

CREDENTIALS = {"name": "alice", "password": PASSWORD}
CSP = ("default-src 'self'; connect-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
       "base-uri 'none'; frame-ancestors 'none'; form-action 'self'")


class Browser:
    """A cookie jar, and an Origin on what a page sends."""

    def __init__(self, server, origin: str | None = None, address: str | None = None):
        self.url, self.origin = server.url, server.url if origin is None else origin
        connector = aiohttp.TCPConnector(local_addr=(address, 0)) if address else None
        self.http = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.CookieJar(unsafe=True))

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        await self.http.close()

    async def sends(self, method, path, body=None, **headers):
        """(status, code or None, response)"""
        if method != "GET" and self.origin:
            headers = {"Origin": self.origin} | headers
        async with self.http.request(method, self.url + path, json=body, headers=headers) as answer:
            text = await answer.text()
            problem = await answer.json(content_type=None) if answer.status >= 400 and text.startswith("{") else {}
            return answer.status, problem.get("code"), answer


@story
async def test_signing_in_sets_a_cookie_that_no_script_can_read(tmp_path):
    async with running_server(tmp_path) as server, Browser(server) as browser:
        status, _, answer = await browser.sends("POST", "/api/v1/users", CREDENTIALS)
        cookie = answer.headers["Set-Cookie"]
        assert status == 201 and cookie.startswith("riposte_session=")
        assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; ")) and "Secure" not in cookie
        assert "token" not in await answer.json()
        assert (await browser.sends("GET", "/api/v1/me"))[0] == 200

        status, _, answer = await browser.sends("DELETE", "/api/v1/sessions")
        assert status == 204 and "Max-Age=0" in answer.headers["Set-Cookie"]
        assert (await browser.sends("GET", "/api/v1/me"))[1] == "unauthenticated"


@story
async def test_who_asks_for_a_token_gets_no_cookie(tmp_path):
    async with running_server(tmp_path) as server, Browser(server) as browser:
        _, _, answer = await browser.sends("POST", "/api/v1/users", CREDENTIALS | {"bearer": True})
        assert (await answer.json())["token"] and "Set-Cookie" not in answer.headers


@story
async def test_only_our_own_pages_may_act_for_their_user(tmp_path):
    async with running_server(tmp_path) as server, Browser(server) as browser:
        await browser.sends("POST", "/api/v1/users", CREDENTIALS)
        room = {"title": "Tea"}
        assert (await browser.sends("POST", "/api/v1/rooms", room))[0] == 201
        for origin in ("http://evil.example", "null", server.url.replace("http:", "https:"), server.url + "0"):
            assert (await browser.sends("POST", "/api/v1/rooms", room, Origin=origin))[1] == "wrong_origin", origin
            assert (await browser.sends("POST", "/api/v1/sessions", CREDENTIALS, Origin=origin))[1] == "wrong_origin", origin
        browser.origin = ""
        assert (await browser.sends("POST", "/api/v1/rooms", room))[1] == "wrong_origin"  # a cookie without an Origin
        assert (await browser.sends("GET", "/api/v1/rooms"))[0] == 200


@story
async def test_only_our_own_pages_may_open_a_socket(tmp_path):
    async with running_server(tmp_path) as server, Browser(server) as browser:
        await browser.sends("POST", "/api/v1/users", CREDENTIALS)
        async def upgrade(**headers) -> int:
            try:
                async with browser.http.ws_connect(f"{server.url}/api/v1/socket", headers=headers):
                    return 101
            except aiohttp.WSServerHandshakeError as refused:
                return refused.status

        assert await upgrade(Origin=server.url) == 101
        assert await upgrade(Origin="http://evil.example") == 403
        assert await upgrade() == 403
        browser.http.cookie_jar.clear()
        assert await upgrade(Origin=server.url) == 401


@story
async def test_the_public_address_decides_where_pages_may_come_from(tmp_path):
    settings = {"HTTP__PUBLIC_URL": "https://chat.example.org", "HTTP__TRUSTED_PROXIES": "127.0.0.1"}
    async with running_server(tmp_path, settings=settings) as server, Browser(server, "https://chat.example.org") as browser:
        forwarded = {"Host": "chat.example.org", "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}
        status, _, answer = await browser.sends("POST", "/api/v1/users", CREDENTIALS, **forwarded)
        cookie = answer.headers["Set-Cookie"]
        assert status == 201 and cookie.startswith("__Host-riposte_session=") and "Secure" in cookie.split("; ")
        assert answer.headers["Strict-Transport-Security"]
        token = cookie.split("=", 1)[1].split(";")[0]

        mine = {"Cookie": f"__Host-riposte_session={token}"}
        assert (await browser.sends("GET", "/api/v1/me", **forwarded, **mine))[0] == 200
        planted = {"Cookie": f"riposte_session={token}"}  # a neighbour on http could have set it
        assert (await browser.sends("GET", "/api/v1/me", **forwarded, **planted))[0] == 401
        wrong = forwarded | mine | {"Origin": "http://127.0.0.1"}
        assert (await browser.sends("POST", "/api/v1/rooms", {"title": "Tea"}, **wrong))[1] == "wrong_origin"
        status, _, answer = await browser.sends("POST", "/api/v1/rooms", {"title": "Tea"}, **forwarded, **mine)
        assert (await answer.json())["invite"]["url"].startswith("https://chat.example.org/join/")
        plain = forwarded | {"X-Forwarded-Proto": "http"}
        assert (await browser.sends("GET", "/api/v1/me", **plain))[1] == "not_allowed"


@story
async def test_every_response_carries_the_security_headers(tmp_path):
    async with running_server(tmp_path, settings={"HTTP__HEADER_TIMEOUT_S": "1"}) as server:
        requests = [b"GET / HTTP/1.1\r\nHost: c\r\nAccept: text/html\r\n\r\n", b"GET /healthz HTTP/1.1\r\nHost: c\r\n\r\n",
                    b"GET /api/v1/me HTTP/1.1\r\nHost: c\r\n\r\n", b"GET /nothing.js HTTP/1.1\r\nHost: c\r\n\r\n",
                    b"DELETE / HTTP/1.1\r\nHost: c\r\n\r\n", b"BREW / HTTP/1.1\r\nHost: c\r\n\r\n",
                    b"GET / HTTP/1.1\r\n\r\n", b"POST /api/v1/users HTTP/1.1\r\nHost: c\r\nContent-Length: 999999\r\n\r\n",
                    b"GET /api/v1/socket HTTP/1.1\r\nHost: c\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n",
                    b"GET / HTTP/1.1\r\nHalf: a request"]
        async def asks(request):
            connection = await connects(server)
            await connection.sends(request)
            return await connection.answer()

        answers = await asyncio.gather(*map(asks, requests))
        assert {a.status for a in answers} >= {200, 400, 401, 404, 405, 408, 413, 501}
        for request, answer in zip(requests, answers):
            assert answer.header("Content-Security-Policy") == CSP, request
            assert answer.header("X-Content-Type-Options") == "nosniff", request
            for name in ("Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy", "X-Request-Id", "Date"):
                assert answer.header(name), (request, name)
            assert answer.header("Strict-Transport-Security") is None
            assert not answer.header("Server")
            if answer.header("Content-Type") != "text/html; charset=utf-8":
                assert answer.header("Cache-Control") == "no-store", request


def built_client(folder):
    """A small client in the shape of the real one's build."""
    web = folder / "web"
    (web / "assets").mkdir(parents=True)
    (web / "index.html").write_text("<!doctype html><title>client</title>")
    (web / "favicon.svg").write_text("<svg/>")
    (web / "assets/main-4f2a.js").write_text("console.log('a long script')")
    (web / "assets/main-4f2a.js.br").write_bytes(b"brotli")
    (web / "assets/main-4f2a.js.gz").write_bytes(b"gzip")
    (folder / "secret.txt").write_text("not for the network")
    return {"HTTP__WEB_ROOT": str(web)}


@story
async def test_the_client_is_served_and_nothing_beside_it(tmp_path):
    async with running_server(tmp_path, settings=built_client(tmp_path)) as server:
        async def asks(target: str, *lines: str):
            connection = await connects(server)
            await connection.sends("\r\n".join([f"GET {target} HTTP/1.1", "Host: c", *lines, "", ""]).encode())
            return await connection.answer()

        index = await asks("/", "Accept: text/html")
        assert index.status == 200 and b"client" in index.body
        assert index.header("Content-Type") == "text/html; charset=utf-8" and index.header("Cache-Control") == "no-cache"
        assert (await asks("/r/tea", "Accept: text/html")).body == index.body  # the client's own router
        assert (await asks("/", f"If-None-Match: {index.header('ETag')}")).status == 304

        script = await asks("/assets/main-4f2a.js", "Accept-Encoding: gzip, deflate, br, zstd")
        assert script.body == b"brotli" and script.header("Content-Encoding") == "br"
        assert "immutable" in script.header("Cache-Control") and script.header("Content-Type").startswith("text/javascript")
        assert (await asks("/assets/main-4f2a.js", "Accept-Encoding: gzip")).body == b"gzip"
        assert b"long script" in (await asks("/assets/main-4f2a.js")).body

        for gone in ("/assets/other.js", "/secret.txt", "/../secret.txt", "/..%2fsecret.txt", "/assets/../../secret.txt",
                     "/assets/main-4f2a.js.br", "/api/v1"):
            answer = await asks(gone, "Accept: text/html" if gone.startswith("/assets/o") else "Accept: */*;q=0.1, application/json")
            assert answer.status in (400, 404), gone
            assert b"not for the network" not in answer.body


@story
async def test_without_a_built_client_a_page_says_so(tmp_path):
    async with running_server(tmp_path, settings={"HTTP__WEB_ROOT": str(tmp_path / "nothing")}) as server:
        async with server.http.get(server.url, headers={"Accept": "text/html"}) as answer:
            assert answer.status == 404 and "script/server" in await answer.text()
