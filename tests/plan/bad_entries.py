"""Single faults put into the golden plan: way, value, dotted path and sentence of each."""

API, HOSTED, RENTED, RESERVED, OWNED, BOX = range(6)

CASES: list[tuple[str, object, str, str]] = [
    (
        f"options/{OWNED}/name",
        "",
        "options.owned-h100.name",
        "Options › owned-h100 › Name: empty; enter at least one character.",
    ),
    (
        f"options/{OWNED}/useful_life_months",
        0,
        "options.owned-h100.useful_life_months",
        "Options › Owned H100 › Useful life: 0 is too small; "
        "months between 12 and 120 are possible.",
    ),
    (
        f"options/{OWNED}/useful_life_months",
        48.5,
        "options.owned-h100.useful_life_months",
        "Options › Owned H100 › Useful life: 48.5 is not a whole number; write it without "
        "decimals and quotation marks.",
    ),
    (
        f"options/{OWNED}/price/value",
        -5,
        "options.owned-h100.price.value",
        "Options › Owned H100 › Price: -5 is too small; prices of 0 or more are possible.",
    ),
    (
        f"options/{OWNED}/price",
        -5,
        "options.owned-h100.price.value",
        "Options › Owned H100 › Price: -5 is too small; prices of 0 or more are possible.",
    ),
    (
        f"options/{OWNED}/price",
        2e15,
        "options.owned-h100.price.value",
        "Options › Owned H100 › Price: 2000000000000000 is too large; "
        "prices between 0 and 1000000000000000 are possible.",
    ),
    (
        f"options/{OWNED}/price",
        "310000",
        "options.owned-h100.price",
        'Options › Owned H100 › Price: "310000" is not a number; write one, or an object with a '
        "value and its source.",
    ),
    (
        f"options/{OWNED}/price/value",
        ...,
        "options.owned-h100.price.value",
        'Options › Owned H100 › Price: the number is missing; add "value".',
    ),
    (
        f"options/{OWNED}/price/low",
        400000,
        "options.owned-h100.price.value",
        "Options › Owned H100 › Price: 310000 must lie between its low end (400000) and its high "
        "end (310000).",
    ),
    (
        f"options/{OWNED}/residual_share",
        1.5,
        "options.owned-h100.residual_share.value",
        "Options › Owned H100 › Residual value: 1.5 is too large; "
        "shares between 0 and 1 are possible.",
    ),
    (
        f"options/{OWNED}/power_kW",
        9,
        "options.owned-h100.power_kW",
        'Options › Owned H100 › power_kW: "power_kW" is not known here; perhaps power_kw is meant.',
    ),
    (
        f"options/{OWNED}/bridge",
        "rented",
        "options.owned-h100.bridge",
        'Options › Owned H100 › Bridge: "rented" cannot be the bridge; a bridge is a token-priced '
        "option (api-4.1, hosted).",
    ),
    (
        f"options/{OWNED}/capacity",
        {},
        "options.owned-h100.capacity",
        "Options › Owned H100 › Capacity: state output_tokens_per_second or requests_per_hour of "
        "one server.",
    ),
    (
        f"options/{OWNED}/capacity/requests_per_hour",
        7,
        "options.owned-h100.capacity",
        "Options › Owned H100 › Capacity: state either output_tokens_per_second or "
        "requests_per_hour, not both.",
    ),
    (
        f"options/{RESERVED}/capacity/input_tokens_per_second",
        7,
        "options.reserved.capacity.input_tokens_per_second",
        "Options › Reserved › Capacity › Input tokens per second: goes with "
        "output_tokens_per_second only; remove it, or state that instead of requests_per_hour.",
    ),
    (
        f"options/{BOX}/capacity/usable_share",
        0,
        "options.box.capacity.usable_share",
        "Options › 一体机 › Capacity › Usable share: 0 means that nothing of a server may be used; "
        "possible are shares above 0 and up to 1.",
    ),
    (
        f"options/{BOX}/capacity/output_tokens_per_second",
        0,
        "options.box.capacity.output_tokens_per_second.value",
        "Options › 一体机 › Capacity › Output tokens per second: 0 is too small; tokens per second "
        "above 0 are possible.",
    ),
    (
        f"options/{RENTED}/terms/to_hour",
        6,
        "options.rented.terms.to_hour",
        "Options › Rented › Terms › To hour: 6 is not later than from_hour (7); possible are "
        "hours from 8 to 24.",
    ),
    (
        f"options/{RENTED}/terms/kind",
        "spot",
        "options.rented.terms.kind",
        'Options › Rented › Terms › Kind: "spot" is not known here; possible are on_demand, '
        "scheduled, committed.",
    ),
    (
        f"options/{RESERVED}/terms/years",
        2,
        "options.reserved.terms.years",
        "Options › Reserved › Terms › Term: 2 is not known here; possible are 1, 3.",
    ),
    (
        f"options/{BOX}/kind",
        ...,
        "options.box.kind",
        "Options › 一体机 › Kind: missing; possible are closed_api, hosted_open, rented_gpus, "
        "owned_servers, appliance, hybrid.",
    ),
    (
        f"options/{API}/model",
        "",
        "options.api-4.1",
        "Options › API: name a catalogue model (provider/model) or state the quoted prices.",
    ),
    (
        f"options/{API}/batch_tariff",
        "yes",
        "options.api-4.1.batch_tariff",
        'Options › API › Batch tariff: "yes" is neither true nor false.',
    ),
    (
        f"options/{API}/serves",
        ["chat", "talk"],
        "options.api-4.1.serves.1",
        'Options › API › Serves › entry 2: "talk" is no request class of this plan; known are '
        "chat, mail, night.batch.",
    ),
    (
        f"options/{API}/name",
        " ",
        "options.api-4.1.name",
        'Options › api-4.1 › Name: " " is no name; one line with at least one visible character '
        "is needed.",
    ),
    (
        f"options/{API}/note",
        "x" * 4001,
        "options.api-4.1.note",
        "Options › API › Note: 4001 characters are too many; at most 4000 fit.",
    ),
    (
        f"options/{API}/id",
        "API 4",
        "options.API 4.id",
        'Options › API › Id: "API 4" is no id; possible are lower-case letters, digits, dot, dash '
        "and underscore, a letter or digit first.",
    ),
    (
        f"options/{API}",
        5,
        "options.0",
        "Options › entry 1: 5 stands where an object in braces with kind, id, name is needed.",
    ),
    (
        "workload/0/requests/value",
        True,
        "workload.chat.requests.value",
        "Workload › Chat › Requests: true is not a number; write digits without quotation marks.",
    ),
    (
        "workload/0/profile/hours",
        [1] * 23,
        "workload.chat.profile.hours",
        "Workload › Chat › Profile › Hours: 23 entries are too few; at least 24 are needed.",
    ),
    (
        "workload/0/profile/hours",
        [2] * 24,
        "workload.chat.profile.hours",
        "Workload › Chat › Profile › Hours: the 24 weights must have a mean of 1; theirs is 2.",
    ),
    (
        "workload/0/profile/hours/3",
        -0.5,
        "workload.chat.profile.hours.3",
        "Workload › Chat › Profile › Hours › entry 4: -0.5 is too small; weights between 0 and 24 "
        "are possible.",
    ),
    (
        "workload/0/urgency",
        "now",
        "workload.chat.urgency",
        'Workload › Chat › Urgency: "now" is not known here; possible are real-time, asynchronous, '
        "batch.",
    ),
    (
        "workload/1/growth/factors",
        [],
        "workload.night.batch.growth.factors",
        "Workload › 夜间批处理 › Growth › Factors: none entered; at least one is needed.",
    ),
    (
        "workload",
        {},
        "workload",
        "Workload: an object stands where a list in square brackets is needed.",
    ),
    ("months", 85, "months", "Horizon: 85 is too large; months between 12 and 84 are possible."),
    (
        "start",
        "2027-13",
        "start",
        'Start: "2027-13" is no month; write year and month as in 2027-01.',
    ),
    ("start", ..., "start", 'Start: missing; add "start": first month of the plan.'),
    ("name", 7, "name", "Name: 7 is not text; write it in quotation marks."),
    (
        "name",
        "a\x07b",
        "name",
        'Name: "a\\u0007b" is no name; one line with at least one visible character is needed.',
    ),
    ("note", "a\x07b", "note", 'Note: "a\\u0007b" holds a control character; remove it.'),
    (
        "note",
        "\ud800",
        "note",
        'Note: "\\\\ud800" holds a character that cannot be written to a file.',
    ),
    (
        "currency",
        "GBP",
        "currency",
        'Currency: "GBP" is not known here; possible are USD, CNY, EUR.',
    ),
    (
        "baseline",
        "none",
        "baseline",
        'Baseline: "none" is no option of this plan; known are '
        "api-4.1, box, hosted, owned-h100, rented, reserved.",
    ),
    (
        "electricity/as_of",
        "30.6.2026",
        "electricity.as_of",
        'Electricity › As of: "30.6.2026" is no date; write year, month and day as in 2026-11-22.',
    ),
    (
        "electricity/as_of",
        20260630,
        "electricity.as_of",
        "Electricity › As of: 20260630 is no date; write year, month and day as in 2026-11-22.",
    ),
    (
        "curency",
        "EUR",
        "curency",
        'curency: "curency" is not known here; perhaps currency is meant.',
    ),
    (
        "finance",
        None,
        "finance",
        "Finance: null stands where an object in braces with "
        "discount_rate, payment_timing, tax is needed.",
    ),
]
