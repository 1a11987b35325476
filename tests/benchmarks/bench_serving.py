"""The serving model: one prediction in a sweep, a search of the whole catalogue, all its models."""

import numpy as np

from pricing.catalogue import load_catalogue
from pricing.serving.capacity import Level
from pricing.serving.parameters import load_parameters
from pricing.serving.point import Point
from pricing.serving.requests import Requests
from pricing.serving.run import run as run_points
from pricing.serving.search.assess import Load
from pricing.serving.search.candidates import Software, candidates_of
from pricing.serving.search.ranking import search
from pricing.serving.search.rightsizing import right_size
from tests.benchmarks.bench_evaluate import shortest

REQUESTS = Requests(1500, 400, 1.0, 1.0)
LEVEL = Level(ttft=2.0, tpot=0.05, percentile=95)
CHAT = Load("chat", REQUESTS, LEVEL, (5.0,))
SUMMARIES = Load("summaries", Requests(8000, 300, 1.0, 1.0), Level(), (1.0,))
BATCHES = 32


def seconds_of_a_prediction() -> float:
    """Of every sensible setup of a model on every accelerator, each at 32 batch sizes."""
    catalogue, parameters = load_catalogue(), load_parameters()
    sheets = [(catalogue.accelerator(line.id), 8) for line in catalogue.accelerators()]
    table = candidates_of(catalogue.open_model("llama-3.1-70b"), sheets, Software(), parameters)
    point = Point(table.shape, table.chip, table.layout, REQUESTS.traffic())
    wide = Point(*(part.at((..., None)) for part in (point.shape, point.chip, point.layout)),
                 point.traffic)  # fmt: skip
    by, speed = table.by.at((..., None)), table.speed[..., None]
    batch = np.geomspace(1, 512, BATCHES)
    count = len(table.setup) * BATCHES
    return shortest(lambda: run_points(wide, by, batch, speed), 20) / count


def run() -> list[tuple[str, float, str, float]]:
    """What, measured, unit, target."""
    catalogue = load_catalogue()
    llama, deepseek = catalogue.open_model("llama-3.1-70b"), catalogue.open_model("deepseek-r1")
    rows = len(search(llama, [CHAT]).rows)
    one = shortest(lambda: search(llama, [CHAT]), 10)
    experts = shortest(lambda: search(deepseek, [CHAT]), 10)
    two = shortest(lambda: search(llama, [CHAT, SUMMARIES]), 10)
    models = len(catalogue.open_models())
    every = shortest(lambda: right_size([CHAT]), 2)
    return [
        ("one prediction in a sweep", seconds_of_a_prediction() * 1e6, "us", 50.0),
        (f"search for a 70B model ({rows} offers meet the targets)", one * 1000, "ms", 100.0),
        ("search for DeepSeek-R1", experts * 1000, "ms", 100.0),
        ("search for a 70B model, two classes", two * 1000, "ms", 100.0),
        (f"right-sizing over {models} models", every, "s", 3.0),
    ]


if __name__ == "__main__":
    for name, measured, unit, target in run():
        print(f"{name}: {measured:.3g} {unit} (target {target:g} {unit})")
