"""A plugin that asks for the network waits for the operator; what it is given is what it gets; and llm, which lives by it."""
import asyncio
import json

import pytest
from aiohttp import web

from harness import Refused, containing, eventually, named, post, running_server, story
from test_chat import two_in_a_room
from test_commands import two_with
from test_plugins import wait_for_command


async def state_of(server, plugin):
    async def there():
        return [view for view in (await server.operator("GET", "/plugins"))["plugins"]
                if view["id"] == plugin and view["state"] != "loading"]
    return (await eventually(there, bool, plugin))[0]


async def riposte(server, *arguments, code=0):
    ran = await asyncio.to_thread(server.riposte, *arguments)
    assert ran.returncode == code, ran
    return ran.stdout + ran.stderr


async def replies(person, room, line):
    ack = await person.says(room, line)
    answer = await person.expects(lambda e: e.get("event") == "post" and e["message"]["author"]["bot"]
                                  and e["message"]["invocation"] == ack["invocation"])
    return answer["message"]["text"]


@story
async def test_a_build_that_needs_the_network_waits_for_the_grant_and_gets_no_more(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_with(server, "caller")
        waiting = await state_of(server, "caller")
        assert waiting["state"] == "needs grant: network" and "riposte plugin grant caller network" in waiting["reason"]
        assert "needs grant: network" in await riposte(server, "plugin", "list")
        with pytest.raises(Refused) as refused:
            await alice.says(room, "/call inet")
        assert refused.value.code == "unknown_command"

        await riposte(server, "plugin", "grant", "caller", "network")
        assert (await state_of(server, "caller"))["grants"] == ["network"]
        for what, allowed in (("inet", True), ("inet6", True), ("unix", False), ("netlink", False), ("packet", False),
                              ("raw", False), ("bind", False), (f"port {server.port}", True)):
            assert (await replies(alice, room, f"/call {what}")).startswith("allowed" if allowed else "denied"), what

        assert server.stops() == 0
        await server.start()
        for person in (alice, bob):
            await person.hangs_up()
            await person.listens()
        assert await replies(alice, room, "/call inet") == "allowed"

        await riposte(server, "plugin", "revoke", "caller", "network")
        assert (await state_of(server, "caller"))["state"] == "disabled"
        with pytest.raises(Refused):
            await server.operator("POST", "/plugins/caller/enable")
        assert (await state_of(server, "caller"))["state"] != "live"
        verbs = [entry["verb"] for entry in (await server.operator("GET", "/plugins/caller/history"))["history"]]
        assert "grant" in verbs and "revoke" in verbs


@story
async def test_only_operators_grant_and_only_what_there_is(tmp_path):
    async with running_server(tmp_path) as server:
        alice, _, _ = await two_in_a_room(server)
        for grant, code in (({"permission": "network", "given": True}, "not_allowed"),):
            with pytest.raises(Refused) as refused:
                await alice.rest("PUT", "/plugins/echo/grants", grant)
            assert refused.value.code == code
        for grant, code in (({"permission": "moon", "given": True}, "invalid_value"), ({"permission": "network"}, "malformed_request")):
            with pytest.raises(Refused) as refused:
                await server.operator("PUT", "/plugins/echo/grants", grant)
            assert refused.value.code in (code, "invalid_value")
        with pytest.raises(Refused) as refused:
            await server.operator("PUT", "/plugins/nobody/grants", {"permission": "network", "given": True})
        assert refused.value.code == "not_found"


class Model:
    """A server that speaks the chat completions of the OpenAI interface, as slow as the question says."""
    def __init__(self):
        self.asked, self.open, self.most = [], 0, 0

    async def __aenter__(self):
        app = web.Application()
        app.router.add_post("/v1/chat/completions", self.complete)
        self.runner = web.AppRunner(app)
        await self.runner.setup()
        site = web.TCPSite(self.runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}/v1"
        return self

    async def __aexit__(self, *_):
        await self.runner.cleanup()

    async def complete(self, request):
        body = await request.json()
        self.asked.append((request.headers.get("Authorization"), body))
        question = body["messages"][-1]["content"]
        answer = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await answer.prepare(request)
        self.open += 1
        self.most = max(self.most, self.open)
        try:
            for word in question.split():
                await answer.write(b"data: " + json.dumps({"choices": [{"delta": {"content": word + " "}}]}).encode() + b"\n\n")
                await asyncio.sleep(0.1)
                if word == "stall":
                    await asyncio.sleep(60)
            await answer.write(b"data: [DONE]\n\n")
        finally:
            self.open -= 1
        return answer


@story
async def test_llm_streams_several_answers_at_once_and_hears_cancel(tmp_path):
    async with Model() as model:
        settings = {"PLUGINS__LLM__URL": model.url, "PLUGINS__LLM__MODEL": "small", "PLUGINS__LLM__KEY": "hush-1"}
        async with running_server(tmp_path, settings=settings) as server:
            alice, bob, room = await two_in_a_room(server)
            assert (await state_of(server, "llm"))["state"] == "needs grant: network"
            await riposte(server, "plugin", "grant", "llm", "network")
            await wait_for_command(server, alice, "/chat")
            acks = [await person.says(room, f"/chat one two three for {person.name}") for person in (alice, bob)]
            for person, ack in zip((alice, bob), acks):
                await person.expects(named("invocation", id=ack["invocation"], state="done"))
                await person.expects(lambda e: e.get("event") == "edit" and e["message"]["text"] == f"one two three for {person.name} ")
                assert any(e["event"] == "stream" for e in bob.heard)
            assert model.most == 2
            key, body = model.asked[0]
            assert key == "Bearer hush-1" and body["model"] == "small" and body["stream"] is True

            ack = await alice.says(room, "/chat begin stall")
            await bob.expects(post(containing("begin")))
            await alice.sends({"do": "cancel", "invocation": ack["invocation"]})
            ended = await alice.expects(named("invocation", id=ack["invocation"], state="failed"))
            assert ended["code"] == "cancelled"
            for _ in range(200):  # the connection is given up, too
                if model.open == 0:
                    break
                await asyncio.sleep(0.02)
            assert model.open == 0
            # The key is shown nowhere.
            assert "hush-1" not in server.log and "hush-1" not in await riposte(server, "config", "show")


@story
async def test_llm_says_when_the_model_is_not_there(tmp_path):
    async with running_server(tmp_path, settings={"PLUGINS__LLM__URL": "http://127.0.0.1:1/v1"}) as server:
        alice, bob, room = await two_in_a_room(server)
        await state_of(server, "llm")
        await riposte(server, "plugin", "grant", "llm", "network")
        await wait_for_command(server, alice, "/chat")
        ack = await alice.says(room, "/chat hello")
        failed = await alice.expects(named("invocation", id=ack["invocation"], state="failed"))
        assert failed["code"] == "plugin_failed" and "cannot be reached" in failed["detail"]
