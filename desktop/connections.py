"""Which action of the menus does what."""

from typing import TYPE_CHECKING

from desktop.actions import connect

if TYPE_CHECKING:
    from desktop.window import MainWindow


def connect_actions(window: "MainWindow") -> None:
    """Let every action do its work."""
    actions, documents = window.actions_, window.documents
    connect(
        (
            (actions.new, window.maker.new_plan),
            (actions.from_log, window.maker.new_plan_from_log),
            (actions.import_log, window.maker.import_log),
            (actions.open, documents.choose_and_open),
            (actions.save, documents.save),
            (actions.save_as, documents.save_as),
            (actions.export, window.exporter.export),
            (actions.save_chart, window.charts.save_shown),
            (actions.close_plan, lambda: documents.when_safe(window.session.close)),
            (actions.quit, window.close),
            (actions.copy_table, window.results.copy_table),
            (actions.models, lambda: window.sheets.browse("open_model")),
            (actions.accelerators, lambda: window.sheets.browse("accelerator")),
            (actions.add_model, lambda: window.sheets.add("open_model")),
            (actions.add_accelerator, lambda: window.sheets.add("accelerator")),
            (actions.own_points, window.points.browse),
            (actions.import_catalogue, window.catalogues.choose_file),
            (actions.take_catalogue, window.catalogues.take),
            (actions.quality_scores, window.scores.browse),
            (actions.import_points, window.points.choose_file),
            (actions.findings, window.show_findings),
            (actions.help, window.show_help),
            (actions.about, window.show_about),
            (actions.light, lambda: window.use_scheme("light")),
            (actions.dark, lambda: window.use_scheme("dark")),
            (actions.system, lambda: window.use_scheme("system")),
        )
    )
    actions.explain.toggled.connect(window.explain.setVisible)
