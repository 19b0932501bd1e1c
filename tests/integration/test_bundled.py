"""The bundled plugins on a real server: what is handed over when they are replaced, and the faults of drill."""
import os
import re
import signal
from pathlib import Path

import pytest

from harness import BUILD, PASSWORD, Refused, eventually, named, running_server, story
from openapi import SOURCE
from test_chat import two_in_a_room
from test_plugins import children, wait_for_command


def right_answer(text: str) -> str:
    """Of the question that a text of the quiz ends with, from the table that the plugin ships."""
    (question,) = re.findall(r"\*\*([^*]+\?)\*\*", text)
    table = (Path(SOURCE) / "plugins/trivia/questions.hpp").read_text()
    found = re.search(re.escape(f'"{question}"') + r',\s*"[^"]+",\s*"([^"|]+)', table)
    return found.group(1)


async def answers(person, room, text):
    """Answers rightly; what the quiz says to it."""
    ack = await person.says(room, f"/trivia answer {right_answer(text)}")
    return await told(person, ack)


async def told(person, ack):
    answer = await person.expects(lambda e: e.get("event") == "post" and e["message"]["author"]["bot"]
                                  and e["message"]["invocation"] == ack["invocation"])
    return answer["message"]["text"]


async def worker_of(server, plugin):
    """The pid of a plugin's worker, by the library that it has mapped."""
    history = (await server.operator("GET", f"/plugins/{plugin}/history"))["history"]
    (pid,) = [pid for pid in children(server.process.pid) if history[0]["hash"] in Path(f"/proc/{pid}/maps").read_text()]
    return pid


@story
async def test_plugins_forget_a_person_whose_account_is_deleted(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_in_a_room(server)

        async def standing():
            return await told(alice, await alice.says(room, "/poll show"))

        await told(alice, await alice.says(room, "/poll Tea? | yes | no"))
        nobody = await standing()
        ack = await bob.says(room, "/poll vote 1")
        await bob.expects(named("invocation", id=ack["invocation"], state="done"))
        assert await standing() != nobody
        await server.operator("POST", "/plugins/poll/disable")
        await bob.rest("DELETE", "/me", {"password": PASSWORD})
        await server.restarts()  # told as soon as it is there, not only in the minute of the deletion
        await alice.hangs_up()
        await alice.listens()
        await server.operator("POST", "/plugins/poll/enable")
        await server.restarts()
        await alice.hangs_up()
        await alice.listens()
        await wait_for_command(server, alice, "/poll")
        await eventually(standing, lambda text: text == nobody, "the poll without bob's vote")


@story
async def test_a_swap_in_the_middle_of_a_round_keeps_the_round(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_in_a_room(server)
        admin = await server.administrator()
        first = await told(alice, await alice.says(room, "/trivia 3"))
        second = await answers(bob, room, first)
        assert "bob" in second and "2/3" in second
        report = await admin.rest("POST", "/plugins/trivia/reload", {"force": True})
        assert report["result"] == "live" and report["plugin"]["generation"] == 2
        again = await told(alice, await alice.says(room, "/trivia"))
        assert second.endswith(again)
        third = await answers(bob, room, again)
        assert "3/3" in third
        result = await answers(alice, room, third)
        assert "1. bob — 2\n2. alice — 1" in result


@story
async def test_what_was_won_survives_a_crash_and_an_ended_round_does_not_come_back(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_in_a_room(server)
        question = await told(alice, await alice.says(room, "/trivia 1"))
        assert server.stops() == 0  # the open round is in the saved state
        await server.start()
        for person in (alice, bob):
            await person.hangs_up()
            await person.listens()
        assert "1. bob — 1" in await answers(bob, room, question)
        pid = await worker_of(server, "trivia")
        os.kill(pid, signal.SIGKILL)
        ack = await alice.says(room, "/trivia answer x")
        failed = await alice.expects(named("invocation", id=ack["invocation"], state="failed"))
        assert "No question is open" in failed["detail"]
        assert "1. bob — 1" in await told(bob, await bob.says(room, "/trivia scores"))


async def with_drill(server):
    """Alice and bob in a room, of which the administrator is a member too, who listens."""
    alice, bob, room = await two_in_a_room(server)
    server.installs(BUILD / "plugins-optional/drill.so", "drill")
    admin = await server.administrator()
    await admin.joins(room)
    await admin.listens()
    await wait_for_command(server, alice, "/drill")
    return bob, admin, room


async def ends(person, room, line, **expected):
    ack = await person.says(room, line)
    ended = await person.expects(lambda e: e.get("event") == "invocation" and e["id"] == ack["invocation"]
                                 and e["state"] in ("done", "failed"), within=20, what=f"the end of {line}")
    assert {key: ended[key] for key in expected} == expected, ended
    return ended


async def drill(admin):
    return await admin.rest("GET", "/plugins/drill")


@story
async def test_drill_is_not_loaded_by_itself_and_for_operators_only(tmp_path):
    async with running_server(tmp_path) as server:
        alice, _, _ = await two_in_a_room(server)
        assert "/drill" not in {c["prefix"] for c in (await alice.rest("GET", "/commands"))["commands"]}
    (tmp_path / "other").mkdir()
    async with running_server(tmp_path / "other") as server:
        bob, admin, room = await with_drill(server)
        with pytest.raises(Refused) as refused:
            await bob.says(room, "/drill crash")
        assert refused.value.code == "command_not_allowed"


@story
async def test_each_drill_harms_nobody_else_and_says_what_happened(tmp_path):
    async with running_server(tmp_path, settings={"PLUGINS__CALL_FIRST_OUTPUT_MS": "1000"}) as server:
        bob, admin, room = await with_drill(server)
        pid = server.process.pid
        for line, expected in (("/drill crash", {"state": "failed", "code": "crashed"}),
                               ("/drill hang", {"state": "failed", "code": "timed_out"}),
                               ("/drill flood", {"state": "failed", "code": "plugin_failed"}),
                               ("/drill leak 24", {"state": "done"})):
            await ends(admin, room, line, **expected)
            await ends(bob, room, f"/echo after {line[7:]}", state="done")
        assert (await drill(admin))["memory_bytes"] > 24 << 20
        # More than a worker may have: the call fails, or the worker ends, and both are told.
        await ends(admin, room, "/drill leak 2000", state="failed")
        await ends(admin, room, "/drill crash", state="failed")
        await ends(admin, room, "/drill leak 1", state="done")
        assert server.process.poll() is None and server.process.pid == pid
        # Nobody else in the room has seen a thing of it.
        assert not [e for e in bob.heard if e["event"] == "post" and e["message"]["author"]["name"] in ("drill", admin.name)]


@pytest.mark.parametrize("fault, step", [("slow", "start"), ("bad-state", "restore")])
def test_a_drilled_build_is_refused_once_and_the_old_one_serves_on(tmp_path, fault, step):
    @story
    async def tell(tmp_path):
        async with running_server(tmp_path) as server:
            bob, admin, room = await with_drill(server)
            await ends(admin, room, f"/drill {fault}", state="done")
            with pytest.raises(Refused) as refused:
                await admin.rest("POST", "/plugins/drill/reload", {"force": True})
            assert refused.value.code == "plugin_refused" and step in refused.value.problem["step"]
            await ends(admin, room, "/drill leak 1", state="done")
            report = await admin.rest("POST", "/plugins/drill/reload", {"force": True})
            assert report["result"] == "live"
            await ends(admin, room, "/drill leak 1", state="done")
    tell(tmp_path)
