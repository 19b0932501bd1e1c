"""The proxy of the operator's guide in front: deploy/nginx.conf.example as it stands, but for name, ports and certificate."""
import asyncio
import contextlib
import json
import os
import shutil
import ssl
import subprocess

import aiohttp

from harness import PASSWORD, WITHIN_S, free_port, running_server, story
from openapi import SOURCE

NGINX = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin")
MAIN = """daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    {site}
}}
"""


def certificate(folder) -> tuple[str, str]:
    key, cert = str(folder / "key.pem"), str(folder / "cert.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                    "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", cert],
                   check=True, capture_output=True)
    return key, cert


@contextlib.asynccontextmanager
async def nginx_before(server, https_port: int, folder):
    """The example's lines, replaced one by one; a line that is not there any more is an error."""
    key, cert = certificate(folder)
    site = (SOURCE / "deploy/nginx.conf.example").read_text()
    for example, ours in (("chat.example.org;", "localhost;"), ("127.0.0.1:8080", f"127.0.0.1:{server.port}"),
                          ("listen 80;", f"listen 127.0.0.1:{free_port()};"), ("listen 443 ssl", f"listen 127.0.0.1:{https_port} ssl"),
                          ("/etc/letsencrypt/live/chat.example.org/fullchain.pem", cert),
                          ("/etc/letsencrypt/live/chat.example.org/privkey.pem", key)):
        assert example in site, f"deploy/nginx.conf.example has no {example}"
        site = site.replace(example, ours)
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, site=site))
    process = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")])
    try:
        trusted = ssl.create_default_context(cafile=cert)
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=trusted)) as http:
            async with asyncio.timeout(WITHIN_S):
                while not await answers(http, f"https://localhost:{https_port}/readyz"):
                    assert process.poll() is None, (folder / "error.log").read_text()
                    await asyncio.sleep(0.05)
            yield http
    finally:
        process.terminate()
        process.wait(10)


async def answers(http, url: str) -> bool:
    try:
        async with http.get(url) as answer:
            return answer.status == 200
    except aiohttp.ClientError:
        return False


@story
async def test_people_chat_over_https_through_nginx(tmp_path):
    assert NGINX, "nginx is missing: script/setup installs it"
    port = free_port()
    public = f"https://localhost:{port}"
    settings = {"HTTP__PUBLIC_URL": public, "HTTP__TRUSTED_PROXIES": "127.0.0.1"}
    async with running_server(tmp_path, settings=settings) as server, nginx_before(server, port, tmp_path) as http:
        async def asks(method, path, body=None, **headers):
            async with http.request(method, public + path, json=body, headers={"Origin": public} | headers) as answer:
                return answer.status, await answer.json() if answer.content_type.endswith("json") else None, answer.headers

        # A client cannot claim to be another: what it says of X-Forwarded-* the proxy replaces.
        claims = {"X-Forwarded-For": "198.51.100.1", "X-Forwarded-Proto": "http"}
        status, _, headers = await asks("POST", "/api/v1/users", {"name": "alice", "password": PASSWORD}, **claims)
        assert status == 201 and headers["Set-Cookie"].startswith("__Host-riposte_session=")
        assert headers["Strict-Transport-Security"]
        status, made, _ = await asks("POST", "/api/v1/rooms", {"title": "Tea"})
        assert status == 201 and made["invite"]["url"].startswith(f"{public}/join/")
        assert (await asks("POST", "/api/v1/rooms", {"title": "Tea"}, Origin="https://evil.example"))[0] == 403

        room = made["room"]["uri"]
        async with http.ws_connect(f"{public}/api/v1/socket", headers={"Origin": public}) as socket:
            await socket.send_json({"do": "hello", "rooms": {}})
            await socket.send_json({"do": "post", "room": room, "client_msg_id": "a", "text": "through the proxy"})
            async with asyncio.timeout(WITHIN_S):
                while True:
                    lines = [json.loads(line) for line in (await socket.receive_str()).splitlines()]
                    if any(e["event"] == "post" and e["message"]["text"] == "through the proxy" for e in lines):
                        break
        exported = json.dumps((await asks("GET", "/api/v1/me/export"))[1])  # has the address of each session
        assert "127.0.0.1" in exported and "198.51.100.1" not in exported
        status, _, _ = await asks("POST", f"/api/v1/rooms/{room}/messages", {"client_msg_id": "b", "text": "x" * 16000})
        assert status == 201


@story
async def test_plain_http_from_afar_is_refused_behind_a_proxy_too(tmp_path):
    async with running_server(tmp_path, settings={"HTTP__TRUSTED_PROXIES": "127.0.0.1"}) as server:
        async def asks(**headers):
            async with server.http.get(f"{server.url}/api/v1/rooms", headers=headers) as answer:
                return (await answer.json())["code"]

        assert await asks(**{"X-Forwarded-For": "192.168.1.7", "X-Forwarded-Proto": "http"}) == "not_allowed"
        assert await asks(**{"X-Forwarded-For": "192.168.1.7", "X-Forwarded-Proto": "https"}) == "unauthenticated"
        assert await asks(**{"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Proto": "http"}) == "unauthenticated"
