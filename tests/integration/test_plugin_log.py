"""What a plugin says is there when its operator looks for it."""
import asyncio

from harness import FIXTURES, Refused, eventually, named, post, running_server, story
from test_commands import installed, two_with


async def has(server, text, **query):
    answer = await eventually(lambda: server.operator("GET", "/plugins/chatty/log", **query),
                              lambda answer: any(text in line["text"] for line in answer["log"]))
    return answer["log"]


@story
async def test_the_log_has_the_last_words_of_a_crash(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_with(server, "chatty")
        await installed(server, "/chatty")
        fatal = await alice.says(room, "/chatty die")
        await alice.expects(named("invocation", id=fatal["invocation"], state="failed", code="crashed"))
        lines = await has(server, "last words")
        await has(server, "ended: SIGABRT")
        assert {line["source"] for line in lines} >= {"stdout", "stderr", "warning", "host"}, lines
        shown = server.riposte("plugin", "log", "chatty", "--generation", "1")
        assert shown.returncode == 0 and "last words" in shown.stdout and "on stdout 你好" in shown.stdout, shown
        assert not (await server.operator("GET", "/plugins/chatty/log", generation=99))["log"]
        try:
            await server.operator("GET", "/plugins/nobody/log")
            raise AssertionError("found")
        except Refused as refusal:
            assert refusal.code == "not_found"
        await server.restarts()
        await has(server, "last words")


@story
async def test_a_crash_is_named_by_its_function(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_with(server, "traced")
        await installed(server, "/traced")
        fatal = await alice.says(room, "/traced")
        await alice.expects(named("invocation", id=fatal["invocation"], state="failed", code="crashed"))
        shown = (await eventually(lambda: asyncio.to_thread(server.riposte, "plugin", "log", "traced"),
                                  lambda ran: "crashed in" in ran.stdout)).stdout
        assert "Station::now, traced.cpp:9" in shown, shown
        assert "died of SIGSEGV" in shown and "Station::now+0x" in shown and "build-id" in shown, shown
