"""Images that come after the render that asked for them: husk on its own, files saved in the background.

The end of such a node says nothing of its images, so nothing is sent from here: neither what is on disk from before nor
what happens to be there. This is the one place where the daemon is told of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import deliver
from .errors import CosmosError
from .withdrawn import give_back

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .clip_plan import ClipPlan
    from .rop.output import RopOutput


def late(outputs: Sequence[RopOutput]) -> str | None:
    """Whose images may come later, as the end of a sentence; None = the end of the nodes is the images' end."""
    found = next((output for output in outputs if output.deferred), None)
    if found is None:
        return None
    return (
        f"{found.node} does not wait for its images, which another process still writes (Wait for Render to Complete, "
        "or Save in Background)"
    )


def leave_to_daemon(clip: ClipPlan) -> str:
    """Hands the clip over to the daemon, which looks at its files itself; gives what that means, as a sentence.

    The manifest of before is put back as it was: it names the files of before, so the daemon sees every frame that is
    written from now on, and takes none of the old ones for new. Raises OSError.
    """
    give_back(clip.passes.folder)
    try:
        deliver.register(clip.passes.folder)
    except CosmosError:
        return "Nothing was sent. Send it once its frames are there."
    return "Nothing was sent. The daemon watches the folder; send it once its frames are there."
