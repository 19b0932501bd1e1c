"""A thousand reconnects, no hole and no double."""
import asyncio

from harness import containing, named, post, running_server, story
from test_chat import two_in_a_room

RECONNECTS = 1000
READERS = 10


@story
async def test_a_thousand_reconnects_see_every_event_once_in_order(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_in_a_room(server)
        await bob.hangs_up()
        readers = [bob]
        for i in range(READERS - 1):
            reader = await server.sign_up(f"reader{i}", invite=room.invite)
            readers.append(reader)
        start = (await alice.rest("GET", f"/rooms/{room.uri}"))["last_seq"]
        for reader in readers:
            reader.seqs[room.uri] = start
        done = asyncio.Event()

        async def talk():
            i = 0
            while not done.is_set():
                await alice.says(room, f"message {i}")
                i += 1
            return i

        async def come_and_go(reader):
            for _ in range(RECONNECTS // READERS):
                await reader.listens()
                await asyncio.sleep(0.01)
                await reader.hangs_up()

        talking = asyncio.create_task(talk())
        await asyncio.gather(*map(come_and_go, readers))
        done.set()
        said = await talking
        for reader in readers:
            await reader.listens()
            await reader.expects(lambda e: reader.seqs[room.uri] >= start + said) if reader.seqs[room.uri] < start + said else None
            seqs = [e["seq"] for e in reader.heard if e.get("event") == "post"]
            gaps = [(e["from"], e["to"]) for e in reader.heard if e.get("event") == "gap"]
            covered = set(seqs).union(*(range(a, b + 1) for a, b in gaps)) if gaps else set(seqs)
            assert seqs == sorted(set(seqs)), "a double, or out of order"
            assert covered >= set(range(start + 1, start + said + 1)), "a hole"


@story
async def test_a_restart_in_the_middle_is_resumed_without_a_hole(tmp_path):
    async with running_server(tmp_path) as server:
        alice, bob, room = await two_in_a_room(server)
        await alice.says(room, "before")
        await bob.expects(post("before"))
        await server.restarts()
        await alice.listens()
        await alice.says(room, "while bob was away")
        await bob.listens()
        await bob.expects(post("while bob was away"))
        seqs = [e["seq"] for e in bob.heard if e.get("event") == "post"]
        assert seqs == list(range(seqs[0], seqs[0] + len(seqs)))
