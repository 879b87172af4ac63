"""What a file holds, and pictures made of others, by the programs ffmpeg and ffprobe."""

import functools
import json
import os
import subprocess
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

IMAGES = (".png", ".jpg", ".jpeg", ".webp")
FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")


class Facts(NamedTuple):
    width: int
    height: int
    frames: int
    fps: Fraction


@functools.cache  # inputs do not change while a run reads them
def facts_of(path: str) -> Facts:
    """Raises RuntimeError for what cannot be decoded. An image is one frame at 1 fps."""
    answer = _run(
        "ffprobe", "-v", "error", "-select_streams", "v:0", "-count_packets", "-show_streams", "-of", "json", path
    )
    streams = json.loads(answer)["streams"]
    if not streams:
        raise RuntimeError(f"no picture in {path}")
    stream = streams[0]
    if Path(path).suffix.lower() in IMAGES:
        return Facts(stream["width"], stream["height"], 1, Fraction(1))
    return Facts(stream["width"], stream["height"], int(stream["nb_read_packets"]), Fraction(stream["r_frame_rate"]))


class Layer(NamedTuple):
    """A file, its share of the blend, and how its pictures are changed first (filters, "" = not)."""

    path: str
    weight: float
    filters: str = ""


class Shape(NamedTuple):
    """Of one result: the model's size, how pictures get there, frames, and whole frames per second."""

    width: int
    height: int
    fit: str
    frames: int
    fps: int


def stretch(width: int, height: int) -> str:
    return f"scale={width}:{height}:flags=bilinear,setsar=1"


def cover(width: int, height: int) -> str:
    """Fills the size and cuts what hangs over, in the middle."""
    return f"scale={width}:{height}:force_original_aspect_ratio=increase:flags=bilinear,crop={width}:{height},setsar=1"


class Picture:
    """A blend of layers by weight, turned in colour by the seed, and marked; panels stand beside it."""

    def __init__(self, shape: Shape, layers: list[Layer], seed: int, panels: list[Layer], last: str = ""):
        self.shape = shape
        self.layers = layers
        self.seed = seed
        self.panels = panels
        self.last = last

    def graph(self) -> str:
        chains = [_chain(index, layer, self.shape) for index, layer in enumerate([*self.layers, *self.panels])]
        blended = "".join(f"[v{index}]" for index in range(len(self.layers)))
        weights = " ".join(f"{layer.weight:g}" for layer in self.layers)
        mix = f"mix=inputs={len(self.layers)}:weights={weights}:duration=shortest," if len(self.layers) > 1 else ""
        chains.append(f"{blended}{mix}hue=h={self.seed % 360},{mark()}[made]")
        panels = "".join(f"[v{len(self.layers) + index}]" for index in range(len(self.panels)))
        stack = f"hstack=inputs={len(self.panels) + 1}," if self.panels else ""
        chains.append(f"{panels}[made]{stack}{self.last or 'null'}[out]")
        return ";".join(chains)

    def save(self, path: Path, quality: list[str]) -> None:
        inputs = [argument for layer in [*self.layers, *self.panels] for argument in ("-i", layer.path)]
        _save(inputs, self.graph(), self.shape, path, quality)


def save_layer(layer: Layer, shape: Shape, path: Path, quality: list[str]) -> None:
    """The layer alone, as the model sees it."""
    _save(["-i", layer.path], f"{_chain(0, layer, shape)};[v0]null[out]", shape, path, quality)


def _chain(index: int, layer: Layer, shape: Shape) -> str:
    """Exactly the frames wanted, matched by index: a short layer runs backwards once it has ended."""
    start = (
        f"[{index}:v]settb=1/{shape.fps},setpts=N,{shape.fit},format=gbrp{',' + layer.filters if layer.filters else ''}"
    )
    end = f"tpad=stop=-1:stop_mode=clone,trim=end_frame={shape.frames},format=yuv444p[v{index}]"
    if facts_of(layer.path).frames >= shape.frames:
        return f"{start},{end}"
    there, back = f"t{index}", f"b{index}"
    mirrored = f"[{back}]reverse,setpts=N[{back}r];[{there}][{back}r]concat=n=2:v=1,settb=1/{shape.fps},setpts=N"
    return f"{start},split[{there}][{back}];{mirrored},{end}"


@functools.cache
def mark() -> str:
    """SIMULATED in letters where this ffmpeg can draw them, else a red bar."""
    help_text = _run("ffmpeg", "-hide_banner", "-h", "filter=drawtext")
    if "fontfile" in help_text and FONT.exists():
        place = "x=(w-tw)/2:y=h-th*2:fontsize=h/10:fontcolor=white:box=1:boxcolor=red"
        return f"drawtext=fontfile={FONT}:text=SIMULATED:{place}"
    return "drawbox=y=ih*0.9:h=ih*0.1:color=red:t=fill"


def _save(inputs: list[str], graph: str, shape: Shape, path: Path, quality: list[str]) -> None:
    kind = ["-q:v", "2"] if path.suffix == ".jpg" else ["-c:v", "libx264", "-preset", "ultrafast", *quality]
    output = ["-map", "[out]", "-r", str(shape.fps), "-frames:v", str(shape.frames), "-pix_fmt", _pixels(path), *kind]
    # The absolute name cannot be taken for an option or a protocol.
    _run(
        "ffmpeg", "-v", "error", "-nostdin", "-y", *inputs, "-filter_complex", graph, *output, f"file:{path.absolute()}"
    )


def _pixels(path: Path) -> str:
    return "yuvj420p" if path.suffix == ".jpg" else "yuv420p"


def _run(program: str, *arguments: str) -> str:
    done = subprocess.run([program, *arguments], capture_output=True, env={**os.environ, "LC_ALL": "C"})
    if done.returncode != 0:
        text = done.stderr.decode(errors="replace").strip()
        raise OSError(f"{program} failed ({done.returncode}): {text[-600:]}")
    return done.stdout.decode(errors="replace")


# What stands for a control that the model computes itself from the colour video.
COMPUTED = {
    "edge": "edgedetect=mode=canny",
    "vis": "gblur=sigma=8",
    "blur": "gblur=sigma=8",
    "depth": "format=gray,gblur=sigma=4,format=gbrp",
    "seg": "lutrgb=r=bitand(val\\,192):g=bitand(val\\,192):b=bitand(val\\,192)",
}
