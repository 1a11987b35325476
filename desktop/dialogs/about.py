"""What this program is."""

from PySide6.QtCore import QCoreApplication, Qt, qVersion
from PySide6.QtWidgets import QMessageBox, QWidget

from pricing.version import VERSION


def _t(text: str) -> str:
    return QCoreApplication.translate("About", text)


def about_box(parent: QWidget) -> QMessageBox:
    """Name, version, licence, and the licence of Qt."""
    box = QMessageBox(parent)
    box.setWindowTitle(_t("About Reckoner"))
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setText(_t("Reckoner {version}").format(version=VERSION))
    box.setInformativeText(
        _t(
            "The full bill of every way to serve a large language model, month by month, "
            "offline.\n\nLicence: Apache-2.0. The window uses Qt {qt} under the LGPL-3.0."
        ).format(qt=qVersion())
    )
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box
