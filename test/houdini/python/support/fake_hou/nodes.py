"""The sorts of nodes: what renders, what has a stage, what has a place in the world."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pxr import Usd

from .enums import EnumValue, ropRenderEventType
from .errors import OperationFailed
from .lops import STARTS, Source, cook
from .matrix import Matrix4, rotation, translation
from .node import OpNode

RenderCallback = Callable[["RopNode", EnumValue, float], None]


class Bypassable(OpNode):
    """Nodes with a bypass flag, which Houdini's classes each have for themselves."""

    _bypassed = False

    def isBypassed(self) -> bool:
        self._alive()
        return self._bypassed

    def bypass(self, on: bool) -> None:
        self._changeable()
        self._bypassed = on


class RopNode(Bypassable):
    """`hou.RopNode`: nodes of /out, and ROPs in other networks."""

    _callbacks: list[tuple[RenderCallback, bool]] | None = None

    def addRenderEventCallback(self, callback: RenderCallback, run_before_script: bool = False) -> None:
        """The same function twice counts once. Not saved in the .hip."""
        self._alive()
        known = self._callbacks or []
        if all(each != callback for each, _ in known):
            self._callbacks = [*known, (callback, run_before_script)]

    def removeRenderEventCallback(self, callback: RenderCallback) -> None:
        known = self._callbacks or []
        self._callbacks = [each for each in known if each[0] != callback]
        if len(self._callbacks) == len(known):
            raise OperationFailed("The callback was not registered.")

    def removeAllRenderEventCallbacks(self) -> None:
        self._callbacks = []

    def render(
        self,
        frame_range: Sequence[float] | None = (),
        res: Sequence[int] | None = (),
        output_file: str | None = None,
        output_format: str | None = None,
        to_flipbook: bool = False,
        quality: int = 2,
        ignore_inputs: bool = False,
        method: EnumValue | None = None,
        ignore_bypass_flags: bool = False,
        ignore_lock_flags: bool = False,
        verbose: bool = False,
        output_progress: bool = False,
    ) -> None:
        from .render import render

        self._alive()
        render(self, tuple(frame_range or ()), self._fire)

    def _fire(self, event: EnumValue, time: float, script: Callable[[], None]) -> None:
        known = list(self._callbacks or [])
        for callback, early in known:
            if early:
                self._scene.call(callback, self, event, time)
        script()
        for callback, early in known:
            if not early:
                self._scene.call(callback, self, event, time)

    def _pressed(self, button: str) -> None:
        if button == "execute":
            self.render()


class LopNode(Bypassable):
    """`hou.LopNode`: no render(), no render callbacks, even for karma, which has a button for it."""

    _stage: Source | None = None
    _cooked: list[float] | None = None
    """Frames that it was cooked at."""

    def stage(
        self,
        output_index: int = 0,
        apply_viewport_overrides: bool = False,
        ignore_errors: bool = False,
        use_last_cook_context_options: bool = True,
        apply_post_layers: bool = True,
        frame: float | None = None,
        context_options: Mapping[str, Any] = {},
    ) -> Usd.Stage:
        self._alive()
        at = self._scene.frame if frame is None else frame
        self._cooked = [*(self._cooked or []), at]
        before = self.input(0)
        if self._stage is not None:
            found = self._stage(at, context_options) if callable(self._stage) else self._stage
        elif isinstance(before, LopNode):
            found = before.stage(frame=at, context_options=context_options)
        elif self.type().nameComponents()[2] in STARTS:
            found = Usd.Stage.CreateInMemory()
        else:
            raise OperationFailed("The node has no stage.")
        return cook(self, found)

    def _pressed(self, button: str) -> None:
        """Renders by a node within it: scripts run here, callbacks do not exist."""
        from .render import render

        if button == "execute":
            render(self, (), lambda event, time, script: script())


class Cop2Node(Bypassable):
    """`hou.Cop2Node`: the old compositing network."""


class CopNode(Bypassable):
    """`hou.CopNode`: Copernicus."""


class TopNode(OpNode):
    """`hou.TopNode`."""


class ObjNode(OpNode):
    """`hou.ObjNode`: objects, cameras among them."""

    def worldTransform(self) -> Matrix4:
        return self._world(self._scene.frame)

    def worldTransformAtTime(self, time: float) -> Matrix4:
        return self._world(time * self._scene.fps + 1)

    def _world(self, frame: float) -> Matrix4:
        local = Matrix4()
        for axis, name in enumerate(("rx", "ry", "rz")):
            local = local * rotation(axis, self._at(name, frame))
        local = local * translation(self._at("tx", frame), self._at("ty", frame), self._at("tz", frame))
        above = self.input(0)
        return local * above._world(frame) if isinstance(above, ObjNode) else local

    def _at(self, name: str, frame: float) -> float:
        parm = self.parm(name)
        return 0.0 if parm is None else float(parm.evalAtFrame(frame))


#: ROPs in other networks than /out: Houdini makes RopNodes of them, with render() and callbacks; Lop/karma is none
#: (`isinstance(node, hou.RopNode)` was True for usdrender_rop in every run of JosephOIbrahim/Synapse,
#: harness/notes/v1_q2_render.json; the others by the same rule).
ROPS_ELSEWHERE = {("Lop", "usdrender_rop"), ("Cop2", "rop_comp"), ("Cop", "rop_image")}

CLASSES: dict[str, type[OpNode]] = {
    "Driver": RopNode,
    "Lop": LopNode,
    "Cop2": Cop2Node,
    "CopNet": OpNode,
    "Cop": CopNode,
    "Object": ObjNode,
    "Top": TopNode,
}


def class_of(category: str, type_name: str) -> type[OpNode]:
    """What `hou.node` gives for a node of this type."""
    return RopNode if (category, type_name) in ROPS_ELSEWHERE else CLASSES[category]


def event(name: str) -> EnumValue:
    """A render event by its name."""
    found = getattr(ropRenderEventType, name)
    assert isinstance(found, EnumValue)
    return found
