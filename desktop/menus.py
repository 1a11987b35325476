"""The menu bar."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from desktop.app.samples import samples

if TYPE_CHECKING:
    from desktop.window import MainWindow


class Menus(QObject):
    """Fills the menu bar and keeps its changing parts up to date."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        actions, bar = window.actions_, window.menuBar()
        file = bar.addMenu(self.tr("&File"))
        file.addActions([actions.new, actions.from_log, actions.open])
        self.recent = file.addMenu(self.tr("Open &recent"))
        self.samples = file.addMenu(self.tr("Sample &plans"))
        self.samples.aboutToShow.connect(self._list_samples)
        file.addSeparator()
        file.addActions([actions.save, actions.save_as])
        file.addSeparator()
        file.addActions([actions.export, actions.save_chart])
        file.addSeparator()
        file.addActions([actions.close_plan, actions.quit])
        edit = bar.addMenu(self.tr("&Edit"))
        edit.addActions([actions.undo, actions.redo])
        edit.addSeparator()
        edit.addActions([actions.import_log, actions.import_points, actions.copy_table])
        catalogue = bar.addMenu(self.tr("&Catalogue"))
        catalogue.addActions([actions.models, actions.accelerators])
        catalogue.addSeparator()
        catalogue.addActions([actions.add_model, actions.add_accelerator])
        catalogue.addSeparator()
        catalogue.addActions([actions.own_points, actions.quality_scores])
        catalogue.addSeparator()
        catalogue.addActions([actions.import_catalogue, actions.take_catalogue])
        view = bar.addMenu(self.tr("&View"))
        view.addActions([actions.explain, actions.findings])
        view.addSeparator()
        self.schemes = QActionGroup(self)
        for action in (actions.system, actions.light, actions.dark):
            self.schemes.addAction(action)
            view.addAction(action)
        bar.addMenu(self.tr("&Help")).addActions([actions.help, actions.about])
        self.mark_scheme(window.store.settings.scheme)

    def mark_scheme(self, scheme: str) -> None:
        """Tick the scheme in use."""
        actions = self._window.actions_
        chosen = {"light": actions.light, "dark": actions.dark}.get(scheme, actions.system)
        chosen.setChecked(True)

    def show_recent(
        self, paths: tuple[Path, ...], open_: Callable[[Path], None], forget: Callable[[], None]
    ) -> None:
        """List recent files, latest first."""
        self.recent.clear()
        self.recent.setEnabled(bool(paths))
        for path in paths:
            self._entry(self.recent, path, path.name, open_)
        if paths:
            self.recent.addSeparator()
            self.recent.addAction(self.tr("Clear the list")).triggered.connect(forget)

    def _list_samples(self) -> None:
        self.samples.clear()
        for sample in samples():
            self._entry(self.samples, sample.path, sample.name, self._window.documents.open)

    def _entry(self, menu: QMenu, path: Path, text: str, open_: Callable[[Path], None]) -> None:
        action = menu.addAction(text.replace("&", "&&"))
        action.setToolTip(str(path))
        action.triggered.connect(lambda _on=False: open_(path))


def fill_menus(window: "MainWindow") -> Menus:
    """Make the menu bar of a window."""
    return Menus(window)
