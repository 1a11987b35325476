"""All checks, in the order in which they run: what is needed most comes first.

Each is imported when its turn comes, so that a part that does not load fails its own check only.
"""

from typing import Final

from desktop.selftest.check import Check, Place


def _resources_there(place: Place) -> str:
    from desktop.selftest.shipped import resources_there

    return resources_there(place)


def _catalogue_whole(place: Place) -> str:
    from desktop.selftest.shipped import catalogue_whole

    return catalogue_whole(place)


def _catalogue_files(place: Place) -> str:
    from desktop.selftest.catalogue_files import catalogue_files

    return catalogue_files(place)


def _figures(place: Place) -> str:
    from desktop.selftest.figures import figures

    return figures(place)


def _serving(place: Place) -> str:
    from desktop.selftest.serving import serving

    return serving(place)


def _decisions(place: Place) -> str:
    from desktop.selftest.decisions import decisions

    return decisions(place)


def _questions(place: Place) -> str:
    from desktop.selftest.decisions import questions

    return questions(place)


def _workbook(place: Place) -> str:
    from desktop.selftest.workbook import workbook

    return workbook(place)


def _logs(place: Place) -> str:
    from desktop.selftest.logs import logs

    return logs(place)


def _plans_kept(place: Place) -> str:
    from desktop.selftest.keeping import plans_kept

    return plans_kept(place)


def _fonts(place: Place) -> str:
    from desktop.selftest.fonts import fonts

    return fonts(place)


def _words(place: Place) -> str:
    from desktop.selftest.words import words

    return words(place)


def _pictures(place: Place) -> str:
    from desktop.selftest.pictures import pictures

    return pictures(place)


def _window(place: Place) -> str:
    from desktop.selftest.window import window

    return window(place)


def _dialogs(place: Place) -> str:
    from desktop.selftest.dialogs import dialogs

    return dialogs(place)


def _help_pages_shown(place: Place) -> str:
    from desktop.selftest.help_pages import help_pages_shown

    return help_pages_shown(place)


def _parts_loaded_late(place: Place) -> str:
    from desktop.selftest.late import parts_loaded_late

    return parts_loaded_late(place)


def _libraries(place: Place) -> str:
    from desktop.selftest.libraries import libraries

    return libraries(place)


CHECKS: Final = (
    Check("resources", _resources_there),
    Check("catalogue", _catalogue_whole),
    Check("catalogue files", _catalogue_files),
    Check("figures", _figures),
    Check("serving", _serving),
    Check("solver", _decisions),
    Check("questions", _questions),
    Check("workbook", _workbook),
    Check("usage logs", _logs),
    Check("plan files", _plans_kept),
    Check("fonts", _fonts),
    Check("translations", _words),
    Check("charts in files", _pictures),
    Check("window", _window),
    Check("dialogs", _dialogs),
    Check("help pages", _help_pages_shown),
    Check("parts loaded late", _parts_loaded_late),
    Check("libraries", _libraries),
)
