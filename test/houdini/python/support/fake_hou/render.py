"""A render: the order of events, scripts and files of one ROP.

It ends late where Houdini's does: the node is done, PostRender is told, and its images arrive when the test lets them.
What is cancelled or fails raises out of `render`, without PostRender: a test's writer raises it.
"""

from __future__ import annotations

from collections.abc import Callable

from .enums import EnumValue, ropRenderEventType
from .node import OpNode

Fire = Callable[[EnumValue, float, Callable[[], None]], None]

_SCRIPTS = {
    ropRenderEventType.PreRender: "prerender",
    ropRenderEventType.PreFrame: "preframe",
    ropRenderEventType.PostFrame: "postframe",
    ropRenderEventType.PostWrite: "postwrite",
    ropRenderEventType.PostRender: "postrender",
}


def render(node: OpNode, wanted: tuple[float, ...], fire: Fire) -> None:
    """Renders the wanted frames, or the node's own range, at the scene's rate."""
    scene, frames = node._scene, frames_of(node, wanted)

    def tell(event: EnumValue, frame: float) -> None:
        fire(event, (frame - 1) / scene.fps, lambda: run_script(node, _SCRIPTS[event]))

    before = scene.frame
    tell(ropRenderEventType.PreRender, frames[0])
    for frame in frames:
        scene.frame = frame
        tell(ropRenderEventType.PreFrame, frame)
        if ends_late(node):
            scene.late.submitted(node, round(frame))
        elif scene.writer is not None:
            scene.writer(node, round(frame))
        tell(ropRenderEventType.PostFrame, frame)
        tell(ropRenderEventType.PostWrite, frame)
    tell(ropRenderEventType.PostRender, frames[-1])
    scene.frame = before


def ends_late(node: OpNode) -> bool:
    """Whether the images come later: husk on its own, or files saved in the background. Both are defaults."""
    waits, background = node.parm("soho_foreground"), node.parm("savebackground")
    return (waits is not None and not waits.eval()) or (background is not None and bool(background.eval()))


def frames_of(node: OpNode, wanted: tuple[float, ...]) -> list[float]:
    """Frames that a render of the node writes."""
    if not wanted and not node.evalParm("trange"):
        return [node._scene.frame]
    values = [float(node.evalParm(name)) for name in ("f1", "f2", "f3")]
    first, last, step = [*wanted, *values[len(wanted) :]][:3]
    return [first + i * step for i in range(int((last - first) / step) + 1)]


def run_script(node: OpNode, name: str) -> None:
    """Runs the node's own script of an event, if it is switched on and Python."""
    toggle, script, language = (node.parm(f"{prefix}{name}") for prefix in ("t", "", "l"))
    if toggle is None or script is None or language is None or not toggle.eval() or language.eval() != "python":
        return
    scene = node._scene
    before, scene.working = scene.working, node
    try:
        code = compile(script.unexpandedString(), script.path(), "exec")
        scene.call(exec, code, {"hou": scene.module, "__name__": "__main__"})
    finally:
        scene.working = before
