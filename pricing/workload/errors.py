"""The one exception of this room."""


class WorkloadError(Exception):
    """A usage log cannot become a workload; the message is one plain sentence for the buyer."""
