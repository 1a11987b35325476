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
        super().__init__(
            "No decision keeps all rules of the plan."
            if answer.status == "infeasible"
            else f"No decision was found in {answer.seconds:.0f} seconds; allow more time."
        )
