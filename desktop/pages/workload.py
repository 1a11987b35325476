"""The page of the workload: request classes."""

from desktop.app.making import Maker
from desktop.app.session import Session
from desktop.forms.workload_form import workload_form
from desktop.pages.items_page import ItemsPage
from desktop.theme.apply import Theme
from desktop.viewmodels.items import class_items


class WorkloadPage(ItemsPage):
    """Request classes; new ones come from templates or from a usage log."""

    def __init__(self, session: Session, theme: Theme, maker: Maker) -> None:
        super().__init__(session, theme, "workload", "", workload_form, class_items)
        self._maker = maker
        self.set_title(self.tr("Workload"))
        self.add_menu.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        from pricing.workload import templates

        self.add_menu.clear()
        for template in templates():
            action = self.add_menu.addAction(template.name)
            action.setToolTip(template.description)
            action.triggered.connect(
                lambda _on=False, template=template: self._maker.add_class(template, self.insert)
            )
        self.add_menu.setToolTipsVisible(True)
        self.add_menu.addSeparator()
        log = self.add_menu.addAction(self.tr("From a usage log…"))
        log.triggered.connect(lambda _on=False: self._maker.import_log())


def workload_page(session: Session, theme: Theme, maker: Maker) -> WorkloadPage:
    """The page of the workload of a session."""
    return WorkloadPage(session, theme, maker)
