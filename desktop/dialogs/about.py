"""What this program is."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt, qVersion
from PySide6.QtWidgets import QMessageBox, QWidget

from pricing.plan.recorded import CatalogueReference
from pricing.version import VERSION

HALF = 32
"""Digits of a hash that stand on one line."""


def _t(text: str) -> str:
    return QCoreApplication.translate("About", text)


def about_box(
    parent: QWidget,
    catalogue: CatalogueReference | None = None,
    show_licences: Callable[[], None] | None = None,
) -> QMessageBox:
    """Name, version, catalogue if it can be read, licence, and the licence of Qt.

    With a function that shows them, a button leads to the licences of everything else.
    """
    box = QMessageBox(parent)
    box.setWindowTitle(_t("About Reckoner"))
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setText(_t("Reckoner {version}").format(version=VERSION))
    facts = ""
    if catalogue is not None:
        facts = _t("Catalogue of {day}, SHA-256 of its manifest:\n{id}").format(
            day=catalogue.date.isoformat(), id=f"{catalogue.id[:HALF]}\n{catalogue.id[HALF:]}"
        )
    told = (
        _t("The full bill of every way to serve a large language model, month by month, offline."),
        facts,
        _t("Licence: Apache-2.0. The window uses Qt {qt} under the LGPL-3.0.").format(
            qt=qVersion()
        ),
    )
    box.setInformativeText("\n\n".join(filter(None, told)))
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if show_licences is not None:
        licences = box.addButton(_t("Licences…"), QMessageBox.ButtonRole.ActionRole)
        licences.clicked.connect(show_licences)
        box.addButton(QMessageBox.StandardButton.Close)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box
