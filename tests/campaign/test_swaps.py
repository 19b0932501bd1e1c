"""A plugin is swapped again and again while commands pour in."""
import asyncio
import time

import pytest

from campaign import figure, percentile, size
from harness import FIXTURES, named, running_server
from test_chat import two_in_a_room
from test_commands import installed

RATE = size(100, 500)  # commands a second
SWAPS = size(10, 100)
SECONDS = size(4, 60)
UNHINDERED = {"PLUGINS__QUEUE": "10000", "PLUGINS__QUEUE_PER_USER": "1000", "LIMITS__ACTIONS_IN_FLIGHT": "1024",
              "LIMITS__OUTBOX_KIB": "65536", "LOG__LEVEL": "warning"}


@pytest.mark.parametrize("isolation", ["worker", "in-process"])
@pytest.mark.parametrize("plugin, command", [("versioned", "/version"), ("counter", "/count")])
def test_every_command_is_answered_once(tmp_path, plugin, command, isolation):
    """`versioned` has no state; `counter` has, so its answers must be the numbers from 1, each once and in order."""
    asyncio.run(swapped_under_load(tmp_path, plugin, command, isolation))


async def swapped_under_load(tmp_path, plugin, command, isolation):
    async with running_server(tmp_path, settings=UNHINDERED | {"PLUGINS__ISOLATION": isolation}) as server:
        alice, bob, room = await two_in_a_room(server)
        server.installs(FIXTURES / f"{plugin}_v1.so", plugin)
        await installed(server, command)
        sent, swaps = {}, []
        asking = asyncio.create_task(ask(alice, room, command, sent))
        begin = time.monotonic()
        for i in range(SWAPS):
            await asyncio.sleep(max(0, begin + (i + 0.5) * SECONDS / SWAPS - time.monotonic()))
            server.installs(FIXTURES / f"{plugin}_v{2 - i % 2}.so", plugin)
            started = time.monotonic()
            report = await server.operator("POST", f"/plugins/{plugin}/reload", {"force": True})
            swaps.append((started, time.monotonic()))
            assert report["result"] in ("live", "unchanged"), report
        await asking
        ends = await every_end(alice, len(sent))
        check_answers(alice, plugin, ends)
        acks = {e["client_msg_id"]: e["invocation"] for e in alice.heard if e["event"] == "ack"}
        took = {at: ends[acks[key]] - at for key, at in sent.items()}
        around = [s for at, s in took.items() if any(begun <= at + s and at <= done for begun, done in swaps)]
        name = f"{plugin}, {isolation}, {len(sent) / SECONDS:.0f} commands/s, {SWAPS} swaps"
        figure(f"{name}: p99 of all", 1000 * percentile(list(took.values()), 0.99), "ms")
        figure(f"{name}: p99 of those in the way of a swap", 1000 * percentile(around, 0.99), "ms", at_most=50)


async def ask(person, room, command, sent):
    begin = time.monotonic()
    for i in range(RATE * SECONDS):
        await asyncio.sleep(max(0, begin + i / RATE - time.monotonic()))
        at = time.monotonic()
        sent[await person.sends_post(room, command, client_msg_id=f"swap-{i}")] = at


async def every_end(person, count):
    """When each invocation was seen to end, by id."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        ends = {e["id"]: at for e, at in zip(person.heard, person.heard_at)
                if e["event"] == "invocation" and e["state"] in ("done", "failed")}
        if len(ends) >= count:
            return ends
        await asyncio.sleep(0.05)
    raise AssertionError(f"{count - len(ends)} of {count} commands never ended")


def check_answers(person, plugin, ends):
    failed = [e for e in person.heard if e["event"] == "invocation" and e["state"] == "failed"]
    assert not failed, failed[:3]
    answers = [e["message"] for e in person.heard if e["event"] == "post" and e["message"]["author"]["bot"]]
    assert sorted(m["invocation"] for m in answers) == sorted(ends)
    if plugin == "counter":
        assert [int(m["text"].split(": ")[1]) for m in answers] == list(range(1, len(answers) + 1))
