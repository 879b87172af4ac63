"""Warnings about the Houdini licence and the scene, shown before a send.

Apprentice puts a watermark into images and renders 1280x720 at most; Indie renders sequences up to 4096x4096
(sidefx.com/faq and the comparison of Houdini's products).
"""

from __future__ import annotations

APPRENTICE = (1280, 720)
INDIE = (4096, 4096)


def limits(size: tuple[int, int] | None) -> tuple[str, ...]:
    """Sentences; empty when there is nothing to say. `size` in pixels, None = not known yet."""
    import hou

    licence = hou.licenseCategory()
    said: list[str] = []
    if licence == hou.licenseCategoryType.Apprentice:
        said.append("Houdini Apprentice puts a watermark into every image, and the video will show it.")
        said += _too_large(size, APPRENTICE, "Apprentice")
    if licence == hou.licenseCategoryType.Indie:
        said += _too_large(size, INDIE, "Indie")
    if hou.hipFile.isNewFile():
        said.append("This scene was never saved: the clip cannot say which scene it comes from, and keeps no choices.")
    elif hou.hipFile.hasUnsavedChanges():
        said.append("This scene has changes that are not saved: the clip names the scene as it was last saved.")
    return tuple(said)


def _too_large(size: tuple[int, int] | None, most: tuple[int, int], licence: str) -> list[str]:
    if size is None or (size[0] <= most[0] and size[1] <= most[1]):
        return []
    return [
        f"Houdini {licence} renders {most[0]} x {most[1]} at most, and this is {size[0]} x {size[1]}: "
        "the images will be smaller, or missing."
    ]
