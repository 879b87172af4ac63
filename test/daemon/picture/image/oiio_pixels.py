"""What OpenImageIO reads: oiio_pixels.py FILE... -> one JSON line a file, and its upright pixels as floats beside it
(FILE.f32). Colours are multiplied with alpha, which is how they look over black."""

import json
import sys

import OpenImageIO as oiio

for file in sys.argv[1:]:
    image = oiio.ImageBuf(file)
    if image.has_error:
        print(json.dumps({"file": file, "error": image.geterror()}))
        continue
    upright = oiio.ImageBufAlgo.reorient(image)
    pixels = upright.get_pixels(oiio.FLOAT)
    if image.has_error or pixels is None or pixels.size == 0:
        print(json.dumps({"file": file, "error": image.geterror() or "no pixels"}))
        continue
    spec = upright.spec()
    pixels.astype("<f4").tofile(f"{file}.f32")
    about = {"width": spec.width, "height": spec.height, "channels": list(spec.channelnames)}
    print(json.dumps({"file": file, **about}))
