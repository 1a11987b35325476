"""Sentences for reasons: one template a code, to be translated where they are shown."""

from collections.abc import Callable

from pricing.finding import sentence_of
from pricing.routing.eligibility import Reason

TEMPLATES: dict[str, str] = {
    "not_served": "{option} is planned without {request_class}; let it serve that class too.",
    "data_outside": (
        "{request_class} carries {data} data, and {option} may be sent {accepted} data at most."
    ),
    "licence_forbids": (
        "{option}: the licence of {model} ({licence}) does not allow commercial use: {why} (as "
        "published; have it checked)."
    ),
    "licence_conditions": (
        "{option}: the licence of {model} ({licence}) sets conditions: {why} (as published; have "
        "it checked)."
    ),
    "licence_unknown": (
        '{option}: "{licence}", the licence of {model}, is not known here; have it checked.'
    ),
    "licence_unstated": "{option}: no licence is stated for {model}; have it checked.",
    "licence_unchecked": (
        "{option}: which model it runs is not known here, so its licence is not checked; name a "
        "model of the catalogue or of the plan."
    ),
    "vendor_unknown": (
        "{option}: whom it is bought from is not known, so it counts as a vendor of its own; enter "
        "its vendor."
    ),
    "context_unknown": (
        "{option}: how many tokens its model takes at once is not known, so the length of requests "
        "is not checked; name a model whose context is known, or have it checked."
    ),
    "context_short": (
        "A mean request of {request_class} has {length} tokens, but the model of {option} takes "
        "{window}."
    ),
    "context_tail": (
        "About {share} % of the requests of {request_class} are longer than the {window} tokens "
        "that the model of {option} takes, if lengths vary as stated."
    ),
    "language_zh": (
        "Whether {option} masters Chinese well enough for {request_class} is not checked; enter "
        "its score on your own test."
    ),
    "language_multilingual": (
        "Whether {option} masters the languages of {request_class} is not checked; enter its "
        "score on your own test."
    ),
    "quality_unknown": (
        "{request_class} asks for a quality of at least {floor:percent}; the score of {option} is "
        "not entered, so it is not checked."
    ),
    "quality_unknown_mean": (
        "The score of {option} for {request_class} is not entered; under a floor on the mean score "
        "of all answers it is chosen only where no other option has one."
    ),
    "quality_below": (
        "{option} scores {score:percent}, below the {floor:percent} that {request_class} asks for."
    ),
    "recipe_quality_below": (
        "{option} together score {score:percent}, below the {floor:percent} that {request_class} "
        "asks for."
    ),
    "first_token_late": (
        "{option} takes {typical} s to the first token, longer than the {limit} s that "
        "{request_class} allows."
    ),
    "answer_late": (
        "{option} takes {typical} s for a mean answer, longer than the {limit} s that "
        "{request_class} allows."
    ),
    "first_token_often_late": (
        "{option} together take {typical} s to the first token on average and {slow} s for one "
        "in twenty requests; {request_class} allows {limit} s."
    ),
    "answer_often_late": (
        "{option} together take {typical} s for an answer on average and {slow} s for one in "
        "twenty requests; {request_class} allows {limit} s."
    ),
    "first_token_sometimes_late": (
        "{option} together take up to {worst} s to the first token, in fewer than one in twenty "
        "requests; {request_class} allows {limit} s."
    ),
    "answer_sometimes_late": (
        "{option} together take up to {worst} s for an answer, in fewer than one in twenty "
        "requests; {request_class} allows {limit} s."
    ),
    "latency_by_target": (
        "{option}: its targets allow {worst} s, more than the {limit} s of {request_class}; "
        "tighten them, or measure how long it takes."
    ),
    "latency_unknown": (
        "How long {option} takes is not known, so the limits of {request_class} are not checked; "
        "enter seconds to the first token and tokens per second."
    ),
    "by_the_clock": (
        "{option} is rented in some hours only; when to rent it is for you to say, so it is not "
        "chosen."
    ),
}
"""Sentence of each reason in English, with the reason's facts as placeholders."""


def sentence(reason: Reason, translate: Callable[[str], str] = str) -> str:
    """The sentence of a reason; `translate` maps an English template to another language.

    Raises:
        KeyError: for a code without a template.
    """
    return sentence_of(reason, TEMPLATES, translate, digits=4)
