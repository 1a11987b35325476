"""A bundle holds what the allow-list names and nothing of the deny-list."""

import os
import zipfile
from pathlib import Path

import pytest
from audit.contents import Contents, extension_module, read_contents
from audit.lists import ALLOWED, DENIED, ListError, Rule, judge, modules_only, parse_rules
from PyInstaller.archive.writers import CArchiveWriter, ZlibArchiveWriter

ALLOW = parse_rules(ALLOWED.read_text(encoding="utf-8"))
DENY = parse_rules(DENIED.read_text(encoding="utf-8"))


def contents(
    modules: set[str] | None = None,
    libraries: set[str] | None = None,
    built_in: set[str] | None = None,
    python_sockets: bool = False,
    blocked: set[str] | None = None,
) -> Contents:
    return Contents(
        frozenset(modules or ()),
        frozenset(libraries or ()),
        frozenset(),
        frozenset(built_in or ()),
        python_sockets,
        frozenset(blocked or ()),
    )


@pytest.mark.parametrize(
    "module",
    ["_socket", "ssl", "http.client", "urllib.request", "requests", "httpx._client", "asyncio"],
)
def test_that_modules_that_open_connections_are_refused(module: str) -> None:
    verdict = judge(contents({module}), ALLOW, DENY)
    assert [name for name, _ in verdict.denied] == [module]
    assert verdict.sentences()[0].startswith(f"{module} must not be shipped: ")


@pytest.mark.parametrize(
    "library",
    [
        "PySide6/Qt/lib/libQt6Network.so.6",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/Qt/plugins/platforms/libqvnc.so",
        "libssl.so.3",
        "libcurl.so.4",
        "libreadline.so.8",
    ],
)
def test_that_libraries_that_open_connections_or_are_gpl_are_refused(library: str) -> None:
    verdict = judge(contents(libraries={library}), ALLOW, DENY)
    assert [name for name, _ in verdict.denied] == [library]


def test_that_a_denied_module_is_found_inside_the_interpreter_too() -> None:
    assert judge(contents(built_in={"_socket", "time"}), ALLOW, DENY).denied[0][0] == "_socket"


def test_that_what_is_built_in_may_be_there_where_every_program_blocks_it() -> None:
    assert judge(contents(built_in={"_socket"}, blocked={"_socket"}), ALLOW, DENY).denied == ()
    assert judge(contents({"_socket"}, blocked={"_socket"}), ALLOW, DENY).denied != ()


def test_that_a_rule_for_what_python_has_built_in_is_not_idle() -> None:
    rule = Rule("module", "_csv", "why")
    assert judge(contents(built_in={"_csv"}), [rule], ()).idle == ()
    assert judge(contents(), [rule], ()).idle == (rule,)


def test_that_pythons_own_socket_is_refused_and_the_stand_in_is_not() -> None:
    assert judge(contents({"socket"}, python_sockets=True), ALLOW, DENY).denied[0][0] == "socket"
    assert judge(contents({"socket"}), ALLOW, DENY).denied == ()


def test_that_what_is_new_is_named_until_it_is_allowed() -> None:
    new = contents({"newcomer"}, {"libnewcomer.so.1"})
    assert judge(new, ALLOW, DENY).unknown == ("module newcomer", "library libnewcomer.so.1")
    rules = [Rule("module", "newcomer", "why"), Rule("library", "libnewcomer.so.*", "why")]
    assert judge(new, [*ALLOW, *rules], DENY).unknown == ()


def test_that_what_is_allowed_and_gone_is_named() -> None:
    gone = Rule("module", "gone.*", "why")
    assert judge(contents(), [gone], ()).sentences() == ("module gone.* is allowed and not there",)


def test_that_other_systems_are_held_to_modules_and_to_what_is_denied() -> None:
    found = contents({"newcomer", "ssl"}, {"Qt6Core.dll"})
    verdict = modules_only(judge(found, [Rule("module", "gone", "why")], DENY))
    assert verdict.unknown == ("module newcomer", "module ssl")
    assert [name for name, _ in verdict.denied] == ["ssl"]
    assert verdict.idle == ()


def test_that_a_package_covers_its_modules_and_not_names_that_begin_alike() -> None:
    rule = Rule("module", "http.*", "why")
    assert [rule.covers(name) for name in ("http", "http.client", "httpx")] == [True, True, False]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("module numpy", "has no reason above it"),
        ("== why\nmodules numpy", "neither 'module NAME'"),
        ("== why\nmodule numpy fast", "neither 'module NAME'"),
        ("== why\nmodule numpy\n== why else\nmodule numpy", "stands there twice"),
    ],
)
def test_that_a_list_with_a_slip_is_refused(text: str, said: str) -> None:
    with pytest.raises(ListError, match=said):
        parse_rules(text)


def test_that_no_rule_is_both_allowed_and_denied() -> None:
    for allowed in ALLOW:
        name = allowed.pattern.removesuffix(".*").replace("*", "x")
        covering = [rule for rule in DENY if rule.kind == allowed.kind and rule.covers(name)]
        assert covering == [], allowed


def test_that_a_bundle_is_read_as_it_was_written(tmp_path: Path) -> None:
    bundle = made_bundle(tmp_path, socket_source="import _socket")
    found = read_contents(bundle)
    assert found.blocked == {"_socket"}
    assert found.modules == {
        "alpha",
        "surroundings",
        "socket",
        "zipped",
        "zipped.part",
        "pack._native",
        "_csv",
    }
    assert found.libraries == {
        "pack/_native.cpython-311-x86_64-linux-gnu.so",
        "python3.11/lib-dynload/_csv.so",
        "libpython3.11.so.1.0",
        "helper",
    }
    assert found.data == {"resources/text.txt"}
    assert found.built_in == {"_socket"}
    assert found.python_sockets
    (tmp_path / "other").mkdir()
    assert not read_contents(
        made_bundle(tmp_path / "other", "def socketpair(): ...")
    ).python_sockets


def made_bundle(folder: Path, socket_source: str) -> Path:
    """A bundle as PyInstaller writes it, with one program and a few files."""
    inner = folder / "_internal"
    archive = folder / "PYZ.pyz"
    sources = {
        "alpha": "x = 1",
        "socket": socket_source,
        "pyimod99": "y = 2",
        "surroundings": "BLOCKED = ('_socket',)",
    }
    code = {name: compile(source, f"{name}.py", "exec") for name, source in sources.items()}
    ZlibArchiveWriter(
        str(archive), [(name, f"{name}.py", "PYMODULE") for name in code], code_dict=code
    )
    package = folder / "pkg"
    CArchiveWriter(str(package), [("PYZ.pyz", str(archive), False, "z")], "libpython3.11.so.1.0")
    (folder / "program").write_bytes(b"\x7fELF" + bytes(64) + package.read_bytes())
    archive.unlink()
    package.unlink()
    for name, content in {
        "pack/_native.cpython-311-x86_64-linux-gnu.so": b"\x7fELF",
        "python3.11/lib-dynload/_csv.so": b"\x7fELF",
        "libpython3.11.so.1.0": b"\x7fELF\0PyInit__socket\0PyInit_\xff\0",
        "helper": b"\x7fELF",
        "resources/text.txt": b"text",
    }.items():
        (inner / name).parent.mkdir(parents=True, exist_ok=True)
        (inner / name).write_bytes(content)
    (inner / "libother.so").symlink_to("libpython3.11.so.1.0")
    with zipfile.ZipFile(inner / "base_library.zip", "w") as file:
        file.writestr("zipped/__init__.pyc", b"")
        file.writestr("zipped/part.pyc", b"")
    return folder


def test_that_plain_libraries_are_no_modules() -> None:
    assert extension_module("PIL/_imaging.cpython-311-darwin.so") == "PIL._imaging"
    assert extension_module("PySide6/QtCore.pyd") == "PySide6.QtCore"
    assert extension_module("PySide6/Qt/lib/libQt6Core.so.6") is None
    assert extension_module("highspy/libhighs.so") is None


@pytest.mark.skipif("RECKONER_BUNDLE" not in os.environ, reason="RECKONER_BUNDLE names no bundle")
def test_that_the_built_bundle_holds_what_the_lists_say() -> None:
    verdict = judge(read_contents(Path(os.environ["RECKONER_BUNDLE"])), ALLOW, DENY)
    assert verdict.sentences() == ()
