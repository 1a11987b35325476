"""Long calls in threads of their own: whose thread handles what, and how fast a stop is."""

import threading
import time

import pytest

from pricing.optimise.engine.hand_off import HandOff


def test_that_events_are_handled_in_the_thread_that_asked_while_the_call_waits() -> None:
    calls, seen = HandOff(lambda: False), []

    def call() -> None:
        for number in range(3):
            calls.tell(lambda number=number: seen.append((number, threading.current_thread())))
            assert len(seen) == number + 1

    assert calls.run(call)
    assert seen == [(number, threading.current_thread()) for number in range(3)]


def test_that_a_call_that_does_not_listen_is_left_within_a_fifth_of_a_second() -> None:
    asked, go_on = threading.Event(), threading.Event()
    began = 0.0

    def ask() -> None:
        nonlocal began
        began = time.monotonic()
        asked.set()

    timer = threading.Timer(0.05, ask)
    timer.start()
    calls = HandOff(asked.is_set)
    ended = calls.run(lambda: go_on.wait(5))
    late = time.monotonic() - began
    go_on.set()
    assert not ended
    assert calls.leaving
    assert late < 0.2


def test_that_what_a_left_call_reports_is_not_heard() -> None:
    seen: list[int] = []
    calls = HandOff(lambda: True)
    over = threading.Event()

    def call() -> None:
        time.sleep(0.3)
        calls.tell(lambda: seen.append(1))
        over.set()

    assert not calls.run(call)
    assert over.wait(5)
    assert seen == []


def test_that_what_fails_in_the_call_or_in_an_event_fails_for_who_asked() -> None:
    calls = HandOff(lambda: False)
    with pytest.raises(ZeroDivisionError):
        calls.run(lambda: 1 / 0)
    with pytest.raises(KeyError):
        calls.run(lambda: calls.tell(lambda: {}["absent"]))
