"""Between the link's thread and the one that draws nothing is lost, and nothing piles up."""

from __future__ import annotations

import threading
from functools import partial

from cosmos_bridge.inbox import Inbox


def drained(inbox: Inbox) -> None:
    while (delivery := inbox.take()) is not None:
        delivery()


def test_deliveries_come_in_order() -> None:
    inbox, told = Inbox(), list[int]()
    for number in range(5):
        inbox.put(partial(told.append, number))
    drained(inbox)
    assert told == [0, 1, 2, 3, 4]


def test_of_progress_only_the_latest_is_kept_in_the_place_of_the_first() -> None:
    inbox, told = Inbox(), list[str]()
    inbox.put_latest("job-1", partial(told.append, "job-1 at 10 %"))
    inbox.put(partial(told.append, "event"))
    inbox.put_latest("job-1", partial(told.append, "job-1 at 90 %"))
    inbox.put_latest("job-2", partial(told.append, "job-2 at 5 %"))
    drained(inbox)
    assert told == ["job-1 at 90 %", "event", "job-2 at 5 %"]
    inbox.put_latest("job-1", partial(told.append, "job-1 done"))
    drained(inbox)
    assert told[-1] == "job-1 done"


def test_who_fills_it_waits_until_somebody_takes() -> None:
    inbox, told = Inbox(capacity=3), list[int]()

    def fill() -> None:
        for number in range(50):
            inbox.put(partial(told.append, number))

    filling = threading.Thread(target=fill)
    filling.start()
    filling.join(0.1)
    assert filling.is_alive()
    while filling.is_alive() or len(told) < 50:
        drained(inbox)
        filling.join(0.001)
    assert told == list(range(50))


def test_answers_never_wait() -> None:
    inbox, told = Inbox(capacity=1), list[str]()
    inbox.put(partial(told.append, "event"))
    inbox.put_now(partial(told.append, "answer"))
    drained(inbox)
    assert told == ["event", "answer"]


def test_a_long_text_weighs_as_many_messages() -> None:
    inbox = Inbox(capacity=10)
    inbox.put(lambda: None, weight=10)
    filling = threading.Thread(target=inbox.put, args=(lambda: None,))
    filling.start()
    filling.join(0.05)
    assert filling.is_alive()
    inbox.take()
    filling.join(10)
    assert not filling.is_alive()


def test_close_frees_who_waits_and_forgets_the_rest() -> None:
    inbox = Inbox(capacity=1)
    inbox.put(lambda: None)
    filling = threading.Thread(target=inbox.put, args=(lambda: None,))
    filling.start()
    inbox.close()
    filling.join(10)
    assert not filling.is_alive()
    assert inbox.take() is None
