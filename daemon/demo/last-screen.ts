/** Writes the last screen: what there is now, what was proved, what it would cost, and how to continue. */
import type { CheckReport, Estimate } from '../../schemas/received.js';
import { count, duration } from '../cli/output/amounts.js';
import type { Colors } from '../cli/output/colors.js';
import type { Proof } from './claim.js';
import type { Costs, Facts } from './facts.js';
import { realParts, simulatedParts, simulatedVideo } from './sim/screen.js';
import type { HostFacts } from './sim/sim-facts.js';
import { MODELS } from './venue.js';

const WIDTH = 100;
const INDENT = '  ';

const PREVIEW =
  'This is a preview, made on this computer from the passes of the clip; it is not Cosmos. It shows which control ' +
  'holds what; the picture itself comes from the model.';

export interface LastScreen {
  readonly facts: Facts;
  readonly proofs: readonly Proof[];
  readonly colors: Colors;
  readonly seconds: number;
  readonly platform: NodeJS.Platform;
}

export function lastScreen({ facts, proofs, colors, seconds, platform }: LastScreen): string[] {
  const { result, video, exported, costs, specFile, check, clip, host } = facts;
  const { bold, dim, cyan } = colors;
  const fps = video.fps.num / video.fps.den;
  const section = (title: string, lines: readonly string[]) => ['', bold(title), ...lines.map((line) => INDENT + line)];
  return [
    ...section('Your video', [
      cyan(result.video),
      ...wrap(
        `${video.frames} frames, ${video.width}x${video.height}, ${fps} fps. ` +
          (host === undefined ? PREVIEW : simulatedVideo(host)),
      ),
    ]),
    ...section('Contact sheet: color, depth, seg, edge and the result, side by side', [
      cyan(result.contactSheet ?? 'none was made'),
      dim(`open it: ${openCommand(result.contactSheet ?? result.video, platform)}`),
    ]),
    ...(host === undefined ? [] : realAndSimulated(host, section)),
    ...section(
      `Proved in ${seconds.toFixed(0)} seconds`,
      proofs.flatMap((proof) => proofLines(proof, colors)),
    ),
    ...section(`On an ${costs.asIs.gpu} with ${MODELS[host?.engine ?? 'preview']}`, costLines(costs, exported.frames)),
    ...section('The exact spec', [cyan(specFile), ...wrap(checkLine(check))]),
    ...section('Next', [
      `npx cosmos watch add ${quoted(clip.root)}`,
      `npx cosmos submit ${quoted(clip.path)} --dry-run`,
      ...(host === undefined ? [] : ['npx cosmos host add gpu1 --ssh you@your-host    # docs/FIRST-H100.md']),
    ]),
    '',
  ];
}

function proofLines({ holds, claim, instead }: Proof, colors: Colors): string[] {
  const mark = holds ? colors.green('✔') : colors.red('✘');
  return marked(mark, holds ? claim : instead);
}

/** What must not be mixed up when a host was simulated. */
function realAndSimulated(host: HostFacts, section: (title: string, lines: readonly string[]) => string[]): string[] {
  const points = (texts: readonly string[], mark: string) => texts.flatMap((text) => marked(mark, text));
  return [
    ...section('What was real', points(realParts(host), '+')),
    ...section('What was simulated', points(simulatedParts(host), '-')),
  ];
}

/** Wrapped behind a mark of one column. */
function marked(mark: string, text: string): string[] {
  const [first = '', ...rest] = wrap(text, WIDTH - 4);
  return [`${mark} ${first}`, ...rest.map((line) => `  ${line}`)];
}

function costLines({ asIs, long }: Costs, frames: number): string[] {
  return [
    `${frames} frames: ${price(asIs)}.   ${long.frames} frames: ${price(long)}.`,
    ...wrap(`${asIs.source.replace(/\.$/, '')}.${asIs.seconds === null ? '' : ' Without loading the model.'}`),
  ];
}

/** "1 chunk, 4m 24s". */
function price({ chunks, seconds }: Estimate): string {
  return `${count(chunks, 'chunk')}, ${seconds === null ? 'no time is published' : duration(seconds)}`;
}

function checkLine({ nvidia, engine, issues, ok }: CheckReport): string {
  const first = issues[0];
  const found =
    first === undefined ? 'nothing to complain about' : `${count(issues.length, 'remark')}: ${first.message}`;
  return `Check: NVIDIA's validator ${nvidia} it, by its rules (${engine}), ${ok ? '' : 'not ok, '}${found}`;
}

function openCommand(file: string, platform: NodeJS.Platform): string {
  switch (platform) {
    case 'win32':
      return `start "" "${file}"`;
    case 'darwin':
      return `open ${quoted(file)}`;
    default:
      return `xdg-open ${quoted(file)}`;
  }
}

/** A path as it can be pasted into a shell; quotes only where they are needed. */
function quoted(file: string): string {
  return /^[\w./:\\~-]+$/.test(file) ? file : `"${file}"`;
}

/** Breaks at spaces; a longer word (a path) keeps its line. */
export function wrap(text: string, width = WIDTH - INDENT.length): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
