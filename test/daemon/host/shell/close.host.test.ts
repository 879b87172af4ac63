import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { hostOfTest } from '../../../gpu-host/hosts.js';
import { distFile } from '../../../support/dist.js';

test('a closed connection keeps no process alive, also when its line is dead and nobody hears the goodbye', async () => {
  const host = await hostOfTest({ docker: false, wan: { roundTripMs: 1, megabits: 100 } });
  const { identityFile, sshOptions, address, port, user } = host;
  const login = JSON.stringify({ identityFile, sshOptions, address, port, user });
  const client = spawn(process.execPath, [distFile('test/support/leaving-client.js'), login], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void client.kill('SIGKILL'));
  const gone = once(client, 'exit');
  expect(String(await once(client.stdout, 'data'))).toBe('connected\n');

  host.cutNetwork();
  client.stdin.end();
  const late = AbortSignal.timeout(20_000); // TCP alone would take a quarter of an hour
  const [code] = await Promise.race([gone, once(late, 'abort')]);
  expect(code, 'the process is still there').toBe(0);
});
