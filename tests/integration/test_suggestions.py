"""What plugins suggest while people type: for whom, how fast, and what a bad one cannot do."""
import asyncio
import time

import pytest

from harness import BUILD, Refused, named, post, running_server, story
from test_chat import two_in_a_room
from test_commands import two_with
from test_plugins import wait_for_command

LIMIT_S = 0.3


async def suggested(person, room, text):
    answer = await person.rest("GET", f"/rooms/{room.uri}/suggestions", text=text)
    return answer["option"], [value["value"] for value in answer["values"]]


async def ready(tmp_path_server):
    alice, bob, room = await two_with(tmp_path_server, "hints")
    await wait_for_command(tmp_path_server, alice, "/hint")
    return alice, bob, room


@story
async def test_units_offers_what_fits_the_argument(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_in_a_room(server)
        (command,) = [c for c in (await alice.rest("GET", "/commands"))["commands"] if c["prefix"] == "/convert"]
        assert [o["suggests"] for o in command["options"]] == [False, True, True]
        option, values = await suggested(alice, room, "/convert 3 ki")
        assert option == "from" and "km" in values and "kg" in values
        option, values = await suggested(alice, room, "/convert 3 km ")
        assert option == "to" and "mile" in values and "kg" not in values and "km" not in values
        assert await suggested(alice, room, "/换算　３　公里 to=英") == ("to", ["mile", "ft", "in"])
        assert await suggested(alice, room, "/convert 3") == ("amount", [])
        assert await suggested(alice, room, "/convert 3 km mile ") == (None, [])
        assert await suggested(alice, room, "hello") == (None, [])
        # Nothing of it was a command.
        await alice.says(room, "/convert 3 km mile")
        await bob.expects(post("3 km = **1.86411 mile**", by="units"))
        assert len([e for e in bob.heard if e["event"] == "post"]) == 2


@story
async def test_only_members_are_told_and_only_on_what_they_may_give(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_in_a_room(server)
        server.installs(BUILD / "plugins-optional/drill.so", "drill")
        await wait_for_command(server, alice, "/drill")
        stranger = await server.sign_up("stranger")
        for person, text, code in ((stranger, "/convert 3 k", "not_found"), (bob, "/drill cr", "command_not_allowed"),
                                   (bob, "/conver 3 k", "unknown_command")):
            with pytest.raises(Refused) as refused:
                await suggested(person, room, text)
            assert refused.value.code == code
        open_room = await alice.creates_room("Open", visibility="public")
        with pytest.raises(Refused) as refused:
            await suggested(stranger, open_room, "/convert 3 k")
        assert refused.value.code == "not_a_member"


@story
async def test_a_plugin_that_is_slow_to_suggest_delays_nobody(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await ready(server)
        assert (await suggested(alice, room, "/hint ab"))[1] == [f"ab{i}" for i in range(25)]
        begin = time.monotonic()
        assert (await suggested(alice, room, "/hint slow"))[1] == []
        assert LIMIT_S * 0.9 < time.monotonic() - begin < 0.55
        ack = await bob.says(room, "/hint done")
        await bob.expects(named("invocation", id=ack["invocation"], state="done"))
        # It is left alone for a while: not asked, not even what it could answer at once.
        assert (await suggested(alice, room, "/hint ab"))[1] == []


@story
async def test_nothing_is_asked_while_a_command_runs(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await ready(server)
        ack = await bob.says(room, "/hint done 700")
        begin = time.monotonic()
        assert (await suggested(alice, room, "/hint ab"))[1] == []
        assert time.monotonic() - begin < LIMIT_S
        await bob.expects(named("invocation", id=ack["invocation"], state="done"))
        assert (await suggested(alice, room, "/hint ab"))[1] != []


@story
async def test_of_one_person_the_newest_question_counts(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await ready(server)
        begin = time.monotonic()
        older = asyncio.create_task(suggested(alice, room, "/hint late"))
        await asyncio.sleep(0.03)  # the older one is at the plugin by now
        others = asyncio.create_task(suggested(bob, room, "/hint b"))
        newer = await suggested(alice, room, "/hint ab")
        assert (await older)[1] == [] and newer[1][:2] == ["ab0", "ab1"] and (await others)[1][:1] == ["b0"]
        assert time.monotonic() - begin < 2 * LIMIT_S


@pytest.mark.parametrize("word", ["hang", "die"])
def test_a_suggestion_that_never_comes_back_costs_a_restart_at_most(tmp_path, word):
    @story
    async def tell(tmp_path):
        async with running_server(tmp_path) as server:
            alice, bob, room = await ready(server)
            assert (await suggested(alice, room, f"/hint {word}"))[1] == []
            ack = await bob.says(room, "/hint served")
            await bob.expects(named("invocation", id=ack["invocation"], state="done"), within=5)
            await bob.expects(post("served", by="hints"))
    tell(tmp_path)


@story
async def test_what_is_no_suggestion_is_left_out(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await ready(server)
        assert (await suggested(alice, room, "/hint wrong"))[1][0] == "wrong0"
        assert (await suggested(alice, room, "/hint throw"))[1] == []
        assert (await suggested(alice, room, "/hint ab"))[1][0] == "ab0"


@story
async def test_a_swap_while_people_type_answers_every_question(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await ready(server)
        admin = await server.administrator()
        typing = [asyncio.create_task(suggested(person, room, f"/hint w{i}")) for i in range(20) for person in (alice, bob)]
        await admin.rest("POST", "/plugins/hints/reload", {"force": True})
        for question in typing:
            option, _ = await question
            assert option == "word"
        assert (await suggested(alice, room, "/hint ab"))[1] != []
