"""What a template assumes and who says so, before it is taken."""

from PySide6.QtCore import QCoreApplication

from desktop.viewmodels.words import significant
from pricing.workload import Template, default_profile


def _t(text: str) -> str:
    return QCoreApplication.translate("Template", text)


def template_text(template: Template) -> str:
    """Lengths, hours and their sources, a line each; all of them can be changed afterwards."""
    lengths = template.lengths()
    lines = [
        _t("{input} input and {output} output tokens a request ({formula}).").format(
            input=significant(lengths.input_tokens),
            output=significant(lengths.output_tokens),
            formula=template.formula_in_words,
        )
    ]
    sources = dict.fromkeys(
        _t("{source} ({confidence})").format(
            source=item.figure.source, confidence=item.figure.confidence
        )
        for item in template.parameters
    )
    lines.append(_t("Lengths from: {sources}.").format(sources="; ".join(sources)))
    shape = default_profile(template.profile)
    lines.append(_t("Hours: {name}. {source}.").format(name=shape.name, source=shape.source))
    return "\n".join(lines)
