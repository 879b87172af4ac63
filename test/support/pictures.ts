/** The reader of pictures as the daemon builds it, with its program from dist/. */
import type { MediaTools } from '../../daemon/media/tools.js';
import { PictureReader } from '../../daemon/picture/picture-reader.js';
import { Config } from '../../schemas/index.js';
import { distFile } from './dist.js';

export function pictureReader(tools: MediaTools): PictureReader {
  const program = { node: process.execPath, script: distFile('daemon/picture/exr/main.js') };
  return new PictureReader({ tools, aliases: Config.parse({}).aliases, program });
}
