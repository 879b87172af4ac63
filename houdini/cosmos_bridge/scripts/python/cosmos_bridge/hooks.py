"""The callbacks of a render. Before it, a note is written into the clip's folder. After it, the manifest is written
and the clip is sent, or the daemon is asked to send it when its images are complete.

No exception leaves a callback, so a render never fails because of the plugin. Importing this file loads
neither network nor Qt modules.
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

#: Paths of the nodes with our callback in this session, and of the nodes that a send is rendering now.
_attached: set[str] = set()
_quiet: set[str] = set()


def can_call_back(node: hou.Node) -> TypeGuard[hou.RopNode]:
    """Whether the node has render callbacks. The Karma LOP has none, because it is no ROP."""
    return hasattr(node, "addRenderEventCallback")


def attach(node: hou.RopNode) -> None:
    """Adds our callback to a node until the scene is closed. A second call changes nothing."""
    node.addRenderEventCallback(on_render_event)
    _attached.add(node.path())


def detach(node: hou.RopNode) -> None:
    """Removes our callback; does nothing for a node that has none."""
    import hou

    _attached.discard(node.path())
    try:
        node.removeRenderEventCallback(on_render_event)
    except hou.OperationFailed:  # the node has no callback: Houdini drops it when a scene is loaded
        return


def is_attached(node: hou.Node) -> bool:
    """Whether the node has our callback in this session."""
    return node.path() in _attached


def forget_all() -> None:
    """Forgets all nodes: closing a scene removes their callbacks."""
    _attached.clear()


@contextmanager
def quiet(nodes: Iterable[hou.Node]) -> Iterator[None]:
    """Within the block, renders of these nodes are not sent. The caller sends them afterwards with its own choices."""
    mine = {node.path() for node in nodes} - _quiet
    _quiet.update(mine)
    try:
        yield
    finally:
        _quiet.difference_update(mine)


def on_render_event(rop: hou.RopNode, event_type: hou.EnumValue, time: float) -> None:
    """Our callback in Houdini; `time` is the time of the frame in seconds."""

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
    """Called by our lines in a node's scripts ("prerender" or "postrender"), in any process that renders the node."""
    import hou

    node = _sending(hou.pwd())
    if not is_attached(node):  # an attached node is handled by its callback
        _guarded(node, lambda: _before(node) if script == "prerender" else _after(node))


def _sending(inner: hou.Node) -> hou.Node:
    """The node with auto-send. In an asset such as the Karma LOP, the script may run on a node inside it."""
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
        if read_choices(node).auto_send:  # undo removes the user data but not the callback
            handle()
    except CosmosError as error:
        tell(error.sentence, problem=True)
    except Exception as error:  # report a defect of ours, so that the render goes on
        tell(f"{node.path()} was rendered but not sent: {type(error).__name__}: {error}", problem=True)
