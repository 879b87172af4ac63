import { expect, test } from 'vitest';
import { completionScript } from '../../../daemon/cli/completion.js';
import { createProgram } from '../../../daemon/cli/program.js';
import { runProcess } from '../../../daemon/process.js';
import { fakeDoor } from '../../support/doors.js';

const { door } = fakeDoor();
const program = await createProgram('0.0.0', { output: door, errors: door }, 'all');
const script = completionScript(program, 'bash');

/** What bash offers for the last of the words; `cosmos` itself is asked for the names of presets. */
async function offered(...words: string[]): Promise<string[]> {
  const line = `cosmos() { [[ "$*" != 'preset ls --names' ]] || printf '%s\\n' night 'a b' '$(echo no)'; }
    COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _cosmos; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = await runProcess('bash', ['-c', `${script}\n${line}`]);
  return stdout.trim().split('\n').sort();
}

test.runIf(process.platform !== 'win32')('bash completes nouns, verbs and options', async () => {
  expect(await offered('cosmos', 'q')).toEqual(['queue']);
  expect(await offered('cosmos', 'job', 're')).toEqual(['release', 'retry']);
  expect(await offered('cosmos', 'queue', 'ls', '--a')).toEqual(['--all']);
  expect(await offered('cosmos', 'submit', 'shot010', '--we')).toEqual(['--weight']);
  expect(await offered('cosmos', 'job', 'edit', 'job-1', '--se')).toEqual(['--seed', '--set']);
});

test.runIf(process.platform !== 'win32')(
  'bash completes names of presets, and runs nothing that they say',
  async () => {
    expect(await offered('cosmos', 'submit', 'shot010', '--preset', '')).toEqual([
      '\\$\\(echo\\ no\\)',
      'a\\ b',
      'night',
    ]);
    expect(await offered('cosmos', 'preset', 'show', 'n')).toEqual(['night']);
    expect(await offered('cosmos', 'preset', 's')).toEqual(['save', 'show']);
    expect(completionScript(program, 'fish')).toContain("-l preset -x -a '(cosmos preset ls --names");
  },
);

test('every shell gets every noun', () => {
  for (const shell of ['bash', 'zsh', 'fish'] as const) {
    const text = completionScript(program, shell);
    for (const noun of ['submit', 'queue', 'doctor', 'completion']) expect(text).toContain(noun);
  }
});
