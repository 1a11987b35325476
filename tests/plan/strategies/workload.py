"""Request classes."""

from typing import get_args

from hypothesis import strategies as st

from pricing.plan.figure import Amount, PositiveAmount, Rate, Share
from pricing.plan.workload import (
    HourlyProfile,
    Language,
    MonthlyGrowth,
    PeakToAverage,
    RequestClass,
    Sensitivity,
    Urgency,
    YearlySteps,
)
from tests.plan.strategies.figures import figures, identifiers, maybe, names, texts, weights

profiles = st.builds(
    HourlyProfile,
    hours=weights(24, 24),
    weekdays=st.just((1.0,) * 7) | weights(7, 7),
    within_hour_peak=st.floats(1, 100),
    source=texts,
) | st.builds(PeakToAverage, ratio=st.floats(1, 1000), source=texts)

growths = st.builds(MonthlyGrowth, rate=figures(Rate)) | st.builds(
    YearlySteps, factors=st.lists(figures(Amount), min_size=1, max_size=7).map(tuple)
)

request_classes = st.builds(
    RequestClass,
    id=identifiers,
    name=names,
    template=texts,
    requests=figures(Amount),
    per=st.sampled_from(["day", "month"]),
    input_tokens=figures(PositiveAmount),
    output_tokens=figures(Amount),
    input_variation=maybe(figures(Amount)),
    cacheable_share=figures(Share),
    cache_hit_rate=figures(Share),
    growth=growths,
    profile=profiles,
    urgency=st.sampled_from(get_args(Urgency)),
    sensitivity=st.sampled_from(get_args(Sensitivity)),
    quality_floor=maybe(figures(Share)),
    first_token_limit=maybe(figures(PositiveAmount)),
    answer_limit=maybe(figures(PositiveAmount)),
    language=st.sampled_from(get_args(Language)),
    note=texts,
)
