"""What Windows and macOS are told of the program, as far as Linux can check it."""

import plistlib
import tomllib
from pathlib import Path

import pytest
from assemble.identity import (
    DESCRIPTIONS,
    MIME,
    PLAN_TYPE,
    SUFFIX,
    draw_icon,
    info_plist,
    program_resources,
    version_resource,
)
from PIL import Image

from pricing.version import VERSION

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"


def test_that_linux_programs_have_no_resources(tmp_path: Path) -> None:
    assert program_resources("reckoner", ROOT / "resources" / "icons", tmp_path) == {}


@pytest.mark.parametrize("name", DESCRIPTIONS)
def test_that_the_version_resource_says_name_and_version(name: str) -> None:
    class Said(dict[str, object]):
        """Stands for each structure that PyInstaller evaluates the text with."""

    def structure(*given: object, **named: object) -> Said:
        return Said(given=given, **named)

    kinds = ("VSVersionInfo", "FixedFileInfo", "StringFileInfo", "StringTable", "StringStruct")
    names = dict.fromkeys((*kinds, "VarFileInfo", "VarStruct"), structure)
    read = eval(version_resource(name, "1.2.3"), {"__builtins__": {}}, names)  # as PyInstaller does
    assert read["ffi"]["filevers"] == (1, 2, 3, 0)
    table = read["kids"][0]["given"][0][0]["given"]
    assert table[0] == "040904b0", "English, UTF-16: as the translation below it says"
    texts = dict(entry["given"] for entry in table[1])
    assert texts["FileVersion"] == texts["ProductVersion"] == "1.2.3"
    assert texts["OriginalFilename"] == f"{name}.exe"
    assert read["kids"][1]["given"][0][0]["given"] == ("Translation", [1033, 1200])


def test_that_the_property_list_opens_plans(tmp_path: Path) -> None:
    path = tmp_path / "Info.plist"
    path.write_bytes(plistlib.dumps(info_plist(VERSION)))
    read = plistlib.loads(path.read_bytes())
    assert read["CFBundleShortVersionString"] == VERSION
    assert read["CFBundleDocumentTypes"][0]["LSItemContentTypes"] == [PLAN_TYPE]
    declared = read["UTExportedTypeDeclarations"][0]
    assert declared["UTTypeIdentifier"] == PLAN_TYPE
    assert declared["UTTypeTagSpecification"]["public.filename-extension"] == [SUFFIX]


def test_that_all_systems_call_plans_the_same() -> None:
    linux = (PACKAGING / "debian" / "reckoner.xml").read_text(encoding="utf-8")
    windows = (PACKAGING / "windows" / "reckoner.iss").read_text(encoding="utf-8")
    for text in (linux, windows):
        assert MIME in text
        assert f".{SUFFIX}" in text


@pytest.mark.parametrize(("suffix", "largest"), [(".ico", 256), (".icns", 1024)])
def test_that_icons_are_drawn_in_their_sizes(suffix: str, largest: int, tmp_path: Path) -> None:
    drawing = ROOT / "resources" / "icons" / "reckoner.svg"
    with Image.open(draw_icon(drawing, tmp_path / f"icon{suffix}")) as icon:
        icon.load()
        assert max(icon.size) == largest
        assert icon.convert("RGBA").getextrema()[3] == (0, 255), "drawn, on nothing"


def test_that_the_installer_script_is_whole() -> None:
    script = (PACKAGING / "windows" / "reckoner.iss").read_text(encoding="utf-8")
    sections: dict[str, list[str]] = {}
    for line in (line.strip() for line in script.splitlines()):
        if line.startswith("["):
            section = sections.setdefault(line.strip("[]"), [])
        elif line and line[0] not in ";#":
            section.append(line)
    assert {"Setup", "Files", "Icons", "Registry", "Run"} <= set(sections)
    for name, lines in sections.items():
        assert all("=" in line if name == "Setup" else ":" in line for line in lines), name
    setup = dict(line.split("=", 1) for line in sections["Setup"])
    assert setup["AppVersion"] == "{#AppVersion}", "the version comes from its one place"
    assert (PACKAGING / "windows" / setup["LicenseFile"].replace("\\", "/")).is_file()
    given = (PACKAGING / "assemble" / "windows.py").read_text(encoding="utf-8")
    for name in ("AppVersion", "Bundle", "Icon", "Output"):
        assert f"{{#{name}}}" in script
        assert f"/D{name}=" in given


def test_that_what_other_systems_add_is_in_no_conflict_with_the_lock() -> None:
    lock = (PACKAGING / "requirements.txt").read_text(encoding="utf-8")
    locked = dict(line.split(" ")[0].split("==") for line in lock.splitlines() if "==" in line)
    for system in ("windows", "macos"):
        added = (PACKAGING / system / "requirements.txt").read_text(encoding="utf-8")
        for line in added.splitlines():
            if "==" in line:
                name, version = line.split(" ")[0].split("==")
                assert locked.get(name, version) == version
            assert line.startswith("    --hash=sha256:") or "==" in line


def test_that_each_system_is_built_by_the_workflow() -> None:
    text = (ROOT / ".github" / "workflows" / "package.yml").read_text(encoding="utf-8")
    for command in (".ci/run", "-m assemble.windows", "-m assemble.macos"):
        assert command in text
    python = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert python["project"]["requires-python"] == ">=3.11"
    assert text.count('python-version: "3.11"') == 2
