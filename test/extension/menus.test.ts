/** The menus of rows, for every row that the views can show. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { clipContext } from '../../extension/src/views/clips/clip-text.js';
import { watchContext } from '../../extension/src/views/clips/watch-text.js';
import { hostContext } from '../../extension/src/views/hosts/host-text.js';
import { jobContext } from '../../extension/src/views/queue/job-context.js';
import { resultContext } from '../../extension/src/views/results/result-text.js';
import { ClipState, JobState } from '../../schemas/index.js';
import { makeClip, makeHost, makeJob, makeResult, makeWatch } from '../support/messages.js';

interface Entry {
  readonly command: string;
  readonly when: string;
  readonly group: string;
}

const { contributes } = JSON.parse(readFileSync(new URL('../../extension/package.json', import.meta.url), 'utf8'));
const entries: readonly Entry[] = contributes.menus['view/item/context'];

/** What VS Code offers on a row; inline = on the row itself. */
function offered(view: string, row: string, inline: boolean): Entry[] {
  const holds = (term: string) => {
    const [, key, operator, value = ''] = /^(view|viewItem) (==|=~) (.*)$/.exec(term) ?? [];
    if (operator === '==') return (key === 'view' ? view : row) === value;
    return new RegExp(value.slice(1, -1)).test(key === 'view' ? view : row);
  };
  return entries
    .filter(({ group }) => group.startsWith('inline') === inline)
    .filter(({ when }) => when.split(' && ').every(holds))
    .sort((a, b) => (a.group < b.group ? -1 : 1));
}

const YES_NO = [true, false];
const jobs = JobState.options.flatMap((state) =>
  YES_NO.flatMap((hasResult) =>
    YES_NO.flatMap((isDismissed) =>
      [0, 1].flatMap((attempt) =>
        ['c1', null].map((clip) => jobContext(makeJob({ state, attempt, clip }), { hasResult, isDismissed })),
      ),
    ),
  ),
);
const problem = { message: '', remedy: '', data: {} };
const hosts = (['host_key_unknown', 'host_asks', null] as const).flatMap((code) =>
  (['local', 'ssh'] as const).flatMap((kind) =>
    ['ann', null].map((draining) => hostContext(makeHost({ kind, draining, problem: code && { ...problem, code } }))),
  ),
);
const ROWS: readonly (readonly [view: string, rows: readonly string[]])[] = [
  ['cosmos.queue', [...jobs, 'group.needsYou', 'group.running', 'group.queued', 'group.done', 'more']],
  ['cosmos.clips', ClipState.options.map((state) => clipContext(makeClip({ state })))],
  ['cosmos.clips', YES_NO.map((autoSend) => watchContext(makeWatch({ autoSend })))],
  ['cosmos.hosts', hosts],
  ['cosmos.results', ([null, 'accept', 'star'] as const).map((mark) => resultContext(makeResult({ mark })))],
];

test('what a row offers by a click is in its menu as well, in a place of its own', () => {
  for (const [view, rows] of ROWS) {
    for (const row of new Set(rows)) {
      const inline = offered(view, row, true);
      const menu = offered(view, row, false).map(({ command }) => command);
      expect([row, inline.filter(({ command }) => !menu.includes(command))]).toEqual([row, []]);
      expect([row, new Set(inline.map(({ group }) => group)).size]).toEqual([row, inline.length]);
      expect([row, new Set(menu).size]).toEqual([row, menu.length]);
    }
  }
});

test('every job leads to its prompt and weights, one with a video to the video first, one that runs to its log', () => {
  for (const row of jobs) {
    const menu = offered('cosmos.queue', row, false).map(({ command }) => command);
    expect([row, menu]).toEqual([row, expect.arrayContaining(['cosmos.job.edit', 'cosmos.job.clone'])]);
    if (row.includes('.result')) expect(menu[0]).toBe('cosmos.result.open');
    if (!/^job\.(staged|running|collecting|stopping)\b.*\.logged\b/.test(row)) continue;
    const inline = offered('cosmos.queue', row, true).map(({ command }) => command);
    const isOver = row.includes('.stopping');
    expect([row, inline]).toEqual([row, isOver ? ['cosmos.log.open'] : ['cosmos.log.open', 'cosmos.job.cancel']]);
  }
});

test('the menu of a clip has what a person expects, in this order', () => {
  expect(offered('cosmos.clips', clipContext(makeClip()), false).map(({ command }) => command)).toEqual([
    ...['cosmos.clip.edit', 'cosmos.clip.sendSelected', 'cosmos.clip.revealInOs', 'cosmos.clip.copyPath'],
  ]);
});
