"""Every help page can be read."""

from desktop.dialogs.help import HelpDialog, help_pages
from desktop.selftest.check import Place, require
from desktop.theme.tokens import LIGHT


def help_pages_shown(_place: Place) -> str:
    """Show every page and find its heading."""
    dialog = HelpDialog(LIGHT)
    pages = help_pages()
    for page in pages:
        dialog.show_page(page.file)
        first = page.path.read_text(encoding="utf-8").splitlines()[0].strip("# `")
        shown = dialog.text.toPlainText()
        require(first.split()[0] in shown.split("\n")[0], f"{page.file} does not show its heading")
        require(len(shown) > 500, f"{page.file} is cut off")
    dialog.deleteLater()
    return f"{len(pages)} pages"
