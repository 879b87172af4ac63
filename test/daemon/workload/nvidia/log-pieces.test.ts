import { describe, expect, it } from 'vitest';
import { endsWithBar, piecesOf, visible } from '../../../../daemon/workload/nvidia/log-pieces.js';

const HEAD = '[11-22 10:00:00|INFO|cosmos_transfer2/inference.py:205:generate]';
const BAR = 'Generating samples:  34%|███▍      | 12/35 [01:33<02:58,  7.77s/it]';

describe('a line', () => {
  it.each([
    ['of transfer2.5', `${HEAD} Saved config to x`, 'INFO', 'Saved config to x'],
    ['of cosmos3', '[11-22 10:00:00|job=|SUCCESS|a/b.py:1:f] [RANK 0] [RANK 0] Saved', 'SUCCESS', 'Saved'],
    ['without a place', '[04-10 01:51:04|WARNING] Downloading', 'WARNING', 'Downloading'],
    ['of a level with spaces', '[04-10 01:51:04|CRITICAL |x:1:y] Stop', 'CRITICAL', 'Stop'],
  ])('%s is a record', (_, line, level, message) => {
    expect(piecesOf(line)).toEqual([{ kind: 'record', level, message }]);
  });

  it('is a bar, and what a record says after it on the same line', () => {
    expect(piecesOf(`${BAR}${HEAD} Saved`)).toEqual([
      { kind: 'bar', at: 12, of: 35, text: BAR },
      { kind: 'record', level: 'INFO', message: 'Saved' },
    ]);
    expect(piecesOf(`a warning${BAR} ${BAR.replace('12/', '13/')}`).map(({ kind }) => kind)).toEqual([
      'other',
      'bar',
      'bar',
    ]);
  });

  it('keeps in a record what looks like another', () => {
    const [piece, ...more] = piecesOf(`${HEAD} Guardrail blocked generation. Prompt: ${HEAD} ${BAR}`);
    expect(more).toEqual([]);
    expect(piece).toMatchObject({ message: `Guardrail blocked generation. Prompt: ${HEAD} ${BAR}` });
  });

  it('is other text, or nothing', () => {
    expect(piecesOf('Traceback (most recent call last):')).toEqual([
      { kind: 'other', text: 'Traceback (most recent call last):' },
    ]);
    expect(piecesOf('  ')).toEqual([]);
    expect(piecesOf('Fetching 12 files:  50%|█████     | 6/12 [00:01<00:01,  4.1it/s]')[0]?.kind).toBe('other');
  });

  it('is read without colours, control characters and broken bytes', () => {
    expect(visible('\u001b[32m\u001b[1mGener\ufffdating\u001b[0m\u0007\u009b\tsamples')).toBe('Generating\tsamples');
    expect(piecesOf(`\u001b[1m${BAR}\u001b[0m`)).toMatchObject([{ kind: 'bar', at: 12 }]);
    expect(piecesOf(BAR.replace(/[█▍]/g, '#'))).toMatchObject([{ kind: 'bar', of: 35 }]);
  });

  it('ends with a bar when that is drawn to its end', () => {
    expect(endsWithBar(BAR)).toBe(true);
    for (let cut = 1; cut < BAR.length; cut++) expect(endsWithBar(BAR.slice(0, -cut))).toBe(false);
  });
});
