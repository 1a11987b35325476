"""The convention of dispatch in plain Python loops, and every decision of a tiny instance.

Written from the words of the convention, not from the code that it checks.
"""

import itertools
import math
from dataclasses import dataclass

from pricing.optimise.engine.instance import Instance


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


@dataclass
class Month:
    """What a month costs and buys, given servers and shares."""

    cost: float
    spend: dict[str, float]
    users: set[str]
    tokens: dict[str, float]
    quality: float
    inside: float
    fits: bool
    answered: float = 0.0
    lost: float = 0.0
    weight: float = 0.0

    @property
    def weighed(self) -> float:
        return self.cost + self.weight


def dearest(instance: Instance, job: int, month: int) -> float:
    """What it costs to have a thousand requests answered by the dearest way of a job."""
    most = 0.0
    for recipe in instance.recipes:
        cost = float(recipe.cost[month])
        if recipe.job != job or recipe.overflow is not None or not math.isfinite(cost):
            continue
        it = instance.jobs[job]
        busiest = max(1.0 if it.waits else max(it.peak.tolist()), it.busiest_day)
        for at, work in recipe.work.items():
            pool = instance.pools[at]
            rate = max(
                (float(price) / min(pool.term, instance.months - start)
                 for start, price in enumerate(pool.unit) if math.isfinite(price)),
                default=0.0,
            )  # fmt: skip
            cost += float(work[month]) / float(pool.usable[month]) * busiest * max(rate, 0.0)
        answered = 1.0 if recipe.lost is None else 1.0 - float(recipe.lost[month])
        most = max(most, cost / answered)
    return most


def weight_of(instance: Instance, place: int, month: int) -> float:
    """What a thousand requests weigh beside their cost: those lost count as the dearest way."""
    recipe = instance.recipes[place]
    lost = 0.0 if recipe.lost is None else float(recipe.lost[month])
    return lost and lost * dearest(instance, recipe.job, month)


def run_month(
    instance: Instance,
    month: int,
    servers: list[int],
    shares: dict[int, float],
    order: list[list[int]],
) -> Month:
    """Serve a month; `order` lists the jobs of each pool by rank."""
    part: dict[int, float] = {}
    fits = True
    for at, pool in enumerate(instance.pools):
        cap = float(pool.usable[month]) * max(servers[at] - pool.spares, 0)
        asked: dict[int, float] = {}
        loose: dict[int, dict[int, float]] = {}
        for r, share in shares.items():
            recipe = instance.recipes[r]
            if at not in recipe.work or share == 0:
                continue
            job = instance.jobs[recipe.job]
            load = share * float(job.requests[month]) * float(recipe.work[at][month])
            if recipe.overflow is None:
                asked[recipe.job] = asked.get(recipe.job, 0.0) + load
            else:
                loose.setdefault(recipe.job, {})[r] = load
        hours = len(instance.jobs[0].peak)
        for hour in range(hours):
            if sum(load * float(instance.jobs[j].peak[hour]) for j, load in asked.items()
                   if not instance.jobs[j].waits) > cap * (1 + 1e-6):  # fmt: skip
                fits = False
        if sum(load * instance.jobs[j].busiest_day for j, load in asked.items()
               if not instance.jobs[j].batch) > cap * (1 + 1e-6):  # fmt: skip
            fits = False
        if sum(asked.values()) > cap * (1 + 1e-6):
            fits = False
        slots = range(len(instance.jobs[0].shape))
        total = [
            sum(load * float(instance.jobs[j].shape[s]) for j, load in asked.items()
                if not instance.jobs[j].waits)
            for s in slots
        ]  # fmt: skip
        carried = mean([min(cap, load) for load in total])
        waiting = sum(load for j, load in asked.items() if instance.jobs[j].waits)
        room = max(cap - carried - min(waiting, max(cap - carried, 0.0)), 0.0)
        for j in order[at]:
            if j not in loose:
                continue
            load = sum(loose[j].values())
            if instance.jobs[j].waits:
                got = min(load, room)
            else:
                total = [t + load * float(instance.jobs[j].shape[s])
                         for t, s in zip(total, slots, strict=True)]  # fmt: skip
                after = mean([min(cap, t) for t in total])
                got = min(max(after - carried, 0.0), room)
                carried = after
            room -= got
            for r in loose[j]:
                part[r] = got / load
    result = Month(0.0, {}, set(), {}, 0.0, 0.0, fits)
    for r, share in shares.items():
        if share == 0:
            continue
        recipe = instance.recipes[r]
        served = part.get(r, 1.0) * (1.0 - recipe.down)
        pieces = [(r, share * served)]
        if recipe.overflow is not None:
            pieces.append((recipe.overflow, share * (1 - served)))
        for place, amount in pieces:
            piece = instance.recipes[place]
            count = amount * float(instance.jobs[piece.job].requests[month])
            lost = 0.0 if piece.lost is None else float(piece.lost[month])
            result.cost += count * float(piece.cost[month])
            result.weight += count * weight_of(instance, place, month)
            result.lost += count * lost
            result.answered += count * (1 - lost)
            result.quality += count * (1 - lost) * piece.quality
            if piece.work and all(instance.pools[p].on_premises for p in piece.work):
                result.inside += count
            for key, spend in piece.spend.items():
                result.spend[key] = result.spend.get(key, 0.0) + count * float(spend[month])
                result.users.add(key)
            for key, tokens in piece.bought.items():
                result.tokens[key] = result.tokens.get(key, 0.0) + count * tokens
    return result


def fixed_costs(instance: Instance, servers: list[list[int]], months: list[Month]) -> float:
    """Units, fixed costs and minimum spend, for servers[pool][month]; inf where impossible."""
    total = instance.constant
    for at, pool in enumerate(instance.pools):
        ends = [0] * (instance.months + pool.term)
        running = 0
        for month in range(instance.months):
            running -= ends[month]
            new = servers[at][month] - running
            if new < 0 or (new > 0 and not math.isfinite(pool.unit[month])):
                return math.inf
            if new:
                total += new * float(pool.unit[month])
            running += new
            ends[month + pool.term] += new
        for month in range(instance.months):
            if servers[at][month] > 0:
                total += float(pool.fixed[month])
                break
    for supplier in instance.suppliers:
        since = [m for m in range(instance.months) if supplier.key in months[m].users]
        if not since:
            continue
        total += float(supplier.fixed[since[0]])
        for year in sorted(set(instance.years.tolist())):
            if year < instance.years[since[0]]:
                continue
            spent = sum(months[m].spend.get(supplier.key, 0.0)
                        for m in range(instance.months) if instance.years[m] == year)  # fmt: skip
            total += max(float(supplier.minimum[year]) - spent, 0.0) * float(
                supplier.shortfall[year]
            )
    return total


def keeps_limits(instance: Instance, servers: list[list[int]], months: list[Month]) -> bool:
    """The buyer's rules, one after the other."""
    limits = instance.limits
    requests = sum(float(job.requests.sum()) for job in instance.jobs)
    if limits.capex is not None:
        due = [0.0] * len(limits.capex)
        for at, pool in enumerate(instance.pools):
            for month in range(instance.months):
                recent = servers[at][max(0, month - pool.term + 1) : month]
                new = servers[at][month] - (recent[-1] if recent and pool.term > 1 else 0)
                for year in range(len(due)):
                    due[year] += new * float(pool.capex[month, year])
        if any(d > limit + 1e-9 for d, limit in zip(due, limits.capex, strict=True)):
            return False
    if limits.site_kw is not None:
        for month in range(instance.months):
            draw = sum(servers[at][month] * pool.kw for at, pool in enumerate(instance.pools))
            if draw > limits.site_kw + 1e-9:
                return False
    vendor = {source.key: source.vendor for source in (*instance.pools, *instance.suppliers)}
    tokens: dict[str, float] = {}
    for it in months:
        for key, count in it.tokens.items():
            tokens[vendor[key]] = tokens.get(vendor[key], 0.0) + count
    all_tokens = sum(float(job.requests.sum()) * job.tokens for job in instance.jobs)
    if limits.vendor_share is not None and any(
        count > limits.vendor_share * all_tokens * (1 + 1e-7) for count in tokens.values()
    ):
        return False
    if limits.vendors is not None:
        least = limits.vendor_least * all_tokens * (1 - 1e-7)
        if sum(count >= least for count in tokens.values()) < limits.vendors:
            return False
    if limits.quality is not None and sum(it.quality for it in months) < limits.quality * sum(
        it.answered for it in months
    ) * (1 - 1e-7):
        return False
    return not (
        limits.on_premises is not None
        and sum(it.inside for it in months) < limits.on_premises * requests * (1 - 1e-7)
    )


def stand_by(instance: Instance, months: list[Month], shares: list[dict[int, float]]) -> None:
    """A supplier that overflow would go to is in use, whether or not anything overflows."""
    for it, given in zip(months, shares, strict=True):
        for r, share in given.items():
            overflow = instance.recipes[r].overflow
            if share > 0 and overflow is not None:
                it.users.update(instance.recipes[overflow].spend)


def best_by_enumeration(instance: Instance, most: float | None = None) -> float:
    """Lowest cost of all decisions that give each job one recipe a month; inf if there is none.

    Every number of servers, every recipe of every job and every order, the same for all pools, is
    tried. What is lost in outages counts with its weight; with `most`, decisions of no more weight
    are compared by cost alone.
    """
    count, span = len(instance.jobs), range(instance.months)
    own = [
        [
            r for r, it in enumerate(instance.recipes)
            if it.job == j and not it.covered
        ]
        for j in range(count)
    ]  # fmt: skip
    fleets = list(itertools.product(*(range(pool.most + 1) for pool in instance.pools)))
    best = math.inf
    for ranks in itertools.permutations(range(count)):
        order = [list(ranks)] * len(instance.pools)
        options: list[dict[tuple[int, ...], list[Month]]] = []
        for month in span:
            options.append({})
            for fleet in fleets:
                runs = []
                for picks in itertools.product(*own):
                    shares = dict.fromkeys(picks, 1.0)
                    it = run_month(instance, month, list(fleet), shares, order)
                    if it.fits:
                        stand_by(instance, [it], [shares])
                        runs.append(it)
                options[month][fleet] = runs if most is not None else _undominated(instance, runs)
        for plan in itertools.product(fleets, repeat=instance.months):
            servers = [[plan[m][p] for m in span] for p in range(len(instance.pools))]
            for months in itertools.product(*(options[m][plan[m]] for m in span)):
                running = sum(it.weighed if most is None else it.cost for it in months)
                if running >= best:
                    continue
                if most is not None and sum(it.weight for it in months) > most:
                    continue
                cost = running + fixed_costs(instance, servers, list(months))
                if cost < best and keeps_limits(instance, servers, list(months)):
                    best = cost
    return best


def _undominated(instance: Instance, runs: list[Month]) -> list[Month]:
    """Without limits, of the runs that use and spend the same only the cheapest matters."""
    limits = instance.limits
    if (limits.vendor_share, limits.vendors, limits.quality, limits.on_premises) != (None,) * 4:
        return sorted(runs, key=lambda it: it.weighed)
    seen: dict[tuple[object, ...], Month] = {}
    minimum = {s.key for s in instance.suppliers if s.minimum.any()}
    for it in sorted(runs, key=lambda it: it.weighed):
        spent = tuple(sorted((k, round(v, 9)) for k, v in it.spend.items() if k in minimum))
        seen.setdefault((frozenset(it.users), spent), it)
    return list(seen.values())
