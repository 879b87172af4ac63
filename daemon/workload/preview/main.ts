#!/usr/bin/env node
/**
 * The preview process: node main.js -i SPEC... -o OUTDIR. It runs its samples one after the other and writes what
 * NVIDIA's Transfer2.5 would write, with an honest stand-in for the video. A sample that fails does not end the run.
 * Exit code: 0 = every sample is done, 1 = something was wrong (one sentence on stderr), 128 + n = ended by signal n.
 */
import { mkdirSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import path from 'node:path';
import { systemClock } from '../../clock.js';
import { toCosmosError } from '../../errors.js';
import { findMediaTools } from '../../media/tools.js';
import { readArguments } from './arguments.js';
import { logStamp, PreviewLog, STOPPED } from './log.js';
import { renderSample } from './render-sample.js';
import { readSample } from './spec.js';
import type { Studio } from './studio.js';

const stop = new AbortController();
// Not `once`: execa ends the process at once when no other listener for the signal is left.
for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => stop.abort(name));

process.exitCode = await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<number> {
  try {
    const { specs, outDir, niceness, ...configured } = readArguments(argv);
    setPriority(niceness);
    mkdirSync(outDir, { recursive: true });
    const log = new PreviewLog(systemClock, path.join(outDir, 'console.log'));
    const tools = await findMediaTools(configured);
    return await renderAll(specs, { tools, outDir, log, signal: stop.signal });
  } catch (error) {
    process.stderr.write(`${logStamp(systemClock, 'ERROR')} ${toCosmosError(error).message}\n`);
    return 1;
  }
}

async function renderAll(specs: readonly string[], studio: Studio): Promise<number> {
  let failures = 0;
  for (const [index, spec] of specs.entries()) {
    const position = `(${index + 1}/${specs.length})`;
    const succeeded = await renderSpec(spec, position, studio);
    if (stop.signal.aborted) return stopped(studio);
    if (!succeeded) failures++;
  }
  return failures === 0 ? 0 : 1;
}

/** A spec's stem names its sample until the spec is read; the daemon writes specs whose stem is the name. */
async function renderSpec(spec: string, position: string, studio: Studio): Promise<boolean> {
  let name = path.basename(spec, '.json');
  try {
    const sample = await readSample(spec);
    name = sample.name;
    studio.log.info(`Processing sample ${name} ${position}`);
    await renderSample(sample, studio);
    return true;
  } catch (error) {
    if (!stop.signal.aborted) studio.log.error(`Sample ${name} failed: ${toCosmosError(error).message}`);
    return false;
  }
}

function stopped({ log }: Studio): number {
  const name = stop.signal.reason === 'SIGINT' ? 'SIGINT' : 'SIGTERM';
  log.error(`${STOPPED} ${name}; half-written files were removed.`);
  return 128 + constants.signals[name];
}
