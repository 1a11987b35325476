"""The window's actions: names, shortcuts, menus."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence, QUndoStack
from PySide6.QtWidgets import QMainWindow

Key = QKeySequence.StandardKey


def _t(text: str) -> str:
    return QCoreApplication.translate("Actions", text)


class Actions:
    """Every action, made once; menus, header and pages show the same ones."""

    def __init__(self, window: QMainWindow, undo: QUndoStack) -> None:
        self._window = window
        self.new = self._make(_t("&New plan…"), Key.New)
        self.from_log = self._make(_t("New plan from a usage &log…"))
        self.open = self._make(_t("&Open…"), Key.Open)
        self.save = self._make(_t("&Save"), Key.Save)
        self.save_as = self._make(_t("Save &as…"), Key.SaveAs)
        self.export = self._make(_t("&Export workbook…"), "Ctrl+E")
        self.export.setToolTip(_t("Write the bill as a workbook with live formulas (Ctrl+E)"))
        self.save_chart = self._make(_t("Save c&hart…"), "Ctrl+Shift+E")
        self.save_chart.setToolTip(_t("Write the chart on this page as PDF, SVG or PNG"))
        self.close_plan = self._make(_t("&Close plan"), Key.Close)
        self.quit = self._make(_t("&Quit"), Key.Quit)
        self.undo = undo.createUndoAction(window, _t("Undo"))
        self.undo.setShortcuts(Key.Undo)
        self.redo = undo.createRedoAction(window, _t("Redo"))
        self.redo.setShortcuts([QKeySequence(Key.Redo), QKeySequence("Ctrl+Y")])
        self.copy_table = self._make(_t("&Copy comparison table"), "Ctrl+Shift+C")
        self.import_log = self._make(_t("&Import a usage log…"), "Ctrl+L")
        self.models = self._make(_t("Open &models…"))
        self.accelerators = self._make(_t("&Accelerators…"))
        self.add_model = self._make(_t("Add a m&odel…"))
        self.add_accelerator = self._make(_t("Add an a&ccelerator…"))
        self.import_catalogue = self._make(_t("&Import a catalogue file…"))
        self.take_catalogue = self._make(_t("Catalogue of this &plan…"))
        self.own_points = self._make(_t("Own &benchmark points…"))
        self.quality_scores = self._make(_t("&Quality scores…"))
        self.import_points = self._make(_t("Import &benchmark points…"))
        self.explain = self._make(_t("&Explain"), "F2")
        self.explain.setCheckable(True)
        self.findings = self._make(_t("&Findings…"), "Ctrl+Shift+F")
        self.light = self._make(_t("&Light"))
        self.dark = self._make(_t("&Dark"))
        self.system = self._make(_t("As the &system"))
        for action in (self.light, self.dark, self.system):
            action.setCheckable(True)
        self.help = self._make(_t("&Help pages"), Key.HelpContents)
        self.about = self._make(_t("&About Reckoner"))
        for action in (self.undo, self.redo):
            window.addAction(action)

    def _make(self, text: str, shortcut: QKeySequence.StandardKey | str | None = None) -> QAction:
        action = QAction(text, self._window)
        if shortcut is not None:
            action.setShortcuts(QKeySequence(shortcut) if isinstance(shortcut, str) else shortcut)  # type: ignore[arg-type]
        self._window.addAction(action)
        return action

    def needing_a_plan(self) -> tuple[QAction, ...]:
        """Actions that make sense with a document only."""
        return (
            self.save,
            self.save_as,
            self.export,
            self.save_chart,
            self.close_plan,
            self.copy_table,
            self.import_log,
            self.models,
            self.accelerators,
            self.add_model,
            self.add_accelerator,
            self.own_points,
            self.quality_scores,
            self.take_catalogue,
            self.import_points,
            self.explain,
            self.findings,
        )


def connect(pairs: tuple[tuple[QAction, Callable[[], Any]], ...]) -> None:
    """Let every action call its function without arguments."""
    for action, function in pairs:
        action.triggered.connect(lambda _on=False, function=function: function())
