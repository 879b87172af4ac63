"""The check's own scene: one node of each render type, in a new .hip in a folder of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ..rop.parms import op

if TYPE_CHECKING:
    import hou

NAME = "cosmos_selfcheck.hip"
SIZE = (640, 360)
PICTURE = "$HIP/r/$OS/color.$F4.exr"


@dataclass(slots=True)
class OwnScene:
    """The nodes of the check by label, and why missing ones could not be made."""

    folder: Path
    nodes: dict[str, hou.OpNode] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)
    """Parameters that the check wanted to set, but that a node lacks: "karma1/picture"."""

    def images(self, label: str) -> Path:
        """The folder into which a node renders."""
        return self.folder / "r" / self.nodes[label].name()

    def set(self, node: hou.OpNode, **values: str | float) -> None:
        """Sets parameters; missing ones are listed in `absent`."""
        for name, value in values.items():
            parm = node.parm(name)
            if parm is None:
                self.absent.append(f"{node.name()}/{name}")
            else:
                parm.set(value)


def build(folder: Path) -> OwnScene:
    """Makes the scene and saves it. Raises hou.OperationFailed when it cannot be saved there."""
    import hou

    hou.hipFile.clear(suppress_save_prompt=True)
    hou.hipFile.save(str(folder / NAME), save_to_recent_files=False)
    scene = OwnScene(folder)
    for label, make in MAKERS.items():
        try:
            scene.nodes[label] = make(scene)
        except (hou.Error, KeyError, AttributeError) as refused:
            scene.refused[label] = (str(refused).strip().splitlines() or [type(refused).__name__])[0]
    hou.hipFile.save(save_to_recent_files=False)
    return scene


def _network(path: str) -> hou.OpNode:
    import hou

    node = hou.node(path)
    if node is None:
        raise KeyError(f"this scene has no {path}")
    return op(node)


def _settings(scene: OwnScene) -> hou.OpNode:
    """Wires sphere, camera and Karma settings; returns the settings node, in 21.0 of type Karma Render Properties."""
    import hou

    stage = _network("/stage")
    sphere = stage.createNode("sphere", "sphere1")
    camera = stage.createNode("camera", "camera1")
    camera.setInput(0, sphere)
    scene.set(op(camera), tz=5)
    try:
        settings = op(stage.createNode("karmarendersettings", "settings1"))
    except hou.OperationFailed:
        settings = op(stage.createNode("karmarenderproperties", "settings1"))
    settings.setInput(0, camera)
    scene.set(settings, resolutionx=SIZE[0], resolutiony=SIZE[1], camera="/cameras/camera1", picture=PICTURE)
    return settings


def _usd_render(scene: OwnScene) -> hou.OpNode:
    node = op(_network("/stage").createNode("usdrender_rop", "usdrender1"))
    node.setInput(0, scene.nodes["settings"])
    scene.set(node, outputimage=PICTURE)
    return node


def _karma_lop(scene: OwnScene) -> hou.OpNode:
    node = op(_network("/stage").createNode("karma", "karmalop1"))
    node.setInput(0, scene.nodes["settings"].input(0))
    scene.set(node, picture=PICTURE, camera="/cameras/camera1", resolutionx=SIZE[0], resolutiony=SIZE[1])
    return node


def _usd_render_out(scene: OwnScene) -> hou.OpNode:
    node = op(_network("/out").createNode("usdrender", "usdrenderout1"))
    scene.set(node, loppath=scene.nodes["settings"].path(), outputimage=PICTURE)
    return node


def _objects(scene: OwnScene) -> str:
    """A box and a camera of /obj; gives the camera's path."""
    objects = _network("/obj")
    objects.createNode("geo", "geo1")
    camera = op(objects.createNode("cam", "cam1"))
    scene.set(camera, tz=5, resx=SIZE[0], resy=SIZE[1])
    return camera.path()


def _karma_rop(scene: OwnScene) -> hou.OpNode:
    node = op(_network("/out").createNode("karma", "karmarop1"))
    scene.set(node, picture=PICTURE, camera=_objects(scene), resolutionx=SIZE[0], resolutiony=SIZE[1])
    return node


def _mantra(scene: OwnScene) -> hou.OpNode:
    node = op(_network("/out").createNode("ifd", "mantra1"))
    scene.set(node, vm_picture=PICTURE, camera="/obj/cam1")
    return node


def _copernicus(scene: OwnScene) -> hou.OpNode:
    net = _network("/obj").createNode("copnet", "copnet1")
    node = op(net.createNode("rop_image", "ropimage1"))
    node.setInput(0, net.createNode("constant", "constant1"))
    scene.set(node, copoutput=PICTURE)
    return node


#: The order matters, because later nodes use earlier ones.
MAKERS: Mapping[str, Callable[[OwnScene], hou.OpNode]] = {
    "settings": _settings,
    "Karma ROP": _karma_rop,
    "USD Render in Solaris": _usd_render,
    "USD Render in /out": _usd_render_out,
    "Karma LOP": _karma_lop,
    "Mantra": _mantra,
    "Copernicus Image": _copernicus,
}
