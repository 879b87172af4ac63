"""The panel's calls into Houdini's scene."""

from __future__ import annotations


def hip_path() -> str:
    """Path of the open scene."""
    import hou

    return hou.hipFile.path()


def go_to_frame(frame: int) -> None:
    """Move the playbar to a frame."""
    import hou

    hou.setFrame(frame)
