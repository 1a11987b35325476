"""The serving model predicts what it predicted when the golden figures were written."""

from desktop.selftest.check import CheckError, Place, require
from desktop.selftest.golden import count, differences, golden, serving_figures
from desktop.viewmodels.serving_setup import predicted
from desktop.work.serving import rank, size
from pricing.plan.file import load_plan
from pricing.resources import resource


def serving(_place: Place) -> str:
    """Predict some servers and hold them against the golden figures; rank those on offer."""
    kept, found = golden()["serving"], serving_figures()
    told = list(differences(kept, found))
    if told:
        raise CheckError(told[0])
    plan = load_plan(resource("samples", "customer_service.reckon"))
    option = predicted(plan)[0]
    ranked, sized = rank(plan, option.id, False), size(plan, option.id)
    require(bool(ranked.rows), f"no server is ranked for {option.name}")
    require(bool(sized.rows or sized.out_rows), f"no model is sized for {option.name}")
    return (
        f"{count(found)} figures of {len(found)} predicted servers; {len(ranked.rows)} servers "
        f"and {len(sized.rows) + len(sized.out_rows)} models ranked"
    )
