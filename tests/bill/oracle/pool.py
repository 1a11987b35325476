"""Servers that routes share: how many there are, and whom they serve first."""

from dataclasses import dataclass, replace

from pricing.plan.hybrid import ServersFrom
from pricing.plan.option import SelfHosted
from pricing.plan.plan import Plan
from pricing.plan.workload import RequestClass
from pricing.serving import Hardware, server_work
from tests.bill.oracle.demand import days_of, shape_of
from tests.bill.oracle.routing import Stage
from tests.bill.oracle.servers import (
    Fleet,
    Week,
    server_seconds,
    take,
    term_of,
    usable_of,
    whole,
    window_of,
    work_of,
)


@dataclass
class Job:
    """A stage of a route on the servers."""

    stage: Stage
    order: int | None
    """Rank in which it gets servers; none where it has nowhere else to go."""
    squeeze: float
    """What a result cache makes of bursts, though no moment is busier than the busiest."""
    uptime: float = 1.0
    """Share of the time in which the route's options all answer: all of its requests come then."""
    seconds: float = 0.0

    @property
    def waits(self) -> bool:
        return self.stage.cls.urgency != "real-time"


def seconds_of(plan: Plan, option: SelfHosted, cls: RequestClass) -> float:
    """Busy seconds of one server for one request; also of a class that a recipe makes."""
    if option.serving is None:
        return server_seconds(plan, option, [cls])[cls.id]
    if any(known.id == cls.id for known in plan.workload):
        return server_seconds(plan, option, [cls])[cls.id]
    serving = option.serving
    assert serving.accelerators is not None
    sheets = {sheet.id: sheet for sheet in plan.accelerators}
    models = {sheet.id: sheet for sheet in plan.models}
    hardware = Hardware(sheets[serving.accelerator], serving.accelerators)
    together = work_of(plan, option).stack
    serving = serving.model_copy(update={"tensor_parallel": together.tensor})
    work = server_work(serving, hardware, models[serving.model], [cls])
    return work.seconds[cls.id].value * (1 + serving.adaptation_overhead.value)


def _decided(steps: tuple[ServersFrom, ...], month: int) -> int:
    count = 0
    for step in steps:
        if step.from_month <= month + 1:
            count = step.servers
    return count


class _Month:
    """One month of a pool."""

    def __init__(self, plan: Plan, option: SelfHosted, jobs: list[Job], month: int) -> None:
        self.jobs = jobs
        hours = days_of(plan)[month] * plan.calendar.hours_per_day
        self.mean = [
            job.stage.requests[month] * job.seconds / 3600 / (hours * job.uptime)
            if job.uptime else 0.0
            for job in jobs
        ]  # fmt: skip
        self.shape = [
            s if job.waits else replace(s, burst=max(s.burst * job.squeeze, 1.0))
            for job in jobs for s in [shape_of(job.stage.cls)]
        ]  # fmt: skip
        window = window_of(option)
        self.days = range(window.days if window else 7)
        self.hours = range(window.first, window.end) if window else range(24)
        self.open_share = 1.0
        if window is not None:
            length = (window.end - window.first) / plan.calendar.hours_per_day
            self.open_share = length * window.days / 7

    def peak(self, plan: Plan, option: SelfHosted) -> float:
        """What servers that follow the load must carry."""
        names = [str(place) for place in range(len(self.jobs))]
        classes = [
            job.stage.cls.model_copy(update={"id": name})
            for name, job in zip(names, self.jobs, strict=True)
        ]
        week = Week(plan, option, dict(zip(names, self.mean, strict=True)), classes)
        for name, shape in zip(names, self.shape, strict=True):
            week.shapes[name] = shape
        return week.peak()

    def load(self, place: int, day: int, hour: int) -> float:
        """Load at an hour of a weekday; a stated peak may last all day."""
        shape, mean = self.shape[place], self.mean[place]
        if not shape.known:
            return mean * shape.burst
        return mean * shape.hours[hour] * shape.weekdays[day]

    def whole_load(self, place: int) -> float:
        if self.jobs[place].waits:
            return self.mean[place]
        return sum(self.load(place, day, hour) for day in range(7) for hour in range(24)) / 168

    def carried(self, places: list[int], cap: float) -> float:
        """Mean load that the servers carry of real-time work."""
        done = 0.0
        for day in self.days:
            for hour in self.hours:
                done += min(cap, sum(self.load(place, day, hour) for place in places))
        return done / 168

    def served(self, cap: float) -> list[float]:
        """Share of each job that is served."""
        jobs, shares = self.jobs, [1.0] * len(self.jobs)
        places = range(len(jobs))
        firm = [p for p in places if jobs[p].order is None and not jobs[p].waits]
        patient = [p for p in places if jobs[p].order is None and jobs[p].waits]
        ranks: dict[tuple[int, str], list[int]] = {}
        for p in places:
            order, owner = jobs[p].order, jobs[p].stage.cls.id.split(".")[0]
            if order is not None:
                ranks.setdefault((order, owner), []).append(p)
        free = [ranks[key] for key in sorted(ranks, key=lambda key: key[0])]
        carried = self.carried(firm, cap)
        for p in firm:
            shares[p] = _over(carried, sum(self.whole_load(q) for q in firm))
        room = cap * self.open_share - carried
        wanted = sum(self.mean[p] for p in patient)
        done = min(wanted, max(room, 0.0))
        for p in patient:
            shares[p] = _over(done, wanted)
        room = max(room - done, 0.0)
        before = list(firm)
        for alike in free:
            if jobs[alike[0]].waits:
                done = min(sum(self.mean[p] for p in alike), room)
            else:
                done = min(self.carried([*before, *alike], cap) - self.carried(before, cap), room)
                before += alike
            for p in alike:
                shares[p] = _over(done, sum(self.whole_load(q) for q in alike))
            room -= done
        return shares


def _over(done: float, wanted: float) -> float:
    """Share done; a billionth that is missing is a matter of rounding."""
    return done / wanted if wanted and 1 - done / wanted > 5e-10 else 1.0


def pool_of(
    plan: Plan, option: SelfHosted, jobs: list[Job], decided: tuple[ServersFrom, ...]
) -> Fleet:
    """Simulate the servers of one option; writes what is left into the stages."""
    for job in jobs:
        job.seconds = seconds_of(plan, option, job.stage.cls)
    months = [_Month(plan, option, jobs, month) for month in range(plan.months)]
    usable = usable_of(plan, option)
    in_service = []
    for month, now in enumerate(months):
        units = now.peak(plan, option) / usable[month] if jobs else 0.0
        wanted: float = whole(units) + (option.spare_servers if units > 0 else 0)
        if option.servers is not None:
            wanted = option.servers
        if decided:
            wanted = _decided(decided, month)
        in_service.append(float(wanted) if month >= option.lead_time_months else 0.0)
    term = term_of(option)
    batches = take(in_service, term) if term is not None else []
    if term is not None:
        in_service = [sum(b.count for b in batches if b.serves(m)) for m in range(plan.months)]
    follows = not decided and option.servers is None and window_of(option) is None
    busy = [0.0] * plan.months
    for month, now in enumerate(months):
        cap = max(in_service[month] - option.spare_servers, 0) * usable[month]
        shares = now.served(cap)
        if follows:
            shares = [float(month >= option.lead_time_months)] * len(jobs)
        for job, share in zip(jobs, shares, strict=True):
            amount = job.stage.requests[month]
            job.stage.left[month] = amount * (1 - share)
            busy[month] += amount * share * job.seconds / 3600
    hours = [days * plan.calendar.hours_per_day for days in days_of(plan)]
    hours = [amount * months[0].open_share for amount in hours]
    return Fleet(batches, in_service, hours, {}, busy)
