/**
 * A process with the daemon's watchdog whose event loop comes to stand: --state-dir D --told MS --end MS --stand WAY
 * (await = only promises go on, loop = nothing does, MS = nothing does for so many milliseconds). Says "up" first,
 * and "back" when it goes on.
 */
import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { systemClock } from '../../daemon/clock.js';
import { silentLogger } from '../../daemon/log.js';
import { StateDir } from '../../daemon/state-dir.js';
import { Watchdog } from '../../daemon/watchdog/watchdog.js';

const { values } = parseArgs({
  options: {
    ...{ 'state-dir': { type: 'string' }, told: { type: 'string' } },
    ...{ end: { type: 'string' }, stand: { type: 'string' } },
  },
});
const stateDir = new StateDir(values['state-dir'] ?? '');
mkdirSync(stateDir.root, { recursive: true });
const limits = { lookMs: 25, toldMs: Number(values.told), endMs: Number(values.end) };
const watchdog = new Watchdog({ stateDir, startId: 'start-1', clock: systemClock, log: silentLogger, limits });
watchdog.show([{ job: 'job-poison', step: 'preparing', since: new Date().toISOString() }]);
process.stdout.write('up\n');
process.stdin.once('data', () => void stand(values.stand ?? ''));

async function stand(way: string): Promise<void> {
  if (way === 'await') for (;;) await Promise.resolve(); // as case 01 of a frame reader that never advances
  const until = way === 'loop' ? Number.POSITIVE_INFINITY : performance.now() + Number(way);
  while (performance.now() < until);
  process.stdout.write('back\n');
}
