"""Between commands nobody waits, so the host looks after the workers."""
import asyncio
import os
import pathlib
import signal

from harness import eventually, named, post, running_server, story
from test_commands import installed, two_with
from test_plugins import children

BEAT = {"PLUGINS__HEARTBEAT_MS": "200"}


async def worker_of(server, plugin):
    """The process that has the plugin's build mapped."""
    # It serves a moment before its history says so.
    history = await eventually(lambda: server.operator("GET", f"/plugins/{plugin}/history"), lambda answer: answer["history"])
    build = history["history"][0]["hash"]
    (found,) = [pid for pid in children(server.process.pid) if build in pathlib.Path(f"/proc/{pid}/maps").read_text()]
    return found


async def restarted(server, plugin, reason):
    return await eventually(lambda: server.operator("GET", f"/plugins/{plugin}"),
                            lambda view: reason in view["reason"] and view["state"] == "live")


@story
async def test_a_worker_that_stopped_is_replaced_before_anybody_asks(tmp_path):
    async with running_server(tmp_path, settings=BEAT) as server:
        alice, bob, room = await two_with(server, "idler")
        await installed(server, "/idle")
        worker = await worker_of(server, "idler")
        os.kill(worker, signal.SIGSTOP)
        await restarted(server, "idler", "gave no sign of life")
        assert await worker_of(server, "idler") != worker
        ack = await alice.says(room, "/idle")
        await alice.expects(named("invocation", id=ack["invocation"], state="done"))
        shown = server.riposte("plugin", "log", "idler").stdout
        assert "ended: gave no sign of life" in shown, shown


@story
async def test_a_worker_whose_memory_is_nearly_full_is_swapped_with_its_state(tmp_path):
    settings = BEAT | {"PLUGINS__MEMORY_MIB": "256", "PLUGINS__QUEUE_PER_USER": "100"}
    async with running_server(tmp_path, settings=settings) as server:
        alice, bob, room = await two_with(server, "idler")
        await installed(server, "/idle")
        for count in range(1, 16):
            await alice.says(room, "/idle grow")
            await bob.expects(post(str(count), by="idler"))
            await asyncio.sleep(0.3)  # a beat, and a look
            view = await server.operator("GET", "/plugins/idler")
            if view["generation"] == 2:
                break
        assert view["generation"] == 2 and view["state"] == "live", view
        await alice.says(room, "/idle")
        await bob.expects(post(str(count + 1), by="idler"))
        newest = (await server.operator("GET", "/plugins/idler/history"))["history"][0]
        assert newest["verb"] == "renew" and newest["by"] == "riposte" and "memory at" in newest["result"], newest
