/** The layers of an OpenEXR file, and whether it is whole. */
import type { FileBytes } from '../picture/bytes.js';
import { exrHeader, requireWhole } from '../picture/exr/facts.js';
import { layersIn } from '../picture/exr/layers.js';
import { PictureError } from '../picture/picture-error.js';
import { brokenImage, type ImageHeader } from './image.js';

export async function readExr(bytes: FileBytes): Promise<ImageHeader> {
  try {
    const header = await exrHeader(bytes);
    await requireWhole(bytes, header);
    const { width, height } = header.parts[0]?.displayWindow ?? { width: null, height: null };
    return { width, height, layers: layersIn(header).map(({ name }) => name), problem: null };
  } catch (error) {
    if (error instanceof PictureError) return brokenImage(error.message);
    throw error;
  }
}
