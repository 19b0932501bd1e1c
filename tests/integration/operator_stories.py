"""Stories of operators: people, rooms, reports, status, configuration and the audit of it all.

test_rest.py runs them among its own, because it holds all operations of openapi.yaml against what was seen.
"""
import asyncio
import re

from harness import FIXTURES, PASSWORD, containing, named, post, running_server, story
from talk_stories import refused, two_in_a_room, writes
from test_commands import installed


async def deeds(operator, **query):
    """(who, verb, subject) of the audit, the newest first; without the link that the host made at its first start."""
    audit = (await operator.rest("GET", "/operator/audit", **query))["audit"]
    return [(e["by"], e["verb"], e["subject"]) for e in audit if e["by"] != "host"]


# --- people -----------------------------------------------------------------------------------------------------------

@story
async def test_a_disabled_person_is_out_at_once_and_stays_out(tmp_path):
    async with running_server(tmp_path) as server:
        operator = await server.administrator()
        alice, bob, tea = await two_in_a_room(server)
        phone = await server.signs_in("bob")
        await bob.listens()
        await phone.listens()
        await bob.says(tea, "before")
        user = await operator.rest("POST", "/operator/users/BOB/disable")
        assert (user["name"], user["disabled"], user["sessions"], user["last_seen"]) == ("bob", True, 0, None)
        assert await bob.is_disconnected() == 4001 and await phone.is_disconnected() == 4001
        await refused(bob.rest("GET", "/me"), "unauthenticated")
        await refused(server.signs_in("bob"), "wrong_credentials")
        assert [m["text"] for m in await alice.history(tea)] == ["before"]

        assert not (await operator.rest("POST", "/operator/users/bob/enable"))["disabled"]
        again = await server.signs_in("bob", PASSWORD)
        await again.listens()
        await again.says(tea, "after")
        # Nothing changes, nothing is told.
        await operator.rest("POST", "/operator/users/bob/enable")
        assert await deeds(operator) == [("root-admin, api", "user enable", "bob"), ("root-admin, api", "user disable", "bob")]


@story
async def test_who_cannot_be_disabled(tmp_path):
    async with running_server(tmp_path) as server:
        operator = await server.administrator()
        alice = await server.sign_up("alice")
        await refused(operator.rest("POST", "/operator/users/root-admin/disable"), "not_allowed")
        await refused(operator.rest("POST", "/operator/users/riposte/disable"), "not_allowed")
        await refused(operator.rest("POST", "/operator/users/nobody/disable"), "not_found")
        for call in (("GET", "/operator/users"), ("POST", "/operator/users/root-admin/disable"),
                     ("POST", "/operator/users/alice/enable"), ("GET", "/operator/rooms"), ("POST", "/operator/rooms/x/close"),
                     ("POST", "/operator/rooms/x/open"), ("GET", "/operator/audit"), ("GET", "/operator/status"),
                     ("GET", "/operator/config"), ("DELETE", "/operator/reports/1"), ("DELETE", "/operator/reports/1/message")):
            await refused(alice.rest(*call), "not_allowed")
        assert await deeds(operator) == []


@story
async def test_an_account_is_removed_and_leaves_its_messages_nameless(tmp_path):
    async with running_server(tmp_path) as server:
        operator = await server.administrator()
        alice, bob, tea = await two_in_a_room(server)
        await bob.listens()
        await bob.says(tea, "I was here")
        for name, code in (("root-admin", "not_allowed"), ("riposte", "not_allowed"), ("nobody", "not_found")):
            await refused(operator.rest("DELETE", f"/operator/users/{name}"), code)
        await refused(alice.rest("DELETE", "/operator/users/bob"), "not_allowed")
        await operator.rest("DELETE", "/operator/users/BOB")
        assert await bob.is_disconnected() == 4001
        await refused(server.signs_in("bob"), "wrong_credentials")
        [left] = await alice.history(tea)
        assert (left["text"], left["author"]["name"]) == ("I was here", "")
        await server.sign_up("bob")
        ran = await asyncio.to_thread(server.riposte, "user", "remove", "bob")
        assert ran.returncode == 0 and "removed" in ran.stdout, ran
        assert [(verb, subject) for _, verb, subject in await deeds(operator)] == [("user remove", "bob")] * 2


@story
async def test_people_are_found_page_by_page(tmp_path):
    async with running_server(tmp_path) as server:
        operator = await server.administrator()
        for name in ("ann", "annette", "bo", "per_cent"):
            await server.sign_up(name, display_name=name.title() if name != "bo" else "Hannelore")

        async def names(**query):
            found = await operator.rest("GET", "/operator/users", **query)
            return [u["name"] for u in found["users"]], found["next"]

        everyone, last = await names()
        assert (everyone, last) == (["per_cent", "bo", "annette", "ann", "root-admin"], None)  # no bots
        first, following = await names(limit=2)
        second, following = await names(limit=2, before=following)
        third, end = await names(limit=2, before=following)
        assert (first + second + third, end) == (everyone, None)
        assert (await names(text="ann"))[0] == ["bo", "annette", "ann"]  # by the name that is shown, too
        assert (await names(text="_"))[0] == ["per_cent"]
        assert (await names(text="%"))[0] == []
        await refused(operator.rest("GET", "/operator/users", limit=1000), "invalid_value", argument="limit")
        [admin] = (await operator.rest("GET", "/operator/users", text="root"))["users"]
        assert (admin["admin"], admin["sessions"]) == (True, 1) and admin["last_seen"] >= admin["created_at"]


@story
async def test_the_command_line_does_the_same_for_people(tmp_path):
    async with running_server(tmp_path) as server:
        operator = await server.administrator()
        bob = await server.sign_up("bob")
        run = lambda *verb: asyncio.to_thread(server.riposte, "user", *verb)
        listed = await run("list")
        assert listed.returncode == 0 and "bob" in listed.stdout and "administrator" in listed.stdout, listed
        done = await run("disable", "bob")
        assert done.returncode == 0 and "disabled" in done.stdout, done
        await refused(bob.rest("GET", "/me"), "unauthenticated")
        assert "disabled" in (await run("list", "bo")).stdout
        assert (await run("enable", "bob")).returncode == 0
        assert (await run("disable", "nobody")).returncode == 1
        await server.signs_in("bob")
        assert [(verb, subject) for by, verb, subject in await deeds(operator) if by.endswith(", cli")] == [
            ("user enable", "bob"), ("user disable", "bob")]


# --- rooms ------------------------------------------------------------------------------------------------------------

@story
async def test_a_closed_room_is_read_and_not_written_in(tmp_path):
    async with running_server(tmp_path) as server:
        operator = await server.administrator()
        alice, bob, tea = await two_in_a_room(server)
        at = f"/rooms/{tea.uri}"
        await bob.listens()
        await alice.listens()
        first = await bob.says(tea, "first", client_msg_id="first")
        await alice.rest("POST", f"{at}/messages/{first['id']}/report", {"reason": "rude"})
        room = await operator.rest("POST", f"/operator/rooms/{tea.uri}/close")
        assert (room["title"], room["closed"], room["members"], room["messages"]) == ("Tea", True, 2, 1)
        told = await bob.expects(named("room"))
        assert (told["closed"], told["actor"]) == (True, "root-admin")
        assert (await bob.rest("GET", at))["closed"] is True

        for who in (alice, bob):  # the owner as anybody else
            await refused(who.says(tea, "hello?"), "room_closed")
            await refused(who.says(tea, "/echo hello?"), "room_closed")
        await refused(bob.rest("PATCH", f"{at}/messages/{first['id']}", {"text": "changed"}), "room_closed")
        await refused(alice.rest("PUT", f"{at}/messages/{first['id']}/reactions/👍"), "room_closed")
        # What was sent before is acknowledged again; reading, its marks, deleting and leaving go on.
        assert (await bob.says(tea, "first", client_msg_id="first"))["repeated"] is True
        assert [m["text"] for m in await bob.history(tea)] == ["first"]
        await bob.rest("POST", f"{at}/read", {"seq": first["seq"]})
        await bob.rest("PUT", f"{at}/notifications", {"muted": True})
        await bob.rest("DELETE", f"{at}/messages/{first['id']}")
        events = (await alice.rest("GET", f"{at}/events", after=0))["events"]
        assert [e["closed"] for e in events if e["event"] == "room"] == [True]

        assert (await operator.rest("POST", f"/operator/rooms/{tea.uri}/open"))["closed"] is False
        assert (await bob.expects(named("room")))["closed"] is False
        await bob.says(tea, "again")
        await refused(operator.rest("POST", "/operator/rooms/nowhere/close"), "not_found")
        assert [verb for _, verb, _ in await deeds(operator, text=tea.uri)] == ["room open", "room close"]


@story
async def test_a_room_closed_by_nobody_with_an_account(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, tea = await two_in_a_room(server)
        await bob.listens()
        await server.operator("POST", f"/operator/rooms/{tea.uri}/close")
        assert (await bob.expects(named("room")))["actor"] == ""
        await bob.hangs_up()
        page = (await bob.rest("GET", f"/rooms/{tea.uri}/events", after=0))["events"]
        assert (page[-1]["event"], page[-1]["closed"], page[-1]["actor"]) == ("room", True, "")
        assert (await server.operator("GET", "/operator/audit"))["audit"][0]["by"].endswith(", cli")


@story
async def test_a_command_that_runs_while_its_room_is_closed_fails_with_the_reason(tmp_path):
    async with running_server(tmp_path) as server:
        operator = await server.administrator()
        alice, bob, tea = await two_in_a_room(server)
        server.installs(FIXTURES / "slow.so", "slow")
        await installed(server, "/slow")
        await alice.listens()
        await alice.says(tea, "/slow 1500")
        await operator.rest("POST", f"/operator/rooms/{tea.uri}/close")
        failed = await alice.expects(named("command_failed"))
        assert failed["code"] == "room_closed"
        assert [m["text"] for m in await alice.history(tea)] == ["/slow 1500"]


@story
async def test_rooms_are_listed_without_what_is_said_in_them(tmp_path):
    async with running_server(tmp_path) as server:
        operator = await server.administrator()
        alice, bob, tea = await two_in_a_room(server)
        await alice.creates_room("Garden", visibility="public")
        direct = (await alice.rest("POST", "/rooms", {"direct": "bob"}))["room"]
        await writes(bob, tea, "a secret")

        async def listed(**query):
            return (await operator.rest("GET", "/operator/rooms", **query))["rooms"]

        garden, kitchen = await listed()
        assert (garden["title"], garden["visibility"], garden["messages"], garden["last_activity"]) == ("Garden", "public", 0, None)
        assert (kitchen["title"], kitchen["members"], kitchen["messages"], kitchen["reports"]) == ("Tea", 2, 1, 0)
        assert "secret" not in str(await listed())
        assert [r["title"] for r in await listed(text="gard")] == ["Garden"]
        found = await operator.rest("GET", "/operator/rooms", limit=1)
        assert (await operator.rest("GET", "/operator/rooms", limit=1, before=found["next"]))["rooms"][0]["title"] == "Tea"
        # A direct room is nobody's business, until one of the two reports something.
        message = (await bob.rest("POST", f"/rooms/{direct['uri']}/messages", {"client_msg_id": "d", "text": "threat"}))["message"]
        await alice.rest("POST", f"/rooms/{direct['uri']}/messages/{message['id']}/report", {})
        assert [(r["kind"], r["title"], r["reports"]) for r in await listed()][0] == ("direct", "", 1)


# --- reports ----------------------------------------------------------------------------------------------------------

@story
async def test_an_operator_settles_reports_of_rooms_that_are_not_his(tmp_path):
    async with running_server(tmp_path) as server:
        operator = await server.administrator()
        alice, bob, tea = await two_in_a_room(server)
        await alice.listens()
        at = f"/rooms/{tea.uri}"
        harmless, bad = await writes(bob, tea, "harmless"), await writes(bob, tea, "buy gold")
        for message in (harmless, bad):
            await alice.rest("POST", f"{at}/messages/{message['id']}/report", {"reason": "spam"})
        one, two = (await operator.rest("GET", "/operator/reports"))["reports"]
        assert (one["room_title"], one["message"]["text"], two["message"]["text"]) == ("Tea", "harmless", "buy gold")
        await operator.rest("DELETE", f"/operator/reports/{one['id']}")
        await refused(operator.rest("DELETE", f"/operator/reports/{one['id']}"), "not_found")
        await operator.rest("DELETE", f"/operator/reports/{two['id']}/message")
        gone = await alice.expects(named("delete"))
        assert (gone["id"], gone["actor"]) == (bad["id"], "root-admin")
        assert [(m["text"], m["deleted"]) for m in await bob.history(tea)] == [("harmless", False), ("", True)]
        assert (await operator.rest("GET", "/operator/reports"))["reports"] == []
        assert (await alice.rest("GET", at))["reports"] == 0
        await refused(operator.rest("DELETE", f"/operator/reports/{two['id']}/message"), "not_found")
        await refused(operator.rest("DELETE", "/operator/reports/none"), "not_found")
        assert [verb for _, verb, _ in await deeds(operator)] == ["message remove", "report settle"]


# --- the server -------------------------------------------------------------------------------------------------------

@story
async def test_the_status_counts_what_happens(tmp_path):
    async with running_server(tmp_path) as server:
        operator = await server.administrator()
        alice, bob, tea = await two_in_a_room(server)
        before = await operator.rest("GET", "/operator/status")
        assert (before["connections"], before["messages_last_minute"], before["commands_ended"]) == (0, 0, 0)
        assert before["database_bytes"] > 0 and before["disk_free_bytes"] > 0 and before["plugins"]["live"] > 0
        await alice.listens()
        await bob.listens()
        await alice.says(tea, "one")
        await alice.says(tea, "/echo two")
        await bob.expects(post("two"))
        await bob.hangs_up()
        for _ in range(200):
            now = await operator.rest("GET", "/operator/status")
            if (now["connections"], now["commands_ended"]) == (1, 1):
                break
            await asyncio.sleep(0.02)
        assert (now["connections"], now["messages_last_minute"], now["commands_ended"], now["commands_failed"]) == (1, 3, 1, 0)
        assert 0 <= now["command_p50_ms"] <= now["command_p99_ms"] < 10_000
        assert now["started_at"] == before["started_at"] and now["uptime_s"] >= 0


@story
async def test_metrics_are_for_operators_and_count_each_plugin(tmp_path):
    async with running_server(tmp_path) as server:
        operator = await server.administrator()
        alice, bob, tea = await two_in_a_room(server)
        await bob.listens()
        await writes(alice, tea, "/echo two")
        await bob.expects(post("two"))
        page = await operator.rest("GET", "/operator/metrics")
        assert 'riposte_plugin_calls_total{plugin="echo"} 1\n' in page and "riposte_connections 1\n" in page
        for line in page.splitlines():
            assert re.fullmatch(r'# (HELP|TYPE) riposte_\w+ .+|riposte_\w+(\{(\w+="[^"]*",?)+\})? [0-9.]+', line), line
        await refused(alice.rest("GET", "/operator/metrics"), "not_allowed")


@story
async def test_the_configuration_in_force_tells_no_secret(tmp_path):
    (tmp_path / "riposte.toml").write_text('[limits]\nactions_in_flight = 7\n[plugins.weather]\nunits = "metric"\n')
    async with running_server(tmp_path, settings={"PLUGINS__WEATHER__OTHER": "s3cret"}) as server:
        operator = await server.administrator()
        settings = (await operator.rest("GET", "/operator/config"))["settings"]
        by_name = {s["name"]: s for s in settings}
        assert by_name["limits.actions_in_flight"]["value"] == "7"
        assert "riposte.toml:2" in by_name["limits.actions_in_flight"]["source"]
        assert by_name["http.port"] == {"name": "http.port", "value": str(server.port), "source": "environment RIPOSTE_HTTP__PORT"}
        assert by_name["auth.session_days"]["source"] == "default"
        assert "s3cret" not in str(settings) and "(hidden)" in by_name["plugins.weather.other"]["value"]
        assert by_name["plugins.weather.units"]["value"] == '"metric"'
        shown = (await asyncio.to_thread(server.riposte, "config", "show")).stdout
        assert all(s["name"] in shown for s in settings)


@story
async def test_the_audit_survives_a_restart_and_is_read_page_by_page(tmp_path):
    async with running_server(tmp_path) as server:
        operator = await server.administrator()
        bob = await server.sign_up("bob")
        await operator.rest("POST", "/operator/users/bob/reset-link")
        await operator.rest("POST", "/operator/admin-link")
        await operator.rest("POST", "/plugins/echo/disable")
        await operator.rest("POST", "/plugins/echo/enable")
        await operator.rest("POST", "/plugins/echo/reload", {"force": True})
        await refused(operator.rest("POST", "/plugins/nothing/reload", {}), "not_found")
        await server.restarts()
        whole = (await operator.rest("GET", "/operator/audit"))["audit"]
        assert [(e["verb"], e["subject"]) for e in whole] == [
            ("plugin reload", "nothing"), ("plugin reload", "echo"), ("plugin enable", "echo"), ("plugin disable", "echo"),
            ("admin-link", ""), ("user reset-link", "bob"), ("admin-link", "")]
        assert whole[0]["detail"] == "not_found" and containing("live")(whole[1]["detail"])
        assert [e["by"] for e in whole] == ["root-admin, api"] * 6 + ["host"] and all(e["at"] > 0 for e in whole)
        first = await operator.rest("GET", "/operator/audit", limit=4)
        rest = await operator.rest("GET", "/operator/audit", limit=4, before=first["next"])
        assert (first["audit"] + rest["audit"], rest["next"]) == (whole, None)
        assert await deeds(operator, text="reset") == [("root-admin, api", "user reset-link", "bob")]
        assert "/reset/" not in str(whole)  # the links themselves are nobody's to read
