import { expect, test } from 'vitest';
import { type Failure, WireError } from '../../client/errors.js';
import { problemOf } from '../../extension/src/problem.js';

test.each<[Failure, string, string[]]>([
  ['lost', 'daemon_unreachable', ['retry']],
  ['silent', 'daemon_silent', ['retry']],
  ['nobody', 'daemon_unreachable', ['retry']],
  ['stranger', 'daemon_unreachable', ['settings']],
  ['token', 'unauthorized', ['token', 'retry']],
  ['crowded', 'too_many', ['retry']],
  ['shape', 'protocol_mismatch', ['update']],
  ['answer', 'internal', []],
])('a connection that fails by %s is a problem with its code, sentence and buttons', (failure, code, remedies) => {
  const problem = problemOf(new WireError(failure, 'So it is.', { pid: 1 }));
  expect(problem).toMatchObject({ code, message: 'So it is.', remedies, data: { pid: 1 } });
});

test('what the daemon answers keeps its code; another version is a matter of updates', () => {
  const answered = (code: string) => problemOf(new WireError('answer', 'No.', {}, undefined, code));
  expect(answered('too_many')).toMatchObject({ code: 'too_many', remedies: [] });
  expect(answered('protocol_mismatch')).toMatchObject({ remedies: ['update'] });
});
