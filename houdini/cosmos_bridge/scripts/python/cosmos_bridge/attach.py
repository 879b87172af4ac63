"""Attaches the render callbacks of nodes with auto-send whenever a scene is opened.

Houdini keeps render callbacks for one session only; the .hip stores the node's user data. Opening a scene attaches
callbacks and sends nothing. Only a render sends; its jobs are marked `unattended`. A scene may come from a stranger,
so the daemon holds jobs that would cost money or start a model that no preset of this computer names (auto_send.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import hooks
from .choices import sending_nodes
from .tell import tell

if TYPE_CHECKING:
    import hou


def start() -> None:
    """Attaches callbacks in this scene and in every scene opened later. Houdini's start-up scripts call it once."""
    import hou

    if on_file_event not in hou.hipFile.eventCallbacks():
        hou.hipFile.addEventCallback(on_file_event)
    attach_all()


def stop() -> None:
    """Undoes start. Nodes that are already attached stay attached until their scene is closed."""
    import hou

    if on_file_event in hou.hipFile.eventCallbacks():
        hou.hipFile.removeEventCallback(on_file_event)


def on_file_event(event_type: hou.EnumValue) -> None:
    """Handles every event of the scene file. Never raises: Houdini would show the error at every load."""
    try:
        import hou

        if event_type == hou.hipFileEventType.AfterClear:
            hooks.forget_all()
        if event_type == hou.hipFileEventType.AfterSave:
            attach_all()  # a copied node has the user data of its original, but no callback
        if event_type in (hou.hipFileEventType.AfterLoad, hou.hipFileEventType.AfterMerge):
            attached = attach_all()
            if attached:
                tell(f"Auto-send is on in this scene for {', '.join(attached)}: their renders are sent automatically.")
    except Exception as error:  # the scene is open anyway, so only report it
        tell(f"Auto-send is off in this scene: {type(error).__name__}: {error}", problem=True)


def attach_all() -> tuple[str, ...]:
    """Attaches every node of the scene with auto-send on that can call back; returns the paths of all with it on."""
    nodes = sending_nodes()
    for node in nodes:
        if hooks.can_call_back(node):
            hooks.attach(node)
    return tuple(node.path() for node in nodes)
