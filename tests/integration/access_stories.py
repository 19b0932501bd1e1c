"""Stories of tokens for scripts, of builds that are brought over the network, and of finding what became of a command.

test_rest.py runs them among its own, because it holds all operations of openapi.yaml against what was seen.
"""
import asyncio

import pytest

from harness import FIXTURES, PASSWORD, Person, Refused, containing, eventually, named, post, running_server, story
from talk_stories import refused, two_in_a_room, uploads
from test_commands import installed


async def makes(person, name="script", **fields):
    """A token of the person's, and somebody who has nothing else."""
    made = await person.rest("POST", "/me/tokens", {"name": name} | fields)
    return made, Person(person.server, person.name, made["token"])


# --- tokens -----------------------------------------------------------------------------------------------------------

@story
async def test_a_script_acts_as_its_owner_until_the_token_is_revoked(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, tea = await two_in_a_room(server)
        made, script = await makes(alice, " build server ", expires_in_s=3600)
        assert (made["name"], made["last_used"]) == ("build server", None) and made["token"].startswith("riposte_")
        assert made["expires_at"] - made["created_at"] == pytest.approx(3_600_000, abs=5000)
        [listed] = (await alice.rest("GET", "/me/tokens"))["tokens"]
        assert listed == {key: value for key, value in made.items() if key != "token"}

        assert (await script.rest("GET", "/me"))["name"] == "alice"
        await script.listens()
        await bob.listens()
        await script.says(tea, "built")
        assert (await bob.expects(post("built")))["message"]["author"]["name"] == "alice"
        assert (await alice.rest("GET", "/me/tokens"))["tokens"][0]["last_used"] >= made["created_at"]
        assert made["token"] not in server.log
        database = b"".join(file.read_bytes() for file in (tmp_path / "data").glob("riposte.db*"))
        assert made["token"].encode() not in database and b"build server" in database

        await refused(bob.rest("DELETE", f"/me/tokens/{made['id']}"), "not_found")
        await alice.rest("DELETE", f"/me/tokens/{made['id']}")
        assert await script.is_disconnected() == 4001
        await refused(script.rest("GET", "/me"), "unauthenticated")
        await refused(alice.rest("DELETE", f"/me/tokens/{made['id']}"), "not_found")
        await refused(alice.rest("DELETE", "/me/tokens/first"), "not_found")
        await alice.rest("GET", "/me")


@story
async def test_what_a_token_may_not_be_and_do(tmp_path):
    async with running_server(tmp_path) as server:
        alice = await server.sign_up("alice")
        for body, argument in (({}, "name"), ({"name": " "}, "name"), ({"name": "x" * 121}, "name"),
                               ({"name": "x", "expires_in_s": 1}, "expires_in_s")):
            await refused(alice.rest("POST", "/me/tokens", body), "invalid_value", argument=argument)
        _, script = await makes(alice)
        await refused(makes(script), "not_allowed")  # one that leaked must not outlive itself
        for _ in range(49):
            await makes(alice)
        await refused(makes(alice), "too_large", argument="tokens")
        # Neither signing out everywhere nor a new password of one's own takes it; the operator's link does.
        phone = await server.signs_in("alice")
        await phone.rest("PUT", "/me/password", {"old": PASSWORD, "new": "another horse"})
        await phone.rest("DELETE", "/sessions", all="true")
        assert (await script.rest("GET", "/me"))["name"] == "alice"
        link = (await server.operator("POST", "/operator/users/alice/reset-link"))["url"]
        await server.rest("POST", f"/password-resets/{link.split('/reset/')[1]}", {"password": "third horse"})
        await refused(script.rest("GET", "/me"), "unauthenticated")


@story
async def test_operators_see_and_revoke_everybodys_tokens(tmp_path):
    async with running_server(tmp_path) as server:
        operator = await server.administrator()
        alice, bob = await server.sign_up("alice"), await server.sign_up("bob")
        for person, name in ((alice, "builds"), (bob, "backup"), (bob, "weather")):
            made, script = await makes(person, name)
        await refused(alice.rest("GET", "/operator/tokens"), "not_allowed")
        await refused(alice.rest("DELETE", f"/operator/tokens/{made['id']}"), "not_allowed")

        first = await operator.rest("GET", "/operator/tokens", limit=2)
        rest = await operator.rest("GET", "/operator/tokens", limit=2, before=first["next"])
        assert [(t["owner"]["name"], t["name"]) for t in first["tokens"] + rest["tokens"]] == [
            ("bob", "weather"), ("bob", "backup"), ("alice", "builds")] and rest["next"] is None
        assert [t["name"] for t in (await operator.rest("GET", "/operator/tokens", text="ali"))["tokens"]] == ["builds"]
        await operator.rest("DELETE", f"/operator/tokens/{made['id']}")
        await refused(script.rest("GET", "/me"), "unauthenticated")
        await refused(operator.rest("DELETE", f"/operator/tokens/{made['id']}"), "not_found")
        [deed] = (await operator.rest("GET", "/operator/audit", text="token"))["audit"]
        assert (deed["by"], deed["subject"], deed["detail"]) == ("root-admin, api", "bob", "weather")

        # A token of an administrator operates; the audit does not tell it from any other use of the API.
        _, machine = await makes(operator, "machine")
        assert len((await machine.rest("GET", "/operator/tokens"))["tokens"]) == 3

        run = lambda *verb: asyncio.to_thread(server.riposte, "token", *verb)
        listed = await run("list", "bob")
        assert listed.returncode == 0 and "backup" in listed.stdout and "builds" not in listed.stdout, listed
        number = listed.stdout.splitlines()[1].split()[0]
        done = await run("revoke", number)
        assert done.returncode == 0 and "revoked" in done.stdout, done
        assert (await run("revoke", number)).returncode == 1
        assert (await bob.rest("GET", "/me/tokens"))["tokens"] == []


# --- builds that are brought ------------------------------------------------------------------------------------------

def build(name):
    return (FIXTURES / f"{name}.so").read_bytes()


async def view_of(operator, plugin):
    return next((p for p in (await operator.rest("GET", "/plugins"))["plugins"] if p["id"] == plugin), None)


@story
async def test_a_build_is_looked_at_first_and_goes_live_by_a_second_word(tmp_path):
    async with running_server(tmp_path) as server:
        operator = await server.administrator()
        alice, bob, tea = await two_in_a_room(server)
        await alice.listens()
        one = await uploads(operator, "/plugin-uploads", build("versioned_v1"))
        assert (one["plugin"], one["version"], one["commands"], one["permissions"]) == ("versioned", "1", ["/version"], [])
        assert "serves" not in one and "conflict" not in one and not one["same"] and len(one["hash"]) == 64
        assert await view_of(operator, "versioned") is None and not (server.inbox / "versioned.so").exists()

        report = await operator.rest("POST", f"/plugin-uploads/{one['hash']}/install")
        assert (report["result"], report["plugin"]["state"], report["plugin"]["by"]) == ("live", "live", "root-admin, api")
        assert (server.inbox / "versioned.so").read_bytes() == build("versioned_v1")
        await alice.says(tea, "/version")
        await alice.expects(post("v1"))

        two = await uploads(operator, "/plugin-uploads", build("versioned_v2"))
        assert (two["serves"], two["same"]) == ("1", False)
        assert (await uploads(operator, "/plugin-uploads", build("versioned_v1")))["same"]
        await operator.rest("POST", f"/plugin-uploads/{two['hash']}/install")
        await alice.says(tea, "/version")
        await alice.expects(post("v2"))
        await refused(operator.rest("POST", f"/plugin-uploads/{two['hash']}/install"), "not_found")

        # What a later reload and a restart find is that build.
        assert (await operator.rest("POST", "/plugins/versioned/reload", {}))["result"] == "unchanged"
        await server.restarts()
        assert (await view_of(operator, "versioned"))["version"] == "2"
        audit = (await operator.rest("GET", "/operator/audit", text="versioned"))["audit"]
        assert [e["verb"] for e in audit] == ["plugin reload", "plugin install", "plugin upload", "plugin upload",
                                              "plugin install", "plugin upload"]
        assert audit[1]["detail"] == "live: 2" and one["hash"] in audit[5]["detail"]


@story
async def test_what_cannot_be_installed_is_said_before_or_refused_after(tmp_path):
    async with running_server(tmp_path, settings={"PLUGINS__UPLOAD_MIB": "4"}) as server:
        operator = await server.administrator()
        alice = await server.sign_up("alice")
        for name, reason in (("wrong_abi", "99.0"), ("no_entry", "entry"), ("hang_in_constructor", "")):
            with pytest.raises(Refused) as caught:
                await uploads(operator, "/plugin-uploads", build(name))
            assert caught.value.code == "plugin_refused" and reason in caught.value.problem["detail"], caught.value.problem
        with pytest.raises(Refused):
            await uploads(operator, "/plugin-uploads", b"#!/bin/sh\nexit 0\n")
        await refused(uploads(operator, "/plugin-uploads", b""), "invalid_value", argument="file")
        await refused(uploads(operator, "/plugin-uploads", bytes(4 << 20) + b"."), "too_large", argument="file")
        await refused(uploads(alice, "/plugin-uploads", build("versioned_v1")), "not_allowed")
        await refused(operator.rest("POST", f"/plugin-uploads/{'0' * 64}/install"), "not_found")
        left = [f.name for f in (server.folder / "data").rglob("arriving-*")]
        assert left == []

        thief = await uploads(operator, "/plugin-uploads", build("thief"))
        assert containing("/dice belongs to dice")(thief["conflict"])
        await refused(operator.rest("POST", f"/plugin-uploads/{thief['hash']}/install"), "plugin_refused")
        bad = await uploads(operator, "/plugin-uploads", build("refuses"))
        with pytest.raises(Refused) as caught:
            await operator.rest("POST", f"/plugin-uploads/{bad['hash']}/install")
        assert caught.value.problem["reason"] == "no weather today" or "no weather today" in caught.value.problem["reason"]

        caller = await uploads(operator, "/plugin-uploads", build("caller"))
        assert (caller["permissions"], caller["wants"]) == (["network"], ["network"])
        await refused(operator.rest("POST", f"/plugin-uploads/{caller['hash']}/install"), "plugin_refused")
        waiting = await view_of(operator, "caller")
        assert (waiting["state"], waiting["wants"], waiting["grants"]) == ("needs grant: network", ["network"], [])
        granted = await operator.rest("PUT", "/plugins/caller/grants", {"permission": "network", "given": True})
        assert (granted["state"], granted["wants"], granted["grants"]) == ("live", [], ["network"])

        one = await uploads(operator, "/plugin-uploads", build("versioned_v1"))
        await operator.rest("POST", f"/plugin-uploads/{one['hash']}/install")
        await operator.rest("POST", "/plugins/versioned/disable")
        two = await uploads(operator, "/plugin-uploads", build("versioned_v2"))
        await refused(operator.rest("POST", f"/plugin-uploads/{two['hash']}/install"), "plugin_disabled")


@story
async def test_what_keeps_a_library_in_memory_is_said_before_it_serves_there(tmp_path):
    async with running_server(tmp_path) as server:
        operator = await server.administrator()
        one = await uploads(operator, "/plugin-uploads", build("pinned"))
        why = 'thread_local "remembered" has a destructor'
        assert one["warning"] == f"in-process its library may stay in memory when it is replaced: {why}"
        report = await operator.rest("POST", f"/plugin-uploads/{one['hash']}/install")
        assert report["result"] == "live" and "warning" not in report, "a worker takes its library with it"
        await asyncio.to_thread(server.riposte, "plugin", "isolation", "pinned", "in-process")
        reloaded = await asyncio.to_thread(server.riposte, "plugin", "reload", "pinned", "--force")
        warning = f"warning: its library may stay in the server's memory when it is replaced: {why}"
        assert reloaded.returncode == 0 and warning + "\n" in reloaded.stdout, reloaded
        history = await asyncio.to_thread(server.riposte, "plugin", "history", "pinned")
        assert f"live; {warning}" in history.stdout, history.stdout
        assert "warning" not in await uploads(operator, "/plugin-uploads", build("versioned_v1"))


@story
async def test_a_refusal_at_the_start_names_the_log_that_may_say_more(tmp_path):
    async with running_server(tmp_path) as server:
        server.installs(FIXTURES / "counter_v1.so", "counter")
        operator = await server.administrator()
        await eventually(lambda: view_of(operator, "counter"), lambda view: view and view["state"] == "live")
        server.installs(FIXTURES / "counter_bad.so", "counter")
        refused_build = await asyncio.to_thread(server.riposte, "plugin", "reload", "counter", "--force")
        assert refused_build.returncode == 1 and "serves on, no command lost" in refused_build.stdout, refused_build
        assert "  step    restore state (6 of 6)\n" in refused_build.stdout, refused_build.stdout
        (line,) = [line for line in refused_build.stdout.splitlines() if "next" in line]
        words = line.split("riposte ")[1].split()
        assert words == ["plugin", "log", "counter", "--generation", "2"]
        assert "refused: restore" in (await asyncio.to_thread(server.riposte, *words)).stdout


@story
async def test_an_operator_may_forbid_builds_over_the_network(tmp_path):
    async with running_server(tmp_path, settings={"PLUGINS__UPLOAD_MIB": "0"}) as server:
        operator = await server.administrator()
        await refused(uploads(operator, "/plugin-uploads", build("versioned_v1")), "not_allowed")


# --- commands ---------------------------------------------------------------------------------------------------------

@story
async def test_a_failed_command_is_found_by_the_id_that_its_author_saw(tmp_path):
    async with running_server(tmp_path) as server:
        operator = await server.administrator()
        alice, bob, tea = await two_in_a_room(server)
        server.installs(FIXTURES / "segfault.so", "segfault")
        await installed(server, "/segfault")
        await alice.listens()
        await alice.says(tea, "/echo a secret")
        await alice.expects(post("a secret"))
        ack = await alice.says(tea, "/segfault")
        await alice.expects(named("command_failed"))

        async def found(text):
            return (await operator.rest("GET", "/operator/invocations", text=text))["invocations"]

        [one] = await found(ack["invocation"][-8:])
        assert (one["id"], one["author"], one["room_title"], one["plugin"], one["command"]) == (
            ack["invocation"], "alice", "Tea", "segfault", "/segfault")
        assert (one["state"], one["code"]) == ("failed", "crashed") and one["ended_at"] >= one["created_at"]
        assert [c["command"] for c in await found("alice")] == ["/segfault", "/echo"]
        assert [c["command"] for c in await found("echo")] == ["/echo"]
        assert await found("nothing") == [] and "secret" not in str(await found(""))
        await refused(alice.rest("GET", "/operator/invocations"), "not_allowed")
        await refused(operator.rest("GET", "/operator/invocations", text="x" * 201), "invalid_value", argument="text")
