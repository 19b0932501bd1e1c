"""docs/openapi.yaml and docs/asyncapi.yaml are sound and say what the code says.

Each test fails when the documents and the code part: a route, a verb, an error code or a field that only one has.
"""
import json
import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

SOURCE = Path(os.environ.get("RIPOSTE_SOURCE", Path(__file__).resolve().parents[2]))
BUILD = Path(os.environ.get("RIPOSTE_BUILD", SOURCE / "build" / "dev"))
METHODS = {"get", "head", "post", "put", "patch", "delete"}

DOCUMENTS = {name: yaml.safe_load((SOURCE / "docs" / name).read_text(encoding="utf-8"))
             for name in ("openapi.yaml", "asyncapi.yaml")}
OPENAPI = DOCUMENTS["openapi.yaml"]
ASYNCAPI = DOCUMENTS["asyncapi.yaml"]


def source(path: str) -> str:
    return (SOURCE / path).read_text(encoding="utf-8")


def resolve(reference: str, here: str):
    """What a "$ref" in the document `here` points at; KeyError when it points nowhere."""
    name, pointer = reference.split("#", 1)
    node = DOCUMENTS[name or here]
    for part in pointer.strip("/").split("/"):
        node = node[part.replace("~1", "/").replace("~0", "~")]
    return node


def inlined(node, here: str):
    """The same schema without any "$ref"."""
    if isinstance(node, list):
        return [inlined(item, here) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        document = node["$ref"].split("#")[0] or here
        return inlined(resolve(node["$ref"], here), document)
    return {key: inlined(value, here) for key, value in node.items()}


def nodes(node, path=()):
    yield path, node
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in children:
        yield from nodes(value, (*path, str(key)))


def operations():
    """(path with its server, method, operation, parameters of path and operation)"""
    for path, item in OPENAPI["paths"].items():
        server = item.get("servers", OPENAPI["servers"])[0]["url"].rstrip("/")
        for method in METHODS & item.keys():
            yield server + path, method.upper(), item[method], item.get("parameters", []) + item[method].get("parameters", [])


def error_codes() -> list[str]:
    return re.findall(r'^\s*\{"(\w+)", \d{3}, "', source("host/base/problem.cpp"), re.M)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_reference_leads_somewhere(name):
    for path, node in nodes(DOCUMENTS[name]):
        if isinstance(node, dict) and isinstance(node.get("$ref"), str):
            try:
                resolve(node["$ref"], name)
            except (KeyError, TypeError):
                pytest.fail(f"{'/'.join(path)}: {node['$ref']} does not exist")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_schemas_are_schemas_and_require_only_what_they_have(name):
    for path, node in nodes(DOCUMENTS[name]):
        if not isinstance(node, dict) or not isinstance(node.get("properties"), dict) or path[-1] == "properties":
            continue
        Draft202012Validator.check_schema(inlined(node, name))
        assert set(node.get("required", [])) <= node["properties"].keys(), "/".join(path)


def test_every_operation_has_a_name_and_a_problem():
    seen = set()
    for path, method, operation, _ in operations():
        where = f"{method} {path}"
        assert operation["operationId"] not in seen, where
        seen.add(operation["operationId"])
        assert operation["summary"] and operation["tags"], where
        assert operation["responses"]["default"] == {"$ref": "#/components/responses/Problem"}, where
        assert any(code.startswith(("1", "2")) for code in operation["responses"]), where


def test_path_parameters_are_those_of_the_path():
    for path, method, _, parameters in operations():
        declared = [resolve(p["$ref"], "openapi.yaml") if "$ref" in p else p for p in parameters]
        in_path = {p["name"] for p in declared if p["in"] == "path"}
        assert in_path == set(re.findall(r"\{(\w+)\}", path)), f"{method} {path}"


def test_problem_codes_are_those_of_the_table():
    codes = error_codes()
    assert len(codes) > 30
    assert OPENAPI["components"]["schemas"]["ProblemCode"]["enum"] == codes
    for path, method, operation, _ in operations():
        assert set(operation.get("x-problems", [])) <= set(codes), f"{method} {path}"


def test_every_route_is_described_and_nothing_else():
    table = SOURCE / "host/net/routes.cpp"
    access_of = {"Anyone": "anyone", "User": "user", "Operator": "operator", "UnixSocket": "unix_socket"}
    routed = {(method.upper(), path, access_of[access])
              for method, path, access in re.findall(r'\{\s*(?:Method::)?(\w+),\s*"([^"]+)",\s*(?:Access::)?(\w+),', table.read_text())}
    described = set()
    for path, method, operation, _ in operations():
        access = operation.get("x-access", "anyone" if operation.get("security") == [] else "user")
        described.add((method, path, access))
    assert described == routed


def test_the_socket_knows_the_same_verbs_and_events():
    messages = {name: inlined(message["payload"], "asyncapi.yaml") for name, message in ASYNCAPI["components"]["messages"].items()}
    verbs = {payload["properties"]["do"]["const"] for payload in messages.values() if "do" in payload.get("properties", {})}
    table = source("host/protocol/actions.cpp").split("verbs = ")[1].split("});")[0]
    assert verbs == set(re.findall(r'\{"(\w+)"', table))

    events = {payload["properties"]["event"]["const"] for payload in messages.values() if "event" in payload.get("properties", {})}
    written = source("host/protocol/events.cpp")
    assert events == set(re.findall(r'line\("(\w+)"', written)) | set(re.findall(r'"event":"(\w+)"', written))


def test_every_message_is_part_of_an_operation():
    channel = ASYNCAPI["channels"]["socket"]["messages"]
    assert channel.keys() == ASYNCAPI["components"]["messages"].keys()
    used = [m["$ref"].rsplit("/", 1)[1] for operation in ASYNCAPI["operations"].values() for m in operation["messages"]]
    assert sorted(used) == sorted(channel)


def test_what_the_protocol_writes_is_what_is_described():
    program = BUILD / "tests/docs/riposte_protocol_samples"
    printed = subprocess.run([program], stdout=subprocess.PIPE, text=True, timeout=30, check=True).stdout.splitlines()
    assert len(printed) > 60
    seen = set()
    for line in printed:
        reference, sample = line.split("\t", 1)
        seen.add(reference)
        schema = inlined(resolve(reference, ""), reference.split("#")[0])
        errors = [error.message for error in Draft202012Validator(schema).iter_errors(json.loads(sample))]
        assert not errors, f"{reference}: {errors}\n{sample}"
    lines = {f"asyncapi.yaml#/components/messages/{name}/payload" for name in ASYNCAPI["components"]["messages"]
             if not name.endswith("_action")}
    assert lines <= seen


def test_a_wrong_answer_would_be_noticed():
    schema = inlined(OPENAPI["components"]["schemas"]["User"], "openapi.yaml")
    right = {"name": "a", "display_name": "A", "bot": False, "admin": False}
    assert Draft202012Validator(schema).is_valid(right)
    assert not Draft202012Validator(schema).is_valid(right | {"password_hash": "x"})
    assert not Draft202012Validator(schema).is_valid({"name": "a"})
