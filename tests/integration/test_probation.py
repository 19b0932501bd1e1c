"""A new build is watched; a bad one gives way to the good one by itself, and nobody waits in vain."""

from harness import FIXTURES, Refused, containing, eventually, named, post, running_server, story
from test_commands import installed, two_with
from test_plugins import serves

PROBATION = {"PLUGINS__PROBATION_MS": "300", "PLUGINS__PROBATION_CALLS": "3", "PLUGINS__CALL_FIRST_OUTPUT_MS": "1000"}


async def view_of(server, plugin):
    return await server.operator("GET", f"/plugins/{plugin}")


async def becomes(server, plugin, **wanted):
    return await eventually(lambda: view_of(server, plugin), lambda view: all(view[key] == value for key, value in wanted.items()))


async def ends(person, ack):
    return await person.expects(lambda e: e.get("event") == "invocation" and e["id"] == ack["invocation"]
                                and e["state"] in ("done", "failed"), within=20)


@story
async def test_a_build_that_crashes_on_probation_gives_way_to_the_good_one(tmp_path):
    async with running_server(tmp_path, settings=PROBATION) as server:
        alice, bob, room = await two_with(server, "trial_v1")
        await installed(server, "/trial")
        admin = await server.administrator()
        server.installs(FIXTURES / "trial_v2.so", "trial_v1")
        await serves(admin, "trial", "2")
        assert (await view_of(server, "trial"))["state"] == "probation 0/3"
        await alice.says(room, "/trial hello")
        await bob.expects(post("v2 hello"))
        assert "probation 1/3" in server.riposte("plugin", "list").stdout

        fatal = await alice.says(room, "/trial die")
        ended = await ends(alice, fatal)
        assert ended["code"] == "crashed", ended
        view = await becomes(server, "trial", version="1", state="live")
        assert view["reason"] == "2 rolled back: SIGABRT"
        await bob.says(room, "/trial again")
        await bob.expects(post("v1 again"))
        ends_told = [e for e in alice.heard if e["event"] == "invocation" and e["id"] == fatal["invocation"]
                     and e["state"] in ("done", "failed")]
        assert len(ends_told) == 1, ends_told

        listed = server.riposte("plugin", "list").stdout
        assert "live; 2 rolled back" in listed, listed
        history = server.riposte("plugin", "history", "trial").stdout
        assert "rollback" in history and "2 rolled back: SIGABRT" in history, history
        again = server.riposte("plugin", "reload", "trial")
        assert again.returncode == 1 and "refused before" in again.stdout, again

        await server.restarts()  # killed: the registry has it all
        view = await becomes(server, "trial", version="1", state="live")
        assert view["reason"] == "2 rolled back: SIGABRT"


@story
async def test_a_build_that_proves_good_stays(tmp_path):
    async with running_server(tmp_path, settings=PROBATION) as server:
        alice, bob, room = await two_with(server, "trial_v1")
        await installed(server, "/trial")
        admin = await server.administrator()
        server.installs(FIXTURES / "trial_v2.so", "trial_v1")
        await serves(admin, "trial", "2")
        for word in ("one", "two", "three"):
            await alice.says(room, f"/trial {word}")
            await bob.expects(post(f"v2 {word}"))
        await becomes(server, "trial", version="2", state="live")
        history = await eventually(lambda: server.operator("GET", "/plugins/trial/history"),
                                   lambda answer: answer["history"][0]["verb"] == "proved")
        assert history["history"][0]["by"] == "riposte", history
        ended = await ends(alice, await alice.says(room, "/trial die"))
        assert ended["code"] == "crashed"
        await alice.says(room, "/trial after")
        await bob.expects(post("v2 after"))


@story
async def test_a_hang_on_probation_brings_the_good_build_back(tmp_path):
    async with running_server(tmp_path, settings=PROBATION) as server:
        alice, bob, room = await two_with(server, "trial_v1")
        await installed(server, "/trial")
        admin = await server.administrator()
        server.installs(FIXTURES / "trial_v2.so", "trial_v1")
        await serves(admin, "trial", "2")
        ended = await ends(alice, await alice.says(room, "/trial hang"))
        assert ended["code"] == "timed_out", ended
        await becomes(server, "trial", version="1", state="live")
        await bob.says(room, "/trial again")
        await bob.expects(post("v1 again"))


@story
async def test_the_operator_chooses_what_becomes_of_the_data(tmp_path):
    async with running_server(tmp_path, settings=PROBATION) as server:
        alice, bob, room = await two_with(server, "trial_v1")
        await installed(server, "/trial")
        admin = await server.administrator()
        await ends(alice, await alice.says(room, "/write tea"))
        server.installs(FIXTURES / "trial_v3.so", "trial_v1")
        await serves(admin, "trial", "3")
        await alice.says(room, "/read")
        await bob.expects(post("migrated"))

        unsaid = server.riposte("plugin", "rollback", "trial")
        assert unsaid.returncode != 0 and "restore it as it was" in unsaid.stdout + unsaid.stderr, unsaid
        try:
            await server.operator("POST", "/plugins/trial/rollback", {"data": "burn"})
            raise AssertionError("accepted")
        except Refused as refusal:
            assert refusal.code == "invalid_value"
        restored = server.riposte("plugin", "rollback", "trial", "--data", "restore")
        assert restored.returncode == 0 and "lost: what was stored since" in restored.stdout, restored
        await alice.says(room, "/read")
        await bob.expects(post("tea"))
