"""Findings and reasons as sentences in the language of the window."""

from PySide6.QtCore import QCoreApplication

from pricing.finding import Finding
from pricing.messages import sentence
from pricing.routing.eligibility import Reason
from pricing.routing.sentences import sentence as sentence_of_reason


def finding_text(finding: Finding) -> str:
    """What a finding says."""
    return sentence(finding, lambda text: QCoreApplication.translate("Findings", text))


def reason_text(reason: Reason) -> str:
    """Why an option may not serve a class, or what to check of it."""
    return sentence_of_reason(reason, lambda text: QCoreApplication.translate("Reasons", text))
