"""Plugins are replaced, misbehave and are refused while people chat."""
import asyncio
import time

import pytest

from harness import FIXTURES, Refused, containing, eventually, named, post, running_server, story
from test_chat import two_in_a_room
from test_commands import installed, two_with

SWAPS = 200
COMMANDS_PER_SECOND = 100


@story
async def test_a_new_build_in_the_folder_answers_the_next_command(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_with(server, "versioned_v1")
        await installed(server, "/version")
        await alice.says(room, "/version")
        await bob.expects(post("v1"))
        admin = await server.administrator()
        server.installs(FIXTURES / "versioned_v2.so", "versioned_v1")
        await serves(admin, "versioned", "2")
        await alice.says(room, "/version")
        await bob.expects(post("v2"))
        assert bob.close_code is None and alice.close_code is None
        listed = server.riposte("plugin", "list")
        assert listed.returncode == 0 and "versioned" in listed.stdout and "live" in listed.stdout


async def serves(admin, plugin, version):
    return await eventually(lambda: admin.rest("GET", f"/plugins/{plugin}"), lambda view: view["version"] == version)


@story
async def test_a_bad_build_leaves_the_old_one_serving_and_says_why(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_in_a_room(server)
        server.installs(FIXTURES / "versioned_v1.so", "versioned")
        await installed(server, "/version")
        whole = (FIXTURES / "versioned_v2.so").read_bytes()
        broken = tmp_path / "broken.so"
        broken.write_bytes(whole[:4096])
        server.installs(broken, "versioned")
        reloaded = await asyncio.to_thread(server.riposte, "plugin", "reload", "versioned")
        assert reloaded.returncode == 1 and "refused" in reloaded.stdout + reloaded.stderr, reloaded
        await alice.says(room, "/version")
        await bob.expects(post("v1"))


@story
async def test_a_prefix_belongs_to_its_first_owner(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_with(server, "thief")
        admin = await server.administrator()
        for _ in range(300):
            (thief,) = [p for p in (await admin.rest("GET", "/plugins"))["plugins"] if p["id"] == "thief"] or [None]
            if thief and thief["reason"]:
                break
            await asyncio.sleep(0.02)
        assert thief["state"] != "live" and "dice" in thief["reason"]
        await alice.says(room, "/dice")
        await bob.expects(lambda e: e.get("event") == "post" and e["message"]["author"]["name"] == "dice")


@story
async def test_an_alias_settles_a_conflict_at_once(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_with(server, "thief")
        for _ in range(300):
            if any(p["id"] == "thief" and p["state"] == "refused" for p in (await server.operator("GET", "/plugins"))["plugins"]):
                break
            await asyncio.sleep(0.02)
        named = await asyncio.to_thread(server.riposte, "plugin", "alias", "thief", "/dice", "/otherdice")
        assert named.returncode == 0 and "live" in named.stdout, named
        await wait_for_command(server, alice, "/otherdice")
        for line in ("/otherdice", "/thief:dice"):
            await alice.says(room, line)
            await bob.expects(post("stolen", by="thief"))
        await alice.says(room, "/dice")
        await bob.expects(lambda e: e.get("event") == "post" and e["message"]["author"]["name"] == "dice")
        assert (await server.operator("GET", "/plugins/thief"))["aliases"] == {"/dice": "/otherdice"}
        with pytest.raises(Refused) as refused:
            await server.operator("PUT", "/plugins/thief/alias", {"prefix": "/dice", "alias": "/dice"})
        assert refused.value.code == "invalid_value" and "belongs to dice" in refused.value.problem["detail"]


EVIL = {  # fixture: (command, how the author learns of it)
    "segfault": ("/segfault", "crashed"), "abort": ("/abort", "crashed"), "exit0": ("/exit0", "crashed"),
    "stack_overflow": ("/overflow", "crashed"), "memory_bomb": ("/bomb", None), "fork_bomb": ("/fork", None),
    "throws": ("/throw", "plugin_failed"), "throws_across": ("/across", "plugin_failed"), "endless_loop": ("/loop", "timed_out"),
    "flood": ("/flood", None),
}


@story
async def test_evil_plugins_harm_nobody_else(tmp_path):
    settings = {"PLUGINS__CALL_FIRST_OUTPUT_MS": "1000", "PLUGINS__CALL_TOTAL_MS": "3000"}
    async with running_server(tmp_path, settings=settings) as server:
        alice, bob, room = await two_with(server, *EVIL, "wrong_abi", "no_entry", "hang_in_start", "hang_in_constructor", "crash_at_start")
        pid = server.process.pid
        for name, (command, code) in EVIL.items():
            await wait_for_command(server, alice, command)
            ack = await alice.says(room, command)
            ended = await alice.expects(lambda e: e.get("event") == "invocation" and e["id"] == ack["invocation"]
                                        and e["state"] in ("done", "failed"), within=20, what=f"the end of {command}")
            if code:
                assert ended["code"] == code, (name, ended)
            ack = await bob.says(room, f"/echo after {name}")
            await bob.expects(named("invocation", id=ack["invocation"], state="done"), what=f"echo after {name}")
        assert server.process.poll() is None and server.process.pid == pid
        admin = await server.administrator()
        states = {p["id"]: p for p in (await admin.rest("GET", "/plugins"))["plugins"]}
        for refused in ("hang-in-start", "hang-in-constructor", "crash-at-start"):
            assert refused not in states or states[refused]["state"] != "live", states[refused]
        assert states["echo"]["state"] == "live" and states["echo"]["failed"] == 0


async def wait_for_command(server, person, prefix):
    for _ in range(1500):
        if any(c["prefix"] == prefix for c in (await person.rest("GET", "/commands"))["commands"]):
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"{prefix} never came: {server.log[-3000:]}")


@story
async def test_200_swaps_at_100_commands_a_second_lose_and_repeat_nothing(tmp_path):
    """Every accepted command is answered exactly once by the build that was live then."""
    settings = {"PLUGINS__QUEUE_PER_USER": "1000", "PLUGINS__QUEUE": "1000"}
    async with running_server(tmp_path, settings=settings) as server:
        alice, bob, room = await two_with(server, "versioned_v1")
        await installed(server, "/version")
        admin = await server.administrator()
        acks, stop = [], asyncio.Event()

        async def ask():
            begin = time.monotonic()
            for i in range(10**6):
                if stop.is_set():
                    return
                acks.append(await alice.sends_post(room, "/version", client_msg_id=f"swap-{i}"))
                await asyncio.sleep(max(0, begin + (i + 1) / COMMANDS_PER_SECOND - time.monotonic()))

        asking = asyncio.create_task(ask())
        lives = 0
        for i in range(SWAPS):
            build = FIXTURES / f"versioned_v{2 - i % 2}.so"
            (server.inbox / "versioned_v1.so").unlink(missing_ok=True)
            server.installs(build, "versioned_v1")
            report = await admin.rest("POST", "/plugins/versioned/reload", {"force": True})
            lives += report["result"] in ("live", "unchanged")
        stop.set()
        await asking
        assert lives == SWAPS
        answers = {}
        for client_msg_id in acks:
            ack = await alice.expects(named("ack", client_msg_id=client_msg_id))
            answers[ack["invocation"]] = 0
        await settle(alice, answers)
        for event in alice.heard:
            if event["event"] == "post" and event["message"]["author"]["bot"]:
                answers[event["message"]["invocation"]] += 1
        failed = [e for e in alice.heard if e["event"] == "invocation" and e["state"] == "failed"]
        assert not failed, failed[:3]
        assert set(answers.values()) == {1}, [k for k, v in answers.items() if v != 1][:5]
        assert len(answers) >= 100


async def settle(person, invocations):
    """Until every invocation has ended."""
    for _ in range(1500):
        ended = {e["id"] for e in person.heard if e["event"] == "invocation" and e["state"] in ("done", "failed")}
        if set(invocations) <= ended:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"{len(set(invocations) - ended)} invocations never ended")


@story
async def test_a_killed_host_leaves_no_workers(tmp_path):
    import subprocess
    async with running_server(tmp_path) as server:
        workers = children(server.process.pid)
        assert workers
        server.kill()
        deadline = time.monotonic() + 3
        while time.monotonic() < deadline and any(alive(pid) for pid in workers):
            await asyncio.sleep(0.02)
        assert not [pid for pid in workers if alive(pid)]
        await server.start()


def children(pid):
    import pathlib
    found = []
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        found += [int(child) for child in (task / "children").read_text().split()]
    return found


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@story
async def test_in_process_runs_the_same_library(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_in_a_room(server)
        changed = await asyncio.to_thread(server.riposte, "plugin", "isolation", "echo", "in-process")
        assert changed.returncode == 0, changed
        await alice.says(room, "/echo from the host's own process")
        await bob.expects(post(containing("own process"), by="echo"))
        assert "in-process" in server.riposte("plugin", "list").stdout
        changed = await asyncio.to_thread(server.riposte, "plugin", "disable", "echo")
        assert changed.returncode == 0
        with pytest.raises(Refused):
            await alice.says(room, "/echo nobody there")
        await asyncio.to_thread(server.riposte, "plugin", "enable", "echo")
        await alice.says(room, "/echo again")
        await bob.expects(post(containing("again"), by="echo"))
