"""Who may include whom, and which folder is the only user of which library (the table of docs/architecture.md).

Prints every breach as file:line and ends with 1 when there is one. `layering.py ROOT` looks at another tree.
"""
import re
import sys
from pathlib import Path

# folder -> what it may include besides itself and the standard library
MAY_INCLUDE = {
    "base": set(),
    "config": {"base"},
    "protocol": {"base"},
    "store": {"base", "protocol"},
    "bus": {"base", "protocol"},
    "auth": {"base", "protocol", "store", "bus"},
    "commands": {"base", "protocol"},
    "loader": {"base", "protocol", "commands", "plugin-api"},
    "chat": {"base", "protocol", "store", "bus", "commands", "loader"},
    "operator": {"base", "protocol", "store", "auth", "commands", "loader", "chat"},
    "net": {"base", "protocol", "store", "bus", "auth", "commands", "chat", "operator"},
    "server": {"base", "config", "protocol", "store", "bus", "auth", "commands", "loader", "chat", "operator", "net"},
    "author": {"base", "protocol", "commands", "loader"},
    "cli": {"base", "config", "protocol", "server", "loader", "author"},
    "main": {"base", "config", "protocol", "server", "cli", "loader"},
}

# what an include looks like -> the folders that may have it
LIBRARIES = {
    r"spdlog/": {"base"},
    r"fmt/": {"base"},
    r"toml(\+\+|\.hpp)": {"config"},
    r"rapidjson/": {"protocol"},
    r"utf8proc": {"protocol"},
    r"sqlite3": {"store"},
    r"libpq": {"store"},
    r"(amqp|rabbitmq)": {"bus"},
    r"argon2\.h": {"auth"},
    r"sodium": {"auth", "loader"},
    r"boost/dll": {"loader"},
    r"(seccomp|linux/(landlock|seccomp))": {"loader"},
    r"boost/beast": {"net", "cli"},
    r"openssl/": {"net"},
    r"boost/asio/ssl": {"net"},
    r"CLI/": {"cli"},
    r"gtest|gmock|benchmark": set(),
}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
MOST_BEAST_COROUTINE_FILES = 4  # each costs 30 s at -O0 and 2.4 GB under AddressSanitizer
SUFFIXES = {".cpp", ".hpp", ".c", ".h"}


def folder_of(path: Path) -> str:
    """host/store/sqlite/x.cpp -> store; host/server.cpp and host/server_options.cpp -> server."""
    return path.parts[1] if len(path.parts) > 2 else path.stem.split("_")[0]


def target_of(name: str) -> str:
    """The folder that an include "store/store.hpp" names."""
    if name.startswith("riposte/"):
        return "plugin-api"
    parts = Path(name).parts
    return parts[0] if len(parts) > 1 else Path(name).stem.split("_")[0]


def breaches_of_host(path: Path, text: str) -> list[str]:
    folder = folder_of(path)
    if folder not in MAY_INCLUDE:
        return [f"{path}: the folder {folder} is not in the table"]
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        bracket, name = match.groups()
        if bracket == '"' or name.startswith("riposte/"):
            target = target_of(name)
            if target != folder and target not in MAY_INCLUDE[folder]:
                found.append(f"{path}:{number}: {folder} may not include {target} ({name})")
            continue
        for pattern, users in LIBRARIES.items():
            if re.match(pattern, name) and folder not in users:
                found.append(f"{path}:{number}: {folder} may not use {name}; only {sorted(users) or 'tests'} may")
    return found


def breaches_of_plugin(path: Path, text: str) -> list[str]:
    """A plugin includes plugin-api, the standard library, and files of its own folder."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        match = INCLUDE.match(line)
        if match and (match[2].startswith("../") or target_of(match[2]) in MAY_INCLUDE and "/" in match[2]):
            found.append(f"{path}:{number}: a plugin may not include {match[2]}")
    return found


def beast_coroutine_files(sources: dict[Path, str]) -> list[Path]:
    """Sources that compile Beast's coroutines: boost/beast is included and something is awaited."""
    beast = re.compile(r"^\s*#\s*include\s*<boost/beast", re.M)
    headers = {str(p.relative_to("host")) for p, t in sources.items() if p.suffix == ".hpp" and beast.search(t)}
    def uses_beast(text: str) -> bool:
        included = {m[2] for line in text.splitlines() if (m := INCLUDE.match(line))}
        return bool(beast.search(text)) or bool(included & headers)
    return [p for p, t in sources.items() if p.suffix == ".cpp" and "co_await" in t and uses_beast(t)]


TYPE = re.compile(r"^(?:class|struct|enum class) (\w+)\b(?![:<])[^;]*?\{", re.M)
NAMESPACE = re.compile(r"^namespace ([\w:]+)", re.M)


def types_named_twice(sources: dict[Path, str]) -> list[str]:
    """Two types of one name in one namespace link without a word, and one is used as the other."""
    homes: dict[str, list[str]] = {}
    for path, text in sources.items():
        namespace = NAMESPACE.search(text)
        for name in TYPE.findall(text) if path.suffix == ".hpp" and namespace else ():
            homes.setdefault(f"{namespace[1]}::{name}", []).append(str(path))
    return [f"{name} is defined in {' and in '.join(paths)}" for name, paths in homes.items() if len(paths) > 1]


def read(root: Path, folder: str) -> dict[Path, str]:
    return {p.relative_to(root): p.read_text(encoding="utf-8")
            for p in sorted((root / folder).rglob("*")) if p.suffix in SUFFIXES}


def breaches(root: Path) -> list[str]:
    host = read(root, "host")
    found = [b for path, text in host.items() for b in breaches_of_host(path, text)]
    found += [b for path, text in read(root, "plugins").items() for b in breaches_of_plugin(path, text)]
    found += [f"{path}:{number}: plugin-api depends on nothing here, but includes {m[2]}"
              for path, text in read(root, "plugin-api").items()
              for number, line in enumerate(text.splitlines(), 1)
              if (m := INCLUDE.match(line)) and m[1] == '"' and target_of(m[2]) in MAY_INCLUDE and "/" in m[2]]
    found += types_named_twice(host)
    coroutines = beast_coroutine_files(host)
    if len(coroutines) > MOST_BEAST_COROUTINE_FILES:
        found.append(f"{len(coroutines)} files compile Beast coroutines, at most {MOST_BEAST_COROUTINE_FILES} may: "
                     + ", ".join(map(str, coroutines)))
    return found


if __name__ == "__main__":
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2]
    found = breaches(root)
    print("\n".join(found) if found else "layering: every include is allowed")
    sys.exit(1 if found else 0)
