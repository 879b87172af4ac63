"""What a render calls: before it, it is noted in the clip's folder; after it, the manifest is written
anew and the clip sent, or left to the daemon while its images are still to come.

Nothing that goes wrong here leaves a callback: a render never fails because of the plugin. Importing this touches
neither network nor Qt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeGuard

from .choices import read_choices, sends_itself
from .errors import CosmosError
from .tell import tell

if TYPE_CHECKING:
    import hou

#: Paths of nodes with our callback in this session, and of those that a send is rendering.
_attached: set[str] = set()
_quiet: set[str] = set()


def can_call_back(node: hou.Node) -> TypeGuard[hou.RopNode]:
    """Whether renders of the node can be heard in this session; the Karma LOP is no ROP and has no such callbacks."""
    return hasattr(node, "addRenderEventCallback")


def attach(node: hou.RopNode) -> None:
    """Hears the renders of a node until the scene is closed; doing it twice changes nothing."""
    node.addRenderEventCallback(on_render_event)
    _attached.add(node.path())


def detach(node: hou.RopNode) -> None:
    """Hears them no longer; nothing happens to a node that was not attached."""
    import hou

    _attached.discard(node.path())
    try:
        node.removeRenderEventCallback(on_render_event)
    except hou.OperationFailed:  # it was not there, or Houdini lost it when the scene was loaded
        return


def is_attached(node: hou.Node) -> bool:
    """Whether this session hears the renders of the node."""
    return node.path() in _attached


def forget_all() -> None:
    """The scene was closed, and its nodes' callbacks with it."""
    _attached.clear()


@contextmanager
def quiet(nodes: Iterable[hou.Node]) -> Iterator[None]:
    """Renders of these nodes are not sent: who renders them sends them afterwards, with the choices of that moment."""
    mine = {node.path() for node in nodes} - _quiet
    _quiet.update(mine)
    try:
        yield
    finally:
        _quiet.difference_update(mine)


def on_render_event(rop: hou.RopNode, event_type: hou.EnumValue, time: float) -> None:
    """The callback of a session; `time` (seconds) is that of the frame."""

    def handle() -> None:
        import hou

        if event_type == hou.ropRenderEventType.PreRender:
            _before(rop)
        elif event_type == hou.ropRenderEventType.PreFrame:
            _hear(rop, round(hou.timeToFrame(time)))
        elif event_type == hou.ropRenderEventType.PostRender:
            _after(rop)

    _guarded(rop, handle)


def on_script(script: str) -> None:
    """What our lines in a node's scripts call ("prerender" or "postrender"), in whatever process renders it."""
    import hou

    node = _sending(hou.pwd())
    if not is_attached(node):  # else the callback of this session does it
        _guarded(node, lambda: _before(node) if script == "prerender" else _after(node))


def _sending(inner: hou.Node) -> hou.Node:
    """The node that was switched on: of an asset such as the Karma LOP, the script may run on a node within it."""
    node: hou.Node | None = inner
    while node is not None and not sends_itself(node):
        node = node.parent()
    return inner if node is None else node


def _before(node: hou.Node) -> None:
    from .rendered import note_render

    note_render(node)


def _hear(node: hou.Node, frame: int) -> None:
    from .render_note import hear

    hear(node.path(), frame)


def _after(node: hou.Node) -> None:
    from .rendered import send_rendered

    if node.path() not in _quiet:
        tell(send_rendered(node))


def _guarded(node: hou.Node, handle: Callable[[], None]) -> None:
    try:
        if read_choices(node).auto_send:  # undoing the switch takes the user data back and leaves the callback
            handle()
    except CosmosError as error:
        tell(error.sentence, problem=True)
    except Exception as error:  # a defect of ours is told, and the render goes on
        tell(f"{node.path()} was rendered but not sent: {type(error).__name__}: {error}", problem=True)
