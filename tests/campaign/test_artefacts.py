"""Bad artefacts made from a good one: the old build serves on, and the reason is one that a person understands."""
import asyncio
import struct

from campaign import LARGE
from harness import FIXTURES, Refused, eventually, post, running_server, story
from test_chat import two_in_a_room
from test_commands import installed

PAGE = 4096
MARKER = b"FAULT=none"


def with_fault(good: bytes, fault: str) -> bytes:
    at = good.index(MARKER)
    room = len(MARKER) + 36
    return good[:at] + f"FAULT={fault}".encode().ljust(room) + good[at + room:]


def with_bytes(good: bytes, at: int, new: bytes) -> bytes:
    return good[:at] + new + good[at + len(new):]


def header_faults(good: bytes) -> dict[str, bytes]:
    """Each breaks one field of the ELF header (offsets: elf(5))."""
    half = lambda at, value: with_bytes(good, at, struct.pack("<H", value))
    return {
        "no magic": with_bytes(good, 0, b"\x7fBAD"), "32 bits": with_bytes(good, 4, b"\x01"),
        "big-endian": with_bytes(good, 5, b"\x02"), "version of the file": with_bytes(good, 6, b"\x09"),
        "a program, not a library": half(16, 2), "an object file": half(16, 1), "a core dump": half(16, 4),
        "for AArch64": half(18, 183), "for i386": half(18, 3), "for RISC-V": half(18, 243), "for nothing": half(18, 0),
        "no program headers": half(56, 0), "program headers beyond the end": with_bytes(good, 32, struct.pack("<Q", 1 << 40)),
        "a shell script": b"#!/bin/sh\necho hello\n", "a page of HTML": b"<!DOCTYPE html><title>404</title>", "zeros": bytes(2 * PAGE),
        "no entry": good.replace(b"riposte_plugin_entry", b"riposte_plugin_entri"),
    }


def runtime_faults(good: bytes) -> dict[str, bytes]:
    deaths = ["segfault", "abort", "exit", "_exit", "stack", "illegal", "bus", "divide", "kill", "terminate", "call-null",
              "write-code", "throw-in-thread", "crash-in-thread", "double-free"]
    faults = [f"{when}-{death}" for when in ("load", "start") for death in deaths] + ["refuse", "steal"]
    if LARGE:
        faults += ["load-hang", "start-hang"]
    return {fault: with_fault(good, fault) for fault in faults}


def bad_artefacts(good: bytes) -> dict[str, bytes]:
    step = PAGE if LARGE else 8 * PAGE
    cut = {f"cut at {end}": good[:end] for end in range(step, len(good), step)}
    return {"empty": b"", "one byte": good[:1]} | cut | header_faults(good) | runtime_faults(good)


@story
async def test_the_good_build_serves_on(tmp_path):
    good = (FIXTURES / "faulty.so").read_bytes()
    async with running_server(tmp_path, settings={"LOG__LEVEL": "warning"}) as server:
        alice, bob, room = await two_in_a_room(server)
        server.installs(FIXTURES / "faulty.so", "faulty")
        await installed(server, "/version")
        pid, bad = server.process.pid, bad_artefacts(good)
        for what, artefact in bad.items():
            artefact_path = tmp_path / "artefact.so"
            artefact_path.write_bytes(artefact)
            server.installs(artefact_path, "faulty")
            await is_refused(server, what)
            await alice.says(room, "/version")
            await bob.expects(post("none", by="faulty"), what=f"the good build after: {what}")
        assert server.process.pid == pid and server.process.poll() is None
        print(f"{len(bad)} of {len(bad)} bad artefacts refused, each with a reason, the good one serving")


async def is_refused(server, what):
    try:
        report = await server.operator("POST", "/plugins/faulty/reload", {"force": True})
    except Refused as refused:
        assert refused.code == "plugin_refused", (what, refused)
        reason = refused.problem["reason"]
        assert len(reason) > 10 and "\x00" not in reason, (what, reason)
        print(f"{what}: {refused.problem['step']}: {reason}")
    else:
        raise AssertionError(f"{what} was taken: {report}")


@story
async def test_one_that_goes_bad_on_probation_is_rolled_back(tmp_path):
    good = (FIXTURES / "faulty.so").read_bytes()
    async with running_server(tmp_path, settings={"LOG__LEVEL": "warning", "PLUGINS__CALL_FIRST_OUTPUT_MS": "500"}) as server:
        alice, bob, room = await two_in_a_room(server)
        server.installs(FIXTURES / "faulty.so", "faulty")
        await installed(server, "/version")
        for fault in ["call-segfault", "call-exit", "call-kill", "call-throw-in-thread", "call-hang", "fail"]:
            bad = tmp_path / "bad.so"
            bad.write_bytes(with_fault(good, fault))
            server.installs(bad, "faulty")
            await server.operator("POST", "/plugins/faulty/reload", {"force": True})
            for _ in range(6 if fault == "fail" else 1):
                ack = await alice.says(room, "/version")
                ended = await alice.expects(lambda e: e.get("event") == "invocation" and e["id"] == ack["invocation"]
                                            and e["state"] in ("done", "failed"))
                assert ended["state"] == "failed", (fault, ended)
            view = await eventually(lambda: server.operator("GET", "/plugins/faulty"),
                                    lambda view: view["reason"] and view["state"] == "live", f"the good build after {fault}")
            print(f"{fault}: {view['reason']}")
            await alice.says(room, "/version")
            await bob.expects(post("none", by="faulty"))
