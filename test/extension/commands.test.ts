/** The manifest and the table of commands say the same. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { argumentsOf, idsOf, thatCan } from '../../extension/src/commands/arguments.js';
import { cancelQuestion } from '../../extension/src/commands/cancel-question.js';
import { commandIds, commandTable } from '../../extension/src/commands/table.js';
import { requireTrust } from '../../extension/src/commands/trust.js';
import { makeJob, makeRun } from '../support/messages.js';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly enablement?: string }[];
    readonly keybindings: readonly Keybinding[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when: string }[]>>;
  };
}

interface Keybinding {
  readonly command: string;
  readonly key: string;
  readonly mac?: string;
  readonly when?: string;
  readonly args?: { readonly view?: string };
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

const palette = new Map(contributes.menus.commandPalette?.map(({ command, when }) => [command, when]));

test('the palette offers what needs no row, and the rest while such a row is selected', () => {
  for (const id of commandIds) {
    const { about } = commandTable[id];
    const when = palette.get(id) ?? '';
    if (about === 'group') expect([id, when]).toEqual([id, 'false']);
    else if (about === null) expect([id, when]).not.toEqual([id, expect.stringMatching(/false|cosmos\.selected/)]);
    else expect([id, when]).toEqual([id, expect.stringMatching(new RegExp(`^cosmos\\.selected .*\\b${about}\\b`))]);
  }
});

test('whatever the menu of a row offers is there by a key, or in the palette while the row is selected', () => {
  const keyed = new Set(contributes.keybindings.map(({ command }) => command));
  const inMenus = new Set(contributes.menus['view/item/context']?.map(({ command }) => command));
  const without = [...inMenus].filter((command) => !keyed.has(command) && palette.get(command) === 'false');
  expect(without).toEqual(['cosmos.queue.dismissAll']); // it dismisses what the palette offers one by one
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
});

/** Keys that VS Code 1.139 itself takes in a list, or wherever the focus is; Delete it takes in text and lists of its own. */
const TAKEN = new RegExp(
  [
    '(shift\\+)?(enter|space|tab|escape|home|end|insert|pageup|pagedown|up|down|left|right|f1|f3|f5|f6|f11|backspace)',
    '(ctrl|cmd)\\+([a-z0-9,]|enter|space|left|right|pageup|pagedown|tab|f5)',
    '(ctrl|cmd)\\+shift\\+.*',
    'alt\\+([0-9z]|up|down|home|end|enter|space|f1|f2|f9)',
    'alt\\+[fesvgrth]', // its menu bar on Windows and Linux
    'alt\\+[bd]', // menus and address bar of browsers
    'ctrl\\+alt\\+[a-z]', // AltGr on Windows, the desktop on Linux
  ]
    .map((keys) => `^${keys}$`)
    .join('|'),
);

test('a key is of one view or editor, names a command that there is, and takes none of VS Code, of the system or of another', () => {
  const contributed = new Set(contributes.commands.map(({ command }) => command));
  const seen = new Set<string>();
  for (const { command, key, mac = key, when = '', args } of contributes.keybindings) {
    expect(contributed).toContain(command);
    const view = /^focusedView == (cosmos\.\w+) && listFocus && !inputFocus$/.exec(when)?.[1];
    expect([command, args?.view]).toEqual([command, view]); // else it would be about rows of another view
    if (view === undefined)
      expect([command, when]).toEqual([command, expect.stringMatching(/activeWebviewPanelId|resourceFilename =~/)]);
    else expect([command, [key, mac].filter((one) => TAKEN.test(one))]).toEqual([command, []]);
    for (const [system, one] of [
      ['other', key],
      ['mac', mac],
    ]) {
      const place = `${system} ${one} ${when.replace(/ && !isMac$/, '')}`;
      expect(seen).not.toContain(place);
      seen.add(place);
    }
  }
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
