/** The real daemon that kills itself, as a power cut would, at one named step boundary: --crash-at NAME. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startDaemon } from '../../daemon/main.js';

const { values } = parseArgs({
  options: { 'state-dir': { type: 'string' }, config: { type: 'string' }, 'crash-at': { type: 'string' } },
});
const stateDir = values['state-dir'] ?? '';

await startDaemon({
  stateDir,
  configFile: values.config,
  boundary: (name) => {
    if (name !== values['crash-at']) return;
    writeFileSync(path.join(stateDir, 'crashed-at'), name); // the proof that this cell of the matrix was hit
    process.kill(process.pid, 'SIGKILL');
  },
});
