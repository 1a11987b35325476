"""Flows to draw: a typical one, and any that a plan could give."""

from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from desktop.charts.draw import draw
from desktop.charts.spec import Flow, FlowLink, FlowNode, Frontier, Ink

INK = Ink("#1a1e24", "#57606c", "#e4e7ec", "#ffffff", "#1d5bb8", "#b3261e")
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00")
NAMES = (
    "Chat",
    "Software engineering assistant for the whole group",
    "客户服务聊天机器人（华东区）",
    "W" * 60,
    "夜间合同与文档批量处理，含敏感数据，不得离开本地机房",
    "$5 & _x_ <b>",
    "i",
)


def percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def flow(nodes: tuple[FlowNode, ...], links: tuple[FlowLink, ...], selected: str = "") -> Flow:
    return Flow(
        title="Half of all requests stay on owned servers",
        summary="Bands from request classes to options.",
        unit="requests a month",
        columns=("Request classes", "Result cache", "Routing", "Options"),
        nodes=nodes,
        links=links,
        number=lambda value: f"{value:,.0f}",
        percent=percent,
        headings=("From", "To", "Requests a month", "Share"),
        selected=selected,
    )


def typical(selected: str = "") -> Flow:
    """Two classes, a cache, a cascade, two options and what is not served."""
    return flow(
        (
            FlowNode("chat", "Customer chat", 0, 1000.0),
            FlowNode("docs", "Documents", 0, 500.0, note="must stay on premises"),
            FlowNode("cache", "Result cache", 1, 1000.0),
            FlowNode("cascade", "Cascade", 2, 800.0),
            FlowNode("hit", "From cache", 3, 200.0),
            FlowNode("owned", "Owned H200", 3, 950.0, COLOURS[0]),
            FlowNode("api", "Closed API", 3, 300.0, COLOURS[1]),
            FlowNode("none", "Not served", 3, 50.0, broken=True),
        ),
        (
            FlowLink("chat-cache", "chat", "cache", 1000.0),
            FlowLink("cache-hit", "cache", "hit", 200.0),
            FlowLink("cache-cascade", "cache", "cascade", 800.0),
            FlowLink("accepted", "cascade", "owned", 500.0, label="accepted"),
            FlowLink("escalated", "cascade", "api", 300.0, label="escalated", note="USD 120"),
            FlowLink("docs-owned", "docs", "owned", 450.0),
            FlowLink("docs-none", "docs", "none", 50.0),
            FlowLink("overflow", "docs", "api", 0.0, dashed=True),
            FlowLink("nothing", "chat", "owned", 0.0),
        ),
        selected,
    )


VOLUMES = st.one_of(st.just(0.0), st.floats(1.0, 1e9), st.floats(1e-3, 10.0))


@st.composite
def flows(pick: st.DrawFn) -> Flow:
    """1 to 12 classes, perhaps a cache and routers, 1 to 10 options; what enters leaves."""
    classes, options = pick(st.integers(1, 12)), pick(st.integers(1, 10))
    routers = pick(st.integers(0, 3))
    cached = pick(st.booleans())
    kept: dict[str, float] = {}
    links: list[FlowLink] = []

    def send(source: str, target: str, value: float) -> None:
        dashed = pick(st.integers(0, 5)) == 0
        label = pick(st.sampled_from(("", "", "overflow")))
        key = f"link {len(links)}"
        links.append(FlowLink(key, source, target, value, label=label, dashed=dashed))
        kept[target] = kept.get(target, 0.0) + value

    def spread(source: str, value: float, targets: list[str]) -> None:
        chosen = pick(st.lists(st.sampled_from(targets), min_size=1, max_size=3, unique=True))
        shares = [pick(st.floats(0.001, 1.0)) for _ in chosen]
        for target, share in zip(chosen, shares, strict=True):
            send(source, target, value * share / sum(shares))

    ends = [f"option {n}" for n in range(options)] + ["none"]
    middle = [f"router {n}" for n in range(routers)]
    names = st.sampled_from(NAMES)
    nodes = []
    for n in range(classes):
        value = pick(VOLUMES)
        nodes.append(FlowNode(f"class {n}", pick(names), 0, value))
        spread(f"class {n}", value, [*ends, *middle, *(["cache"] if cached else [])])
    if cached:
        nodes.append(FlowNode("cache", pick(names), 1, kept.get("cache", 0.0)))
        spread("cache", kept.get("cache", 0.0), [*ends, *middle])
    for name in middle:
        nodes.append(FlowNode(name, pick(names), 2, kept.get(name, 0.0)))
        spread(name, kept.get(name, 0.0), ends)
    for place, name in enumerate(ends):
        colour = "" if name == "none" else COLOURS[place % len(COLOURS)]
        nodes.append(FlowNode(name, pick(names), 3, kept.get(name, 0.0), colour, name == "none"))
    return flow(tuple(nodes), tuple(links))


def drawn(
    spec: Flow | Frontier, width: float = 9.0, height: float = 4.2, dpi: int = 100, ink: Ink = INK
) -> Figure:
    figure = Figure(figsize=(width, height), dpi=dpi)
    FigureCanvasAgg(figure)
    draw(figure, spec, ink)
    return figure
