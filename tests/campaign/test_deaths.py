"""Plugins die in every way there is, and the host is killed: nobody else is harmed, and everybody is told."""
import asyncio
import time

from campaign import figure, percentile, size
from harness import FIXTURES, containing, named, post, running_server, story
from test_chat import two_in_a_room
from test_commands import installed
from test_plugins import alive, children, wait_for_command

DEATHS = ["segfault", "abort", "exit", "_exit", "stack", "illegal", "bus", "divide", "kill", "terminate", "call-null",
          "write-code", "throw-in-thread", "crash-in-thread", "double-free"]
EACH = size(1, 10)
HANGS = size(2, 100)
KILLS = size(2, 100)
DEADLINE_MS = 500
# Dying is the whole story here, so the circuit breaker must not end it: a reload closes it again.
SETTINGS = {"LOG__LEVEL": "warning", "PLUGINS__CALL_FIRST_OUTPUT_MS": str(DEADLINE_MS), "PLUGINS__PROBATION_MS": "0",
            "PLUGINS__PROBATION_CALLS": "0"}


async def bystander(person, room, took, stop):
    """Somebody who uses another plugin all the while; how long each answer took, in s."""
    while not stop.is_set():
        at = time.monotonic()
        ack = await person.says(room, "/echo unharmed")
        await person.expects(named("invocation", id=ack["invocation"], state="done"))
        took.append(time.monotonic() - at)
        await asyncio.sleep(0.01)


async def dies(server, person, room, how):
    """Seconds from the command to the news of its failure, with the news."""
    at = time.monotonic()
    ack = await person.says(room, f"/die {how}")
    ended = await person.expects(lambda e: e.get("event") == "invocation" and e["id"] == ack["invocation"]
                                 and e["state"] in ("done", "failed"), what=f"the end of {how}")
    took = time.monotonic() - at
    await server.operator("POST", "/plugins/faulty/reload", {"force": True})
    return took, ended


@story
async def test_deaths_and_hangs_harm_nobody_else(tmp_path):
    async with running_server(tmp_path, settings=SETTINGS) as server:
        alice, bob, room = await two_in_a_room(server)
        server.installs(FIXTURES / "faulty.so", "faulty")
        await installed(server, "/die")
        pid, calm, harmed = server.process.pid, [], []
        stop = asyncio.Event()
        quiet = asyncio.create_task(bystander(bob, room, calm, stop))
        await asyncio.sleep(size(1, 5))
        stop.set()
        await quiet

        stop = asyncio.Event()
        watching = asyncio.create_task(bystander(bob, room, harmed, stop))
        noticed = []
        for how in DEATHS * EACH:
            took, ended = await dies(server, alice, room, how)
            assert ended["state"] == "failed" and ended["code"] == "crashed", (how, ended)
            noticed.append(took)
        late = []
        for _ in range(HANGS):
            took, ended = await dies(server, alice, room, "hang")
            assert ended["state"] == "failed" and ended["code"] == "timed_out", ended
            late.append(took - DEADLINE_MS / 1000)
        stop.set()
        await watching
        assert server.process.pid == pid and server.process.poll() is None
        figure(f"{len(noticed)} deaths in {len(DEATHS)} ways: told after, p99", 1000 * percentile(noticed, 0.99), "ms", at_most=50)
        figure(f"{HANGS} hangs: ended after the deadline by, p99", 1000 * percentile(late, 0.99), "ms", at_most=100)
        ratio = percentile(harmed, 0.99) / percentile(calm, 0.99)
        figure(f"p99 of another plugin's answers meanwhile, {1000 * percentile(calm, 0.99):.3g} ms when calm: times",
               ratio, "x", at_most=1.5)


@story
async def test_a_killed_host_leaves_no_orphan_and_no_command_untold(tmp_path):
    async with running_server(tmp_path, settings={"LOG__LEVEL": "warning"}) as server:
        alice, bob, room = await two_in_a_room(server)
        server.installs(FIXTURES / "slow.so", "slow")
        await installed(server, "/slow")
        gone = []
        for _ in range(KILLS):
            await wait_for_command(server, alice, "/slow")
            ack = (await alice.rest("POST", f"/rooms/{room.uri}/messages",
                                    {"client_msg_id": f"kill-{len(gone)}", "text": "/slow 5000"}))
            workers = children(server.process.pid)
            assert len(workers) > 3
            at = time.monotonic()
            server.kill()
            while any(alive(worker) for worker in workers):
                assert time.monotonic() - at < 1, "an orphan is alive after 1 s"
                await asyncio.sleep(0.005)
            gone.append(time.monotonic() - at)
            await server.start()
            told = (await alice.rest("GET", "/me/invocations"))["invocations"]
            mine = next(i for i in told if i["id"] == ack["invocation"]["id"])
            assert mine["state"] == "failed" and mine["code"] == "interrupted", mine
        figure(f"{KILLS} kills of the host: its workers gone after, worst", 1000 * max(gone), "ms", at_most=1000)
