/**
 * The real daemon, struck by a signal of its own hand at one named step boundary, the first time that it comes there:
 * --at NAME --signal SIGKILL (a power cut) or SIGSTOP (it is stopped until it gets SIGCONT).
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startDaemon } from '../../daemon/main.js';

const { values } = parseArgs({
  options: {
    ...{ 'state-dir': { type: 'string' }, config: { type: 'string' } },
    ...{ at: { type: 'string' }, signal: { type: 'string' } },
  },
});
const stateDir = values['state-dir'] ?? '';
let isStruck = false;

await startDaemon({
  stateDir,
  configFile: values.config,
  boundary: (name) => {
    if (isStruck || name !== values.at) return;
    isStruck = true;
    writeFileSync(path.join(stateDir, 'struck-at'), name); // the proof that this cell of the matrix was hit
    process.kill(process.pid, values.signal);
  },
});
