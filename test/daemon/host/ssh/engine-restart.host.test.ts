/** The engine restarts while a run writes its log: with live-restore the run goes on, without it is ended by the engine. */
import { nanoid } from 'nanoid';
import { expect, test, vi } from 'vitest';
import { hostOfTest } from '../../../gpu-host/hosts.js';
import { tinyImage } from '../../../gpu-host/tiny-image.js';
import { containerHost } from '../../../support/containers.js';
import { connectTo } from '../../../support/gpu-host-connection.js';
import { collectBytes, nodeCommand } from '../../../support/run-command.js';

const never = new AbortController().signal;
const LINES = 400;
const SLOW = `let i = 0; const t = setInterval(() => { console.log('line ' + i); if (++i === ${LINES}) clearInterval(t) }, 10)`;

async function restarted(liveRestore: boolean) {
  const machine = await hostOfTest({ images: [await tinyImage()], liveRestore });
  const remote = await connectTo(machine);
  const host = containerHost(remote, `${machine.root}/${nanoid()}`);
  await host.start('r1', nodeCommand(SLOW));
  const following = collectBytes(host.follow('r1', 0, never));
  await vi.waitFor(async () =>
    expect((await host.inspect('r1')) as object).toHaveProperty('logBytes', expect.any(Number)),
  );
  await machine.restartDockerd();
  const text = (await following).toString();
  const status = await host.inspect('r1');
  remote.close();
  return { lines: text.split('\n').filter((line) => line !== ''), status };
}

const expected = Array.from({ length: LINES }, (_, index) => `line ${index}`);

test('with live-restore: every line once, and the exit code of the command', async () => {
  const { lines, status } = await restarted(true);
  expect(lines).toEqual(expected);
  expect(status).toMatchObject({ state: 'exited', exitCode: 0 });
});

test('without: the lines up to its end, each once, and the end that the engine gave it', async () => {
  const { lines, status } = await restarted(false);
  expect(lines).toEqual(expected.slice(0, lines.length));
  expect(status).toMatchObject({ state: 'exited', exitCode: 143 });
});
