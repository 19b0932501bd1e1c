"""The server speaks HTTP strictly: what two readers could read differently is refused, and the connection closed."""
import asyncio
import json

from harness import running_server, story
from raw import connects

HOST = b"Host: chat\r\n"
SMUGGLED = b"GET /healthz HTTP/1.1\r\nHost: chat\r\n\r\n"


def get(lines: bytes = b"", target: bytes = b"/healthz") -> bytes:
    return b"GET " + target + b" HTTP/1.1\r\n" + HOST + lines + b"\r\n"


def posts(lines: bytes, body: bytes = b"") -> bytes:
    return b"POST /api/v1/sessions HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\n" + lines + b"\r\n" + body


# name: (bytes, statuses that will do); each would reach a handler if Beast's parser alone decided
REFUSED = {
    "te xchunked": (posts(b"Transfer-Encoding: xchunked\r\n", b"0\r\n\r\n"), {400, 501}),
    "te chunked, identity": (posts(b"Transfer-Encoding: chunked, identity\r\n", b"0\r\n\r\n"), {400, 501}),
    "te chunked, chunked": (posts(b"Transfer-Encoding: chunked, chunked\r\n", b"0\r\n\r\n"), {400, 501}),
    "te twice": (posts(b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n"), {400}),
    "te and length": (posts(b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", b"0\r\n\r\n"), {400}),
    "length twice, equal": (posts(b"Content-Length: 2\r\nContent-Length: 2\r\n", b"{}"), {400}),
    "length with a sign": (posts(b"Content-Length: +2\r\n", b"{}"), {400}),
    "obs-fold": (get(b"X-Note: one\r\n two\r\n"), {400}),
    "two hosts": (get(b"Host: evil\r\n"), {400}),
    "no host": (b"GET /healthz HTTP/1.1\r\n\r\n", {400}),
    "bare line feeds": (b"GET /healthz HTTP/1.1\nHost: chat\n\n", {400}),
    "bare carriage return": (get(b"X-Note: one\rX-Evil: two\r\n"), {400}),
    "zero byte": (get(b"X-Note: a\0b\r\n"), {400}),
    "space before the colon": (get(b"X-Note : a\r\n"), {400}),
    "raw utf-8 in the target": (get(target="/天气".encode()), {400}),
    "control character in the target": (get(target=b"/\x01"), {400}),
    "absolute target": (get(target=b"http://chat/healthz"), {400}),
    "unknown method": (b"BREW /healthz HTTP/1.1\r\n" + HOST + b"\r\n", {501}),
    "connect": (b"CONNECT chat:80 HTTP/1.1\r\n" + HOST + b"\r\n", {400, 501}),
    "http/2 preface": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {400, 501}),
    "tls on a plain port": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n\n", {400}),
    "long target": (get(target=b"/" + b"a" * 5000), {413}),
    "long header": (get(b"X-Note: " + b"a" * 20000 + b"\r\n"), {413}),
    "many header lines": (get(b"X-Note: a\r\n" * 80), {413}),
    "endless header without an end": (b"GET / HTTP/1.1\r\nX-Note: " + b"a" * 40000, {413}),
    "chunk extensions": (posts(b"Transfer-Encoding: chunked\r\n", b"2;" + b"x" * 9000 + b"\r\n{}\r\n0\r\n\r\n"), {400}),
    "chunk size that is none": (posts(b"Transfer-Encoding: chunked\r\n", b"zz\r\n{}\r\n0\r\n\r\n"), {400}),
    "chunk without its end": (posts(b"Transfer-Encoding: chunked\r\n", b"2\r\n{}XX0\r\n\r\n"), {400}),
    "length beyond the limit": (posts(b"Content-Length: 300000\r\n"), {413}),
    "chunks beyond the limit": (posts(b"Transfer-Encoding: chunked\r\n", b"50000\r\n" + b" " * 0x50000), {413}),
}


@story
async def test_each_vector_is_refused_and_nothing_after_it_is_read(tmp_path):
    async with running_server(tmp_path) as server:
        wrong = []
        for name, (request, statuses) in REFUSED.items():
            connection = await connects(server)
            await connection.sends(request + SMUGGLED)
            answer = await connection.answer()
            if answer is None or answer.status not in statuses or answer.header("Connection") != "close":
                wrong.append((name, answer))
            elif not await connection.is_closed():
                wrong.append((name, "the smuggled request was answered"))
            connection.closes()
        assert not wrong, "\n".join(map(str, wrong))


@story
async def test_targets_that_name_one_thing_in_two_ways_are_refused(tmp_path):
    async with running_server(tmp_path) as server:
        for target in (b"//healthz", b"/./healthz", b"/api/../healthz", b"/%2e%2e/etc/passwd", b"/assets/..%2f..%2fetc%2fpasswd",
                       b"/a%00b", b"/%ff", b"/%zz", b"/healthz?a=1&a=2"):
            connection = await connects(server)
            await connection.sends(get(target=target))
            answer = await connection.answer()
            assert (answer.status, answer.code) == (400, "malformed_request"), target
            connection.closes()


@story
async def test_pipelined_requests_are_answered_in_order(tmp_path):
    async with running_server(tmp_path) as server:
        connection = await connects(server)
        await connection.sends(get() + posts(b"Content-Length: 2\r\n", b"{}") + get(target=b"/readyz") + get(target=b"/api/v1/me"))
        answers = [await connection.answer() for _ in range(4)]
        assert [a.status for a in answers] == [200, 422, 200, 401]
        assert json.loads(answers[2].body) == {"status": "ready"}


@story
async def test_bytes_may_come_one_by_one(tmp_path):
    async with running_server(tmp_path) as server:
        connection = await connects(server)
        request = posts(b"Transfer-Encoding: chunked\r\n", b"1;note=x\r\n{\r\n1\r\n}\r\n0\r\nX-Trailer: a\r\n\r\n") + get()
        for byte in request:
            await connection.sends(bytes([byte]))
        assert (await connection.answer()).code == "invalid_value"
        assert (await connection.answer()).status == 200


@story
async def test_a_connection_is_kept_as_its_version_says(tmp_path):
    async with running_server(tmp_path) as server:
        for request, kept in ((get(), True), (get(b"Connection: close\r\n"), False),
                              (b"GET /healthz HTTP/1.0\r\n\r\n", False),
                              (b"GET /healthz HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", True)):
            connection = await connects(server)
            await connection.sends(request)
            answer = await connection.answer()
            assert answer.status == 200
            assert answer.header("Connection") == ("keep-alive" if kept else "close")
            if kept:
                await connection.sends(get())
                assert (await connection.answer()).status == 200
            else:
                assert await connection.is_closed()
            connection.closes()


@story
async def test_an_empty_line_between_requests_is_passed_over(tmp_path):
    async with running_server(tmp_path) as server:
        connection = await connects(server)
        await connection.sends(get() + b"\r\n" + get())
        assert [(await connection.answer()).status for _ in range(2)] == [200, 200]


@story
async def test_head_is_get_without_its_body(tmp_path):
    async with running_server(tmp_path) as server:
        connection = await connects(server)
        await connection.sends(get() + b"HEAD /healthz HTTP/1.1\r\n" + HOST + b"\r\n" + b"HEAD /nothing.txt HTTP/1.1\r\n" + HOST + b"\r\n" + get())
        full, head = await connection.answer(), await connection.answer("HEAD")
        without_date = lambda answer: [h for h in answer.headers if h[0] not in ("Date", "X-Request-Id")]
        assert without_date(head) == without_date(full) and int(head.header("Content-Length")) == len(full.body)
        assert (await connection.answer("HEAD")).status == 404
        assert (await connection.answer()).body == full.body


@story
async def test_a_client_that_asks_first_is_told_to_go_on(tmp_path):
    async with running_server(tmp_path) as server:
        connection = await connects(server)
        await connection.sends(posts(b"Content-Length: 2\r\nExpect: 100-continue\r\n"))
        assert await connection.reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
        await connection.sends(b"{}")
        assert (await connection.answer()).status == 422

        connection = await connects(server)  # refused before a byte of the body is sent
        await connection.sends(posts(b"Content-Length: 300000\r\nExpect: 100-continue\r\n"))
        assert (await connection.answer()).status == 413
        assert connection.interim == []


@story
async def test_wrong_method_address_and_media_have_their_problems(tmp_path):
    async with running_server(tmp_path) as server:
        connection = await connects(server)
        body = b'{"name":"a","password":"b"}'
        length = f"Content-Length: {len(body)}\r\n".encode()
        await connection.sends(
            b"PUT /api/v1/rooms HTTP/1.1\r\n" + HOST + b"\r\n" + get(target=b"/api/v1/nothing") + get(target=b"/api/v2")
            + b"POST /api/v1/sessions HTTP/1.1\r\n" + HOST + b"Content-Type: text/plain\r\n" + length + b"\r\n" + body
            + b"POST /api/v1/sessions HTTP/1.1\r\n" + HOST + length + b"\r\n" + body
            + b"POST /api/v1/sessions HTTP/1.1\r\n" + HOST + b"Content-Type: Application/JSON; charset=utf-8\r\n" + length + b"\r\n" + body
            + posts(b"Content-Length: 1\r\n", b"{") + posts(b"Content-Length: 200\r\n", b"[" * 200)
            + b"DELETE / HTTP/1.1\r\n" + HOST + b"\r\n")
        answers = [await connection.answer() for _ in range(9)]
        assert [a.code for a in answers] == [
            "method_not_allowed", "not_found", "not_found", "unsupported_media", "unsupported_media", "wrong_credentials",
            "malformed_request", "malformed_request", "method_not_allowed"]
        assert answers[0].header("Allow") == "GET, HEAD, POST" and answers[8].header("Allow") == "GET, HEAD"
        for answer in answers:
            assert json.loads(answer.body)["request_id"] == answer.header("X-Request-Id")


@story
async def test_an_upgrade_that_is_none_gets_an_answer(tmp_path):
    async with running_server(tmp_path) as server:
        alice = await server.sign_up("alice")
        bearer = f"Authorization: Bearer {alice.token}\r\n".encode()
        upgrade = b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        for lines, after, code in ((bearer, b"", "malformed_request"), (upgrade, b"", "unauthenticated"),
                                   (upgrade + bearer, b"\x81\x80", "malformed_request"),
                                   (upgrade + bearer + b"Content-Length: 2\r\n", b"", "malformed_request"),
                                   (upgrade + b"Authorization: Bearer wrong\r\n", b"", "unauthenticated"),
                                   (upgrade + bearer + b"Origin: http://evil.example\r\n", b"", "wrong_origin")):
            connection = await connects(server)
            await connection.sends(get(lines, b"/api/v1/socket") + after)
            answer = await connection.answer()
            assert answer and answer.code == code, (lines, answer)
            connection.closes()
        await alice.listens()


@story
async def test_strangers_bytes_never_end_the_server(tmp_path):
    """Half requests, aborted uploads, resets: then it still answers."""
    async with running_server(tmp_path) as server:
        async def abuses(data: bytes):
            connection = await connects(server)
            await connection.sends(data)
            connection.writer.transport.abort()

        whole = posts(b"Transfer-Encoding: chunked\r\n", b"5\r\n{    \r\n0\r\n\r\n")
        await asyncio.gather(*(abuses(whole[:cut]) for cut in range(0, len(whole), 3)))
        await asyncio.gather(*(abuses(get() * 50) for _ in range(20)))
        assert await server.rest("GET", "/healthz") == {"status": "ok"}
