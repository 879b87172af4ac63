import { describe, expect, test } from 'vitest';
import { connected } from '../../support/ssh-client.js';

describe('run', () => {
  test('gives exit code, stdout and stderr', async () => {
    const { connection } = await connected();
    const result = await connection.run('printf "out %s" "$1"; printf err >&2; exit 7', ['ä $HOME']);
    expect({ ...result, stdout: result.stdout.toString() }).toEqual({
      exitCode: 7,
      stdout: 'out ä $HOME',
      stderr: 'err',
    });
  });
});
