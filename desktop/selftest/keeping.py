"""Plans are saved and opened, and unsaved work outlives its process."""

import shutil

from desktop.selftest.check import Place, require
from desktop.selftest.decisions import decided
from pricing.plan.edit import edited
from pricing.plan.file import load_plan, save_plan
from pricing.plan.recovery import Recovery
from pricing.plan.schema import plan_schema
from pricing.resources import resource


def plans_kept(place: Place) -> str:
    """Save every sample and a decision, keep unsaved work, and find it as another process would."""
    samples = sorted(resource("samples").glob("*.reckon"))
    plans = [*map(load_plan, samples), decided().plan]
    for number, plan in enumerate(plans):
        path = place.folder / f"计划 {number}.reckon"
        save_plan(plan, path)
        require(load_plan(path) == plan, f"{plan.name} is another plan once it was saved")
    folder = place.folder / "recovery"
    unsaved = edited(plans[0], "name", "未保存 unsaved")
    ours = Recovery(folder)
    ours.keep(unsaved, place.folder / "计划 0.reckon")
    require(not Recovery(folder).left_over(), "what a running process keeps is offered to others")
    shutil.copy(ours.file, folder / "1-left.kept")
    found = Recovery(folder).left_over()
    require(len(found) == 1 and found[0].plan() == unsaved, "unsaved work is not found again")
    ours.clear()
    require("properties" in plan_schema(), "the schema of plan files is empty")
    return f"{len(plans)} plans saved and opened, unsaved work kept and found"
