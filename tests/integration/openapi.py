"""Holds what a server answers against docs/openapi.yaml: no field more, none less, no status and no code that is not there."""
import functools
import os
import re
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

SOURCE = Path(os.environ.get("RIPOSTE_SOURCE", Path(__file__).resolve().parents[2]))
DOCUMENT = yaml.load((SOURCE / "docs/openapi.yaml").read_text(encoding="utf-8"),
                     getattr(yaml, "CSafeLoader", yaml.SafeLoader))
METHODS = ("get", "put", "post", "patch", "delete")
# What any operation may answer (the document's description says so).
EVERYWHERE = {"malformed_request", "too_large", "unsupported_media", "method_not_allowed", "timeout", "rate_limited",
              "overloaded", "shutting_down", "internal"}


def resolved(node: Any) -> Any:
    """The same without "$ref"."""
    if isinstance(node, list):
        return [resolved(item) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        target = DOCUMENT
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        return resolved(target)
    return {key: resolved(value) for key, value in node.items()}


class Operation:
    def __init__(self, method: str, path: str, described: dict):
        self.method, self.path = method, path
        self.pattern = re.compile(re.sub(r"\{\w+\}", "[^/]+", path) + "$")
        self.responses = resolved(described["responses"])
        self.access = described.get("x-access", "anyone" if described.get("security") == [] else "user")
        self.codes = EVERYWHERE | set(described.get("x-problems", []))
        if self.access != "anyone":
            self.codes.add("unauthenticated")
        if self.access in ("operator", "unix_socket"):
            self.codes.add("not_allowed")
        if method != "GET":
            self.codes.add("wrong_origin")

    @functools.cache
    def validator(self, status: str, content_type: str) -> Draft202012Validator | None:
        content = self.responses[status].get("content", {})
        return Draft202012Validator(content[content_type]["schema"]) if content_type in content else None


@functools.cache
def operations() -> list[Operation]:
    found = []
    for path, item in DOCUMENT["paths"].items():
        server = item.get("servers", DOCUMENT["servers"])[0]["url"].rstrip("/")
        found += [Operation(method.upper(), server + path, item[method]) for method in METHODS if method in item]
    # "/me/export" before "/{name}/export": what is spelled out wins.
    return sorted(found, key=lambda operation: operation.path.count("{"))


def operation(method: str, path: str) -> Operation | None:
    wanted = "GET" if method == "HEAD" else method
    return next((o for o in operations() if o.method == wanted and o.pattern.match(path)), None)


answered: set[tuple[str, str]] = set()  # (method, path) that were seen to succeed


def check(method: str, path: str, status: int, content_type: str, body: Any) -> None:
    """`path` with its server and without query; `body` parsed, None when there is none."""
    where = f"{method} {path} -> {status} {body}"
    known = operation(method, path)
    if known is None:
        assert status in (404, 405, 501), f"not in openapi.yaml: {where}"
        return
    described = str(status) if str(status) in known.responses else "default"
    assert described != "default" or status >= 400, f"an undescribed status: {where}"
    if described != "default" and status < 400:
        answered.add((known.method, known.path))
    if method == "HEAD" or body is None and "content" not in known.responses[described]:
        return
    validator = known.validator(described, content_type.split(";")[0])
    assert validator, f"an undescribed content type {content_type}: {where}"
    errors = [f"{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in validator.iter_errors(body)]
    assert not errors, f"{where}: {errors}"
    if status >= 400:
        assert body["code"] in known.codes, f"a code that openapi.yaml does not have: {where}"
        assert body["status"] == status and body["request_id"], where
