"""The help pages that come with the application."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QTextBlockFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableCellFormat,
)
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from desktop.theme.tokens import GRID, Tokens
from pricing.resources import resource


def _t(text: str) -> str:
    return QCoreApplication.translate("Help", text)


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page: its title and its file under resources/help, or another folder of resources."""

    title: str
    file: str
    folder: str = "help"

    @property
    def path(self) -> Path:
        """Where the text is; raises FileNotFoundError."""
        return resource(self.folder, self.file)

    @property
    def is_expected(self) -> bool:
        """Whether every copy has it; licences of third parties are written by builds only."""
        if self.folder == "help":
            return True
        try:
            return self.path.is_file()
        except FileNotFoundError:
            return False


def help_pages() -> tuple[HelpPage, ...]:
    """The pages, in reading order; licences of third parties only where a build wrote them."""
    pages = (
        HelpPage(_t("How serving is predicted"), "serving.md"),
        HelpPage(_t("How good the predictions are"), "serving_score.md"),
        HelpPage(_t("How a hybrid is billed and decided"), "routing.md"),
        HelpPage(_t("How to read the workbook"), "workbook.md"),
        HelpPage(_t("Newer prices: catalogue files"), "catalogue.md"),
        HelpPage(_t("JSON of the command line"), "evaluate_json.md"),
        HelpPage(_t("For the security officer"), "security.md"),
        HelpPage(_t("Licences and attributions"), "licences.md"),
        HelpPage(_t("Licences of third parties"), "third_party.txt", "licences"),
    )
    return tuple(page for page in pages if page.is_expected)


class HelpDialog(QDialog):
    """A list of pages beside the text of the chosen one."""

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Help"))
        self.resize(980, 680)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._tokens = tokens
        self._pages = help_pages()
        self.list = QListWidget()
        self.list.setObjectName("navigation")
        self.list.setAccessibleName(self.tr("Help pages"))
        self.list.setFixedWidth(272)
        self.list.addItems([page.title for page in self._pages])
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._follow)
        self.text.document().setDocumentMargin(2 * GRID)
        self.list.currentRowChanged.connect(self._show)
        columns = QHBoxLayout()
        columns.setSpacing(GRID)
        columns.addWidget(self.list)
        columns.addWidget(self.text, 1)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        outer.addLayout(columns, 1)
        outer.addWidget(close)
        self.list.setCurrentRow(0)

    def show_page(self, file: str) -> None:
        """Choose a page by its file."""
        for row, page in enumerate(self._pages):
            if page.file == file:
                self.list.setCurrentRow(row)

    def _follow(self, link: QUrl) -> None:
        """Links lead to other pages; nothing is fetched."""
        self.show_page(link.fileName())

    def _show(self, row: int) -> None:
        path, document = self._pages[row].path, self.text.document()
        if path.suffix == ".txt":
            self.text.setPlainText(path.read_text(encoding="utf-8"))
            return
        document.setMarkdown(path.read_text(encoding="utf-8"))
        _space_out(self.text)
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                self._style_table(frame)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _style_table(self, table: QTextTable) -> None:
        form = table.format()
        form.setCellPadding(5)
        form.setCellSpacing(0)
        form.setBorder(0)
        form.setBorderCollapse(True)
        form.setBottomMargin(12)
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        table.setFormat(form)
        line = QTextTableCellFormat()
        line.setBottomBorder(1)
        line.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        line.setBottomBorderBrush(QColor(self._tokens.border))
        for row in range(table.rows()):
            for column in range(table.columns()):
                cell = table.cellAt(row, column)
                own = cell.format().toTableCellFormat()
                own.merge(line)
                cell.setFormat(own)


def _space_out(text: QTextBrowser) -> None:
    """Give paragraphs and headings room; Markdown alone leaves none."""
    block = text.document().begin()
    while block.isValid():
        cursor = QTextCursor(block)
        form = QTextBlockFormat(block.blockFormat())
        if cursor.currentTable() is None:
            form.setTopMargin(14 if form.headingLevel() > 1 else form.topMargin())
            form.setBottomMargin(8)
        form.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setBlockFormat(form)
        block = block.next()
