/**
 * A program: does with the files named on its standard input, a line each, what the watch and prepare do, and decodes
 * every channel of every part besides; tells a line each how that ended. It is the one that may hang, crash or take all
 * memory.
 */
import readline from 'node:readline';
import { FileBytes } from '../../../daemon/picture/bytes.js';
import { decodeChannels } from '../../../daemon/picture/exr/decode.js';
import { exrHeader, exrPass, requireWhole } from '../../../daemon/picture/exr/facts.js';
import { readFrame } from '../../../daemon/picture/exr/read-frame.js';
import { headerOf, withSource } from '../../../daemon/picture/exr/source.js';
import { wordReader } from '../../../daemon/picture/pass-aliases.js';
import { PictureError } from '../../../daemon/picture/picture-error.js';
import { Config, type PassName } from '../../../schemas/index.js';

const passOf = wordReader(Config.parse({}).aliases);
const PASSES: readonly PassName[] = ['color', 'depth', 'seg'];

for await (const file of readline.createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify({ ...(await ending(file)), peak: process.resourceUsage().maxRSS * 1024 })}\n`);
}

/** The first sentence, whoever said it; what is no sentence wins over all. */
async function ending(file: string) {
  const steps = [() => checked(file), ...PASSES.map((pass) => () => passed(file, pass)), () => decoded(file)];
  let sentence: string | undefined;
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      if (!(error instanceof PictureError)) {
        return { broken: error instanceof Error ? (error.stack ?? error.message) : String(error) };
      }
      sentence ??= error.message;
    }
  }
  return sentence === undefined ? { whole: true } : { sentence };
}

function checked(file: string): Promise<void> {
  return FileBytes.with(file, async (bytes) => requireWhole(bytes, await exrHeader(bytes)));
}

/** Whether a file has every pass is not asked here: that there is none is a sentence too. */
async function passed(file: string, pass: PassName): Promise<void> {
  const wish = { pass, passOf };
  try {
    const found = await FileBytes.with(file, async (bytes) => exrPass(await exrHeader(bytes), wish));
    const { kind, whole } = found.choice;
    const size = { width: found.width - (found.width % 2), height: found.height - (found.height % 2) };
    readFrame(file, { ...wish, ...size, kind, whole, primaries: found.primaries });
  } catch (error) {
    if (error instanceof PictureError && /^has no layer/.test(error.message)) return;
    throw error;
  }
}

function decoded(file: string): void {
  withSource(file, (source) => {
    const header = headerOf(source);
    for (const [part, { channels }] of header.parts.entries()) {
      decodeChannels(source, header, { part, channels: channels.map(({ name }) => name) });
    }
  });
}
