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
    from .clip_plan import ClipPlan
    from .rop.output import RopOutput


def late(clip: ClipPlan) -> RopOutput | None:
    """The output whose images may come later; None = the end of the nodes is the images' end."""
    return next((output for output in clip.outputs if output.deferred), None)


def leave_to_daemon(clip: ClipPlan, output: RopOutput) -> str:
    """Hands the clip over to the daemon, which looks at its files itself; gives what that means, as a sentence.

    The manifest of before is put back as it was: it names the files of before, so the daemon sees every frame that is
    written from now on, and takes none of the old ones for new. Raises OSError.
    """
    folder = clip.passes.folder
    give_back(folder)
    try:
        deliver.register(folder)
        watched = "the daemon watches the folder, and "
    except CosmosError:
        watched = ""
    return (
        f"{folder.name} was not sent: {output.node} does not wait for its images ({output.deferred}). Send it once its "
        f"frames are there; {watched}a node that waits sends itself."
    )
