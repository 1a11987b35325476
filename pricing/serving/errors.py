"""What can be wrong with a serving setup."""


class ServingError(ValueError):
    """A setup that cannot be served; the message names the value and what would work.

    Args:
        field: Which part of the setup is wrong, in the plan's words.
        message: One sentence for a person.
    """

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
