"""What was acknowledged is there: once, in order, for everyone, also after kill -9."""
import asyncio
import contextlib
import sqlite3

import aiohttp

from harness import Refused, named, running_server, story
from test_chat import two_in_a_room

KILLS = 25
SENDERS = 4


@story
async def test_25_kills_under_load_lose_and_double_nothing(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_in_a_room(server)
        people = [alice, bob] + [await server.sign_up(f"sender{i}", invite=room.invite) for i in range(SENDERS - 2)]
        acked: dict[str, dict] = {}    # client_msg_id -> ack
        sent: dict[str, tuple] = {}    # client_msg_id -> (person, text)

        async def send_until_killed(person, round_):
            person.events.clear()
            await person.listens()
            number = 0
            with contextlib.suppress(AssertionError, ConnectionError, aiohttp.ClientError, Refused):
                while True:
                    key = f"{person.name}-{round_}-{number}"
                    sent[key] = (person, key)
                    acked[key] = await person.says(room, key, client_msg_id=key)
                    number += 1

        for round_ in range(KILLS):
            senders = [asyncio.create_task(send_until_killed(person, round_)) for person in people]
            await asyncio.sleep(0.15 + 0.01 * round_)
            server.kill()
            await asyncio.gather(*senders)
            await server.start()

        # What hung in the air is sent again with the same client_msg_id: the same message, or a new one, never two.
        await alice.listens()
        await bob.listens()
        for key, (person, text) in sent.items():
            if key not in acked:
                answer = await person.rest("POST", f"/rooms/{room.uri}/messages", {"client_msg_id": key, "text": text})
                acked[key] = {"id": answer["message"]["id"], "seq": answer["message"]["seq"]}

        log = await whole_log(alice, room)
        assert [e["seq"] for e in log] == list(range(1, len(log) + 1)), "not dense"
        posts = [e["message"] for e in log if e["event"] == "post"]
        by_text = {}
        for message in posts:
            assert message["text"] not in by_text, f"doubled: {message['text']}"
            by_text[message["text"]] = message
        for key, ack in acked.items():
            assert by_text[key]["id"] == ack["id"] and by_text[key]["seq"] == ack["seq"], key
        assert log == await whole_log(bob, room)
        assert len(acked) > KILLS


async def whole_log(person, room):
    events, after = [], 0
    while True:
        page = await person.rest("GET", f"/rooms/{room.uri}/events", after=after, limit=200)
        if not page["events"]:
            return events
        events += page["events"]
        after = events[-1]["seq"]


@story
async def test_a_command_that_was_killed_ends_interrupted_and_is_not_run_again(tmp_path):
    from harness import FIXTURES
    from test_commands import installed
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_in_a_room(server)
        server.installs(FIXTURES / "slow.so", "slow")
        await installed(server, "/slow")
        ack = await alice.says(room, "/slow 5000")
        await alice.expects(named("invocation", id=ack["invocation"], state="running"))
        await server.restarts()
        hello = await alice.listens()
        (ended,) = [i for i in hello["invocations"] if i["id"] == ack["invocation"]]
        assert (ended["state"], ended["code"]) == ("failed", "interrupted")
        await alice.says(room, "/echo later")
        await alice.expects(lambda e: e.get("event") == "post" and e["message"]["author"]["name"] == "echo")
        assert not any(m["text"] == "waited" for m in await bob.history(room))


@story
async def test_a_backup_while_serving_is_whole(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_in_a_room(server)
        for i in range(50):
            await alice.says(room, f"kept {i}")
        copy = tmp_path / "copy.db"
        done = await asyncio.to_thread(server.riposte, "backup", str(copy))
        assert done.returncode == 0, done
        with sqlite3.connect(copy) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert db.execute("SELECT count(*) FROM messages WHERE text LIKE 'kept %'").fetchone() == (50,)
        again = await asyncio.to_thread(server.riposte, "backup", str(copy))
        assert again.returncode != 0, "a backup never overwrites"
