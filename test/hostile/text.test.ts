/**
 * Strangers' text on a person's terminal: the built command on a real pseudo-terminal, with names of clips, prompts,
 * logs, words of hosts and errors that try to steer it. The judge knows nothing of ours: after the few sequences that
 * colour, and those that questions and progress are drawn with, no byte may be left that a terminal acts on.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import stringWidth from 'string-width';
import { expect, test, vi } from 'vitest';
import type { HostCheck } from '../../schemas/index.js';
import { runCosmos } from '../support/cosmos.js';
import { DaemonProcess, workspace } from '../support/daemon.js';
import { FakeDaemon, FakeError } from '../support/fake-daemon.js';
import { writeSequences } from '../support/passes.js';
import { sampleClip, sampleJob, samplePlan, sampleResult } from '../support/samples.js';
import { onTerminal, type Seen } from '../support/terminal.js';
import { tempDir } from '../support/tmp.js';

const ATTACKS: Readonly<Record<string, string>> = {
  title: '\x1b]0;PWNED\x07',
  clipboard: '\x1b]52;c;cm0gLXJm\x1b\\',
  link: '\x1b]8;;https://evil.example\x1b\\here\x1b]8;;\x1b\\',
  screen: '\x1b[2J\x1b[3J\x1b[H\x1bc',
  other: '\x1b[?1049h\x1b[?25l\x1bP+q544e\x1b\\\x1b[21t\x1b[6n\x1b(0',
  colour: '\x1b[1;32msucceeded\x1b[0m\x1b[8mhidden',
  line: '\r\x1b[2K\x1b[1Aforged',
  c1: '\u009b2J\u009d0;PWNED\u009c\u0090q\u009c\u0085',
  bidi: '\u202egpj.\u2066x\u2069\u200f\u061c',
  small: '\0\x05\x07\b\x0b\x0c\x0e\x7f\u2028\u200b\ufeff',
};
const HALVES = '\ud83d x \udc00';
const ROWS = 'a\nb  succeeded\r\nEXIT';
const EVERYTHING = `${Object.values(ATTACKS).join('')}${HALVES}${ROWS}`;

const ESC = '\x1b';
/** Colours of the command itself. */
const COLOURS = new RegExp(`${ESC}\\[(?:1|2|22|3[1236]|39)m`, 'g');
/** What questions and lines that are drawn again move the cursor with, and the colours of questions. */
const DRAWING = new RegExp(`${ESC}\\[(?:\\?(?:25|2026|2004)[lh]|\\d*[ABCDGKJ]|3[0-9]m|0m)|${ESC}\\[\\d*;\\d*H`, 'g');
const ACTS = /(?!\n)(?:\p{Cc}|\p{Cs}|[\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff])/u;

function expectTame(text: string, drawing = false): string {
  const words = text.replace(COLOURS, '');
  const plain = drawing ? words.replace(DRAWING, '').replaceAll('\r', '') : words;
  expect(plain).not.toMatch(ACTS);
  return plain;
}

const onPosix = test.runIf(process.platform !== 'win32');

onPosix(
  'names of folders on disk, a prompt beside them: clips, a plan, progress and the queue',
  async () => {
    const space = workspace();
    const names = Object.entries(ATTACKS).map(([kind, bytes]) => kind + bytes.replaceAll('\0', '').replaceAll('/', ''));
    for (const name of [...names, 'rows a\nb  succeeded']) {
      mkdirSync(path.join(space.exports, name));
      writeFileSync(path.join(space.exports, name, 'color.0001.png'), 'no picture');
    }
    const sent = path.join(space.exports, `sent${ATTACKS.title}${ATTACKS.c1}${ATTACKS.bidi}`);
    writeSequences(sent);
    writeFileSync(path.join(sent, 'prompt.txt'), `rain ${ATTACKS.bidi}\nat dusk`);
    const daemon = await DaemonProcess.start(space).connect();
    await daemon.call('watch.add', { path: space.exports, settle: 0.1 });
    await vi.waitFor(
      async () => {
        const { clips } = await daemon.call('clip.list', {});
        expect(clips.filter(({ state }) => state === 'incomplete').length).toBe(names.length + 1);
        expect(clips.find((clip) => clip.path === sent)?.state).toBe('ready');
      },
      { interval: 100 },
    );
    const see = (...args: string[]) =>
      onTerminal({ stateDir: space.stateDir, cwd: space.folder, columns: 100 }, '--config', space.config, ...args);

    const [clips, plan, typed] = await Promise.all([
      see('clip', 'ls'),
      see('submit', sent, '--dry-run'),
      see('submit', '--x\x1b]0;PWNED\x07\nError: y'), // a shell puts names of folders where a person typed *
    ]);
    const listed = expectTame(clips.terminal);
    expect(listed).toContain('title\\x1b]0');
    expect(listed).toContain('rows a\\nb');
    expectAligned(listed, 'STATE', /incomplete|ready/);
    expect(expectTame(plan.terminal)).toContain('rain \\u202egpj.\\u2066x');
    expect(expectTame(typed.terminal)).toContain("unknown option '--x\\x1b]0;PWNED\\x07\\nError: y'");

    const waited = expectTame((await see('submit', sent, '--wait')).terminal, true);
    expect(waited).toContain('sent\\x1b]0;PWNED\\x07');
    expectAligned(expectTame((await see('queue')).terminal), 'STATE', /succeeded/);
  },
  300_000,
);

/** The words of a column stand below its head, and nothing of a name makes a line of its own. */
function expectAligned(table: string, head: string, word: RegExp): void {
  const [first = '', ...rows] = table.split('\n');
  const column = stringWidth(first.slice(0, first.indexOf(head)));
  const found = rows.flatMap((row) => {
    const cut = cellsFrom(row, column);
    return word.test(cut) ? [cut.search(word)] : [];
  });
  expect(found.length).toBeGreaterThan(0);
  expect(new Set(found)).toEqual(new Set([0]));
}

function cellsFrom(row: string, column: number): string {
  let at = 0;
  for (let cells = 0; at < row.length && cells < column; at++) cells = stringWidth(row.slice(0, at + 1));
  return row.slice(at);
}

const CHECK: HostCheck = {
  ...{ check: 'login', engine: null, state: 'failed', code: 'host_key_unknown' },
  ...{ message: `The host said: ${EVERYTHING}`, remedy: `Try ${EVERYTHING}` },
  data: { host: `gpu1${EVERYTHING}`, fingerprint: `SHA256:${EVERYTHING}` },
};
const LOG = `${EVERYTHING}\x1b[31mred\x1b[0m\n 50%|█▍ | 1/2\r100%|██ | 2/2\n\x1b[33mopen`;
const FAILURE = new FakeError('not_found', `No job ${EVERYTHING}`, {
  near: [EVERYTHING],
  candidates: [EVERYTHING, { a: EVERYTHING }],
});

async function hostileDaemon(): Promise<string> {
  const stateDir = tempDir();
  const job = sampleJob({ name: EVERYTHING, state: 'held', reason: EVERYTHING, output: `/x/${EVERYTHING}.mp4` });
  const clip = sampleClip({ name: EVERYTHING, path: `/x/${EVERYTHING}`, reason: EVERYTHING, warnings: [EVERYTHING] });
  const plan = samplePlan({
    name: EVERYTHING,
    prompt: EVERYTHING,
    wouldHold: EVERYTHING,
    spec: `{\n"${EVERYTHING}"\n}`,
  });
  const probe = { name: `gpu1${EVERYTHING}`, ok: false, checks: [CHECK] };
  const daemon: FakeDaemon = await FakeDaemon.start(stateDir, {
    'job.list': () => ({ jobs: [job] }),
    'queue.get': () => ({ paused: true, reason: EVERYTHING }),
    'job.get': () => ({ job, attempts: [], result: null, spec: null }),
    'job.retry': () => FAILURE,
    'clip.get': () => ({ clip }),
    'clip.list': () => ({ clips: [clip] }),
    'job.plan': () => ({ plans: [plan] }),
    'result.list': () => ({ results: [sampleResult({ name: EVERYTHING, video: `/x/${EVERYTHING}.mp4` })] }),
    // Cut anywhere: in the middle of an escape sequence, too.
    'log.read': ({ from = 0 }) => {
      const to = Math.min(from + 7, LOG.length);
      return { run: 'r', from, to, size: LOG.length, text: LOG.slice(from, to), ended: true, file: '/x' };
    },
    'host.probe': () => {
      daemon.notify('host.check', { host: 'gpu1', check: CHECK });
      return { probe };
    },
  } as Parameters<typeof FakeDaemon.start>[1]);
  return stateDir;
}

const VERBS = [
  ['queue'],
  ['job', 'show', 'x'],
  ['job', 'retry', 'x'],
  ['clip', 'ls'],
  ['clip', 'show', 'x'],
  ['submit', 'x', '--dry-run'],
  ['result', 'ls'],
] as const;

onPosix(
  'everything at once, in whatever a daemon says',
  async () => {
    const stateDir = await hostileDaemon();
    const seen = await Promise.all(VERBS.map((verb) => onTerminal({ stateDir }, ...verb)));
    for (const [i, { terminal }] of seen.entries()) {
      const text = expectTame(terminal);
      expect(text, VERBS[i]?.join(' ')).toContain('\\x1b]0;PWNED\\x07');
      for (const line of text.split('\n')) expect(line).not.toMatch(/^(?:b {2}succeeded|EXIT)/);
    }
  },
  180_000,
);

onPosix(
  'words of a host, and the questions that hold them',
  async () => {
    const stateDir = await hostileDaemon();
    const { terminal } = await onTerminal({ stateDir, typed: [['y/N', 'n\r']] }, 'host', 'test', 'gpu1');
    const text = expectTame(terminal, true);
    expect(text).toContain('The host said: \\x1b]0;PWNED\\x07');
    expect(text).toMatch(/Is SHA256:\\x1b\]0;PWNED/);
  },
  180_000,
);

onPosix(
  'a log: lines, bars and colours stay, nothing else acts; a pipe gets its bytes',
  async () => {
    const stateDir = await hostileDaemon();
    const [seen, piped, mixed] = await Promise.all([
      onTerminal({ stateDir }, 'logs', 'x'),
      runCosmos({ stateDir }, 'logs', 'x'),
      onTerminal({ stateDir, streams: ['stdin', 'stderr'] }, 'logs', 'x'),
    ]);
    const LOGGED = new RegExp(`${ESC}\\[(?:1;32|31|33|0)m|[\\r\\b]`, 'g'); // the log's own
    expectTame(seen.terminal.replaceAll(`${ESC}[2K`, '').replace(LOGGED, ''));
    expect(seen.terminal).toContain(' 50%|█▍ | 1/2\r100%|██ | 2/2\n');
    expect(seen.terminal.endsWith('\x1b[33mopen\x1b[0m')).toBe(true);
    const bytes = LOG.replace('\ud83d', '\ufffd').replace('\udc00', '\ufffd'); // as UTF-8 has halves of a pair
    expect(piped.stdout).toBe(bytes);
    expect(mixed.stdout).toBe(bytes);
  },
  180_000,
);

onPosix(
  'each stream is judged for itself, and --json is the same everywhere',
  async () => {
    const stateDir = await hostileDaemon();
    const failing: Promise<Seen>[] = [
      onTerminal({ stateDir, streams: ['stdout'] }, 'queue'),
      onTerminal({ stateDir, streams: ['stderr'] }, 'queue'),
      onTerminal({ stateDir }, 'queue', '--json'),
      onTerminal({ stateDir, streams: [] }, 'queue', '--json'),
    ];
    const [out, errors, json, pipe] = (await Promise.all(failing)) as [Seen, Seen, Seen, Seen];
    expectTame(out.terminal);
    expect(out.stderr).toContain(ATTACKS.title);
    expectTame(errors.terminal);
    expect(errors.stdout).toContain(ATTACKS.title);
    expect(json.terminal).toBe(pipe.stdout);
    expect(JSON.parse(pipe.stdout)[0].name).toBe(EVERYTHING);
  },
  180_000,
);
