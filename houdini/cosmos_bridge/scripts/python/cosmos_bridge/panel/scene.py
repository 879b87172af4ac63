"""The little that the panel asks of Houdini's scene."""

from __future__ import annotations


def hip_path() -> str:
    """Path of the open scene."""
    import hou

    return hou.hipFile.path()


def go_to_frame(frame: int) -> None:
    """Put the playbar on a frame."""
    import hou

    hou.setFrame(frame)
