"""Add a model of one's own: paste its config.json, or fill in its shape."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCompleter,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from desktop.dialogs.config_paste import ConfigPaste
from desktop.dialogs.form_lines import LinesDialog
from desktop.dialogs.model_form import ModelForm
from desktop.dialogs.preview_panel import PreviewPanel
from desktop.theme.tokens import GRID
from desktop.viewmodels.sheet_preview import model_preview
from pricing import today as clock
from pricing.catalogue.licences import LICENCES
from pricing.plan.figure import BUYER
from pricing.plan.sheets import ModelSheet

PASTE, FORM = range(2)
SIZE = (1120, 640)
PREVIEW = 300


class OwnModelDialog(LinesDialog):
    """Asks for a model and shows what follows from its shape.

    Signals:
        made: the model sheet.
    """

    made = Signal(object)

    def __init__(
        self, identifier: str, sheet: ModelSheet | None = None, parent: QWidget | None = None
    ) -> None:
        """Ask for a model; `identifier` empty makes one of its name, `sheet` is one to change."""
        super().__init__("", "", parent)
        self.setWindowTitle(self.tr("Change a model") if sheet else self.tr("Add a model"))
        self.ok.setText(self.tr("Change") if sheet else self.tr("Add"))
        self.resize(*SIZE)
        self._identifier, self._old = identifier, sheet
        self._named = sheet is not None
        self.sheet: ModelSheet | None = None
        self.name = QLineEdit()
        self.licence = QLineEdit()
        self.source = QLineEdit()
        self.paste = ConfigPaste()
        self.form = ModelForm()
        self.preview = PreviewPanel(self.tr("What follows from it"))
        self._place()
        if sheet is not None:
            self._show(sheet)
        self.name.textEdited.connect(self._name_given)
        self.licence.textChanged.connect(lambda _text: self._check())
        self.source.textChanged.connect(lambda _text: self._check())
        self.paste.changed.connect(self._pasted)
        self.form.changed.connect(self._check)
        self.accepted.connect(lambda: self.made.emit(self.sheet))
        self.choose_way(FORM if sheet is not None else PASTE)
        (self.paste.text if sheet is None else self.name).setFocus()

    def _place(self) -> None:
        self.name.setPlaceholderText(self.tr("what the model is called"))
        self.licence.setPlaceholderText(self.tr("its name, as on the model's page: Apache-2.0"))
        names = QCompleter(sorted(licence.name for _, licence in LICENCES), self.licence)
        self.licence.setCompleter(names)
        self.source.setPlaceholderText(self.tr("the model's page, its paper: entered by you"))
        self.add_line(self.tr("Name"), self.name)
        two = QHBoxLayout()
        two.setSpacing(GRID)
        two.addWidget(self.licence, 1)
        label = QLabel(self.tr("Source"))
        two.addWidget(label)
        two.addWidget(self.source, 1)
        self.lines.addRow(self.tr("Licence"), two)
        self.licence.setAccessibleName(self.tr("Licence"))
        self.source.setAccessibleName(self.tr("Source"))
        self.ways = QButtonGroup(self)
        choice = QHBoxLayout()
        choice.setSpacing(GRID)
        for way, text in (
            (PASTE, self.tr("Paste its config.json")),
            (FORM, self.tr("Fill in its shape")),
        ):
            button = QPushButton(text)
            button.setCheckable(True)
            button.setAutoDefault(False)
            self.ways.addButton(button, way)
            choice.addWidget(button)
        choice.addStretch(1)
        self.ways.idClicked.connect(self.choose_way)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.paste)
        self.stack.addWidget(self.form)
        self.preview.setFixedWidth(PREVIEW)
        middle = QHBoxLayout()
        middle.setSpacing(3 * GRID)
        middle.addWidget(self.stack, 1)
        middle.addWidget(self.preview)
        self.column.addLayout(choice)
        self.column.addLayout(middle, 1)
        self.finish_layout()

    def _show(self, sheet: ModelSheet) -> None:
        self.name.setText(sheet.name)
        self.licence.setText(sheet.licence)
        self.source.setText("" if sheet.source == BUYER else sheet.source)
        self.source.setCursorPosition(0)
        self.form.show_sheet(sheet)

    def choose_way(self, way: int) -> None:
        """Paste or fill in; what was pasted is carried into the form."""
        button = self.ways.button(way)
        button.setChecked(True)
        if way == FORM and self.stack.currentIndex() == PASTE and self.paste.sheet is not None:
            self.form.show_sheet(self.paste.sheet)
            self._old = self.paste.sheet
        self.stack.setCurrentIndex(way)
        self._check()

    def _name_given(self, text: str) -> None:
        self._named = bool(text.strip())
        self._check()

    def _pasted(self) -> None:
        if not self._named and self.paste.sheet is not None:
            self.name.setText(self.paste.sheet.hf_id.rpartition("/")[2])
        self._check()

    def _about(self) -> dict[str, Any]:
        """Everything that is not the shape."""
        name = self.name.text().strip()[:120]
        old = self._old
        return {
            "id": self._identifier or "own",
            "name": name or "?",
            "licence": self.licence.text().strip(),
            "source": self.source.text().strip() or BUYER,
            "as_of": clock.today(),
            "hf_id": old.hf_id if old is not None else "",
            "note": old.note if old is not None else "",
            "release_date": old.release_date if old is not None else "",
            "unverified": self._still_unverified(),
        }

    def _still_unverified(self) -> tuple[str, ...]:
        """What nobody checked and the buyer left as it was."""
        old = self._old
        if old is None:
            return ()
        entered = self.licence.text().strip() != old.licence
        return tuple(name for name in old.unverified if not (name == "licence" and entered))

    def _check(self) -> None:
        about = self._about()
        if self.stack.currentIndex() == PASTE:
            self.sheet, wrong = self.paste.sheet, self.paste.sentence
            if self.sheet is not None:
                kept = {"hf_id": self.sheet.hf_id, "note": self.sheet.note}
                if about["source"] == BUYER:
                    kept["source"] = self.sheet.source
                self.sheet = ModelSheet.model_validate(self.sheet.model_dump() | about | kept)
        else:
            self.sheet, wrong = self.form.read(about)
        self.preview.show_lines(
            model_preview(self.sheet) if self.sheet is not None else (),
            self.tr("Nothing yet: the shape is not complete."),
        )
        if not wrong and not self.name.text().strip():
            wrong = self.tr("Give it a name.")
        self.need(wrong)
