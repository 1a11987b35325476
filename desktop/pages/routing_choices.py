"""What else could serve a request class: cost, score and speed of every option, and why not."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from desktop.app.session import Session
from desktop.pages.routing_list import Shown
from desktop.theme.apply import Theme
from desktop.theme.option_colours import OptionColours


class ChoicesPanel(QFrame):
    """A table for one class at a time."""

    figure_clicked = Signal(str, object)
    field_wanted = Signal(str)

    def __init__(
        self, session: Session, theme: Theme, colours: OptionColours, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("panel")

    def show_hybrid(self, shown: Shown) -> None:
        """Show the choices of a class."""
