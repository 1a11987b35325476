"""What keeps an option from being billed: a figure that nobody has stated."""


class BillError(ValueError):
    """A figure is missing; the message says which, and what would be right.

    Args:
        path: Dotted path of the plan's field to fill in.
        message: One sentence for the buyer.
    """

    def __init__(self, path: str, message: str) -> None:
        super().__init__(message)
        self.path = path
        self.message = message
