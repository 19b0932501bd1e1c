"""Two people chat."""
import asyncio

import pytest

from harness import PASSWORD, Refused, containing, named, post, running_server, story


async def two_in_a_room(server):
    alice = await server.sign_up("alice")
    room = await alice.creates_room("Tea")
    bob = await server.sign_up("bob", invite=room.invite)
    await alice.listens()
    await bob.listens()
    return alice, bob, room


@story
async def test_two_people_see_each_others_messages_in_one_order(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_in_a_room(server)
        await asyncio.gather(*(person.says(room, f"{person.name} {i}") for i in range(50) for person in (alice, bob)))
        for person in (alice, bob):
            for _ in range(100):
                await person.expects(named("post"))
        posts = [[e["seq"] for e in p.heard if e["event"] == "post"] for p in (alice, bob)]
        assert posts[0] == posts[1] == list(range(posts[0][0], posts[0][0] + 100))


@story
async def test_an_ack_comes_before_the_post_that_it_acknowledges(tmp_path):
    async with running_server(tmp_path) as server:
        alice, _, room = await two_in_a_room(server)
        ack = await alice.says(room, "hello")
        await alice.expects(post("hello"))
        order = [e["event"] for e in alice.heard if e["event"] in ("ack", "post")]
        assert order == ["ack", "post"]
        assert (await alice.history(room))[-1]["id"] == ack["id"]


@story
async def test_a_repeated_send_is_the_same_message_for_ever(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_in_a_room(server)
        first = await alice.says(room, "once", client_msg_id="same")
        again = await alice.says(room, "once", client_msg_id="same")
        assert again["id"] == first["id"] and again["repeated"]
        by_rest = await alice.rest("POST", f"/rooms/{room.uri}/messages", {"client_msg_id": "same", "text": "once"})
        assert by_rest["message"]["id"] == first["id"]
        with pytest.raises(Refused) as refused:
            await alice.says(room, "other", client_msg_id="same")
        assert refused.value.code == "message_conflict"
        await server.restarts()
        await alice.listens()
        assert (await alice.says(room, "once", client_msg_id="same"))["id"] == first["id"]
        assert [m["text"] for m in await bob.history(room)].count("once") == 1


@story
async def test_edit_and_delete_reach_everyone_and_scrub_the_text(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_in_a_room(server)
        ack = await alice.says(room, "tpyo")
        await alice.sends({"do": "edit", "room": room.uri, "id": ack["id"], "text": "typo", "ref": 1})
        await alice.expects(named("done", ref=1))
        edit = await bob.expects(named("edit"))
        assert edit["message"]["text"] == "typo" and edit["message"]["edited_at"]
        with pytest.raises(Refused) as refused:
            await bob.rest("PATCH", f"/rooms/{room.uri}/messages/{ack['id']}", {"text": "mine now"})
        assert refused.value.code == "not_allowed"
        await alice.sends({"do": "delete", "room": room.uri, "id": ack["id"], "ref": 2})
        await bob.expects(named("delete", id=ack["id"]))
        (tombstone,) = [m for m in await bob.history(room) if m["id"] == ack["id"]]
        assert tombstone["deleted"] and tombstone["text"] == ""


@story
async def test_a_removed_member_hears_nothing_more_and_is_barred_until_invited(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_in_a_room(server)
        await alice.rest("DELETE", f"/rooms/{room.uri}/members/bob")
        await bob.expects(named("removed", room=room.uri))
        await alice.says(room, "secret")
        await bob.sends({"do": "ping"})
        await bob.never_hears(post("secret"), until=named("pong"))
        for path in (f"/rooms/{room.uri}/messages", f"/rooms/{room.uri}/events", f"/rooms/{room.uri}/members"):
            with pytest.raises(Refused) as refused:
                await bob.rest("GET", path)
            assert refused.value.status in (403, 404)
        with pytest.raises(Refused):
            await bob.says(room, "let me in")
        invite = await alice.rest("POST", f"/rooms/{room.uri}/invites", {})
        await bob.rest("POST", f"/invites/{invite['token']}", {})
        await bob.expects(named("joined"))
        await bob.says(room, "back")
        await alice.expects(post("back"))


@story
async def test_a_stranger_sees_nothing_of_a_private_room(tmp_path):
    async with running_server(tmp_path) as server:
        alice, _, room = await two_in_a_room(server)
        ack = await alice.says(room, "hidden")
        eve = await server.sign_up("eve")
        await eve.listens({room.uri: 0})
        for method, path, body in (("GET", "", None), ("GET", "/messages", None), ("GET", "/members", None), ("GET", "/events", None),
                                   ("POST", "/messages", {"client_msg_id": "x", "text": "x"}), ("POST", "/members", {}),
                                   ("POST", "/invites", {}), ("PATCH", f"/messages/{ack['id']}", {"text": "x"}),
                                   ("DELETE", f"/messages/{ack['id']}", None), ("POST", "/read", {"seq": 1})):
            with pytest.raises(Refused) as refused:
                await eve.rest(method, f"/rooms/{room.uri}{path}", body)
            assert refused.value.status in (403, 404), path
        assert (await eve.rest("GET", "/search", q="hidden"))["hits"] == []
        await alice.says(room, "more")
        await eve.sends({"do": "ping"})
        await eve.never_hears(lambda e: e.get("room") == room.uri, until=named("pong"))


@story
async def test_unread_and_mentions_are_counted_and_cleared(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_in_a_room(server)
        await bob.hangs_up()
        for text in ("one", "@bob two", "three"):
            last = await alice.says(room, text)
        hello = await bob.listens({})
        (mine,) = [r for r in hello["rooms"] if r["uri"] == room.uri]
        assert (mine["unread"], mine["mentions"]) == (3, 1)
        await bob.rest("POST", f"/rooms/{room.uri}/read", {"seq": last["seq"]})
        mine = await bob.rest("GET", f"/rooms/{room.uri}")
        assert (mine["unread"], mine["mentions"]) == (0, 0)


@story
async def test_search_finds_chinese_and_english(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_in_a_room(server)
        await alice.says(room, "今天的天气很好")
        await alice.says(room, "the weather was lovely")
        for query in ("天气", "weather"):
            for _ in range(100):  # indexed at most a second later
                hits = (await bob.rest("GET", "/search", q=query))["hits"]
                if hits:
                    break
                await asyncio.sleep(0.05)
            assert len(hits) == 1, query


@story
async def test_signing_out_everywhere_ends_every_socket(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, _ = await two_in_a_room(server)
        await alice.rest("DELETE", "/sessions", all="true")
        assert await alice.is_disconnected() == 4001
        with pytest.raises(Refused) as refused:
            await alice.rest("GET", "/me")
        assert refused.value.status == 401
        await bob.rest("GET", "/me")


@story
async def test_a_long_absence_is_summed_up_and_a_short_one_is_told(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_in_a_room(server)
        await bob.hangs_up()
        for i in range(5):
            await alice.says(room, f"short {i}")
        await bob.listens()
        for i in range(5):
            await bob.expects(post(f"short {i}"))
        await bob.hangs_up()
        for i in range(250):
            await alice.says(room, f"long {i}")
        await bob.listens()
        gap = await bob.expects(named("gap"))
        assert gap["unread"] >= 250 and gap["to"] - gap["from"] == 249
        assert not any(post(containing("long"))(e) for e in bob.heard)


@story
async def test_a_stop_tells_sockets_to_come_back_and_exits_cleanly(tmp_path):
    async with running_server(tmp_path) as server:
        alice, _, _ = await two_in_a_room(server)
        stopped = asyncio.get_running_loop().run_in_executor(None, server.stops)
        await alice.expects(named("bye", reason="restart"))
        assert await alice.is_disconnected() == 1012
        assert await stopped == 0
        assert not list((tmp_path / "data").glob("*-wal")) or not (tmp_path / "data/riposte.db-wal").stat().st_size


@story
async def test_a_flood_of_frames_is_turned_away_and_the_socket_lives_on(tmp_path):
    async with running_server(tmp_path, settings={"LIMITS__REQUESTS_PER_10S": "100"}) as server:
        alice, bob, room = await two_in_a_room(server)
        for _ in range(150):
            await alice.sends({"do": "ping"})
        refused = await alice.expects(named("problem", code="rate_limited"))
        assert refused["retry_after_s"] >= 1
        await bob.says(room, "others go on")
        await alice.expects(post("others go on"))
