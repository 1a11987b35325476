"""Sentences of advice: one template a code, in English, to be translated where it is shown."""

from pricing.optimise.statement import Statement, Translate, said
from pricing.routing.sentences import TEMPLATES as REASONS

TEMPLATES: dict[str, str] = {
    "between": ", ",
    "between.phrases": "; ",
    # --- what to do ---------------------------------------------------------------------------
    "advice.nothing": "The decision serves nothing, so there is nothing to say of it.",
    "advice.saves": (
        "Split the work. Over {months} months that costs {npv:money} in net present value, "
        "{saving:percent} less than {single} alone ({single_npv:money}), the cheapest single "
        "option that may and can serve everything."
    ),
    "advice.hardly": (
        "This mix costs {npv:money} in net present value over {months} months, only "
        "{saving:percent} less than {single} alone ({single_npv:money}): the single option is "
        "simpler and nearly as cheap."
    ),
    "advice.dearer": (
        "{single} alone costs {single_npv:money} in net present value over {months} months; this "
        "mix costs {npv:money}, {more:percent} more, so it is not worth its trouble."
    ),
    "advice.one": (
        "One option is enough: {option}. Over {months} months that costs {npv:money} in net "
        "present value; no mix is needed."
    ),
    "advice.only": (
        "Split the work. Over {months} months that costs {npv:money} in net present value; no "
        "single option may and can serve all of it."
    ),
    "advice.only_unserved": (
        "Split the work. Over {months} months that costs {npv:money} in net present value and "
        "leaves {requests:request|requests} unserved; no single option may and can serve all of "
        "the work."
    ),
    "advice.rules_forbid_one": (
        "Split the work. Over {months} months that costs {npv:money} in net present value; "
        "{single} alone would cost {single_npv:money}, but does not keep the plan's rules for the "
        "work as a whole."
    ),
    "advice.not_the_same": (
        "The work is split. Over {months} months that costs {npv:money} in net present value, but "
        "leaves requests unserved; {single} alone serves everything for {single_npv:money}."
    ),
    "advice.outages_of_one": (
        "The work is split. Over {months} months that costs {npv:money} in net present value; "
        "{single} alone would cost {single_npv:money}, but {lost:request|requests} would arrive "
        "during its outages, and nobody would take over."
    ),
    "advice.breaks": (
        "This decision ({npv:money} in net present value over {months} months) is no advice, "
        "because it breaks rules of the plan."
    ),
    "part.option": "{option} ({share:percent})",
    "portion.classes": "{share:percent}: {who} ({classes})",
    "portion.some": "{share:percent}: {who}",
    "classes.whole": "{whole}",
    "classes.most": "most of {most}",
    "classes.part": "part of {some}",
    "classes.parts": "parts of {classes:class|classes}",
    "classes.both": "{whole} and most of {most}",
    "who.direct": "{option}",
    "who.cascade": "{small} first, {large} where doubtful",
    "who.router": "{weak}, {strong} for what a router finds hard",
    "who.layered": "{base}, some answers enhanced by {enhancement}",
    "who.cache": "the result cache",
    "who.nobody": "nobody",
    "who.others": "{ways} other ways",
    "broken.rule": "Not kept: {rule}.",
    # --- why ----------------------------------------------------------------------------------
    "reason.data_decides": (
        "Data rules decide: {classes} may not be sent to {options}, though a request of "
        "{request_class} would cost {cost:money} at {option} instead of {paid:money}; so "
        "{share:percent} of the tokens stay at {used}."
    ),
    "reason.data_agrees": (
        "Data rules keep {classes} from {options}; that work is no dearer at {used} "
        "({share:percent} of the tokens)."
    ),
    "reason.floor": (
        "Quality decides for {request_class}: {option} would answer for {cost:money} a request "
        "instead of {paid:money} at {used}, but scores {score:percent} where "
        "{floor:percent} is asked for."
    ),
    "reason.floor_alone": (
        "Quality decides for {request_class}: {option} alone would answer for {cost:money} a "
        "request instead of {paid:money}, but scores {score:percent} where "
        "{floor:percent} is asked for."
    ),
    "reason.volume": (
        "Volume decides for {request_class}: at {used}, with at most {servers} in service and "
        "{busy:percent} busy on average, a request costs {paid:money}; at {option} it would cost "
        "{cost:money}."
    ),
    "reason.idle": (
        "The volume of {request_class} does not pay for servers: at {option} a request would cost "
        "{cost:money}, at {used} it costs {paid:money}."
    ),
    "reason.price": (
        "Prices decide for {request_class}: {used} answers for {paid:money} a request, the next "
        "supplier that may, {option}, for {cost:money}."
    ),
    "reason.lead": ("{option} is in service only {lead:month|months} after the order."),
    "reason.lead_bridged": (
        "{option} is in service only {lead:month|months} after the order; until then its work goes "
        "to {others}."
    ),
    "reason.lead_unserved": (
        "{option} is in service only {lead:month|months} after the order, and until then some of "
        "its work may go to nobody else: it needs an interim solution."
    ),
    "reason.peaks": (
        "Peaks go to {option} ({share:percent} of the tokens), so that no servers are paid for "
        "that would stand idle most of the day."
    ),
    # --- the plain choices --------------------------------------------------------------------
    "single.none": (
        "No single option may and can serve everything, so there is no plain choice beside the mix."
    ),
    "single.cheapest": (
        "The cheapest single option for everything is {option}: {npv:money}, mean quality "
        "{quality}."
    ),
    "single.cheapest.unscored": (
        "The cheapest single option for everything is {option}: {npv:money}; its quality is not "
        "known."
    ),
    "single.nearly_best": (
        "The cheapest single option within {points} point of the best quality is {option}: "
        "{npv:money}, mean quality {quality}."
    ),
    "single.breaks": (
        "{option} alone would not keep the rules for the work as a whole (vendors, share on "
        "premises, purchases, power or mean quality)."
    ),
    "single.outages": (
        "{option} alone would lose {requests:request|requests}: {requests:~it arrives|they arrive} "
        "during its outages, and nobody would take over."
    ),
    # --- what to mind -------------------------------------------------------------------------
    "caution.unserved": (
        "{requests:request|requests} in {months:month|months} ({first} to {last}) "
        "{requests:~is|are} served by nobody."
    ),
    "caution.outages": (
        "{requests:request|requests} of {request_class} {requests:~arrives|arrive} during outages "
        "of {options}, and nobody takes over."
    ),
    "caution.room": "Not given in {months:month|months}: {rule}, at its busiest moment.",
    "caution.no_bound": ("Nobody has proven how good this decision is; optimising it would."),
    "caution.changed": (
        "The plan has changed since the decision of {day}, so what was proven then no longer "
        "holds; optimise again."
    ),
    "caution.gap": (
        "The decision is proven only to within {gap:percent}: another one might cost up to "
        "{less:money} less."
    ),
    "caution.within_gap": (
        "Whether the mix beats {single} alone is not proven: the difference is smaller than the "
        "gap."
    ),
    "caution.resale": (
        "{resale:money} of resale and remaining value of machines is taken off that cost; if they "
        "fetch nothing, the same decision costs {without:money}."
    ),
    "caution.resale_turns": (
        "{resale:money} of resale and remaining value of machines is taken off that cost; if they "
        "fetch nothing, the same decision costs {without:money}, and {single} alone would cost "
        "less: {single_npv:money}."
    ),
    "caution.no_score": (
        "No quality score is entered for {option} in {classes}: whether its answers are good "
        "enough is not known."
    ),
    "caution.false_hits": (
        "{share:percent} of the answers of {request_class} are wrong ones out of the result cache, "
        "as entered."
    ),
    # --- rules of thumb: the claims -----------------------------------------------------------
    "claim.real_time": "Real-time requests belong to a closed API.",
    "claim.asynchronous": "Asynchronous requests belong to a cluster of one's own.",
    "claim.cache": "A result cache for repeated questions pays.",
    "claim.teams": (
        "Large strong teams run open models themselves; most others use closed ones or a mix."
    ),
    "claim.two_vendors": "Buy from two vendors or more.",
    "claim.proof_of_concept": "Begin with a closed model, for the proof of concept.",
    "claim.serious": "Large serious projects stay with closed models.",
    "claim.private": (
        "Open models fit where quality needs are low, deployment must be private and the price "
        "decides."
    ),
    "claim.fitting": "Take the cheapest model that is good enough for each task.",
    # --- and what was found -------------------------------------------------------------------
    "found.real_time": "Closed APIs answer {share:percent} of the real-time tokens.",
    "found.waiting": (
        "Servers of one's own, bought or rented, answer {share:percent} of the tokens that can "
        "wait."
    ),
    "found.cache_saves": (
        "It answers {share:percent} of the requests and saves {saving:money} in net present value, "
        "its own cost counted."
    ),
    "found.cache_costs": (
        "It answers {share:percent} of the requests but costs {saving:money} more in net present "
        "value than it saves."
    ),
    "found.cache_needed": (
        "It answers {share:percent} of the requests; without it the servers decided on would leave "
        "{requests:request|requests} unserved."
    ),
    "found.mix": "Servers of one's own answer {share:percent} of the tokens, the rest is bought.",
    "found.no_own": "All tokens are bought; nobody has to run servers.",
    "found.mostly_own": (
        "Servers of one's own answer {share:percent} of the tokens, with {people} people entered "
        "to run them; whether that is a strong team is for you to judge."
    ),
    "found.all_own": (
        "Servers of one's own answer all tokens, with {people} people entered to run them; whether "
        "that is a strong team is for you to judge."
    ),
    "found.one_vendor": (
        "{vendor} serves {share:percent} of the tokens, and no second vendor as much as "
        "{least:percent}; no rule of the plan asks for one."
    ),
    "found.vendors": "{parts:commas} share the tokens, though no rule of the plan asks for it.",
    "found.vendors_asked": "{parts:commas} share the tokens; a rule of the plan asks for that.",
    "found.early": (
        "Closed APIs answer {early:percent} of the tokens in the first {months:month|months}, "
        "{late:percent} later."
    ),
    "found.serious": (
        "Most quality ({floor:percent}) is asked for by {classes}; closed APIs answer "
        "{share:percent} of it."
    ),
    "found.private": (
        "Kept inside, without the highest quality being asked for: {classes}; open models answer "
        "{share:percent} of it."
    ),
    "found.fitting": (
        "Of the tokens with a quality floor, {share:percent} go to the option with the cheapest "
        "request that is known to reach it."
    ),
    "why.dearer": (
        "A request of {request_class} would cost {cost:money} at {option}; at {used} it costs "
        "{paid:money}."
    ),
    "why.cheaper_alone": (
        "Busy with all its work, {option} would answer {request_class} for {cost:money} a request "
        "instead of {paid:money} at {used}; but servers are paid for whole, and rules hold for the "
        "work as a whole."
    ),
    "why.cheaper_bought": (
        "At {option} a request of {request_class} would cost {cost:money}, less than the "
        "{paid:money} that it costs on average at {used}; but servers that are paid for anyway "
        "answer it at hardly any cost, and rules hold for the work as a whole."
    ),
    # --- what cannot be told ------------------------------------------------------------------
    "unknown.no_real_time": "No real-time request is served.",
    "unknown.no_waiting": "No request that can wait is served.",
    "unknown.no_closed": "The plan offers no closed API.",
    "unknown.no_servers": "The plan offers no servers of one's own.",
    "unknown.no_cache": "No result cache is entered; its hit rate would be needed.",
    "unknown.nothing_served": "None of that work is served.",
    "unknown.no_floor": "No request class states a quality floor.",
    "unknown.recipes": (
        "Recipes of two options answer all work with a quality floor, so no single one fits it."
    ),
    "unknown.no_private": (
        "No request class must stay inside and asks for less than the highest quality."
    ),
    "unknown.private_unserved": "The work that must stay inside is not served.",
    "unknown.score": "The score of {option} for {request_class} is not entered.",
} | {f"reason.{code}": template for code, template in REASONS.items()}
"""Sentence of each code in English; `reason.` also stands before the codes of eligibility."""

VERDICTS: dict[str, str] = {
    "agrees": "The computed answer agrees.",
    "disagrees": "The computed answer disagrees.",
    "cannot tell": "It cannot be told.",
}
"""What the answer says of a rule of thumb."""


def sentence(statement: Statement, translate: Translate = str) -> str:
    """The sentence of a statement of advice; raises KeyError for another's code."""
    return said(statement, TEMPLATES, translate)
