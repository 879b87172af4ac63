import { expect, test } from 'vitest';
import { judge, parseFacts } from '../../../../daemon/host/ssh/status.js';

function container(
  state: { Status: string; ExitCode?: number; OOMKilled?: boolean },
  token = 't1',
  folder = '/runs/r1',
): string {
  const full = { ExitCode: 0, OOMKilled: false, Error: 'a } {"b"', ...state };
  return `container ${JSON.stringify(full)} ${JSON.stringify({ 'cosmos.token': token, 'cosmos.folder': folder })}`;
}
const CLAIM = 'claim t1 boot 7 1234';

test.each([
  ['nothing', [], { state: 'absent' }],
  ['a live process', [CLAIM, 'process alive', 'log 5'], { state: 'running', logBytes: 5 }],
  ['a dead process', [CLAIM, 'process gone', 'log 5'], { state: 'lost', logBytes: 5 }],
  ['an exit code', [CLAIM, 'process gone', 'exit 3', 'log 5'], { state: 'exited', exitCode: 3, logBytes: 5 }],
  ['a container that runs', [CLAIM, container({ Status: 'running' })], { state: 'running', logBytes: 0 }],
  ['one that runs before its wrapper', [container({ Status: 'running' })], { state: 'running', logBytes: 0 }],
  ['one that was only created', [container({ Status: 'created' })], { state: 'absent' }],
  [
    'a killed one',
    [CLAIM, container({ Status: 'exited', ExitCode: 137 })],
    { state: 'exited', exitCode: 137, logBytes: 0 },
  ],
  [
    'one without memory',
    [CLAIM, container({ Status: 'exited', ExitCode: 137, OOMKilled: true })],
    { state: 'exited', exitCode: 137, logBytes: 0, outOfMemory: true },
  ],
  [
    'one that a power cut ended',
    [CLAIM, container({ Status: 'exited', ExitCode: 255 })],
    { state: 'lost', logBytes: 0 },
  ],
  [
    'one that found the run taken by another',
    [CLAIM, container({ Status: 'exited', ExitCode: 137 }, 't2')],
    { state: 'lost', logBytes: 0 },
  ],
  [
    'one that ended in its entry point',
    [container({ Status: 'exited', ExitCode: 1 })],
    { state: 'failedInEntryPoint', exitCode: 1 },
  ],
  ['a removed one', [CLAIM, 'container none'], { state: 'lost', logBytes: 0 }],
  ["another installation's", [container({ Status: 'running' }, 't2', '/their/r1')], { state: 'absent' }],
  ['none after a failed start', ['container none'], { state: 'absent' }],
  ['a silent Docker, with a lease', [CLAIM, 'container unknown x', 'age 3'], { state: 'running', logBytes: 0 }],
  [
    'a silent Docker, with an end',
    [CLAIM, 'container unknown x', 'exit 0'],
    { state: 'exited', exitCode: 0, logBytes: 0 },
  ],
])('%s', (_name, lines, status) => {
  expect(judge(parseFacts(lines.join('\n'), '/runs/r1'))).toEqual(status);
});

test.each([[['age 60']], [[]]])('a silent Docker and no fresh lease: nobody can tell (%j)', (more) => {
  const facts = parseFacts([CLAIM, 'container unknown Cannot connect', ...more].join('\n'), '/runs/r1');
  expect(() => judge(facts)).toThrow(expect.objectContaining({ code: 'docker_unreachable' }));
});
