"""The sentence of every warning; facts come in by name."""

from pricing.workload.report import Code, Fact, LogWarning

SENTENCES: dict[Code, str] = {
    Code.ROWS_LEFT_OUT: "{sentence}",
    Code.ROWS_WITHOUT_REQUEST: (
        "{count:,} rows hold no request ({reason}); they were counted as time, not as load."
    ),
    Code.MOMENT_ONLY: (
        "The log lasts under a minute and cannot know a rate: its {requests:,.0f} requests were "
        "taken as those of one day; state the requests per day by hand."
    ),
    Code.DAY_UNKNOWN: (
        "The log lasts {hours:.1f} hours ({first} to {last}) and cannot know the day. Requests "
        "per day assume that its rate goes on around the clock ({rate:,.0f} an hour x 24 h); if "
        "these are all the requests of a day, state {requests:,.0f} instead. The hours of the "
        "day are unknown: only the peak inside the log was measured, so choose a profile."
    ),
    Code.WEEK_UNKNOWN: (
        "The log covers {covered} and cannot know the week: every weekday was taken as alike."
    ),
    Code.HOURS_UNKNOWN: (
        "Rows of {bucket} cannot tell the hours of the day apart: the load was taken as flat over "
        "24 hours, which understates the peak hour; choose a profile of hours."
    ),
    Code.LONG_INTERVALS: (
        "Each row adds up {days} days: requests per day are an average, and neither the hours nor "
        "the weekdays are known; choose a profile."
    ),
    Code.GROWTH_UNKNOWN: (
        "Growth was left at 0: it takes {needed} whole weeks of requests to read it from a log, "
        "this one has {weeks}."
    ),
    Code.GROWTH_UNCLEAR: (
        "{name}: growth was left at 0, because the {weeks} weeks of the log do not show a clear "
        "one ({low:+.1%} to {high:+.1%} a month)."
    ),
    Code.GROWTH_MEASURED: (
        "{name}: volume changed by {rate:+.1%} a month over {weeks} weeks ({low:+.1%} to "
        "{high:+.1%}). Requests are the mean of the log; at its end the trend is at "
        "{end:,.0f} a day."
    ),
    Code.CACHE_UNKNOWN: (
        "The log does not say which input tokens came from a prefix cache: the cacheable share "
        "was left at 0."
    ),
    Code.OUTPUT_UNKNOWN: "No column of output tokens was mapped: output was taken as 0.",
    Code.VARIATION_UNKNOWN: (
        "Each row adds up several requests: mean lengths are exact, their variation from request "
        "to request is unknown."
    ),
    Code.HOURS_IN_UTC: (
        "Times are in UTC, and so are the hours of the profile; state the offset of your place "
        "(utc_offset_hours) to see local hours."
    ),
    Code.OFFSETS_MIXED: (
        "Times state different offsets from UTC ({offsets}); hours were kept as written. State "
        "utc_offset_hours to bring them to one clock."
    ),
    Code.OFFSET_NOT_APPLIED: (
        "Rows are whole days, so the offset of {offset:+g} hours could not be applied."
    ),
    Code.ENCODING_GUESSED: (
        "The file is not UTF-8; it was read as {encoding}, so labels may look odd."
    ),
    Code.CLASSES_GATHERED: (
        "{column} has {labels:,} values: the {kept} largest became classes, the others "
        '({share:.1%} of requests) were gathered in "other".'
    ),
    Code.LABELS_TOO_MANY: (
        "{column} has over {limit} values, so it may be no label at all; values that first "
        'appeared after the {limit}th were gathered in "other".'
    ),
    Code.PEAK_OF_WHOLE: (
        "The log is too long to keep every class minute by minute: the peak within the hour is "
        "that of all requests together."
    ),
    Code.CLASS_OUTSIDE_DAYS: (
        "{name}: its requests all fall outside the whole days of the log; its rate is the plain "
        "average and its profile that of all requests."
    ),
}


def warning(code: Code, **facts: Fact) -> LogWarning:
    """A warning with its sentence."""
    return LogWarning(code, facts, SENTENCES[code].format(**facts))
