"""The day from which the age of figures is counted."""

import os
from datetime import UTC, date, datetime


def today() -> date:
    """The system's day (UTC), or that of SOURCE_DATE_EPOCH, so that a run can be repeated later.

    The variable is the one reproducible builds use: seconds since 1970-01-01 UTC.
    """
    stated = os.environ.get("SOURCE_DATE_EPOCH", "")
    if stated.isdigit():
        return datetime.fromtimestamp(int(stated), tz=UTC).date()
    return datetime.now(tz=UTC).date()
