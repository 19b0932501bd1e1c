"""Stories of what people do to messages and rooms besides talking: reactions, files, reports, slow mode, what calls one.

test_rest.py runs them among its own, because it holds all operations of openapi.yaml against what was seen.
"""
import asyncio
import json
import uuid

import pytest

import openapi
from harness import PASSWORD, Refused, named, post, running_server, story

PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
JPEG = b"\xff\xd8\xff\xe0" + bytes(300)


async def refused(call, code: str, **fields):
    with pytest.raises(Refused) as caught:
        await call
    assert caught.value.problem["code"] == code, caught.value.problem
    assert fields.items() <= caught.value.problem.items(), caught.value.problem


async def uploads(person, path, body, method="POST", headers=None, **query):
    """The file as it is; the answer's JSON, held against openapi.yaml."""
    headers = {"Authorization": f"Bearer {person.token}", "Content-Type": "application/octet-stream"} | (headers or {})
    async with person.server.http.request(method, f"{person.server.url}/api/v1{path}", data=body, headers=headers,
                                          params={key: str(value) for key, value in query.items()}) as answer:
        text = await answer.text()
        value = json.loads(text) if text else None
        openapi.check(method, answer.url.raw_path, answer.status, answer.headers.get("Content-Type", ""), value)
        if answer.status >= 400:
            raise Refused(answer.status, value)
        return value


async def downloads(person, path):
    """(status, headers, bytes)"""
    headers = {"Authorization": f"Bearer {person.token}"}
    async with person.server.http.get(f"{person.server.url}/api/v1{path}", headers=headers) as answer:
        if answer.status == 200:
            openapi.answered.add(("GET", openapi.operation("GET", answer.url.raw_path).path))
        return answer.status, answer.headers, await answer.read()


async def two_in_a_room(server):
    alice = await server.sign_up("alice")
    tea = await alice.creates_room("Tea")
    bob = await server.sign_up("bob", invite=tea.invite)
    return alice, bob, tea


async def writes(person, room, text="", **fields):
    body = {"client_msg_id": uuid.uuid4().hex, "text": text} | fields
    return (await person.rest("POST", f"/rooms/{room.uri}/messages", body))["message"]


# --- reactions --------------------------------------------------------------------------------------------------------

@story
async def test_a_reaction_is_an_event_of_its_room_and_stands_under_its_message(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, tea = await two_in_a_room(server)
        message = await writes(alice, tea, "hello")
        await alice.listens()
        await bob.listens()
        at = f"/rooms/{tea.uri}/messages/{message['id']}/reactions"
        await bob.rest("PUT", f"{at}/👍")
        heard = await alice.expects(named("reaction", emoji="👍", added=True, actor="bob", id=message["id"]))
        assert heard["seq"] == message["seq"] + 1
        await bob.rest("PUT", f"{at}/👍")  # once more: nothing happens
        await alice.sends({"do": "react", "room": tea.uri, "id": message["id"], "emoji": "👍", "on": True, "ref": 1})
        await alice.expects(named("done", ref=1))
        assert (await bob.expects(named("reaction", actor="alice")))["seq"] == heard["seq"] + 1
        await alice.rest("PUT", f"{at}/❤️")
        assert (await bob.history(tea))[-1]["reactions"] == [{"emoji": "👍", "names": ["bob", "alice"]},
                                                             {"emoji": "❤️", "names": ["alice"]}]
        await bob.rest("DELETE", f"{at}/👍")
        assert (await bob.expects(named("reaction", added=False)))["actor"] == "bob"
        # Who was away gets the same in the same order.
        events = (await bob.rest("GET", f"/rooms/{tea.uri}/events", after=message["seq"]))["events"]
        assert [(e["event"], e["emoji"], e["added"], e["actor"]) for e in events] == [
            ("reaction", "👍", True, "bob"), ("reaction", "👍", True, "alice"), ("reaction", "❤️", True, "alice"),
            ("reaction", "👍", False, "bob")]
        # It is nothing unread.
        assert (await bob.rest("GET", f"/rooms/{tea.uri}"))["unread"] == 1


@story
async def test_a_reaction_needs_an_emoji_a_message_that_stands_and_a_member(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, tea = await two_in_a_room(server)
        message = await writes(alice, tea, "hello")
        at = f"/rooms/{tea.uri}/messages/{message['id']}/reactions"
        for wrong in ("a", "well", "你好", "👍👍👍👍👍👍👍👍👍👍👍", "1"):
            await refused(bob.rest("PUT", f"{at}/{wrong}"), "invalid_value", argument="emoji")
        for right in ("👨‍👩‍👧‍👦", "1️⃣", "🇩🇪", "☕"):
            await bob.rest("PUT", f"{at}/{right}")
        carol = await server.sign_up("carol")
        await refused(carol.rest("PUT", f"{at}/👍"), "not_found")
        await refused(bob.rest("PUT", f"/rooms/{tea.uri}/messages/{uuid.uuid4()}/reactions/👍"), "not_found")
        for number in range(16):
            await alice.rest("PUT", f"{at}/{chr(0x1F600 + number)}")
        await refused(alice.rest("PUT", f"{at}/🎉"), "invalid_value", argument="emoji")  # twenty kinds are there
        await alice.rest("PUT", f"{at}/☕")
        await alice.rest("DELETE", f"/rooms/{tea.uri}/messages/{message['id']}")
        await refused(bob.rest("PUT", f"{at}/👍"), "message_deleted")
        assert "reactions" not in (await bob.history(tea))[-1]


@story
async def test_reactions_are_exported_and_go_with_the_account(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, tea = await two_in_a_room(server)
        message = await writes(alice, tea, "hello")
        await bob.rest("PUT", f"/rooms/{tea.uri}/messages/{message['id']}/reactions/🎉")
        assert [r["emoji"] for r in (await bob.rest("GET", "/me/export"))["reactions"]] == ["🎉"]
        await bob.rest("DELETE", "/me", {"password": PASSWORD})
        assert all("reactions" not in m for m in await alice.history(tea))


# --- what calls me ----------------------------------------------------------------------------------------------------

@story
async def test_what_calls_me_is_kept_for_all_my_devices_and_for_nobody_else(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, tea = await two_in_a_room(server)
        phone = await server.signs_in("bob")
        await phone.listens()
        at = f"/rooms/{tea.uri}"
        assert ((await bob.rest("GET", at))["notify"], (await bob.rest("GET", at))["muted"]) == ("mentions", False)
        changed = await bob.rest("PUT", f"{at}/notifications", {"notify": "all"})
        assert changed["notify"] == "all"
        assert (await phone.expects(named("my_room")))["room"]["notify"] == "all"
        await bob.rest("PUT", f"{at}/notifications", {"muted": True})
        assert ((await phone.rest("GET", at))["notify"], (await phone.rest("GET", at))["muted"]) == ("all", True)
        assert (await alice.rest("GET", at))["notify"] == "mentions"
        direct = (await bob.rest("POST", "/rooms", {"direct": "alice"}))["room"]
        assert direct["notify"] == "all"
        await refused(bob.rest("PUT", f"{at}/notifications", {"notify": "loud"}), "invalid_value", argument="notify")
        carol = await server.sign_up("carol")
        await refused(carol.rest("PUT", f"{at}/notifications", {"muted": True}), "not_found")


# --- moderation -------------------------------------------------------------------------------------------------------

@story
async def test_a_report_reaches_the_moderators_and_is_settled(tmp_path):
    async with running_server(tmp_path) as server:
        operator = await server.administrator()
        alice, bob, tea = await two_in_a_room(server)
        carol = await server.sign_up("carol", invite=tea.invite)
        await alice.listens()
        message = await writes(carol, tea, "buy gold")
        at = f"/rooms/{tea.uri}"
        await bob.rest("POST", f"{at}/messages/{message['id']}/report", {"reason": "spam"})
        await bob.rest("POST", f"{at}/messages/{message['id']}/report", {})  # once a person and message
        assert (await alice.expects(named("my_room")))["room"]["reports"] == 1
        [report] = (await alice.rest("GET", f"{at}/reports"))["reports"]
        assert (report["message"]["text"], report["reporter"]["name"], report["reason"]) == ("buy gold", "bob", "spam")
        await refused(bob.rest("GET", f"{at}/reports"), "not_allowed")
        assert (await bob.rest("GET", at))["reports"] == 0
        await refused(carol.rest("POST", f"{at}/messages/{message['id']}/report", {}), "not_allowed")
        assert len((await operator.rest("GET", "/operator/reports"))["reports"]) == 1
        await refused(alice.rest("GET", "/operator/reports"), "not_allowed")
        await alice.rest("DELETE", f"{at}/reports/{report['id']}")
        await refused(alice.rest("DELETE", f"{at}/reports/{report['id']}"), "not_found")
        assert (await alice.rest("GET", f"{at}/reports"))["reports"] == []

        # A message that goes takes its reports with it.
        other = await writes(carol, tea, "buy silver")
        await bob.rest("POST", f"{at}/messages/{other['id']}/report", {})
        await alice.rest("DELETE", f"{at}/messages/{other['id']}")
        assert (await alice.rest("GET", at))["reports"] == 0


@story
async def test_slow_mode_makes_members_wait_and_nobody_else(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, tea = await two_in_a_room(server)
        await bob.listens()
        await refused(bob.rest("PATCH", f"/rooms/{tea.uri}", {"slow_mode_s": 60}), "not_allowed")
        assert (await alice.rest("PATCH", f"/rooms/{tea.uri}", {"slow_mode_s": 60}))["slow_mode_s"] == 60
        assert (await bob.expects(named("room")))["slow_mode_s"] == 60
        first = await bob.says(tea, "one", client_msg_id="first")
        with pytest.raises(Refused) as caught:
            await bob.says(tea, "two")
        problem = caught.value.problem
        assert (problem["code"], problem["argument"]) == ("rate_limited", "slow_mode")
        assert 0 < problem["retry_after_s"] <= 60
        # What was sent already is acknowledged again all the same.
        again = await bob.says(tea, "one", client_msg_id="first")
        assert (again["id"], again["repeated"]) == (first["id"], True)
        for text in ("a", "b"):
            await writes(alice, tea, text)
        await alice.rest("PATCH", f"/rooms/{tea.uri}", {"slow_mode_s": 0})
        await bob.says(tea, "three")
        await refused(alice.rest("PATCH", f"/rooms/{tea.uri}", {"slow_mode_s": 9999}), "invalid_value")


# --- files ------------------------------------------------------------------------------------------------------------

@story
async def test_a_file_goes_with_a_message_to_the_members_and_to_nobody_else(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, tea = await two_in_a_room(server)
        carol = await server.sign_up("carol")
        await bob.listens()
        bytes_ = PNG + bytes(700_000)
        file = await uploads(alice, f"/rooms/{tea.uri}/files", bytes_, name="a/b\\Tea 茶.png", width=40, height=30)
        assert (file["name"], file["type"], file["size"], file["width"]) == ("Tea 茶.png", "image/png", len(bytes_), 40)
        assert (await downloads(bob, f"/files/{file['id']}"))[0] == 404  # in no message yet
        small = await uploads(alice, f"/files/{file['id']}/thumbnail", JPEG, method="PUT")
        assert small["thumbnail"] is True
        message = await writes(alice, tea, attachments=[file["id"]])
        assert (message["text"], message["attachments"]) == ("", [small])
        assert (await bob.expects(post("")))["message"]["attachments"] == [small]

        status, headers, body = await downloads(bob, f"/files/{file['id']}")
        assert (status, body) == (200, bytes_)
        assert headers["Content-Type"] == "image/png" and headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Disposition"] == "inline; filename*=UTF-8''Tea%20%E8%8C%B6.png"
        assert "sandbox" in headers["Content-Security-Policy"] and "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers.getall("Content-Security-Policy") == [headers["Content-Security-Policy"]]
        assert (await downloads(bob, f"/files/{file['id']}/thumbnail"))[2] == JPEG
        assert (await downloads(carol, f"/files/{file['id']}"))[0] == 404
        assert [f["name"] for f in (await alice.rest("GET", "/me/export"))["files"]] == ["Tea 茶.png"]

        # Used once, by its owner, in its room.
        await refused(writes(alice, tea, "again", attachments=[file["id"]]), "invalid_value", argument="attachments")
        mine = await uploads(alice, f"/rooms/{tea.uri}/files", b"text", name="a.txt")
        await refused(writes(bob, tea, "mine", attachments=[mine["id"]]), "invalid_value", argument="attachments")
        other = await alice.creates_room("Other")
        await refused(writes(alice, other, "there", attachments=[mine["id"]]), "invalid_value", argument="attachments")
        await alice.rest("DELETE", f"/files/{mine['id']}")

        await alice.rest("DELETE", f"/rooms/{tea.uri}/messages/{message['id']}")
        assert (await downloads(bob, f"/files/{file['id']}"))[0] == 404
        assert "attachments" not in (await bob.history(tea))[-1]


@story
async def test_nothing_in_a_file_is_served_as_something_that_acts(tmp_path):
    active = {"page.png": b"<html><script>alert(1)</script>", "x.svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
              "app.js": b"alert(1)", "real.pdf": b"%PDF-1.7 ...", "thing.html": bytes([0, 1, 2, 3])}
    async with running_server(tmp_path) as server:
        alice, bob, tea = await two_in_a_room(server)
        for name, body in active.items():
            file = await uploads(alice, f"/rooms/{tea.uri}/files", body, name=name)
            await writes(alice, tea, "look", attachments=[file["id"]])
            _, headers, served = await downloads(bob, f"/files/{file['id']}")
            assert served == body
            assert headers["Content-Disposition"].startswith("attachment; "), name
            assert headers["Content-Type"].split(";")[0] in ("text/plain", "application/octet-stream", "application/pdf"), name
        await refused(uploads(alice, f"/files/{file['id']}/thumbnail", b"<svg/>", method="PUT"), "unsupported_media")


@story
async def test_files_have_limits_and_say_which(tmp_path):
    settings = {"LIMITS__UPLOAD_MIB": "1", "LIMITS__UPLOADS_PER_USER_MIB": "1"}
    async with running_server(tmp_path, settings=settings) as server:
        alice, bob, tea = await two_in_a_room(server)
        hello = await alice.listens()
        assert hello["file_bytes"] == 1 << 20
        at = f"/rooms/{tea.uri}/files"
        await refused(uploads(alice, at, bytes(2 << 20), name="big"), "too_large", argument="file")
        await refused(uploads(alice, at, b"", name="empty"), "invalid_value", argument="file")
        await refused(uploads(alice, at, b"x", name=""), "invalid_value", argument="name")
        await uploads(alice, at, bytes(700_000), name="one")
        await refused(uploads(alice, at, bytes(700_000), name="two"), "too_large", argument="quota")
        carol = await server.sign_up("carol")
        await refused(uploads(carol, at, b"x", name="x"), "not_found")
        assert list((tmp_path / "data/files/arriving").iterdir()) == []
        await refused(writes(bob, tea, "", attachments=[]), "invalid_value", argument="text")


@story
async def test_an_upload_that_breaks_off_leaves_nothing_and_the_server_serves_on(tmp_path):
    async with running_server(tmp_path) as server:
        alice, _, tea = await two_in_a_room(server)
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(f"POST /api/v1/rooms/{tea.uri}/files?name=half HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
                     f"Authorization: Bearer {alice.token}\r\nContent-Length: 1000000\r\n\r\n".encode() + bytes(300_000))
        await writer.drain()
        writer.close()
        arriving = tmp_path / "data/files/arriving"
        deadline = asyncio.get_running_loop().time() + 10
        while list(arriving.iterdir()) and asyncio.get_running_loop().time() < deadline:
            await asyncio.sleep(0.02)
        assert list(arriving.iterdir()) == []
        await uploads(alice, f"/rooms/{tea.uri}/files", b"whole", name="whole")


@story
async def test_a_file_outlives_a_restart(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, tea = await two_in_a_room(server)
        file = await uploads(alice, f"/rooms/{tea.uri}/files", b"kept", name="a.txt")
        await writes(alice, tea, "look", attachments=[file["id"]])
        await server.restarts()
        assert (await downloads(bob, f"/files/{file['id']}"))[2] == b"kept"


# --- commands, before they are given ----------------------------------------------------------------------------------

@story
async def test_a_command_is_checked_without_being_given(tmp_path):
    async with running_server(tmp_path) as server:
        alice, _, tea = await two_in_a_room(server)

        async def says(text):
            return await alice.rest("POST", "/commands/check", {"text": text})

        deadline = asyncio.get_running_loop().time() + 20
        while not any(c["prefix"] == "/remind" for c in (await alice.rest("GET", "/commands"))["commands"]):
            assert asyncio.get_running_loop().time() < deadline
            await asyncio.sleep(0.05)
        assert await says("/remind 10m tea") is None
        assert await says("／remind　１０m tea") is None
        await refused(says("/remind soon tea"), "bad_argument", position=8)
        await refused(says("/remnid 10m tea"), "unknown_command")
        await refused(says("/remind"), "missing_argument")
        assert await alice.history(tea) == []
