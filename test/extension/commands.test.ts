/** The manifest and the table of commands say the same. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { argumentsOf, idsOf, thatCan } from '../../extension/src/commands/arguments.js';
import { cancelQuestion } from '../../extension/src/commands/cancel-question.js';
import { commandIds, commandTable } from '../../extension/src/commands/table.js';
import { requireTrust } from '../../extension/src/commands/trust.js';
import { makeJob, makeRun } from '../support/told.js';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly enablement?: string }[];
    readonly keybindings: readonly { readonly command: string; readonly when?: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when: string }[]>>;
  };
}

const { contributes }: Manifest = JSON.parse(
  readFileSync(new URL('../../extension/package.json', import.meta.url), 'utf8'),
);

test('every command of the table is contributed', () => {
  const contributed = new Set(contributes.commands.map(({ command }) => command));
  expect(commandIds.filter((id) => !contributed.has(id))).toEqual([]);
});

test('what changes something is greyed out in an untrusted workspace, and nothing else', () => {
  for (const { command, enablement } of contributes.commands) {
    const facts = commandTable[command as keyof typeof commandTable];
    if (facts === undefined) continue;
    expect([command, enablement?.includes('isWorkspaceTrusted') ?? false]).toEqual([command, facts.changes]);
  }
});

test('the palette offers exactly the commands that need no row', () => {
  const hidden = contributes.menus.commandPalette?.filter(({ when }) => when === 'false').map(({ command }) => command);
  for (const id of commandIds) expect([id, hidden?.includes(id)]).toEqual([id, commandTable[id].about !== null]);
});

test('what changes something is refused at runtime as well', () => {
  for (const id of commandIds) {
    const ask = () => requireTrust(commandTable[id], false);
    if (commandTable[id].changes) expect(ask, id).toThrow(/not trusted/);
    else expect(ask, id).not.toThrow();
    expect(() => requireTrust(commandTable[id], true), id).not.toThrow();
  }
});

test('titles are as those of VS Code: capitals but for small words, no sentence', () => {
  const small = /^(?:a|an|and|as|at|by|for|from|in|of|on|or|the|to|with)$/;
  for (const { command, title } of contributes.commands) {
    const words = title.replace(/\.\.\.$/, '').split(/[ -]/);
    const low = words.filter((word, at) => /^[a-z]/.test(word) && !(at > 0 && small.test(word)));
    expect([command, title, low]).toEqual([command, title, []]);
    expect(title, command).not.toMatch(/[?!:]|[^.]\.$|…/);
  }
});

test('a row has at most three inline actions', () => {
  const inline = contributes.menus['view/item/context'] ?? [];
  const places = inline.flatMap((entry) => ('group' in entry ? [String(entry.group)] : []));
  expect(places.filter((group) => group.startsWith('inline') && !/^inline@[123]$/.test(group))).toEqual([]);
});

test('a command is about all selected rows, about the one row, or about an id', () => {
  const [a, b] = [{ job: 'a' }, { job: 'b' }];
  expect(idsOf('job', [a, [a, b, { id: 'group:done' }]])).toEqual(['a', 'b']);
  expect(idsOf('job', [a, undefined])).toEqual(['a']);
  expect(idsOf('job', ['c'])).toEqual(['c']);
  expect(idsOf('job', [])).toEqual([]);
  expect(idsOf('clip', [a])).toEqual([]);
});

test('a key is about the selected rows, and works only where they are', () => {
  const [a, b] = [{ job: 'a' }, { job: 'b' }];
  expect(idsOf('job', argumentsOf([], [a, b]))).toEqual(['a', 'b']);
  expect(idsOf('job', argumentsOf([undefined], []))).toEqual([]);
  expect(idsOf('job', argumentsOf([b, undefined], [a]))).toEqual(['b']);
  const places = /focusedView == cosmos\.|activeWebviewPanelId == 'cosmos\.|resourceFilename =~/;
  for (const { command, when = '' } of contributes.keybindings)
    expect([command, places.test(when)]).toEqual([command, true]);
});

test('of many jobs those that can; a single one that cannot is left to the daemon', () => {
  const [queued, done] = [makeJob(), makeJob({ id: 'j2', state: 'succeeded' })];
  expect(thatCan([queued, done], 'cancelable')).toEqual([queued]);
  expect(thatCan([done], 'cancelable')).toEqual([done]);
});

test('stopping what runs is asked for, with the money spent', () => {
  const runs = new Map([['r1', makeRun({ pricePerHour: 6 })]]);
  const now = Date.parse('2026-01-01T00:30:00.000Z');
  const running = makeJob({ state: 'running', run: 'r1' });
  expect(cancelQuestion([makeJob()], runs, now)).toBeUndefined();
  expect(cancelQuestion([running, makeJob()], runs, now)).toEqual({
    message: 'Stop lot?',
    details: ['$3.00 are spent on it so far. What it has computed is lost.'],
  });
  expect(cancelQuestion([running], new Map(), now)?.details[0]).toMatch(/no money/);
});
