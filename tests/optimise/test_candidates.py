"""What the optimiser may choose from follows what is predicted, too."""

from pricing.bill import predict_work
from pricing.bill.speeds import predicted_speed
from pricing.catalogue import Catalogue
from pricing.optimise.problem.candidates import candidates_of
from pricing.plan.figure import PositiveAmount
from pricing.plan.option import OwnedServers
from pricing.plan.plan import Plan
from pricing.plan.recipe import Direct
from pricing.plan.serving import Serving
from tests.bill.sample import six_options


def _with_predicted_servers(answer_limit: float) -> Plan:
    plan = six_options()
    serving = Serving(model="llama-3.3-70b", accelerator="h100-sxm", accelerators=8)
    options = tuple(
        option.model_copy(update={"capacity": None, "serving": serving})
        if isinstance(option, OwnedServers)
        else option
        for option in plan.options
    )
    chat, *rest = plan.workload
    limited = chat.model_copy(update={"answer_limit": PositiveAmount(value=answer_limit)})
    return plan.model_copy(update={"options": options, "workload": (limited, *rest)})


def test_that_servers_predicted_to_answer_too_late_are_left_out(catalogue: Catalogue) -> None:
    plan = _with_predicted_servers(3600)
    owned = next(option for option in plan.options if isinstance(option, OwnedServers))
    speed = predicted_speed(predict_work(owned, plan, catalogue), "chat")
    assert speed is not None
    seconds = speed.answer(350)
    assert seconds is not None
    for limit, allowed in ((seconds * 1.01, True), (seconds * 0.99, False)):
        found = candidates_of(_with_predicted_servers(limit), catalogue)
        ways = [c for c in found.allowed if c.request_class == "chat"]
        assert (Direct(option=owned.id) in [c.recipe for c in ways]) == allowed
        reasons = {
            reason.code
            for one in found.excluded
            if one.request_class == "chat" and one.recipe == Direct(option=owned.id)
            for reason in one.reasons
        }
        assert reasons == (set() if allowed else {"answer_late"})
