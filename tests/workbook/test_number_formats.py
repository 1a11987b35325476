import pytest

from pricing.workbook.number_formats import DATE, TINY, input_format, line_format, schedule_format


@pytest.mark.parametrize(
    ("unit", "values", "code"),
    [
        ("USD", [1234.5, 0], '#,##0_);(#,##0);"–"_)'),
        ("USD", [12.5], '#,##0.00_);(#,##0.00);"–"_)'),
        ("EUR/Mtok", [2.5], '#,##0.000_);(#,##0.000);"–"_)'),
        ("EUR/request", [0.004745], '#,##0.000000_);(#,##0.000000);"–"_)'),
        ("servers", [4, 5], '#,##0_);(#,##0);"–"_)'),
        ("servers", [1.296, 0.2], '#,##0.000_);(#,##0.000);"–"_)'),
        ("tokens", [12_345_678.25], '#,##0_);(#,##0);"–"_)'),
        ("share", [0.1396], '#,##0.00%_);(#,##0.00%);"–"_)'),
        ("share", [0.0], '#,##0.0%_);(#,##0.0%);"–"_)'),
        ("servers", [0.000_003_4, 0], '#,##0.000000_);(#,##0.000000);"–"_)'),
        ("share", [7.3e-11], TINY.code),
        ("share", [4.6e-16], '#,##0.0%_);(#,##0.0%);"–"_)'),
        ("USD", [1.6e-9], '#,##0.00_);(#,##0.00);"–"_)'),
        ("flag", [1, 0], "0"),
        ("month number", [1, 2], "0"),
        ("date", [46388], DATE.code),
    ],
)
def test_that_a_line_shows_as_many_decimals_as_its_size_asks_for(
    unit: str, values: list[float], code: str
) -> None:
    assert line_format(unit, values).code == code


@pytest.mark.parametrize(
    ("unit", "value", "decimals"),
    [
        ("USD/kWh", 0.1325, 4),
        ("USD", 25_000, 0),
        ("USD/server", 287_400, 2),
        ("share", 0.08, 1),
        ("share", 0.03125, 3),
        ("", 1.5e-7, 8),
        ("", 1e22, 0),
        ("months", 36, 0),
        ("USD/server", 287_400.125_5, 4),
        ("share", 0.573_25, 3),
    ],
)
def test_that_an_input_shows_every_digit_that_was_typed(
    unit: str, value: float, decimals: int
) -> None:
    assert input_format(unit, value).decimals == decimals


@pytest.mark.parametrize(
    ("unit", "value", "decimals"),
    [
        ("server·seconds/request", 0.0248292377553499, 5),
        ("server·seconds/request", 12.345_678_9, 2),
        ("share", 0.573_046_875, 2),
        ("", 1 / 3, 4),
    ],
)
def test_that_an_input_that_was_calculated_shows_four_digits(
    unit: str, value: float, decimals: int
) -> None:
    assert input_format(unit, value).decimals == decimals


@pytest.mark.parametrize(
    ("unit", "values", "code"),
    [
        ("servers", [4, 0], "#,##0_);(#,##0)"),
        ("share", [0.5, 0], "#,##0%_);(#,##0%)"),
        ("share", [0.5, 0.125], "[=0]0%_);[=1]0%_);#,##0.0%_)"),
        ("share", [1 / 3, 0.5], "[=0]0%_);[=1]0%_);#,##0.0000%_)"),
        ("share", [0.000_001_234_567], "[=0]0%_);[=1]0%_);#,##0.0000000%_)"),
        ("USD", [2.5, 0], "#,##0.00_);(#,##0.00)"),
        ("USD", [1_000, 0], "#,##0_);(#,##0)"),
        ("flag", [1, 0], "0"),
        ("date", [46388], DATE.code),
    ],
)
def test_that_an_input_by_month_shows_the_digits_that_were_entered_as_far_as_months_have_room(
    unit: str, values: list[float], code: str
) -> None:
    assert schedule_format(unit, values).code == code


@pytest.mark.parametrize(
    ("unit", "value", "shown"),
    [("USD", -1234567.4, "(1,234,567)"), ("share", 0.1396, "13.96% "), ("servers", 4, "4 ")],
)
def test_that_widths_leave_room_for_brackets(unit: str, value: float, shown: str) -> None:
    assert line_format(unit, [value]).width(value) >= len(shown)
