"""The open document: a frozen plan, how it is edited, and what stands in fields but not in it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from desktop.app.commands import EditPlan
from desktop.forms.edit import Edit
from pricing.catalogue.installed import naming_its_catalogue
from pricing.plan.edit import EditError, edited
from pricing.plan.file import load_plan, save_plan
from pricing.plan.plan import Plan


class Session(QObject):
    """Keeps the plan that the window shows; every change is one undo step.

    Signals:
        opened: another document was opened or made.
        plan_changed: the plan is another one now (also after opening and undo).
        file_changed: the path or the modified state changed.
        entries_changed: the fields that hold a wrong entry changed.
    """

    opened = Signal()
    plan_changed = Signal()
    file_changed = Signal()
    entries_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plan: Plan | None = None
        self._path: Path | None = None
        self._unsaved_from_start = False
        self._entries: dict[str, str] = {}
        self.undo = QUndoStack(self)
        self.undo.cleanChanged.connect(self._clean_changed)

    def _clean_changed(self, _clean: bool) -> None:
        self.file_changed.emit()

    @property
    def plan(self) -> Plan | None:
        """The plan shown; none before one is opened."""
        return self._plan

    @property
    def path(self) -> Path | None:
        """The file it was opened from or saved to."""
        return self._path

    @property
    def modified(self) -> bool:
        """Whether closing would lose something."""
        return self._plan is not None and (self._unsaved_from_start or not self.undo.isClean())

    @property
    def entries(self) -> dict[str, str]:
        """Wrong entries that are in fields but not in the plan: path to sentence."""
        return dict(self._entries)

    def close(self) -> None:
        """Have no document any more."""
        self._plan, self._path, self._unsaved_from_start = None, None, False
        self._entries = {}
        self.undo.clear()
        self.opened.emit()
        self.file_changed.emit()
        self.entries_changed.emit()

    def start(self, plan: Plan, path: Path | None = None, *, unsaved: bool = False) -> None:
        """Begin a document; `unsaved` where the plan exists nowhere yet."""
        self._plan, self._path, self._unsaved_from_start = plan, path, unsaved
        self._entries = {}
        self.undo.clear()
        self.undo.setClean()
        self.opened.emit()
        self.plan_changed.emit()
        self.file_changed.emit()
        self.entries_changed.emit()

    def open(self, path: Path) -> None:
        """Open a plan file; raises PlanFileError and changes nothing when it cannot be read."""
        self.start(load_plan(path), path)

    def open_copy(self, path: Path) -> None:
        """Open a plan file as a document without a file; raises PlanFileError."""
        self.start(naming_its_catalogue(load_plan(path)))

    def save(self, path: Path) -> None:
        """Write the plan, naming its catalogue.

        Raises PlanFileError and keeps the old file when it cannot be written.
        """
        assert self._plan is not None
        save_plan(naming_its_catalogue(self._plan), path)
        self._path, self._unsaved_from_start = path, False
        self.undo.setClean()
        self.file_changed.emit()

    def edit(self, edit: Edit) -> str:
        """Change one field; returns why that is not possible, or nothing."""
        label = self.tr('Change "{field}"').format(field=edit.label)
        key = f"{edit.path}#{edit.gesture}" if edit.gesture else ""
        return self.apply(label, lambda plan: edited(plan, edit.path, edit.value), key)

    def apply(self, label: str, change: Callable[[Plan], Plan], key: str = "") -> str:
        """Make a change as one undo step; returns why that is not possible, or nothing."""
        if self._plan is None:
            return ""
        try:
            after = change(self._plan)
        except EditError as error:
            return str(error)
        if after != self._plan:
            self.undo.push(EditPlan(self._show, label, self._plan, after, key))
        return ""

    def _show(self, plan: Plan) -> None:
        self._plan = plan
        self.plan_changed.emit()

    def refresh(self) -> None:
        """Let everything look at the plan again, though it is the same: its facts changed."""
        if self._plan is not None:
            self._show(self._plan.model_copy())

    def note_entry(self, path: str, sentence: str) -> None:
        """Remember that a field holds a wrong entry; an empty sentence forgets it."""
        before = dict(self._entries)
        if sentence:
            self._entries[path] = sentence
        else:
            self._entries.pop(path, None)
        if self._entries != before:
            self.entries_changed.emit()
