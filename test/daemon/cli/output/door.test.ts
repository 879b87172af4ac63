import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { complain } from '../../../../daemon/cli/complain.js';
import { liveView } from '../../../../daemon/cli/output/live.js';
import { Output } from '../../../../daemon/cli/output/output.js';
import type { Column } from '../../../../daemon/cli/output/table.js';
import { CosmosError } from '../../../../daemon/errors.js';
import { fakeDoor } from '../../../support/doors.js';
import { sampleJob } from '../../../support/samples.js';

const NAMES = [
  ['a title', 'a\x1b]0;PWNED\x07b'],
  ['the clipboard', 'a\x1b]52;c;aGk=\x1b\\b'],
  ['a link', 'a\x1b]8;;http://x\x1b\\b\x1b]8;;\x1b\\'],
  ['clearing the screen', 'a\x1b[2J\x1b[Hb'],
  ['colours of its own', 'a\x1b[31mred\x1b[0mb'],
  ['hidden text', 'a\x1b[8mhidden\x1b[0mb'],
  ['a return', 'a\rb'],
  ['a line end', 'a\nb  succeeded'],
  ['C1 forms', 'a\x9b2Jb\x9d0;x\x9c'],
  ['turned around', 'a\u202egpj.b\u2066c'],
  ['half a pair', 'a\ud83db'],
  ['a tab, a bell, a delete', 'a\tb\x07c\x7f'],
] as const;

const ESC = '\x1b';
/** What is neither text nor a line end, nor a colour of ours. */
const ACTS = /(?!\n)(?:\p{Cc}|\p{Cs}|[\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069])/u;
const OURS = new RegExp(`${ESC}\\[(?:1|2|22|3[1236]|39)m`, 'g');
/** What log-update moves the cursor with. */
const MOVES = new RegExp(`${ESC}\\[(?:\\?(?:25|2026)[lh]|\\d*[AGK]|2K|\\d*J)`, 'g');

function expectTame(text: string): void {
  expect(text.replace(OURS, '')).not.toMatch(ACTS);
}

const COLUMNS: readonly Column<string>[] = [
  { head: 'NAME', cell: (name) => name, atLeast: 12 },
  { head: 'STATE', cell: () => 'ready' },
];

test.each(NAMES)('%s in a name does nothing on a terminal, wherever it stands', async (_, name) => {
  const { door, written } = fakeDoor({ width: 200 });
  const out = new Output({ json: false, color: true, env: {} }, door, door);
  out.print(`${out.colors.green('ok')}  ${name}`);
  out.note([`${name}: done`, out.colors.dim(name)]);
  out.fields({ Name: name, Several: [name, name] });
  out.stdout.text(`{"name": "${name.replace(/[\n\t]/g, '')}"}\n`);
  const error = new CosmosError('not_found', `No clip ${name}.`, { near: [name] });
  out.print((await complain(error, door, {})).lines);
  const text = written();
  expectTame(text);
  expect(text).toContain('\x1b[32mok\x1b[39m  a');
  for (const line of text.split('\n')) expect(line).not.toMatch(/^b/);
});

test.each(NAMES)('%s in a name leaves rows of a table aligned, and makes no row', (_, name) => {
  const { door, written } = fakeDoor({ width: 60 });
  new Output({ json: false, color: true, env: {} }, door, door).table(COLUMNS, [name, 'shot010'], '');
  const text = written();
  expectTame(text);
  const [head = '', ...rows] = text.trimEnd().replace(OURS, '').split('\n');
  expect(rows).toHaveLength(2);
  for (const row of rows) {
    const at = row.lastIndexOf('ready');
    expect(stringWidth(row.slice(0, at))).toBe(stringWidth(head.slice(0, head.indexOf('STATE'))));
  }
});

test.each(NAMES)('%s in a name does nothing in lines that are drawn again', async (_, name) => {
  const { door, written } = fakeDoor({ width: 80 });
  const view = await liveView(new Output({ json: false, color: true, env: {} }, door, door));
  view.job(sampleJob({ name, state: 'held', reason: name.repeat(9) }));
  view.note(name);
  view.end();
  expectTame(written().replace(MOVES, ''));
});

test('a message of several lines is set in, so that none can be taken for another message', async () => {
  const { door } = fakeDoor({ width: 80, color: false });
  const error = new CosmosError('internal', 'It said:\nError: all is lost.\r\nreally');
  expect((await complain(error, door, {})).lines).toEqual(['Error: It said:', '  Error: all is lost.', '  really']);
});

test.each(NAMES)('%s in a name goes through a pipe byte for byte', (_, name) => {
  const { door, written } = fakeDoor();
  const out = new Output({ json: false, color: true, env: {} }, door, door);
  out.print(name);
  out.note(name);
  out.stdout.text(name);
  out.stdout.log().push(name);
  expect(written()).toBe(`${name}\n${name}\n${name}${name}`.replaceAll('\ud83d', '\ufffd')); // as UTF-8 has it
});

test('--json is the same on a terminal', () => {
  const { door, written } = fakeDoor({ width: 80 });
  new Output({ json: true, color: true, env: {} }, door, door).show({ name: 'a\x9b2J\u202e' }, () => {});
  expect(written()).toBe(`${JSON.stringify({ name: 'a\x9b2J\u202e' }, null, 2)}\n`);
});

test('a log on a terminal keeps its lines, bars and colours, and nothing else acts', () => {
  const { door, written } = fakeDoor({ width: 80 });
  const log = door.log();
  for (const piece of ['50%|█▍\r100%|██\n\x1b[3', '1mred\x1b]52;c;x', '\x07\x1b[2Jend\u202e']) log.push(piece);
  log.end();
  expect(written()).toBe('50%|█▍\r100%|██\n\x1b[31mred\\x1b]52;c;x\\x07\\x1b[2Jend\\u202e\x1b[0m');
});

test('nothing of the command writes beside the door', () => {
  const folders = ['daemon/cli', 'daemon/demo'];
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => path.posix.join(folder, file.replaceAll('\\', '/'))),
  );
  const others = files.filter((file) => !OWN_OUTPUT.has(file));
  const bare = others.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, i) => (BARE.test(line) ? [`${file}:${i + 1}  ${line.trim()}`] : [])),
  );
  expect(files.length).toBeGreaterThan(100);
  expect(bare).toEqual([]);
});

/** Ways past the door. */
const BARE =
  /process\.(?:stdout|stderr)|\bconsole\.|\.write\(|\bwriteSync\(|['"]inherit['"]|['"]log-update['"]|\/dev\/tty|\b_rawDebug\b|\bquestions\(\).*write/;

const OWN_OUTPUT = new Set([
  'daemon/cli/output/door.ts',
  'daemon/demo/scene/png.ts', // PNG.sync.write makes bytes of a picture
]);
