"""Which nodes of the scene send themselves, and hearing their renders again whenever a scene is opened.

Houdini keeps render callbacks for a session only; what is saved is the node's user data. Opening a scene attaches and
sends nothing. Who sends is a render, and what it sends is marked `unattended`: the scene may be a stranger's, so the
daemon holds whatever would cost money or start a model that no preset of this computer names (auto_send.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import hooks
from .choices import sending_nodes
from .tell import tell

if TYPE_CHECKING:
    import hou


def start() -> None:
    """Called once by Houdini's start-up scripts: from now on the renders of every opened scene are heard."""
    import hou

    if on_file_event not in hou.hipFile.eventCallbacks():
        hou.hipFile.addEventCallback(on_file_event)
    attach_all()


def stop() -> None:
    """Undoes start; nodes that are attached stay so until their scene is closed."""
    import hou

    if on_file_event in hou.hipFile.eventCallbacks():
        hou.hipFile.removeEventCallback(on_file_event)


def on_file_event(event_type: hou.EnumValue) -> None:
    """Houdini calls it with every event of the scene file. Never raises: it would be shown at every load."""
    try:
        import hou

        if event_type == hou.hipFileEventType.AfterClear:
            hooks.forget_all()
        if event_type == hou.hipFileEventType.AfterSave:
            attach_all()  # a copied node has its original's user data and no callback
        if event_type in (hou.hipFileEventType.AfterLoad, hou.hipFileEventType.AfterMerge):
            attached = attach_all()
            if attached:
                tell(f"Auto-send is on in this scene for {', '.join(attached)}: their renders send themselves.")
    except Exception as error:  # the scene is open all the same
        tell(f"Auto-send is off in this scene: {type(error).__name__}: {error}", problem=True)


def attach_all() -> tuple[str, ...]:
    """Attaches every node of the scene that has auto-send on; gives the paths of those whose renders are heard."""
    nodes = sending_nodes()
    for node in nodes:
        if hooks.can_call_back(node):
            hooks.attach(node)
    return tuple(node.path() for node in nodes)
