"""What a trusted proxy says of its client decides; the proxies themselves stand in tests/deploy."""
from harness import running_server, story


@story
async def test_plain_http_from_afar_is_refused_behind_a_proxy_too(tmp_path):
    async with running_server(tmp_path, settings={"HTTP__TRUSTED_PROXIES": "127.0.0.1"}) as server:
        async def asks(**headers):
            async with server.http.get(f"{server.url}/api/v1/rooms", headers=headers) as answer:
                return (await answer.json())["code"]

        assert await asks(**{"X-Forwarded-For": "192.168.1.7", "X-Forwarded-Proto": "http"}) == "not_allowed"
        assert await asks(**{"X-Forwarded-For": "192.168.1.7", "X-Forwarded-Proto": "https"}) == "unauthenticated"
        assert await asks(**{"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Proto": "http"}) == "unauthenticated"
