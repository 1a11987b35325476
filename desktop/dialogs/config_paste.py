"""Where a config.json is pasted or opened, read as it is typed."""

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.theme.tokens import GRID
from pricing.catalogue.config_json import ConfigError, model_from_config
from pricing.catalogue.config_reading import LONGEST_TEXT
from pricing.plan.sheets import ModelSheet


class ConfigPaste(QWidget):
    """Text of a config.json, and the model it describes.

    Signals:
        changed: the text was read again.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet: ModelSheet | None = None
        self.sentence = ""
        how = QLabel(
            self.tr(
                'Open the model\'s page on Hugging Face, choose "Files" and config.json, copy all '
                "of it and paste it here. Nothing is loaded from the internet."
            )
        )
        how.setObjectName("hint")
        how.setWordWrap(True)
        self.text = QPlainTextEdit()
        self.text.setPlaceholderText('{"model_type": "llama", "num_hidden_layers": 32, …}')
        self.text.setAccessibleName(self.tr("Text of config.json"))
        self.text.setTabChangesFocus(True)
        self.open = QPushButton(self.tr("Open a file…"))
        self.open.clicked.connect(self._choose)
        line = QHBoxLayout()
        line.addWidget(how, 1)
        line.addWidget(self.open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(line)
        column.addWidget(self.text, 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(150)
        self._pause.timeout.connect(self.read)
        self.text.textChanged.connect(self._pause.start)
        self._again()

    def read(self) -> None:
        """Read the text as it is now."""
        self._pause.stop()
        self._again()
        self.changed.emit()

    def _again(self) -> None:
        try:
            self.sheet, self.sentence = model_from_config(self.text.toPlainText()), ""
        except ConfigError as error:
            self.sheet, self.sentence = None, str(error)

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Open a config.json"), str(Path.home()))
        dialog.setNameFilter(self.tr("Model configurations (*.json);;All files (*)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.open_file(Path(name)))
        dialog.open()

    def open_file(self, path: Path) -> None:
        """Show the text of a file; what cannot be read is said instead."""
        try:
            if path.stat().st_size > LONGEST_TEXT:
                raise ConfigError(
                    self.tr("{name} is too long to be a config.json.").format(name=path.name)
                )
            self.text.setPlainText(path.read_text(encoding="utf-8-sig"))
        except UnicodeDecodeError:
            self._refuse(self.tr("{name} is no text file.").format(name=path.name))
        except ConfigError as error:
            self._refuse(str(error))
        except OSError as error:
            self._refuse(
                self.tr("{name} cannot be read: {reason}.").format(
                    name=path.name, reason=error.strerror
                )
            )
        else:
            self.read()

    def _refuse(self, sentence: str) -> None:
        self.text.clear()
        self._pause.stop()
        self.sheet, self.sentence = None, sentence
        self.changed.emit()
