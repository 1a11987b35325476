"""What cannot be decided."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pricing.optimise.engine.answer import Answer
    from pricing.optimise.problem.stated import Problem


class NothingFoundError(Exception):
    """No decision keeps the rules, or none was found in the time given."""

    def __init__(self, answer: "Answer", problem: "Problem") -> None:
        """Keep what was asked, so that the rules in the way can be found."""
        self.answer = answer
        self.problem = problem
        if not problem.instance.jobs:
            text = "No option of the plan may and can serve any of its request classes."
        elif answer.status == "infeasible":
            text = "No decision keeps all rules of the plan."
        else:
            text = f"No decision was found in {answer.seconds:.0f} seconds; allow more time."
        super().__init__(text)
