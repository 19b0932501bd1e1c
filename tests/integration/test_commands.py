"""Every command, as two people see it."""
import pytest

from harness import FIXTURES, Refused, containing, named, post, running_server, story
from test_chat import two_in_a_room


async def two_with(server, *fixtures):
    for name in fixtures:
        server.installs(FIXTURES / f"{name}.so", name)
    return await two_in_a_room(server)


@story
async def test_echo_answers_everyone_in_the_room(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_in_a_room(server)
        ack = await alice.says(room, "/echo hello there")
        await bob.expects(post("/echo hello there", by="alice"))
        answer = await bob.expects(post(containing("hello there"), by="echo"))
        assert answer["message"]["author"]["bot"] and answer["message"]["invocation"] == ack["invocation"]
        done = await alice.expects(named("invocation", id=ack["invocation"], state="done"))
        assert done["plugin"] == "echo"


@story
async def test_each_bundled_plugin_answers(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_in_a_room(server)
        for line, bot in (("/dice 2d6", "dice"), ("/骰子", "dice"), ("／dice　２d６", "dice"),
                          ("/poll Lunch? | noodles | rice", "poll"), ("/poll show", "poll"), ("/poll close", "poll"),
                          ("/ask how do I invite someone to a room", "ask"), ("/问 怎么邀请别人", "ask")):
            await alice.says(room, line)
            await bob.expects(named_post_by(bot), what=f"an answer to {line}")


def named_post_by(bot):
    return lambda e: e.get("event") == "post" and e["message"]["author"]["name"].startswith(bot)


@story
async def test_votes_count_once_and_the_result_is_told(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_in_a_room(server)
        await alice.says(room, "/poll Lunch? | noodles | rice")
        await bob.expects(named_post_by("poll"))
        for person, choice in ((alice, "1"), (bob, "2"), (bob, "1")):
            ack = await person.says(room, f"/poll vote {choice}")
            await person.expects(named("ephemeral", invocation=ack["invocation"]))
        await alice.says(room, "/poll close")
        result = await bob.expects(lambda e: named_post_by("poll")(e) and "2" in e["message"]["text"])
        assert "noodles" in result["message"]["text"]


@story
async def test_a_mistyped_command_is_never_shown_and_can_be_sent_as_text(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_in_a_room(server)
        with pytest.raises(Refused) as refused:
            await alice.says(room, "/dicee 2d6")
        assert refused.value.code == "unknown_command" and "/dice" in refused.value.problem["suggestions"]
        with pytest.raises(Refused) as refused:
            await alice.says(room, "/remind never tea")
        assert refused.value.code == "bad_argument" and refused.value.problem["position"] == 8
        by_rest = f"/rooms/{room.uri}/messages"
        with pytest.raises(Refused) as refused:
            await alice.rest("POST", by_rest, {"client_msg_id": "wrong", "text": "/nonsense"})
        assert refused.value.status == 422
        await alice.says(room, "/nonsense", as_text=True)
        await bob.expects(post("/nonsense"))
        await alice.says(room, "//shrug")
        await bob.never_hears(post(containing("dicee")), until=post("/shrug"))


@story
async def test_help_is_for_its_author_and_in_his_language(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_in_a_room(server)
        ack = await alice.says(room, "/help")
        answer = await alice.expects(named("ephemeral", invocation=ack["invocation"]))
        assert "/dice" in answer["text"] and "/ask" in answer["text"] and "id" not in ack
        ack = await alice.says(room, "/help dice")
        assert "/dice" in (await alice.expects(named("ephemeral", invocation=ack["invocation"])))["text"]
        await alice.says(room, "that was it")
        await bob.never_hears(lambda e: "/help" in str(e), until=post("that was it"))


@story
async def test_an_author_only_command_is_seen_by_its_author_alone(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_with(server, "whisper")
        await installed(server, "/whisper")
        ack = await alice.says(room, "/whisper secret")
        assert (await alice.expects(named("ephemeral", invocation=ack["invocation"])))["text"] == "secret"
        await alice.says(room, "done")
        await bob.never_hears(lambda e: "secret" in str(e), until=post("done"))
        assert not any("secret" in m["text"] for m in await bob.history(room))
        # who was away learns it from hello
        await alice.hangs_up()
        hello = await alice.listens()
        assert [r["text"] for i in hello["invocations"] for r in i["replies"] if i["id"] == ack["invocation"]] == ["secret"]


async def installed(server, prefix, within=600):
    """The catalogue has the command."""
    import asyncio
    someone = await server.sign_up("catalogue-reader")
    for _ in range(within):
        if any(c["prefix"] == prefix for c in (await someone.rest("GET", "/commands"))["commands"]):
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"{prefix} is not in the catalogue: {server.log[-2000:]}")


@story
async def test_a_bot_and_an_edit_never_run_a_command(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_in_a_room(server)
        await alice.says(room, "/echo /dice 2d6")
        await bob.expects(post(containing("/dice 2d6"), by="echo"))
        ack = await alice.says(room, "plain")
        await alice.rest("PATCH", f"/rooms/{room.uri}/messages/{ack['id']}", {"text": "/dice 2d6"})
        await bob.expects(named("edit"))
        await alice.says(room, "end")
        await bob.never_hears(named_post_by("dice"), until=post("end"))


@story
async def test_a_repeated_command_runs_once(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_in_a_room(server)
        first = await alice.says(room, "/echo once", client_msg_id="cmd")
        again = await alice.says(room, "/echo once", client_msg_id="cmd")
        assert again["invocation"] == first["invocation"]
        await bob.expects(post(containing("once"), by="echo"))
        await alice.says(room, "end")
        await bob.expects(post("end"))
        assert sum(named_post_by("echo")(e) for e in bob.heard) == 1


@story
async def test_a_command_can_be_cancelled_by_its_author_only(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_with(server, "slow")
        await installed(server, "/slow")
        ack = await alice.says(room, "/slow 20000")
        await alice.expects(named("invocation", id=ack["invocation"], state="running"))
        with pytest.raises(Refused) as refused:
            await bob.rest("POST", f"/invocations/{ack['invocation']}/cancel", {})
        assert refused.value.status == 404
        await alice.rest("POST", f"/invocations/{ack['invocation']}/cancel", {})
        ended = await alice.expects(named("invocation", id=ack["invocation"], state="failed"))
        assert ended["code"] == "cancelled"


@story
async def test_a_reminder_survives_a_restart_and_fires_once(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_in_a_room(server)
        await alice.says(room, "/remind 3s drink tea")
        await alice.expects(named_post_by("remind"))
        server.kill()
        await server.start()
        await bob.listens()
        await bob.expects(lambda e: named_post_by("remind")(e) and "drink tea" in e["message"]["text"], within=30)
        posts = [m for m in await bob.history(room, limit=100) if m["author"]["name"].startswith("remind") and "drink tea" in m["text"]]
        assert len([m for m in posts if "@alice" in m["text"]]) <= 1
