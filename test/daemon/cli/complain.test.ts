import { CommanderError } from '@commander-js/extra-typings';
import { expect, test } from 'vitest';
import { complain } from '../../../daemon/cli/complain.js';
import { CosmosError } from '../../../daemon/errors.js';
import { fakeDoor } from '../../support/doors.js';

const { door } = fakeDoor();
const about = async (error: unknown, env = {}) => {
  const { lines, exitCode } = await complain(error, door, env);
  return { text: lines.join('\n'), exitCode };
};

test('an error of ours is its sentence and what its data offers', async () => {
  const near = new CosmosError('not_found', 'No clip is called shot01.', { near: ['shot010', 'shot011'] });
  expect(await about(near)).toEqual({
    text: 'Error: No clip is called shot01.\nDid you mean shot010 or shot011?',
    exitCode: 1,
  });
  const twice = new CosmosError('ambiguous', 'Two clips are called a.', { candidates: ['/x/a', '/y/a'] });
  expect((await about(twice)).text).toBe('Error: Two clips are called a.\n  /x/a\n  /y/a');
});

test('a name that the sentence already offers is not offered twice', async () => {
  const said = new CosmosError('not_found', 'No clip x. Did you mean y?', { near: ['y'] });
  expect((await about(said)).text).toBe('Error: No clip x. Did you mean y?');
});

const PLACE = { line: 3, column: 5, endLine: 3, endColumn: 9 };

test('issues of a spec come with their places', async () => {
  const issue = { severity: 'error', source: 'nvidia', code: 'x', path: ['edge'], ...PLACE, message: 'edge is bad' };
  const error = new CosmosError('spec_invalid', 'The spec has errors.', { issues: [issue] });
  expect((await about(error)).text).toBe('Error: The spec has errors.\n  3:5  error  edge is bad');
});

test('usage is 2, whoever notices it; help that was asked for is 0', async () => {
  expect((await about(new CosmosError('usage', 'Say what to change.'))).exitCode).toBe(2);
  expect(await about(new CommanderError(1, 'commander.unknownCommand', 'said'))).toEqual({ text: '', exitCode: 2 });
  expect((await about(new CommanderError(0, 'commander.helpDisplayed', 'said'))).exitCode).toBe(0);
});

test('a defect shows no stack trace unless asked', async () => {
  const { text, exitCode } = await about(new TypeError('x is not a function'));
  expect(text).toContain('This is a defect');
  expect(text).not.toContain('complain.test');
  expect(exitCode).toBe(1);
  expect((await about(new TypeError('x'), { COSMOS_DEBUG: '1' })).text).toContain('complain.test');
});
