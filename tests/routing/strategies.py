"""Random recipes."""

import numpy as np
from hypothesis import strategies as st

from pricing.routing import Call, JointCorrectness, Verifier

shares = st.floats(0, 1)
inner_shares = st.floats(0.001, 0.999)
amounts = st.floats(0, 1e3)
calls = st.builds(lambda cost, seconds: Call.of(cost=cost, seconds=seconds), amounts, amounts)
counts = st.lists(st.integers(0, 1000), min_size=4, max_size=4).filter(any)
joints = counts.map(lambda four: JointCorrectness.from_counts(*four))
verifiers = st.builds(Verifier.stated, shares, shares)
some_shares = st.lists(shares, min_size=1, max_size=20).map(np.array)
