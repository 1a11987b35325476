"""Sentences for findings: one template a code, to be translated where they are shown."""

from collections.abc import Callable

from pricing.finding import Finding, sentence_of

TEMPLATES: dict[str, str] = {
    "price.not_yet_known": (
        "{option}: no price before {since} is known; that later price is used from the start."
    ),
    "price.stale": (
        "{option}: its list price was last checked on {as_of}; ask for a current quote."
    ),
    "price.no_batch_tariff": (
        "{option}: no batch tariff is known, so batch requests pay the standard price."
    ),
    "price.derived": (
        "{option}: the {terms} price of {instance} is derived from the on-demand price and a "
        "typical discount, not quoted; enter a quote."
    ),
    "figure.assumed": (
        "{option}: the {what} of {value} is an assumption of the catalogue ({source}); "
        "enter your own."
    ),
    "commitment.beyond_the_plan": (
        "{option}: {server_months:server-month|server-months} of commitment "
        "{server_months:~remains|remain} to be paid after the end of the plan and "
        "{server_months:~is|are} not part of its bill."
    ),
    "option.not_all_classes": (
        "{option} does not serve {classes} of the plan's request classes: its bill is for less "
        "work than the others'."
    ),
    "data.leaves": (
        "{option}: {data} requests ({request_classes}) reach a provider ({provider}) who may not "
        "be sent such data."
    ),
    "context.too_short": (
        "{option}: a mean request of {request_class} has {length} tokens, but the model takes "
        "{window}."
    ),
    "context.tail": (
        "{option}: about {share} % of the requests of {request_class} are longer than the "
        "{window} tokens that {model} takes, if lengths vary as stated."
    ),
    "capacity.no_input_rate": (
        "{option}: requests of {request_class} have no output, and the capacity says nothing of "
        "input tokens, so they are no load; enter the input tokens per second of one server."
    ),
    "serving.unseen_accelerator": (
        "{option}: no {accelerator} nor any of its family was measured, so the work of its servers "
        "is a guess from data sheets: server time may be {less} % less to {more} % more. Measure "
        "it and enter the points."
    ),
    "serving.unseen_stack": (
        "{option}: this serving software was not measured on {accelerator} or its family: server "
        "time may be {less} % less to {more} % more than predicted."
    ),
    "serving.targets_at_risk": (
        "{option}: at the slow end of the 80 % interval no load of {classes} keeps the targets, "
        "whatever the number of servers; measure the setup, allow more time, or take faster "
        "hardware."
    ),
    "serving.beyond_measurements": (
        "{option}: hardly any measurement behind the prediction has {what}; the 80 % interval does "
        "not count that in. Measure it and enter the points."
    ),
    "serving.idle_accelerators": (
        "{option}: {idle} of the {all} accelerators of a server do nothing, because a replica "
        "takes {each}; choose a parallelism whose product divides {all}."
    ),
    "serving.own_measurements": (
        "{option}: {points} of your own measurements of {model} on {accelerator} anchor the "
        "prediction of its servers' work."
    ),
    "serving.left_out": (
        "{option}: {points} of your own measurements of {model} on {accelerator} do not count: far "
        "from the others, or more requests than memory can hold; check them."
    ),
    "serving.unverified": (
        "{option}: the prediction rests on figures of {accelerator} that no source confirms "
        "({figures})."
    ),
    "maintenance.without_spare": (
        "{option}: while a server is in maintenance the others carry its load; keep it out of the "
        "busiest hours, or enter a spare server."
    ),
    "maintenance.no_spare": (
        "{option}: a single server runs in {months:month|months}, so nothing is served during its "
        "{hours:hour|hours} of maintenance a month; enter a spare server."
    ),
    "precision.quality_unknown": (
        "{option}: {model} was published in {native} and runs in {precision}, which may cost "
        "quality; enter the change of its score on your own test."
    ),
    "precision.quality_changed": (
        "{option}: {model} was published in {native} and runs in {precision}, which changes its "
        "quality score by {change} ({source})."
    ),
    "licence.not_allowed": (
        "{option}: the licence of {model} ({licence}) does not allow commercial use: {why} (as "
        "published; have it checked)."
    ),
    "quality.not_checked": (
        "{request_class} asks for a quality of at least {floor:percent}; the score of what answers "
        "is not entered for {options}, so it is not checked there."
    ),
    "quality.below_floor": (
        "{option}: {model} scores {score:percent} on your own test, below the {floor:percent} that "
        "{request_class} asks for."
    ),
    "quality.below_floor_lowered": (
        "{option}: {model} scores {score:percent} on your own test and {change} in {precision}, so "
        "{reached:percent}: below the {floor:percent} that {request_class} asks for."
    ),
    "quality.no_such_model": (
        "The quality score of {model} is of no model of the plan or the catalogue, so it counts "
        "for nothing; correct the id."
    ),
    "overflow.unknown_hours": (
        "{option}: the hours of {request_class} are not known, so a fixed number of servers is "
        "held against its peak all day; enter an hour-of-day profile."
    ),
    "bridge.does_not_serve": (
        "{option}: its bridge {bridge} is planned without {request_classes}, but is billed for "
        "what the servers leave of it."
    ),
    "resale.not_counted": (
        "{option}: no residual value is entered, so machines in service at the end of the plan "
        "count as worth nothing."
    ),
    "people.none": ("{option}: nobody is planned to run the servers; enter the people it takes."),
    "requests.unserved": (
        "{option} leaves {requests:request|requests} in {months:month|months} unserved; add "
        "capacity, or name a bridge (in a hybrid, a route or an overflow)."
    ),
    "decision.stale": (
        "{option} was decided on {made_on} for other figures than the plan now has; optimise again "
        "to see what is best now."
    ),
    "decision.edited": (
        "{option} was changed by hand since it was decided on {made_on}: its net present value is "
        "{currency} {change} against the decision."
    ),
    "decision.for_quality": (
        "{option} is the cheapest decision found with a mean score of at least {level}: any other "
        "one with such a score can be at most {gap} cheaper."
    ),
    "decision.for_quality_unproven": (
        "{option} is the cheapest decision found with a mean score of at least {level}; how much "
        "cheaper another one with such a score could be is not known."
    ),
    "decision.for_capex": (
        "{option} is the cheapest decision found with purchases of at most {level} a year: any "
        "other one that buys no more can be at most {gap} cheaper."
    ),
    "decision.for_capex_unproven": (
        "{option} is the cheapest decision found with purchases of at most {level} a year; how "
        "much cheaper another one that buys no more could be is not known."
    ),
    "decision.for_on_premises": (
        "{option} is the cheapest decision found with at least {level} of the tokens served on "
        "premises: any other one with as many can be at most {gap} cheaper."
    ),
    "decision.for_on_premises_unproven": (
        "{option} is the cheapest decision found with at least {level} of the tokens served on "
        "premises; how much cheaper another one with as many could be is not known."
    ),
    "route.data_outside": (
        "{option}, route {route}: {request_class} carries {data} data, and {member}, {role}, may "
        "be sent {accepted} data at most."
    ),
    "route.context_too_short": (
        "{option}, route {route}: a mean request of {request_class} has {length} tokens for "
        "{member}, {role}, whose model takes {window}."
    ),
    "route.first_token_late": (
        "{option}, route {route}: {members} takes {typical} s to the first token on average and "
        "{slow} s for one in twenty requests; {request_class} allows {limit} s."
    ),
    "route.answer_late": (
        "{option}, route {route}: {members} takes {typical} s for an answer on average and {slow} "
        "s for one in twenty requests; {request_class} allows {limit} s."
    ),
    "route.overflow_idle": (
        "{option}, route {route}: {member} is named as overflow, but no servers answer on this "
        "route, so nothing ever overflows."
    ),
    "route.failover_idle": (
        "{option}, route {route}: {member} is named as failover, but no availability is entered "
        "for what answers before it, so nothing ever fails over."
    ),
    "route.failover_same": (
        "{option}, route {route}: {member} is the overflow, which answers during outages of the "
        "servers too; as failover it adds nothing, since it cannot stand in for itself."
    ),
    "route.failover_down": (
        "{option}, route {route}: while {member} itself is down it cannot stand in; its outages "
        "are billed as if it could."
    ),
    "route.shares_short": (
        "{option}: the routes of {request_class} take {share} % of its requests in month {month} "
        "and less than all in {months:month|months}; the rest is not served."
    ),
    "route.twice": (
        "{option}: routes {other} and {route} differ in their shares only; put them into one."
    ),
    "route.quality_not_checked": (
        "{option}: {request_class} asks for a quality of at least {floor:percent}; the score of "
        "{members} is not entered, so it is not checked."
    ),
    "route.mean_quality_not_checked": (
        "{option}: the score of {members} for {request_class} is not entered, so the least mean "
        "quality of the rules is not checked."
    ),
    "cascade.weak_verifier": (
        "{option}, route {route}: the verifier errs on {error} % of the answers (mean of right "
        "and wrong ones); above {most} % cascades stop paying."
    ),
    "cascade.dearer": (
        "{option}, route {route}: a request costs {cascade} by the cascade and would cost {alone} "
        "by {large} alone; it sends {escalation} % on, and pays up to {most} %."
    ),
    "fleet.no_route": (
        "{option}: servers of {member} are decided on, but no route uses them; remove them or add "
        "a route."
    ),
    "fleet.too_early": (
        "{option}: servers of {member} are decided on from month {month}, but with "
        "{lead:month|months} from order to service none is there before month {first}."
    ),
    "catalogue.newer": (
        "This plan uses the catalogue of {day}; a newer one of {newer} is installed: {changed} of "
        "the prices and figures it uses changed. Take the newer one when you want it."
    ),
    "catalogue.newer_one": (
        "This plan uses the catalogue of {day}; a newer one of {newer} is installed: one of the "
        "prices and figures it uses changed. Take the newer one when you want it."
    ),
    "catalogue.newer_same": (
        "This plan uses the catalogue of {day}; a newer one of {newer} is installed, and none of "
        "the prices and figures it uses changed."
    ),
    "catalogue.newer_fails": (
        "This plan uses the catalogue of {day}; with the newer one of {newer} that is installed it "
        "could not be evaluated: {reason}."
    ),
    "catalogue.not_installed": (
        "This plan was written with the catalogue of {day} ({id}), which is not installed here, so "
        "figures it does not state are those of {used} ({used_id}). Import that catalogue and it "
        "is evaluated with its own figures again."
    ),
    "cache.no_route": (
        "{option}: the result cache of {request_class} has no effect, because no route takes that "
        "class."
    ),
}
"""Sentence of each finding in English, with the finding's facts as placeholders."""


def sentence(finding: Finding, translate: Callable[[str], str] = str) -> str:
    """The sentence of a finding; `translate` maps an English template to another language.

    Raises:
        KeyError: for a code without a template.
    """
    return sentence_of(finding, TEMPLATES, translate)
