"""Everything that REST offers, as stories; the harness holds every answer against docs/openapi.yaml."""
import asyncio
import os
import uuid

import pytest

import openapi
from harness import FIXTURES, PASSWORD, Refused, named, post, running_server, story
from access_stories import *  # noqa: F401,F403 - its stories are run here
from operator_stories import *  # noqa: F401,F403 - and these
from talk_stories import *  # noqa: F401,F403 - and these


async def refused(call, code: str, **fields):
    """The problem, which has this code and these fields."""
    with pytest.raises(Refused) as caught:
        await call
    problem = caught.value.problem
    assert problem["code"] == code, problem
    assert fields.items() <= problem.items(), problem
    return problem


def texts(messages):
    return [m["text"] for m in messages]


async def writes(person, room, text, **fields):
    """Posts by REST; the message."""
    body = {"client_msg_id": uuid.uuid4().hex, "text": text} | fields
    return (await person.rest("POST", f"/rooms/{room.uri}/messages", body))["message"]


# --- accounts ---------------------------------------------------------------------------------------------------------

@story
async def test_an_account_from_its_first_to_its_last_day(tmp_path):
    async with running_server(tmp_path) as server:
        alice = await server.sign_up("Alice", display_name="Alice in Tea", locale="en")
        me = await alice.rest("GET", "/me")
        assert (me["name"], me["display_name"], me["locale"]) == ("alice", "Alice in Tea", "en")
        me = await alice.rest("PATCH", "/me", {"display_name": "爱丽丝", "locale": "zh-CN"})
        assert (me["display_name"], me["locale"]) == ("爱丽丝", "zh-CN")
        bob = await server.sign_up("bob")
        assert (await bob.rest("GET", "/users/ALICE"))["display_name"] == "爱丽丝"
        assert (await alice.rest("GET", "/me/invocations")) == {"invocations": []}

        room = await alice.creates_room("Tea")
        await bob.joins(room)
        await writes(alice, room, "I was here")
        exported = await alice.rest("GET", "/me/export")
        assert "I was here" in str(exported) and "argon2" not in str(exported)

        await refused(alice.rest("DELETE", "/me", {"password": "wrong password"}), "wrong_credentials")
        await alice.rest("DELETE", "/me", {"password": PASSWORD})
        await refused(alice.rest("GET", "/me"), "unauthenticated")
        await refused(bob.rest("GET", "/users/alice"), "not_found")
        left = (await bob.history(room))[-1]
        assert left["text"] == "I was here" and "alice" not in left["author"]["name"]
        assert "爱丽丝" not in left["author"]["display_name"]
        again = await server.sign_up("alice")
        assert await again.rest("GET", "/rooms") == {"rooms": []}


@story
async def test_names_of_any_script_are_one_whatever_their_case(tmp_path):
    async with running_server(tmp_path) as server:
        await server.sign_up("Bob_2")
        for taken in ("bob_2", "BOB_2", "ＢＯＢ_2"):
            await refused(server.sign_up(taken), "name_taken")
        ming = await server.sign_up("小明")
        assert (await ming.rest("GET", "/users/小明"))["name"] == "小明"
        for name in ("x", "a b", "a/b", "-" * 33, "", "a\u202eb", "deleted\u0000"):
            await refused(server.sign_up(name), "invalid_value", argument="name")
        for password in ("short", "x" * 300, "charlie1"):
            await refused(server.sign_up("charlie1", password=password), "invalid_value", argument="password")


@story
async def test_sessions_begin_and_end(tmp_path):
    async with running_server(tmp_path) as server:
        alice = await server.sign_up("alice")
        unknown = await refused(server.rest("POST", "/sessions", {"name": "nobody", "password": PASSWORD}), "wrong_credentials")
        wrong = await refused(server.rest("POST", "/sessions", {"name": "alice", "password": "wrong"}), "wrong_credentials")
        assert {**unknown, "request_id": 0} == {**wrong, "request_id": 0}  # nothing tells which names exist

        phone = await server.signs_in("alice")
        await phone.rest("DELETE", "/sessions")
        await refused(phone.rest("GET", "/me"), "unauthenticated")
        await alice.rest("GET", "/me")

        phone = await server.signs_in("alice")
        await alice.rest("DELETE", "/sessions", all="true")
        for device in (alice, phone):
            await refused(device.rest("GET", "/me"), "unauthenticated")


@story
async def test_a_new_password_ends_every_other_session(tmp_path):
    async with running_server(tmp_path) as server:
        alice = await server.sign_up("alice")
        phone = await server.signs_in("alice")
        await phone.listens()
        await refused(alice.rest("PUT", "/me/password", {"old": "wrong", "new": "another horse"}), "wrong_credentials")
        await refused(alice.rest("PUT", "/me/password", {"old": PASSWORD, "new": "short"}), "invalid_value")
        await alice.rest("PUT", "/me/password", {"old": PASSWORD, "new": "another horse"})
        await alice.rest("GET", "/me")
        await phone.expects(named("bye", reason="signed_out"))
        assert await phone.is_disconnected() == 4001
        await refused(phone.rest("GET", "/me"), "unauthenticated")
        await refused(server.signs_in("alice"), "wrong_credentials")
        await server.signs_in("alice", "another horse")


@story
async def test_a_reset_link_works_once(tmp_path):
    async with running_server(tmp_path) as server:
        alice = await server.sign_up("alice")
        link = (await server.operator("POST", "/operator/users/Alice/reset-link"))["url"]
        await refused(server.operator("POST", "/operator/users/nobody/reset-link"), "not_found")
        token = link.split("/reset/")[1]
        await refused(server.rest("POST", f"/password-resets/{token}x", {"password": "another horse"}), "bad_link")
        await server.rest("POST", f"/password-resets/{token}", {"password": "another horse"})
        await refused(server.rest("POST", f"/password-resets/{token}", {"password": "third horse"}), "bad_link")
        await refused(alice.rest("GET", "/me"), "unauthenticated")
        await server.signs_in("alice", "another horse")


@story
async def test_registration_follows_the_operators_wish(tmp_path):
    async with running_server(tmp_path, settings={"AUTH__REGISTRATION": "link"}) as server:
        await refused(server.sign_up("alice"), "registration_closed")
        admin = await server.administrator()
        assert (await admin.rest("GET", "/me"))["admin"]
        room = await admin.creates_room("Tea")
        alice = await server.sign_up("alice", invite=room.invite)
        assert [r["uri"] for r in (await alice.rest("GET", "/rooms"))["rooms"]] == [room.uri]
        await refused(server.sign_up("bob", invite="A" * 43), "bad_link")
        await refused(server.sign_up("bob", link="A" * 43), "bad_link")


# --- rooms ------------------------------------------------------------------------------------------------------------

@story
async def test_rooms_are_made_listed_and_changed(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob = await server.sign_up("alice"), await server.sign_up("bob")
        made = await alice.rest("POST", "/rooms", {"title": "茶 Tea", "uri": "tea-room", "visibility": "public"})
        room = made["room"]
        assert (room["uri"], room["title"], room["visibility"], room["role"]) == ("tea-room", "茶 Tea", "public", "owner")
        assert made["invite"]["url"] == f"{server.url}/join/{made['invite']['token']}"
        await refused(bob.rest("POST", "/rooms", {"title": "Mine", "uri": "tea-room"}), "uri_taken")
        private = await alice.creates_room("Secret")

        listed = (await bob.rest("GET", "/rooms", public="true"))["rooms"]
        assert [r["uri"] for r in listed] == ["tea-room"] and listed[0]["role"] is None
        await refused(bob.rest("GET", f"/rooms/{private.uri}"), "not_found")
        joined = (await bob.rest("POST", "/rooms/tea-room/members", {}))["room"]
        assert joined["role"] == "member" and joined["member_count"] == 2
        await refused(bob.rest("POST", f"/rooms/{private.uri}/members", {}), "not_found")
        assert (await bob.rest("GET", "/rooms", public="true"))["rooms"] == []

        await refused(bob.rest("PATCH", "/rooms/tea-room", {"title": "Coffee"}), "not_allowed")
        changed = await alice.rest("PATCH", "/rooms/tea-room", {"title": "Coffee", "visibility": "private"})
        assert (changed["title"], changed["visibility"]) == ("Coffee", "private")
        assert (await bob.rest("GET", "/rooms/tea-room"))["title"] == "Coffee"


@story
async def test_invites_let_people_in_for_as_long_and_as_often_as_they_say(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, carol = [await server.sign_up(name) for name in ("alice", "bob", "carol")]
        room = await alice.creates_room("Tea")
        once = await alice.rest("POST", f"/rooms/{room.uri}/invites", {"uses": 1, "expires_in_s": 3600})
        preview = await server.rest("GET", f"/invites/{once['token']}")  # without signing in
        assert preview == {"room": {"uri": room.uri, "title": "Tea"}, "created_by": "alice"}
        assert (await bob.rest("POST", f"/invites/{once['token']}"))["room"]["uri"] == room.uri
        await bob.rest("POST", f"/invites/{once['token']}")  # a member uses nothing up
        await refused(carol.rest("POST", f"/invites/{once['token']}"), "bad_link")
        await refused(server.rest("GET", f"/invites/{'A' * 43}"), "bad_link")

        listed = (await alice.rest("GET", f"/rooms/{room.uri}/invites"))["invites"]
        assert all("token" not in invite and "url" not in invite for invite in listed)
        assert next(i for i in listed if i["id"] == once["id"])["uses"] == 1
        standing = next(i for i in listed if i["id"] != once["id"])
        await alice.rest("DELETE", f"/rooms/{room.uri}/invites/{standing['id']}")
        await refused(carol.joins(room), "bad_link")
        await refused(alice.rest("DELETE", f"/rooms/{room.uri}/invites/999999"), "not_found")
        await refused(alice.rest("DELETE", f"/rooms/{room.uri}/invites/one"), "not_found")
        await refused(carol.rest("GET", f"/rooms/{room.uri}/invites"), "not_found")


@story
async def test_members_have_roles_and_can_be_removed(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, carol = [await server.sign_up(name) for name in ("alice", "bob", "carol")]
        room = await alice.creates_room("Tea")
        members = f"/rooms/{room.uri}/members"
        await alice.rest("POST", members, {"name": "bob"})
        await refused(bob.rest("POST", members, {"name": "carol"}), "not_allowed")
        await alice.rest("POST", members, {"name": "BOB", "role": "moderator"})
        await bob.rest("POST", members, {"name": "carol"})
        await refused(bob.rest("POST", members, {"name": "carol", "role": "owner"}), "not_allowed")
        await refused(alice.rest("POST", members, {"name": "nobody"}), "not_found")

        await carol.listens()
        listed = (await bob.rest("GET", members))["members"]
        assert {m["user"]["name"]: m["role"] for m in listed} == {"alice": "owner", "bob": "moderator", "carol": "member"}
        assert {m["user"]["name"] for m in listed if m["present"]} == {"carol"}

        await bob.rest("DELETE", f"{members}/carol")
        await carol.expects(named("removed", room=room.uri))
        await refused(carol.history(room), "not_found")
        await refused(bob.rest("DELETE", f"{members}/alice"), "not_allowed")
        await refused(alice.rest("DELETE", f"{members}/alice"), "last_owner")
        await carol.joins(room)  # invited again: the bar is lifted
        await carol.rest("DELETE", f"{members}/carol")
        await bob.rest("DELETE", f"{members}/bob")
        await alice.rest("DELETE", f"{members}/alice")
        await refused(alice.rest("GET", f"/rooms/{room.uri}"), "not_found")


@story
async def test_two_people_have_one_direct_room(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob = await server.sign_up("alice"), await server.sign_up("bob")
        opened = (await alice.rest("POST", "/rooms", {"direct": "Bob"}))["room"]
        assert opened["kind"] == "direct" and opened["peer"]["name"] == "bob"
        again = (await bob.rest("POST", "/rooms", {"direct": "alice"}))["room"]
        assert again["uri"] == opened["uri"] and again["peer"]["name"] == "alice"
        await refused(alice.rest("POST", "/rooms", {"direct": "nobody"}), "not_found")


# --- messages ---------------------------------------------------------------------------------------------------------

@story
async def test_messages_are_written_changed_and_taken_back(tmp_path):
    async with running_server(tmp_path) as server:
        alice = await server.sign_up("alice")
        room = await alice.creates_room("Tea")
        bob = await server.sign_up("bob", invite=room.invite)
        carol = await server.sign_up("carol")
        first = await writes(alice, room, "hello @bob", client_msg_id="a-1")
        assert first["client_msg_id"] == "a-1" and first["author"]["name"] == "alice"
        answer = await writes(bob, room, "hi", reply_to=first["id"])
        assert answer["reply_to"] == first["id"]
        await refused(writes(alice, room, "other", client_msg_id="a-1"), "message_conflict")
        await refused(writes(carol, room, "hello"), "not_found")

        at = f"/rooms/{room.uri}/messages"
        edited = await alice.rest("PATCH", f"{at}/{first['id']}", {"text": "hello all"})
        assert edited["text"] == "hello all" and edited["edited_at"] >= first["created_at"]
        await refused(bob.rest("PATCH", f"{at}/{first['id']}", {"text": "mine"}), "not_allowed")
        await refused(alice.rest("PATCH", f"{at}/{uuid.uuid4()}", {"text": "what"}), "not_found")
        await refused(alice.rest("PATCH", f"{at}/17", {"text": "what"}), "not_found")
        await bob.rest("DELETE", f"{at}/{answer['id']}")
        assert (await alice.history(room))[-1] | {"text": "", "deleted": True} == (await alice.history(room))[-1]
        await refused(bob.rest("PATCH", f"{at}/{answer['id']}", {"text": "back"}), "message_deleted")

        page = await alice.rest("GET", f"/rooms/{room.uri}/events", after=0)
        kinds = [e["event"] for e in page["events"]]
        assert kinds[-4:] == ["post", "post", "edit", "delete"]
        assert [e["seq"] for e in page["events"]] == list(range(1, page["last_seq"] + 1))


@story
async def test_history_pages_forwards_backwards_and_around(tmp_path):
    async with running_server(tmp_path) as server:
        alice = await server.sign_up("alice")
        room = await alice.creates_room("Tea")
        written = [await writes(alice, room, str(i)) for i in range(9)]
        async def page(**query):
            return await alice.rest("GET", f"/rooms/{room.uri}/messages", **query)

        last = await page(limit=3)
        assert texts(last["messages"]) == ["6", "7", "8"] and last["has_before"] and not last["has_after"]
        before = await page(before=written[6]["seq"], limit=3)
        assert texts(before["messages"]) == ["3", "4", "5"] and before["has_before"] and before["has_after"]
        after = await page(after=written[5]["seq"], limit=100)
        assert texts(after["messages"]) == ["6", "7", "8"] and not after["has_after"]
        by_seq, by_id = await page(around=written[4]["seq"], limit=3), await page(around=written[4]["id"], limit=3)
        assert texts(by_seq["messages"]) == texts(by_id["messages"]) == ["3", "4", "5"]
        for query in ({"limit": 0}, {"limit": 101}, {"limit": "x"}, {"before": -1}, {"before": 1, "after": 2}, {"around": "x"}):
            await refused(page(**query), "invalid_value")


@story
async def test_unread_counts_people_and_mentions_until_read(tmp_path):
    async with running_server(tmp_path) as server:
        alice = await server.sign_up("alice")
        room = await alice.creates_room("Tea")
        bob = await server.sign_up("bob", invite=room.invite)
        written = [await writes(alice, room, text) for text in ("one", "two for @bob", "three")]
        async def counts():
            mine = await bob.rest("GET", f"/rooms/{room.uri}")
            return mine["unread"], mine["mentions"]

        assert await counts() == (3, 1)
        await bob.rest("POST", f"/rooms/{room.uri}/read", {"seq": written[1]["seq"]})
        assert await counts() == (1, 0)
        await bob.rest("POST", f"/rooms/{room.uri}/read", {"seq": 1})  # forwards only
        assert await counts() == (1, 0)
        await refused(bob.rest("POST", f"/rooms/{room.uri}/read", {"seq": -1}), "invalid_value", argument="seq")


@story
async def test_search_finds_english_and_chinese_in_my_rooms_only(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob = await server.sign_up("alice"), await server.sign_up("bob")
        room = await alice.creates_room("Tea")
        await writes(alice, room, "the kettle is whistling")
        await writes(alice, room, "今天北京天气很好")
        async def finds(person, q, **query):
            """Waits for the index, which comes at most a second behind."""
            for _ in range(50):
                hits = (await person.rest("GET", "/search", q=q, **query))["hits"]
                if hits:
                    return texts(hit["message"] for hit in hits)
                await asyncio.sleep(0.05)
            return []

        assert await finds(alice, "kettle") == ["the kettle is whistling"]
        assert await finds(alice, "天气", room=room.uri) == ["今天北京天气很好"]
        assert (await bob.rest("GET", "/search", q="kettle"))["hits"] == []
        for query in ({"q": ""}, {"q": "x" * 201}, {"q": "x", "limit": 51}, {"q": "x", "before": "yesterday"}):
            await refused(alice.rest("GET", "/search", **query), "invalid_value")


# --- what is refused --------------------------------------------------------------------------------------------------

WRONG_BODIES = [
    ("POST", "/users", {}, "invalid_value", "name"),
    ("POST", "/users", {"name": 7, "password": "x"}, "invalid_value", "name"),
    ("POST", "/users", {"name": "dave", "password": ["correct horse"]}, "invalid_value", "password"),
    ("POST", "/sessions", {"name": "alice"}, "invalid_value", "password"),
    ("PATCH", "/me", {"display_name": ""}, "invalid_value", "display_name"),
    ("PATCH", "/me", {"display_name": "x" * 33}, "invalid_value", "display_name"),
    ("PATCH", "/me", {"locale": "not a locale"}, "invalid_value", "locale"),
    ("POST", "/rooms", {}, "invalid_value", "title"),
    ("POST", "/rooms", {"title": " "}, "invalid_value", "title"),
    ("POST", "/rooms", {"title": "x" * 121}, "invalid_value", "title"),
    ("POST", "/rooms", {"title": "Tea", "uri": "Tea Room"}, "invalid_value", "uri"),
    ("POST", "/rooms", {"title": "Tea", "visibility": "secret"}, "invalid_value", "visibility"),
    ("POST", "/rooms/{room}/invites", {"uses": 0}, "invalid_value", "uses"),
    ("POST", "/rooms/{room}/invites", {"expires_in_s": 1}, "invalid_value", "expires_in_s"),
    ("POST", "/rooms/{room}/invites", {"uses": 1.5}, "invalid_value", "uses"),
    ("POST", "/rooms/{room}/members", {"role": "owner"}, "invalid_value", "name"),
    ("POST", "/rooms/{room}/members", {"name": "alice", "role": "king"}, "invalid_value", "role"),
    ("POST", "/rooms/{room}/read", {}, "invalid_value", "seq"),
    ("POST", "/rooms/{room}/messages", {"text": "hi"}, "invalid_value", "client_msg_id"),
    ("POST", "/rooms/{room}/messages", {"client_msg_id": "a b", "text": "hi"}, "invalid_value", "client_msg_id"),
    ("POST", "/rooms/{room}/messages", {"client_msg_id": "a" * 65, "text": "hi"}, "invalid_value", "client_msg_id"),
    ("POST", "/rooms/{room}/messages", {"client_msg_id": "a", "text": ""}, "invalid_value", "text"),
    ("POST", "/rooms/{room}/messages", {"client_msg_id": "a", "text": " \n"}, "invalid_value", "text"),
    ("POST", "/rooms/{room}/messages", {"client_msg_id": "a", "text": "x" * 16385}, "invalid_value", "text"),
    ("POST", "/rooms/{room}/messages", {"client_msg_id": "a", "text": "a\u0007"}, "invalid_value", "text"),
    ("POST", "/rooms/{room}/messages", {"client_msg_id": "a", "text": "hi", "reply_to": "x"}, "invalid_value", "reply_to"),
    ("POST", "/rooms/{room}/messages", {"client_msg_id": "a", "text": "hi", "as_text": "yes"}, "invalid_value", "as_text"),
    ("POST", "/rooms/{room}/messages", [], "malformed_request", None),
    ("POST", "/rooms/{room}/messages", "text", "malformed_request", None),
    ("POST", "/rooms/nowhere/messages", {"client_msg_id": "a", "text": "hi"}, "not_found", None),
    ("POST", "/invocations/17/cancel", {}, "not_found", None),
    ("POST", f"/invocations/{uuid.uuid4()}/cancel", {}, "not_found", None),
    ("GET", "/rooms/nowhere/events", None, "not_found", None),
    ("GET", "/users/no%20name", None, "not_found", None),
    ("GET", "/nothing", None, "not_found", None),
]


@story
async def test_wrong_values_are_named(tmp_path):
    async with running_server(tmp_path) as server:
        alice = await server.sign_up("alice")
        room = await alice.creates_room("Tea")
        wrong = []
        for method, path, body, code, argument in WRONG_BODIES:
            try:
                answer = await alice.rest(method, path.format(room=room.uri), body)
                wrong.append((method, path, body, "accepted", answer))
            except Refused as problem:
                if (problem.code, problem.problem.get("argument")) != (code, argument):
                    wrong.append((method, path, body, problem.problem))
        assert not wrong, "\n".join(map(str, wrong))


@story
async def test_each_route_is_for_whom_it_says(tmp_path):
    async with running_server(tmp_path) as server:
        alice = await server.sign_up("alice")
        routes = (await server.operator("GET", "/operator/routes"))["routes"]
        assert len(routes) > 40
        described = {(o.method, o.path, o.access) for o in openapi.operations()}
        assert {(r["method"], r["path"], r["access"]) for r in routes} == described

        stranger_may, user_may = [], []
        for route in routes:
            if route["access"] == "anyone":
                continue
            path = route["path"].removeprefix("/api/v1").replace("{", "").replace("}", "")
            if not await is_refused(server.rest(route["method"], path), {"unauthenticated", "not_allowed"}):
                stranger_may.append(path)
            if route["access"] != "user" and not await is_refused(alice.rest(route["method"], path), {"not_allowed"}):
                user_may.append(path)
        assert (stranger_may, user_may) == ([], [])


async def is_refused(call, codes) -> bool:
    try:
        await call
        return False
    except Refused as problem:
        return problem.code in codes


# --- commands and operating -------------------------------------------------------------------------------------------

@story
async def test_commands_are_listed_in_the_language_that_is_asked_for(tmp_path):
    async with running_server(tmp_path) as server:
        alice = await server.sign_up("alice")
        listed = {c["prefix"]: c for c in (await alice.rest("GET", "/commands"))["commands"]}
        assert {"/help", "/echo"} <= listed.keys()
        headers = {"Authorization": f"Bearer {alice.token}", "Accept-Language": "zh-CN,zh;q=0.9"}
        async with server.http.get(f"{server.url}/api/v1/commands", headers=headers) as answer:
            chinese = {c["prefix"]: c for c in (await answer.json())["commands"]}
            assert "Accept-Language" in answer.headers["Vary"]
        assert chinese["/help"]["summary"] != listed["/help"]["summary"]


@story
async def test_values_are_suggested_to_members_while_they_type(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob = await server.sign_up("alice"), await server.sign_up("bob")
        room = (await alice.rest("POST", "/rooms", {"title": "Tea"}))["room"]["uri"]
        answer = await alice.rest("GET", f"/rooms/{room}/suggestions", text="/convert 3 k")
        assert "km" in [value["value"] for value in answer["values"]]
        await refused(bob.rest("GET", f"/rooms/{room}/suggestions", text="/convert 3 k"), "not_found")


@story
async def test_an_owner_says_which_plugins_are_in_the_room(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, eve = [await server.sign_up(name) for name in ("alice", "bob", "eve")]
        room = await alice.creates_room("Tea")
        await bob.joins(room)
        set_to = await server.operator("PUT", "/plugins/dice/rooms", {"rooms": "invited"})
        assert (set_to["id"], set_to["rooms"]) == ("dice", "invited")
        await refused(server.operator("PUT", "/plugins/dice/rooms", {"rooms": "some"}), "invalid_value", argument="rooms")
        await refused(server.operator("PUT", "/plugins/nothing/rooms", {"rooms": "invited"}), "not_found")
        await refused(alice.rest("PUT", "/plugins/dice/rooms", {"rooms": "everywhere"}), "not_allowed")

        at = f"/rooms/{room.uri}/plugins"
        plugins = {p["plugin"]: p for p in (await bob.rest("GET", at))["plugins"]}
        assert plugins["dice"] == {"plugin": "dice", "bot": "dice", "rooms": "invited", "here": False, "invited": False,
                                   "serving": True, "can_hear": False, "hears": False}
        assert plugins["echo"]["here"] and not plugins["echo"]["invited"]
        await refused(eve.rest("GET", at), "not_found")
        await refused(writes(alice, room, "/dice"), "command_not_allowed", argument="dice")
        await refused(bob.rest("PUT", f"{at}/dice", {}), "not_allowed")
        await refused(alice.rest("PUT", f"{at}/nothing", {}), "not_found")
        await refused(alice.rest("PUT", f"{at}/dice", {"hears": True}), "invalid_value", argument="hears")
        assert (await alice.rest("PUT", f"{at}/dice"))["here"]
        await writes(alice, room, "/dice")
        members = {m["user"]["name"] for m in (await bob.rest("GET", f"/rooms/{room.uri}/members"))["members"]}
        assert members == {"alice", "bob", "dice"}
        await refused(bob.rest("DELETE", f"{at}/dice"), "not_allowed")
        await alice.rest("DELETE", f"{at}/dice")
        await refused(alice.rest("DELETE", f"{at}/dice"), "not_found")
        await refused(bob.rest("GET", "/commands", room="nowhere"), "not_found")


@story
async def test_the_operator_works_over_the_unix_socket_and_an_administrator_in_the_browser(tmp_path):
    async with running_server(tmp_path) as server:
        admin = await server.administrator()
        plugins = {p["id"]: p for p in (await admin.rest("GET", "/plugins"))["plugins"]}
        assert plugins["echo"]["state"] == "live"
        assert (await server.operator("GET", "/plugins/echo"))["id"] == "echo"
        assert (await server.operator("POST", "/plugins/echo/reload", {"force": True}))["result"] == "live"
        assert (await admin.rest("POST", "/plugins/echo/disable"))["state"] == "disabled"
        assert (await admin.rest("POST", "/plugins/echo/enable"))["state"] == "live"
        for given in (True, False):
            view = await server.operator("PUT", "/plugins/echo/grants", {"permission": "network", "given": given})
            assert view["id"] == "echo"
        await admin.rest("POST", "/plugins/echo/enable")
        isolated = await server.operator("PUT", "/plugins/echo/isolation", {"isolation": "in-process"})
        assert isolated["isolation"] == "in-process"
        await refused(server.operator("PUT", "/plugins/echo/isolation", {"isolation": "vm"}), "invalid_value", argument="isolation")
        log = (await server.operator("GET", "/plugins/echo/log", limit=5))["log"]
        assert log and all(line["source"] == "host" for line in log), log
        named = await server.operator("PUT", "/plugins/echo/alias", {"prefix": "/echo", "alias": "/parrot"})
        assert named["aliases"] == {"/echo": "/parrot"} and "/parrot" in named["commands"]
        assert (await server.operator("PUT", "/plugins/echo/alias", {"prefix": "/echo"}))["aliases"] == {}
        history = (await server.operator("GET", "/plugins/echo/history", limit=10))["history"]
        assert {e["by"] for e in history} >= {f"uid {os.getuid()}, cli", "root-admin, api"}
        for verb in ("reload", "rollback", "enable", "disable"):
            await refused(server.operator("POST", f"/plugins/nothing/{verb}"), "not_found")
        await refused(server.operator("PUT", "/plugins/nothing/alias", {"prefix": "/a", "alias": "/b"}), "not_found")
        await refused(server.operator("GET", "/plugins/nothing"), "not_found")


@story
async def test_a_plugin_is_configured_while_it_serves(tmp_path):
    toml = tmp_path / "riposte.toml"
    toml.write_text('[plugins.configured]\ngreeting = "hello"\n')
    async with running_server(tmp_path) as server:
        admin = await server.administrator()
        alice = await server.sign_up("alice")
        room = await alice.creates_room("Tea")
        server.installs(FIXTURES / "configured.so", "configured")
        await becomes_live(server, "configured", "1")
        await alice.listens()
        await alice.says(room, "/greet")
        await alice.expects(post("hello"))
        at = "/plugins/configured/config"

        async def settings():
            return {s["key"]: s for s in (await admin.rest("GET", at))["config"]}
        assert (await settings())["greeting"]["source"].endswith("riposte.toml:2")
        assert (await settings())["times"] == {"key": "times", "type": "integer", "summary": "How often", "required": False,
                                               "local": False, "values": ["1"], "source": "default", "minimum": 1, "maximum": 5}
        assert (await settings())["secret"]["local"]
        changed = await admin.rest("PATCH", at, {"values": {"greeting": "salut", "times": 2}})
        assert (changed["result"], changed["plugin"]["generation"]) == ("live", 2)
        await alice.says(room, "/greet")
        await alice.expects(post("salut"))
        greeting = (await settings())["greeting"]
        assert greeting["source"] == "root-admin, api"
        assert greeting["configured"]["values"] == ["hello"] and greeting["configured"]["source"].endswith("riposte.toml:2")
        assert (await admin.rest("PATCH", at, {"values": {"times": 2}}))["result"] == "unchanged"

        for values, argument in (({"times": 9}, "times"), ({"times": [1, 2]}, "times"), ({"times": [[1]]}, "times"),
                                 ({"times": {"folder": "/"}}, "times"), ({"tmies": 1}, "tmies"), ({"secret": "plain"}, "secret")):
            problem = await refused(admin.rest("PATCH", at, {"values": values}), "invalid_value", argument=argument)
        await refused(admin.rest("PATCH", at, {"greeting": "hi"}), "invalid_value", argument="values")
        await refused(admin.rest("PATCH", at, {"values": {"secret": {"file": "/etc/hostname"}}}), "not_allowed", argument="secret")
        await refused(alice.rest("PATCH", at, {"values": {"times": 3}}), "not_allowed")
        await refused(admin.rest("PATCH", "/plugins/nothing/config", {"values": {}}), "not_found")
        await refused(admin.rest("GET", "/plugins/nothing/config"), "not_found")
        problem = await refused(admin.rest("PATCH", at, {"values": {"greeting": "refuse"}}), "plugin_refused", step="start")
        assert "no greeting is like that" in problem["reason"] and problem["plugin"]["state"] == "live"
        await alice.says(room, "/greeted")
        await alice.expects(post("2"))

        key = tmp_path / "key"
        key.write_text("hunter2\n")
        await server.operator("PATCH", at, {"values": {"secret": {"file": str(key)}}})
        await alice.says(room, "/unlock hunter2")
        await alice.expects(post("open"))
        await server.restarts()
        shown = await settings()
        assert (shown["secret"]["values"], shown["greeting"]["values"]) == (["(hidden)"], ["salut"])
        run = lambda *words: asyncio.to_thread(server.riposte, "plugin", "config", "configured", *words)
        printed = await run()
        assert printed.returncode == 0 and "salut" in printed.stdout and str(key) in printed.stdout, printed
        done = await run("times=3", "--unset", "greeting")
        assert done.returncode == 0 and "serves with it" in done.stdout, done
        assert (await settings())["greeting"]["values"] == ["hello"]
        slip = await run("tiems=3")
        assert slip.returncode == 1 and "did you mean times?" in slip.stderr, slip
        bad = await run("greeting=refuse")
        assert bad.returncode == 1 and "no greeting is like that" in bad.stdout and "no command lost" in bad.stdout, bad
        assert "KEY=VALUE" in (await run("greeting")).stderr

        audit = (await admin.rest("GET", "/operator/audit", text="plugin config"))["audit"]
        assert {(e["by"], e["detail"]) for e in audit} >= {
            ("root-admin, api", "greeting, times: live: 1"), ("root-admin, api", "greeting: refused: start"),
            ("root-admin, api", "secret: not_allowed"), (f"uid {os.getuid()}, cli", "secret: live: 1")}
        history = (await admin.rest("GET", "/plugins/configured/history"))["history"]
        assert "hunter" not in str(audit) + str(history) + server.log + printed.stdout


@story
async def test_a_worker_is_left_in_peace_while_it_is_debugged(tmp_path):
    async with running_server(tmp_path, settings={"PLUGINS__CALL_FIRST_OUTPUT_MS": "300"}) as server:
        admin = await server.administrator()
        alice = await server.sign_up("alice")
        room = await alice.creates_room("Tea")
        server.installs(FIXTURES / "trial_v1.so", "trial")
        await becomes_live(server, "trial", "1")
        await alice.listens()
        run = lambda *words: asyncio.to_thread(server.riposte, "plugin", *words)
        begun = await run("debug", "trial", "--for", "10m")
        view = await admin.rest("GET", "/plugins/trial")
        assert begun.returncode == 0 and f"gdb -p {view['pid']}" in begun.stdout and "DEBUG until" in begun.stdout, begun
        assert view["debug_until"] > 0 and os.path.exists(f"/proc/{view['pid']}")
        assert "live; DEBUG" in (await run("list")).stdout
        ack = await alice.says(room, "/trial hang")
        await asyncio.sleep(1)  # thrice the deadline
        assert (await alice.rest("GET", "/me/invocations"))["invocations"][0]["state"] == "queued"
        assert (await admin.rest("DELETE", "/plugins/trial/debug"))["debug_until"] == 0
        ended = await alice.expects(named("invocation", id=ack["invocation"], state="failed"))
        assert ended["code"] == "timed_out"

        assert (await admin.rest("PUT", "/plugins/echo/debug", {"for": "1h"}))["debug_until"] > 0
        assert "hold again" in (await run("debug", "echo", "--off")).stdout
        for wrong in ("soon", "25h", "0s", "1h more"):
            await refused(admin.rest("PUT", "/plugins/echo/debug", {"for": wrong}), "invalid_value", argument="for")
        await refused(alice.rest("PUT", "/plugins/echo/debug", {"for": "1h"}), "not_allowed")
        await refused(admin.rest("PUT", "/plugins/nothing/debug", {"for": "1h"}), "not_found")
        await server.operator("PUT", "/plugins/echo/isolation", {"isolation": "in-process"})
        await refused(admin.rest("PUT", "/plugins/echo/debug", {"for": "1h"}), "invalid_value", argument="isolation")
        audit = (await admin.rest("GET", "/operator/audit", text="plugin debug"))["audit"]
        assert ("trial", "10m") in {(e["subject"], e["detail"]) for e in audit}
        history = (await admin.rest("GET", "/plugins/trial/history"))["history"]
        assert [e["result"] for e in history if e["verb"] == "debug"][0] == "ended"


@story
async def test_a_build_is_rolled_back(tmp_path):
    async with running_server(tmp_path) as server:
        for build in ("versioned_v1", "versioned_v2"):
            server.installs(FIXTURES / f"{build}.so", "versioned")
            report = await becomes_live(server, "versioned", build.removeprefix("versioned_v"))
        report = await server.operator("POST", "/plugins/versioned/rollback")
        assert report["result"] == "live"
        assert report["plugin"]["generation"] > 2


@story
async def test_a_bad_build_is_refused_and_the_report_says_why(tmp_path):
    async with running_server(tmp_path) as server:
        server.installs(FIXTURES / "counter_v1.so", "counter")
        await becomes_live(server, "counter", "")
        alice = await server.sign_up("alice")
        room = await alice.creates_room("Tea")
        await alice.listens()
        await alice.says(room, "/count")
        await alice.expects(post(lambda text: "1" in text))
        server.installs(FIXTURES / "counter_bad.so", "counter")
        reload = server.operator("POST", "/plugins/counter/reload", {"force": True})
        problem = await refused(reload, "plugin_refused", result="refused")
        assert problem["plugin"]["state"] == "live" and problem["step"] and problem["reason"]


async def becomes_live(server, plugin, version):
    for _ in range(200):
        listed = (await server.operator("GET", "/plugins"))["plugins"]
        found = next((p for p in listed if p["id"] == plugin and p["state"].startswith(("live", "probation"))
                      and p["version"].startswith(version)), None)
        if found:
            return found
        await asyncio.sleep(0.05)
    raise AssertionError(f"{plugin} {version} did not become live: {listed}")


@story
async def test_a_command_is_cancelled_by_its_author_only(tmp_path):
    async with running_server(tmp_path) as server:
        server.installs(FIXTURES / "slow.so", "slow")
        await becomes_live(server, "slow", "")
        alice = await server.sign_up("alice")
        room = await alice.creates_room("Tea")
        bob = await server.sign_up("bob", invite=room.invite)
        body = {"client_msg_id": "slow", "text": "/slow 60000"}
        asked = await alice.rest("POST", f"/rooms/{room.uri}/messages", body)
        cancel = f"/invocations/{asked['invocation']['id']}/cancel"
        await refused(bob.rest("POST", cancel), "not_found")
        await alice.rest("POST", cancel)
        for _ in range(200):
            mine = (await alice.rest("GET", "/me/invocations"))["invocations"][0]
            if mine["state"] == "failed":
                break
            await asyncio.sleep(0.05)
        assert mine["code"] == "cancelled"
        problem = await refused(writes(alice, room, "/slwo 1"), "unknown_command")
        assert "/slow" in problem["suggestions"]


@story
async def test_a_backup_is_made_while_people_chat(tmp_path):
    async with running_server(tmp_path) as server:
        alice = await server.sign_up("alice")
        room = await alice.creates_room("Tea")
        await writes(alice, room, "kept")
        copy = tmp_path / "backup.db"
        made = await server.operator("POST", "/operator/backup", {"file": str(copy)})
        assert made == {"bytes": copy.stat().st_size, "integrity": "ok"}
        await refused(server.operator("POST", "/operator/backup", {"file": "relative.db"}), "invalid_value", argument="file")
        await refused(server.operator("POST", "/operator/backup", {"file": str(copy)}), "invalid_value")
        link = (await server.operator("POST", "/operator/admin-link"))["url"]
        assert (await (await server.sign_up("root", link=link.split("/welcome/")[1])).rest("GET", "/me"))["admin"]


@story
async def test_health_is_for_anyone(tmp_path):
    async with running_server(tmp_path) as server:
        assert await server.rest("GET", "/healthz") == {"status": "ok"}
        assert await server.rest("GET", "/readyz") == {"status": "ready"}


def test_every_operation_was_seen_to_succeed(request):
    """Last of the file: a route without a story above fails here."""
    if request.config.option.keyword or len(request.session.items) < 20:
        pytest.skip("only some stories were run")
    all_of_them = {(o.method, o.path) for o in openapi.operations()} - {("GET", "/api/v1/socket")}
    assert all_of_them - openapi.answered == set()
