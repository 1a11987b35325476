"""What `reckoner cases` prints."""

import pytest

from pricing.cases import report


def test_that_the_overview_has_a_line_for_each_case_and_their_sum() -> None:
    found = report.results()
    lines = list(report.overview(found))
    assert len(lines) == len(found) + 2
    figures = sum(len(result.rows) for result in found)
    assert lines[-1].split()[:2] == ["all", str(figures)]
    assert lines[-1].endswith(f"{len(found)} cases")


def test_that_the_detail_shows_figures_reasons_and_slips() -> None:
    (result,) = report.results("peakinfer")
    text = "\n".join(report.detail(result))
    assert "0.882353" in text
    assert "-0.617647" in text
    assert "explained difference [1]" in text
    assert "22,500 / (40,000 - 10,000 - 4,500)" in text
    assert "What the source itself gets wrong" in text
    assert text.endswith(
        "Figures: 1, of them 0 reproduced, 1 with an explained difference, 0 not reproduced"
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.001015499, "0.0010155"),
        (235_714_286.4, "235,714,286"),
        (12.5, "12.5"),
        (0.0, "0"),
        (-3e-17, "0"),
        ("never", "never"),
    ],
)
def test_that_numbers_keep_six_significant_digits(value: float | str, text: str) -> None:
    assert report.in_figures(value) == text


def test_that_running_text_fits_a_terminal() -> None:
    for result in report.results("pan2025"):
        prose = [line for line in report.detail(result) if line.startswith(("  - ", "    "))]
        assert max(map(len, prose)) <= report.WIDTH
