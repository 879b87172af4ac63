/** Every place that reads a text of a person, through its own function: each good form is read, each bad one refused. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readSpec } from '../../../daemon/cli/commands/spec/spec-source.js';
import { toJobOptions } from '../../../daemon/cli/options/job-options.js';
import { loadConfig } from '../../../daemon/config.js';
import { readConfigText, tryParse } from '../../../daemon/config-text.js';
import { CosmosError } from '../../../daemon/errors.js';
import { readSpool } from '../../../daemon/submit/spool-file.js';
import { encodeText } from '../../../daemon/text/form.js';
import { ManifestReader } from '../../../daemon/watch/manifest.js';
import { checkSpec } from '../../../daemon/workload/dialects/check.js';
import { readSample } from '../../../daemon/workload/preview/spec.js';
import { readHandSpec } from '../../../daemon/workload/transfer/hand-spec.js';
import { SpecChecks } from '../../../daemon/workload/transfer/spec-checks.js';
import type { CheckReport } from '../../../schemas/received.js';
import { makeClip } from '../../support/clips.js';
import { ENCODINGS, inOldEncoding } from '../../support/encodings.js';
import { makeSubmissions } from '../../support/submissions.js';
import { tempDir } from '../../support/tmp.js';

const PROMPT = 'Rue déserte, café fermé';

interface Reader {
  readonly name: string;
  /** Around the prompt. */
  readonly text: (prompt: string) => string;
  /** The prompt as it was read. Throws, or begins with "refused", where there is none. */
  readonly read: (file: string) => Promise<string>;
  /** The models read UTF-8 without a mark, and the reader says what they do. */
  readonly isNvidia?: true;
  /** A path is given elsewhere too, so that a pipe or a folder there is never opened. */
  readonly isGuarded?: true;
}

const plain = (prompt: string) => prompt;
const spec = (prompt: string) =>
  JSON.stringify({ name: 'lot', video_path: 'plate.mp4', edge: { control_weight: 0.4 }, prompt });
const manifest = (prompt: string) =>
  JSON.stringify({
    ...{ schema: 'cosmos-clip/1', name: 'lot', passes: { color: { pattern: 'color.####.png' } }, fps: 24 },
    ...{ frames: { first: 1, last: 2 }, width: 64, height: 48, files: [], wanted: { prompt } },
  });
const toml = (prompt: string) => `# café\n[preset.dusk]\nprompt = "${prompt}"\n`;

function beside(file: string, name: string, content: object): string {
  const other = path.join(path.dirname(file), name);
  writeFileSync(other, JSON.stringify(content));
  writeFileSync(path.join(path.dirname(file), 'plate.mp4'), 'not looked at');
  return other;
}

const byPath = (file: string) =>
  beside(file, 'by-path.json', {
    ...{ name: 'lot', video_path: 'plate.mp4', edge: { control_weight: 0.4 }, prompt_path: path.basename(file) },
  });

/** The report as one text, or the prompt where there is nothing to say. */
function told(report: CheckReport, prompt: string): string {
  const errors = report.issues.filter(({ severity }) => severity === 'error');
  return errors.length === 0 ? prompt : `refused: ${errors.map(({ message, fix = '' }) => `${message}; ${fix}`)}`;
}

const promptOf = (text: string) => String((JSON.parse(text.replace(/^\ufeff/, '')) as { prompt: unknown }).prompt);

const READERS: readonly Reader[] = [
  {
    name: 'prompt.txt of a clip',
    text: plain,
    read: async (promptFile) => {
      const clip = makeClip(path.join(path.dirname(promptFile), 'lot'), { promptFile });
      const { submissions } = makeSubmissions({ clips: [clip] });
      const objection = await submissions.objection(clip, []);
      const plans = await submissions.plan({ targets: ['lot'] }).catch((error: Error) => error.message);
      if (objection !== null) expect(plans).toBe(`${objection}.`); // the submit says what the watch says
      return typeof plans === 'string' ? `refused: ${plans}` : promptOf(plans[0]?.spec ?? '');
    },
  },
  {
    name: 'the file of prompt_path, submitted',
    text: plain,
    read: async (file) => (await readHandSpec(byPath(file), null)).prompt ?? '',
  },
  {
    name: 'the file of prompt_path, checked',
    text: plain,
    isNvidia: true,
    isGuarded: true,
    read: async (file) => {
      const checked = byPath(file);
      return told(
        checkSpec(checked, spec('').replace('"prompt":""', `"prompt_path":"${path.basename(file)}"`)),
        PROMPT,
      );
    },
  },
  {
    name: 'the file of prompt_path, previewed',
    text: plain,
    read: async (file) => (await readSample(byPath(file))).prompt,
  },
  { name: '--prompt-file', text: plain, read: async (promptFile) => (await toJobOptions({ promptFile })).prompt ?? '' },
  { name: 'a spec, submitted', text: spec, read: async (file) => (await submittedSpec(file)).prompt },
  { name: 'a spec, previewed', text: spec, read: async (file) => previewed(file) },
  {
    name: 'a spec, checked by the command',
    text: spec,
    isNvidia: true,
    read: async (file) => {
      writeFileSync(path.join(path.dirname(file), 'plate.mp4'), 'not looked at');
      const source = await readSpec(file, undefined);
      return 'report' in source
        ? told(source.report, '')
        : told(checkSpec(source.path, source.text), promptOr(source.text));
    },
  },
  {
    name: 'a spec, checked by the daemon',
    text: spec,
    isNvidia: true,
    read: async (file) => {
      writeFileSync(path.join(path.dirname(file), 'plate.mp4'), 'not looked at');
      return told((await checks.checkFile(file)).report, PROMPT);
    },
  },
  {
    name: 'a manifest',
    text: manifest,
    read: async (file) => {
      const folder = `${file}.clip`;
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder);
      renameSync(file, path.join(folder, 'cosmos-clip.json'));
      const reading = await new ManifestReader(folder, null).read();
      return reading.kind === 'read' ? String(reading.manifest.wanted?.prompt) : `refused: ${JSON.stringify(reading)}`;
    },
  },
  {
    name: 'a file of the spool',
    text: (prompt) =>
      JSON.stringify({
        ...{ schema: 'cosmos-spool/1', key: 'k', path: '/shots/lot', options: { prompt } },
        writtenAt: '2026-01-01T00:00:00.000Z',
      }),
    read: async (file) => {
      const folder = `${file}.spool`;
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder);
      renameSync(file, path.join(folder, 'one.json'));
      const [one] = await readSpool(folder);
      if (one === undefined || one.entry instanceof CosmosError) return `refused: ${one?.entry}`;
      return one.entry.options?.prompt ?? '';
    },
  },
  { name: 'cosmos.toml', text: toml, read: async (file) => loadConfig(file).config.preset.dusk?.prompt ?? '' },
  {
    name: 'cosmos.toml, to be written to',
    text: toml,
    read: async (file) => {
      const { text } = readConfigText(file);
      return tryParse(text, file)?.preset.dusk?.prompt ?? 'refused: NUL, control character, U+FFFD: it is no TOML';
    },
  },
];

const checks = new SpecChecks({
  media: { look: async () => ({ media: () => undefined, unreadable: () => undefined }) },
  folders: { list: () => [] },
  clips: { list: () => [] },
  prepared: () => null,
  estimate: () => null,
});

async function submittedSpec(file: string): Promise<{ prompt: string }> {
  writeFileSync(path.join(path.dirname(file), 'plate.mp4'), 'not looked at');
  const { submissions } = makeSubmissions();
  const [plan] = await submissions.plan({ targets: [file] });
  if (plan === undefined) throw new Error('no plan');
  return { prompt: told(plan.check, plan.prompt) };
}

async function previewed(file: string): Promise<string> {
  writeFileSync(path.join(path.dirname(file), 'plate.mp4'), 'not looked at');
  return (await readSample(file)).prompt;
}

function promptOr(text: string): string {
  try {
    return promptOf(text);
  } catch {
    return 'refused: no JSON';
  }
}

async function answer(reader: Reader, make: (file: string) => void): Promise<string> {
  const file = path.join(tempDir(), 'text.json');
  make(file);
  return reader.read(file).catch((error: Error) => `refused: ${error.message}`);
}

const bytes = (content: Buffer) => (file: string) => writeFileSync(file, content);

test.each(READERS)('$name: every form with a mark, and UTF-8 without one', async (reader) => {
  const text = reader.text(PROMPT);
  for (const encoding of ENCODINGS) {
    const said = await answer(reader, bytes(encodeText(text, { encoding, bom: true })));
    if (reader.isNvidia !== true) expect(said, encoding).toBe(PROMPT);
    else if (encoding !== 'utf-8') expect(said).toMatch(/this is UTF-(16|32)|the file is UTF-(16|32)/);
  }
  for (const whole of [text, text.replaceAll('\n', '\r\n'), text.replaceAll('\n', '\r'), `${text}\r\n`]) {
    expect(await answer(reader, bytes(Buffer.from(whole)))).toBe(PROMPT);
  }
});

const LFS = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n';

test.each(READERS)('$name: what is no sound text is refused, with the reason', async (reader) => {
  const text = reader.text(PROMPT);
  const bad: [what: string, content: Buffer, words: RegExp][] = [
    ['Windows-1252', inOldEncoding(text, 'windows-1252'), /looks like Windows-1252 \(byte E9/],
    [
      'UTF-16 without mark',
      encodeText(text, { encoding: 'utf-16le', bom: false }),
      /is UTF-16 without the byte order mark/,
    ],
    ['a NUL', Buffer.from(reader.text(`${PROMPT}\0`)), /NUL|ontrol character|U\+0000/],
    ['a lost letter', Buffer.from(reader.text('caf\ufffd')), /U\+FFFD/],
    ['a PNG', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), /is a PNG image, and no text/],
    ['an RTF', Buffer.from('{\\rtf1 caf\\e9}'), /is an RTF document, and no text/],
    ['a pointer', Buffer.from(LFS), /is a Git LFS pointer and not the file itself.*git lfs pull/],
  ];
  for (const [what, content, words] of bad) {
    const said = await answer(reader, bytes(content));
    expect(said, what).toMatch(/^refused/);
    expect(said, what).toMatch(words);
  }
});

const pipe = (file: string) => execFileSync('mkfifo', [file]);
const huge = (file: string) => {
  writeFileSync(file, '');
  truncateSync(file, 2 * 2 ** 30); // sparse
};

test.each(READERS.filter(({ isGuarded }) => isGuarded !== true))('$name: a pipe, and two gigabytes', async (reader) => {
  const before = process.memoryUsage.rss();
  expect(await answer(reader, huge)).toMatch(/^refused: .*(2\.15 GB|too big)/);
  expect(process.memoryUsage.rss() - before).toBeLessThan(500 * 2 ** 20);
  if (process.platform !== 'win32') expect(await answer(reader, pipe)).toMatch(/^refused/);
});
