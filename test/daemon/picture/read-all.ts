/**
 * A program: reads every channel of every part of the files named on its standard input, a line each, and tells a line
 * each how that ended. It is the one that may hang, crash or take all memory.
 */
import readline from 'node:readline';
import { decodeChannels, headerOf, withSource } from '../../../daemon/picture/exr/decode.js';
import { PictureError } from '../../../daemon/picture/picture-error.js';

for await (const file of readline.createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify({ ...read(file), peak: process.resourceUsage().maxRSS * 1024 })}\n`);
}

function read(file: string) {
  try {
    const planes = withSource(file, (source) => {
      const header = headerOf(source);
      return header.parts.map(({ channels }, part) => {
        const selection = { part, channels: channels.map(({ name }) => name) };
        return decodeChannels(source, header, selection).planes.length;
      });
    });
    return { planes: planes.reduce((sum, count) => sum + count, 0) };
  } catch (error) {
    if (error instanceof PictureError) return { sentence: error.message };
    return { broken: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
