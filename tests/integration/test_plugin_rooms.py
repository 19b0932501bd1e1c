"""Plugins in rooms: where their commands can be given, what they say unasked, what they hear."""
import asyncio

import pytest

from harness import Refused, containing, eventually, named, post, running_server, story
from test_chat import two_in_a_room
from test_commands import two_with
from test_grants import replies, riposte, state_of
from test_plugins import wait_for_command

OK, BUSY, DENIED, NOT_FOUND = "0", "6", "7", "8"  # riposte_status


async def commands(person, room=None):
    catalogue = await person.rest("GET", "/commands", **({"room": room.uri} if room else {}))
    return {command["prefix"] for command in catalogue["commands"]}


async def refusal(person, room, line):
    with pytest.raises(Refused) as refused:
        await person.says(room, line)
    return refused.value.problem


@story
async def test_an_invited_plugin_answers_where_an_owner_has_added_it(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, tea = await two_in_a_room(server)
        coffee = await bob.creates_room("Coffee")
        direct = (await alice.rest("POST", "/rooms", {"direct": "dice"}))["room"]["uri"]
        version = (await alice.rest("GET", "/commands"))["version"]
        assert "where rooms invite it" in await riposte(server, "plugin", "rooms", "dice", "invited")
        assert (await alice.expects(named("catalogue")))["version"] > version
        before = (await alice.rest("GET", f"/rooms/{tea.uri}"))["last_seq"]

        problem = await refusal(bob, tea, "/dice")
        assert (problem["code"], problem["argument"]) == ("command_not_allowed", "dice")
        assert "an owner of the room can add it" in problem["detail"]
        assert (await alice.rest("GET", f"/rooms/{tea.uri}"))["last_seq"] == before, "nothing is stored"
        assert "/dice" in await commands(bob) and "/dice" not in await commands(bob, tea)
        with pytest.raises(Refused) as refused:
            await bob.rest("POST", "/commands/check", {"text": "/dice", "room": tea.uri})
        assert refused.value.code == "command_not_allowed"
        ack = await bob.says(tea, "/help")
        helped = await bob.expects(named("ephemeral", invocation=ack["invocation"]))
        assert "/dice" not in helped["text"] and "/poll" in helped["text"]

        with pytest.raises(Refused) as refused:
            await bob.rest("PUT", f"/rooms/{tea.uri}/plugins/dice", {})
        assert refused.value.code == "not_allowed"
        added = await alice.rest("PUT", f"/rooms/{tea.uri}/plugins/dice", {})
        assert (added["here"], added["invited"], added["hears"]) == (True, True, False)
        event = await bob.expects(named("membership", room=tea.uri, change="joined"))
        assert (event["user"]["name"], event["user"]["bot"], event["actor"]) == ("dice", True, "alice")
        assert "/dice" in await commands(bob, tea) and "/dice" not in await commands(bob, coffee)
        assert await replies(bob, tea, "/dice")
        await bob.rest("POST", "/commands/check", {"text": "/dice", "room": tea.uri})
        ack = await alice.rest("POST", f"/rooms/{direct}/messages", {"client_msg_id": "d1", "text": "/dice"})
        await alice.expects(named("invocation", id=ack["invocation"]["id"], state="done"))

        server.kill()
        await server.start()
        for person in (alice, bob):
            await person.hangs_up()
            await person.listens()
        await wait_for_command(server, bob, "/dice")
        assert (await state_of(server, "dice"))["rooms"] == "invited"
        assert await replies(bob, tea, "/dice")
        assert (await refusal(bob, coffee, "/dice"))["code"] == "command_not_allowed"
        await alice.rest("DELETE", f"/rooms/{tea.uri}/plugins/dice")
        await bob.expects(named("membership", room=tea.uri, change="removed"))
        assert (await refusal(bob, tea, "/dice"))["code"] == "command_not_allowed"
        await riposte(server, "plugin", "rooms", "dice", "everywhere")
        assert await replies(bob, coffee, "/dice")
        verbs = [(e["verb"], e["detail"]) for e in (await server.operator("GET", "/operator/audit"))["audit"]]
        assert ("plugin rooms", "invited") in verbs and ("plugin rooms", "everywhere") in verbs
        assert "rooms" in [e["verb"] for e in (await server.operator("GET", "/plugins/dice/history"))["history"]]


@story
async def test_a_plugin_is_told_what_room_it_is_in_and_which_timer_has_fired(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, tea = await two_with(server, "where")
        await wait_for_command(server, alice, "/where")
        direct = (await alice.rest("POST", "/rooms", {"direct": "where"}))["room"]["uri"]
        for isolation in ("worker", "in-process"):
            await riposte(server, "plugin", "isolation", "where", isolation)
            title = (await alice.rest("GET", f"/rooms/{tea.uri}"))["title"]
            await bob.says(tea, "/where 50")
            await alice.expects(post(f"the room {title}", by="where"))
            await alice.expects(post(f"the room {title}, the timer that was set", by="where"))
            await alice.rest("POST", f"/rooms/{direct}/messages", {"client_msg_id": isolation, "text": "/where 50"})
            await alice.expects(post("a conversation of two", by="where"))
            await alice.expects(post("a conversation of two, the timer that was set", by="where"))


@story
async def test_a_plugin_posts_unasked_where_it_is_and_no_faster_than_it_may(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, tea = await two_with(server, "herald", "mute")
        assert (await state_of(server, "herald"))["state"] == "needs grant: post"
        await riposte(server, "plugin", "grant", "herald", "post")
        await wait_for_command(server, alice, "/herald")
        for isolation in ("worker", "in-process"):
            await riposte(server, "plugin", "isolation", "herald", isolation)
            said = f"/dice from a {isolation}"
            assert await replies(alice, tea, f"/herald {tea.uri} {said}") == OK
            message = (await bob.expects(post(said, by="herald")))["message"]
            assert message["author"]["bot"] and not message["command"] and message["invocation"] is None
            assert await replies(alice, tea, f"/herald {tea.uri} too soon") == BUSY
            assert await replies(alice, tea, "/herald nowhere hello") == NOT_FOUND
            await asyncio.sleep(1.05)  # a second of the room's own
        assert (await alice.rest("GET", f"/rooms/{tea.uri}"))["unread"] == 0
        assert await replies(alice, tea, f"/mute {tea.uri} hello") == DENIED

        direct = (await alice.rest("POST", "/rooms", {"direct": "bob"}))["room"]["uri"]
        assert await replies(alice, tea, f"/herald {direct} hello, you two") == DENIED
        await riposte(server, "plugin", "rooms", "herald", "invited")
        cake = await alice.creates_room("Cake")
        await alice.rest("PUT", f"/rooms/{tea.uri}/plugins/herald", {})
        assert await replies(alice, tea, f"/herald {cake.uri} hello?") == DENIED
        await alice.rest("PUT", f"/rooms/{cake.uri}/plugins/herald", {})
        await asyncio.sleep(1.05)
        assert await replies(alice, tea, f"/herald {cake.uri} hello!") == OK
        await server.operator("POST", f"/operator/rooms/{cake.uri}/close")
        await asyncio.sleep(1.05)
        assert await replies(alice, tea, f"/herald {cake.uri} anybody?") == DENIED


@story
async def test_a_plugin_hears_people_where_the_room_lets_it(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, tea = await two_with(server, "listener")
        assert (await state_of(server, "listener"))["state"] == "needs grant: hear"
        with pytest.raises(Refused) as refused:
            await alice.rest("PUT", f"/rooms/{tea.uri}/plugins/listener", {"hears": True})
        assert (refused.value.code, refused.value.problem["argument"]) == ("invalid_value", "hears")
        await riposte(server, "plugin", "grant", "listener", "hear")
        await wait_for_command(server, alice, "/listen")

        await bob.says(tea, "tea for nobody to hear")
        await alice.rest("PUT", f"/rooms/{tea.uri}/plugins/listener", {})
        await bob.says(tea, "nor this tea")
        heard = await alice.rest("PUT", f"/rooms/{tea.uri}/plugins/listener", {"hears": True})
        assert heard["hears"] and heard["can_hear"]
        told = await bob.expects(named("membership", room=tea.uri, change="role"))
        assert (told["hears"], told["user"]["name"], told["actor"]) == (True, "listener", "alice")
        shown = (await bob.rest("GET", f"/rooms/{tea.uri}/plugins"))["plugins"]
        assert [p["plugin"] for p in shown if p["hears"]] == ["listener"]
        members = (await bob.rest("GET", f"/rooms/{tea.uri}/members"))["members"]
        assert {m["user"]["name"]: m["hears"] for m in members} == {"alice": False, "bob": False, "listener": True}
        told_again = (await bob.rest("GET", f"/rooms/{tea.uri}/events", after=told["seq"] - 1))["events"][0]
        assert told_again["hears"] is True

        for isolation in ("worker", "in-process"):
            await riposte(server, "plugin", "isolation", "listener", isolation)
            await bob.says(tea, f"who wants tea in the {isolation}?")
            answer = (await alice.expects(post(f"7 bob: who wants tea in the {isolation}?", by="listener")))["message"]
            assert answer["author"]["bot"]
        for line in ("/echo more tea", "//tea", "coffee", "hush, tea", "tea alone"):
            await bob.says(tea, line)
        await alice.expects(post("7 bob: /tea", by="listener"))
        await alice.expects(post("alone: 2", by="listener"))
        assert not [e for e in alice.heard if e["event"] == "post" and e["message"]["text"].startswith("7 ")
                    and ("nobody" in e["message"]["text"] or "nor" in e["message"]["text"] or "more" in e["message"]["text"])]
        ack = await bob.says(tea, "/listen 3 咖啡|coffee")
        await bob.expects(named("invocation", id=ack["invocation"], state="done"))
        await bob.says(tea, "一杯咖啡")
        await alice.expects(post("3 bob: 一杯咖啡", by="listener"))

        # Nobody is told of such calls.
        assert all(i["command"] for i in (await bob.rest("GET", "/me/invocations"))["invocations"])
        assert not [e for e in bob.heard if e["event"] == "invocation" and not e["command"]]

        await alice.rest("PUT", f"/rooms/{tea.uri}/plugins/listener", {"hears": False})
        assert (await bob.expects(named("membership", room=tea.uri, change="role")))["hears"] is False
        assert not any(m["hears"] for m in (await bob.rest("GET", f"/rooms/{tea.uri}/members"))["members"])
        await bob.says(tea, "tea in private")
        assert await replies(bob, tea, "/listen 4 x") == OK
        assert not [e for e in bob.heard if e["event"] == "post" and "7 bob: tea in private" in e["message"]["text"]]


@story
async def test_a_listener_that_is_slow_or_dies_is_in_nobodys_way(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, tea = await two_with(server, "listener")
        await state_of(server, "listener")
        await riposte(server, "plugin", "grant", "listener", "hear")
        await wait_for_command(server, alice, "/listen")
        await alice.rest("PUT", f"/rooms/{tea.uri}/plugins/listener", {"hears": True})
        for i in range(200):
            await bob.sends_post(tea, f"slow tea {i}")
        ack = await asyncio.wait_for(alice.says(tea, "/echo meanwhile"), 5)
        await alice.expects(named("invocation", id=ack["invocation"], state="done"))
        await eventually(lambda: state_of(server, "listener"), lambda view: view["unheard"] > 100, "what it missed")

        await eventually(lambda: state_of(server, "listener"), lambda view: view["calls"] + view["unheard"] == 200, "the rest")
        await bob.says(tea, "die of tea")
        await eventually(lambda: state_of(server, "listener"), lambda view: "SIGABRT" in view["reason"], "its death")
        await eventually(lambda: state_of(server, "listener"), lambda view: view["state"] == "live", "its return")
        await bob.says(tea, "tea again")
        await alice.expects(post(containing("7 bob: tea again"), by="listener"))
        assert not [e for e in alice.heard if e["event"] == "command_failed"]
