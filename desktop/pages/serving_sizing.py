"""Which models may serve a load, and what each of them costs at least; searched on demand."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.pages.serving_found import FoundPanel
from desktop.viewmodels.serving_ranked import RankingView
from desktop.work.newest import NewestWins
from desktop.work.serving import size
from pricing.plan.plan import Plan

MODEL, QUALITY, SERVER, HAD, SETUP, SERVERS, COST, MILLION = range(8)


class SizingPanel(FoundPanel):
    """Asks for nothing until its button is pressed, and then keeps what it found.

    Signals:
        score_wanted: id of the model whose score shall be entered; empty asks which.
        failed: the exception that a search raised.
    """

    score_wanted = Signal(str)
    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._stale = self._waiting = False
        super().__init__(SERVER, (HAD, MILLION, SETUP), parent)
        self.table.setAccessibleName(
            self.tr("Models that serve the load, each on its cheapest server")
        )
        self.out.setAccessibleName(self.tr("Models that do not serve, and why"))
        self.use.setToolTip(self.tr("Add the chosen model and server as an option"))
        self.compare = QPushButton(self.tr("Compare models"))
        self.score = QPushButton(self.tr("Quality score…"))
        self.score.setToolTip(self.tr("Enter what the chosen model scores on your own test"))
        self.top.addWidget(self.compare)
        self.buttons.insertWidget(1, self.score)
        self._asked: tuple[Plan, str] | None = None
        self._found: dict[str, tuple[Plan, RankingView]] = {}
        self._searches = NewestWins(self)
        self._searches.finished.connect(self._finished)
        self._searches.failed.connect(self._failed)
        self.compare.clicked.connect(self._search)
        self.score.clicked.connect(self._want_score)
        self._show_nothing()

    def forget(self) -> None:
        """Know nothing, for another document."""
        self._searches.drop()
        self._found.clear()
        self._asked, self._waiting = None, False
        self._show_nothing()

    def follow(self, plan: Plan, option_id: str) -> None:
        """Show what is known of an option of the plan as it is now.

        Another score is looked at anew without being asked; other changes make what was found
        out of date.
        """
        if self._asked == (plan, option_id):
            return
        if self._waiting:
            self._searches.drop()
        searched = self._waiting and self._asked is not None and self._asked[1] == option_id
        before = self._asked[0] if searched and self._asked else None
        self._asked, self._waiting = (plan, option_id), False
        known = self._found.get(option_id)
        if known is not None and known[0] == plan:
            self._show(known[1])
        elif _scores_only(before or (known[0] if known else None), plan):
            self._search()
        elif known is not None:
            self._show(known[1], stale=True)
        else:
            self._show_nothing()

    def wait(self) -> None:
        """Stop what runs in the background; for closing the window."""
        self._searches.wait()

    def _search(self) -> None:
        if self._asked is None:
            return
        plan, option_id = self._asked
        self._waiting = True
        self.title.setText(self.tr("Looking at every model on every server on offer…"))
        self.compare.setEnabled(False)
        self.use.setEnabled(False)
        self._searches.submit(lambda: (plan, option_id, size(plan, option_id)))

    def _finished(self, answer: tuple[Plan, str, RankingView]) -> None:
        plan, option_id, view = answer
        self._found[option_id] = plan, view
        self._waiting = False
        self._show(view)

    def _failed(self, error: Exception) -> None:
        self._waiting = False
        self._show_nothing()
        self.failed.emit(error)

    def _show_nothing(self) -> None:
        text = self.tr("Which model is enough for this load, and what would it cost?")
        self.show_found(RankingView(text), -1)
        self.score.hide()
        self.compare.setText(self.tr("Compare models"))
        self.compare.setEnabled(True)
        self.compare.show()

    def _show(self, view: RankingView, *, stale: bool = False) -> None:
        chosen = self._chosen()
        self._stale = stale
        self.show_found(view, -1)
        ids = [row.stack.model.id for row in view.ranked]
        if chosen in ids:
            self.table.selectRow(ids.index(chosen))
        self.score.setVisible(bool(view.rows))
        self.compare.setText(self.tr("Compare again"))
        self.compare.setEnabled(True)
        self.compare.setVisible(stale)
        if stale:
            self.title.setText(
                self.tr("The plan has changed since models were compared: {found}").format(
                    found=view.title
                )
            )

    def _chosen(self) -> str:
        """Id of the chosen model; empty for none."""
        row, ranked = self.table.current, self._view.ranked
        return ranked[row].stack.model.id if 0 <= row < len(ranked) else ""

    def _choose(self) -> None:
        super()._choose()
        if self._stale or self._waiting:
            self.use.setEnabled(False)

    def _want_score(self) -> None:
        self.score_wanted.emit(self._chosen())


def _scores_only(before: Plan | None, plan: Plan) -> bool:
    """Whether two plans differ in quality scores only."""
    return before is not None and before.model_copy(update={"qualities": plan.qualities}) == plan
