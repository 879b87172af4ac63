from __future__ import annotations

import time
from pathlib import Path

from cosmos_bridge.delivery import Delivery
from cosmos_bridge.errors import CosmosError
from cosmos_bridge.panel.delivery_thread import DeliveryThread
from cosmos_bridge.parcel import Parcel
from cosmos_bridge.send import SendOutcome


def hand_over(parcel: Parcel) -> Delivery:
    if parcel.name == "refused":
        raise CosmosError("clip_not_ready", "It is not ready.")
    if parcel.name == "defect":
        raise RuntimeError("of ours")
    return Delivery(parcel.name, parcel.folder, "spooled")


def test_one_that_cannot_be_delivered_keeps_none_of_the_others_back() -> None:
    told: list[SendOutcome] = []
    thread = DeliveryThread(hand_over)
    parcels = [Parcel(Path("/clips") / name, name, {}, False, name) for name in ("refused", "defect", "city")]
    thread.take(parcels, [CosmosError("frames_missing", "Frame 4 is missing.")], told.append)
    deadline = time.monotonic() + 30
    while not told and time.monotonic() < deadline:
        time.sleep(0.005)  # as the panel's timer does: no event of another thread reaches the one that draws
        thread.drain()
    thread.close()
    (outcome,) = told
    assert [delivery.clip for delivery in outcome.deliveries] == ["city"]
    assert [problem.code for problem in outcome.problems] == ["frames_missing", "clip_not_ready", "internal"]
