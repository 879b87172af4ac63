"""Delivers parcels on a thread of its own, so that no window waits for an answer. No Qt."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from functools import partial

from ..deliver import deliver
from ..delivery import Delivery
from ..errors import CosmosError
from ..parcel import Parcel
from ..send import SendOutcome

Done = Callable[[SendOutcome], None]


class DeliveryThread:
    """Delivers parcels in order. The `done` callbacks run inside `drain`."""

    def __init__(self, hand_over: Callable[[Parcel], Delivery] = deliver) -> None:
        self._hand_over = hand_over
        self._waiting: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._delivered: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def take(self, parcels: Sequence[Parcel], problems: Sequence[CosmosError], done: Done) -> None:
        """Deliver parcels. `problems` came up earlier and are reported with the outcome."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="cosmos-delivery", daemon=True)
            self._thread.start()
        self._waiting.put(partial(self._deliver, tuple(parcels), tuple(problems), done))

    def drain(self) -> None:
        """Call `done` with the outcome of each finished delivery."""
        while not self._delivered.empty():
            self._delivered.get()()

    def close(self) -> None:
        """Call no `done` any more. Parcels taken before are still delivered, unless Houdini ends first."""
        self._waiting.put(None)

    def _run(self) -> None:
        while (task := self._waiting.get()) is not None:
            task()

    def _deliver(self, parcels: tuple[Parcel, ...], before: tuple[CosmosError, ...], done: Done) -> None:
        deliveries: list[Delivery] = []
        problems = list(before)
        for parcel in parcels:
            try:
                deliveries.append(self._hand_over(parcel))
            except CosmosError as error:
                problems.append(error)
            except Exception as error:  # report a defect of ours, so that the thread can deliver the next parcel
                problems.append(CosmosError("internal", f"{parcel.name} could not be sent: {error!r}."))
        self._delivered.put(partial(done, SendOutcome(tuple(deliveries), tuple(problems))))
