"""A command has one outcome, whatever happens: Cancel, deadlines, deaths of the worker and of the host."""
import asyncio
import os
import signal

from harness import FIXTURES, named, post, running_server, story
from test_commands import installed, named_post_by, two_with
from test_plugins import children, wait_for_command

ENDED = ("done", "failed")


async def outcomes(person):
    """As they are stored: id -> "done" or why it failed."""
    found = (await person.rest("GET", "/me/invocations"))["invocations"]
    return {i["id"]: i["code"] if i["state"] == "failed" else i["state"] for i in found}


async def ends(person, invocation, within=10):
    """Its one outcome."""
    return await person.expects(lambda e: e.get("event") == "invocation" and e["id"] == invocation and e["state"] in ENDED,
                                within=within, what=f"the end of {invocation}")


async def bot_posts(person, room):
    return [m for m in await person.history(room, limit=100) if m["author"]["bot"]]


def told_once(person, invocation):
    told = [e for e in person.heard if e.get("event") == "invocation" and e["id"] == invocation and e["state"] in ENDED]
    return len(told) == 1


@story
async def test_cancel_by_socket_and_by_rest_ends_what_runs_and_what_waits(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_with(server, "slow")
        await installed(server, "/slow")
        running = (await alice.says(room, "/slow 30000"))["invocation"]
        waiting = (await bob.says(room, "/slow 1"))["invocation"]
        await bob.sends({"do": "cancel", "invocation": waiting})
        assert (await ends(bob, waiting))["code"] == "cancelled", "while it waits behind another's"
        await alice.rest("POST", f"/invocations/{running}/cancel", {})
        assert (await ends(alice, running))["code"] == "cancelled"
        last = (await bob.says(room, "/slow 1"))["invocation"]
        assert (await ends(bob, last))["state"] == "done", "its plugin goes on"
        (answer,) = await bot_posts(bob, room)
        assert answer["invocation"] == last
        # The room sees that a command failed, and not more.
        await bob.expects(named("command_failed", invocation=running))
        assert told_once(alice, running) and told_once(bob, waiting)


@story
async def test_what_comes_after_cancel_is_dropped(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_with(server, "stubborn")
        await installed(server, "/stubborn")
        call = (await alice.says(room, "/stubborn 700"))["invocation"]
        await alice.sends({"do": "cancel", "invocation": call})
        assert (await ends(alice, call))["code"] == "cancelled"
        after = (await bob.says(room, "/stubborn 1"))["invocation"]
        assert (await ends(bob, after))["state"] == "done"
        assert [m["invocation"] for m in await bot_posts(bob, room)] == [after], "the late answer came to nothing"
        assert (await outcomes(alice))[call] == "cancelled" and told_once(alice, call)


@story
async def test_a_command_has_its_own_deadline_and_the_operator_a_lower_one(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_with(server, "stubborn")
        await installed(server, "/stubborn")
        call = (await alice.says(room, "/stubborn 60000"))["invocation"]
        assert (await ends(alice, call))["code"] == "timed_out", "2 s, as it declares; the host's own default is 10"
        assert 1900 <= await lasted(alice, call) <= 6000
    (tmp_path / "capped").mkdir()
    async with running_server(tmp_path / "capped", settings={"PLUGINS__CALL_FIRST_OUTPUT_MS": "300"}) as server:
        alice, bob, room = await two_with(server, "stubborn", "later")
        await installed(server, "/stubborn")
        await wait_for_command(server, alice, "/later")
        blocked = (await alice.says(room, "/stubborn 60000"))["invocation"]
        pending = (await bob.says(room, "/later 60000"))["invocation"]
        for person, call in ((alice, blocked), (bob, pending)):
            assert (await ends(person, call))["code"] == "timed_out"
            assert 250 <= await lasted(person, call) <= 1900
        again = (await alice.says(room, "/stubborn 1"))["invocation"]
        assert (await ends(alice, again))["state"] == "done", "a new worker took the place of the one that was blocked"


async def lasted(person, call):
    (mine,) = [i for i in (await person.rest("GET", "/me/invocations"))["invocations"] if i["id"] == call]
    return mine["ended_at"] - mine["created_at"]


@story
async def test_a_pending_answer_comes_while_others_are_answered(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_with(server, "later")
        await installed(server, "/later")
        pending = (await alice.says(room, "/later 1500"))["invocation"]
        quick = (await bob.says(room, "/later 1"))["invocation"]
        assert (await ends(bob, quick))["state"] == "done"
        assert not any(e.get("event") == "invocation" and e["id"] == pending and e["state"] in ENDED for e in alice.heard)
        assert (await ends(alice, pending))["state"] == "done"
        assert sorted(m["invocation"] for m in await bot_posts(bob, room)) == sorted([pending, quick])


@story
async def test_the_death_of_a_worker_fails_what_had_begun_and_nothing_else(tmp_path):
    async with running_server(tmp_path, bundled=None) as server:
        alice, bob, room = await two_with(server, "slow")
        await installed(server, "/slow")
        running = (await alice.says(room, "/slow 30000"))["invocation"]
        await alice.expects(named("invocation", id=running, state="running"))
        waiting = (await bob.says(room, "/slow 1"))["invocation"]
        for worker in children(server.process.pid):
            os.kill(worker, signal.SIGKILL)
        assert (await ends(alice, running))["code"] == "crashed"
        assert (await ends(bob, waiting))["state"] == "done", "it had not begun: the next worker ran it"
        (answer,) = await bot_posts(bob, room)
        assert answer["invocation"] == waiting
        assert told_once(alice, running) and told_once(bob, waiting)


@story
async def test_the_death_of_the_host_interrupts_what_was_open_and_runs_nothing_again(tmp_path):
    async with running_server(tmp_path, settings={"PLUGINS__QUEUE_PER_USER": "100"}) as server:
        alice, bob, room = await two_with(server, "slow", "later")
        await installed(server, "/slow")
        await wait_for_command(server, alice, "/later")
        done = (await alice.says(room, "/slow 1"))["invocation"]
        await ends(alice, done)
        still_open = [(await alice.says(room, line))["invocation"] for line in ("/slow 30000", "/slow 1", "/later 30000")]
        await server.restarts()
        hello = await alice.listens()
        told = {i["id"]: i["code"] for i in hello["invocations"] if i["state"] == "failed"}
        assert told == dict.fromkeys(still_open, "interrupted"), "who was away learns it at once"
        await bob.listens()
        check = (await bob.says(room, "/slow 1"))["invocation"]
        await ends(bob, check)
        assert [m["invocation"] for m in await bot_posts(bob, room)] == [done, check], "none was run again"
        assert await outcomes(alice) == dict.fromkeys(still_open, "interrupted") | {done: "done"}


@story
async def test_one_outcome_each_when_host_or_worker_are_killed_under_load(tmp_path):
    settings = {"PLUGINS__QUEUE_PER_USER": "1000", "PLUGINS__QUEUE": "1000"}
    async with running_server(tmp_path, settings=settings, bundled=None) as server:
        alice, bob, room = await two_with(server, "versioned_v1")
        await installed(server, "/version")
        for round in range(6):
            for person in (alice, bob):
                await person.listens()
            talking = [asyncio.create_task(talks(person, room, f"{person.name}{round}")) for person in (alice, bob)]
            await asyncio.sleep(0.4)
            if round % 2:
                server.kill()
            else:
                for worker in children(server.process.pid):
                    os.kill(worker, signal.SIGKILL)
                await asyncio.sleep(0.4)
                server.kill()
            for task in talking:
                task.cancel()
            await server.start()
        found = await outcomes(alice) | await outcomes(bob)
        assert len(found) >= 50 and set(found.values()) <= {"done", "interrupted", "crashed", "busy"}, set(found.values())
        answers = await all_bot_posts(bob, room)
        assert len(set(answers)) == len(answers), "one was answered twice"
        assert set(answers) == {i for i, outcome in found.items() if outcome == "done"}, "the answer and its outcome are one commit"


async def talks(person, room, prefix):
    for i in range(1000):
        await person.sends_post(room, "/version", client_msg_id=f"{prefix}-{i}")
        await asyncio.sleep(0.005)


async def all_bot_posts(person, room):
    """The invocations that all answers of the room belong to."""
    found, before = [], None
    while True:
        query = {"limit": 100} | ({"before": before} if before else {})
        page = await person.rest("GET", f"/rooms/{room.uri}/messages", **query)
        found += [m["invocation"] for m in page["messages"] if m["author"]["bot"]]
        if not page["has_before"]:
            return found
        before = page["messages"][0]["seq"]
