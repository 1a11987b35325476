"""What Windows and macOS ask of a program: icon, version resource, property list of the bundle."""

import sys
from pathlib import Path
from typing import Any

from pricing.version import VERSION

PUBLISHER = "The Reckoner maintainers"
DESCRIPTIONS = {
    "reckoner": "Reckoner, command line",
    "reckoner-desktop": "Reckoner",
}
IDENTIFIER = "org.reckoner.Reckoner"
PLAN_TYPE = "org.reckoner.plan"
SUFFIX = "reckon"
MIME = "application/x-reckoner-plan+json"
OLDEST_MACOS = "13.0"
"""What Qt 6.11 asks for."""
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256)
_SAME = 1033, 1200
"""Language and character set of the texts: English (United States), UTF-16."""


def program_resources(name: str, drawings: Path, work: Path) -> dict[str, Any]:
    """Arguments of PyInstaller's EXE that this system has beside those of all.

    Args:
        name: of the program, without suffix.
        drawings: the folder with our SVG icons.
        work: where files made on the way go.
    """
    if sys.platform == "darwin":
        return {"icon": str(draw_icon(drawings / "reckoner.svg", work / "reckoner.icns"))}
    if sys.platform != "win32":
        return {}
    version = work / f"{name}-version.txt"
    version.parent.mkdir(parents=True, exist_ok=True)
    version.write_text(version_resource(name, VERSION), encoding="utf-8")
    icon = draw_icon(drawings / "reckoner.svg", work / "reckoner.ico")
    return {"icon": str(icon), "version": str(version)}


def app_bundle(drawings: Path, work: Path) -> dict[str, Any]:
    """Arguments of PyInstaller's BUNDLE, for macOS."""
    return {
        "name": "Reckoner.app",
        "icon": str(draw_icon(drawings / "reckoner.svg", work / "reckoner.icns")),
        "bundle_identifier": IDENTIFIER,
        "version": VERSION,
        "info_plist": info_plist(VERSION),
    }


def draw_icon(drawing: Path, target: Path) -> Path:
    """Draw an SVG into an .ico or .icns with all sizes that it may have."""
    from io import BytesIO

    from PIL import Image
    from PySide6.QtCore import QBuffer, QIODevice, QRectF
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    application = QGuiApplication.instance() or QGuiApplication(["icon", "-platform", "offscreen"])
    size = 1024 if target.suffix == ".icns" else max(ICON_SIZES)
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(drawing)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    del application
    target.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(BytesIO(buffer.data().data())) as drawn:
        if target.suffix == ".icns":
            drawn.save(target)
        else:
            drawn.save(target, sizes=[(side, side) for side in ICON_SIZES])
    return target


def version_resource(name: str, version: str) -> str:
    """The text of a version file, as PyInstaller reads it (VS_VERSIONINFO of Windows)."""
    numbers = (*(int(part) for part in version.split(".")[:3]), 0)
    language, characters = _SAME
    texts = {
        "CompanyName": PUBLISHER,
        "FileDescription": DESCRIPTIONS[name],
        "FileVersion": version,
        "InternalName": name,
        "LegalCopyright": f"{PUBLISHER}. Apache License 2.0",
        "OriginalFilename": f"{name}.exe",
        "ProductName": "Reckoner",
        "ProductVersion": version,
    }
    structs = ", ".join(f"StringStruct({key!r}, {text!r})" for key, text in texts.items())
    return (
        "VSVersionInfo(\n"
        f"  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3f, flags=0x0,\n"
        "    OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0)),\n"
        f"  kids=[StringFileInfo([StringTable('{language:04x}{characters:04x}', [{structs}])]),\n"
        f"    VarFileInfo([VarStruct('Translation', [{language}, {characters}])])])\n"
    )


def info_plist(version: str) -> dict[str, Any]:
    """What macOS knows of the application: names, versions, and the type of its documents."""
    return {
        "CFBundleName": "Reckoner",
        "CFBundleDisplayName": "Reckoner",
        "CFBundleExecutable": "reckoner-desktop",
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "LSApplicationCategoryType": "public.app-category.business",
        "LSMinimumSystemVersion": OLDEST_MACOS,
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": f"{PUBLISHER}. Apache License 2.0",
        "NSRequiresAquaSystemAppearance": False,
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "Reckoner plan",
                "CFBundleTypeRole": "Editor",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [PLAN_TYPE],
            }
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": PLAN_TYPE,
                "UTTypeDescription": "Reckoner plan",
                "UTTypeConformsTo": ["public.json"],
                "UTTypeTagSpecification": {
                    "public.filename-extension": [SUFFIX],
                    "public.mime-type": [MIME],
                },
            }
        ],
    }
