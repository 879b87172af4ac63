/**
 * npm run bench -- cli|queue|watch|log|spec|transfer|remote-log: our figure beside a floor of the same run, and their ratio;
 * only when they are named: faults, every cell of the fault matrix; hostile, the large attacks; logins, random start files and gateways; ssh-config,
 * our reading of SSH configurations beside the real ssh; panel, pictures and vscode, which need what `npm test` installs.
 */
import { cpus } from 'node:os';
import { bench as cli } from './cli.js';
import { bench as faults } from './faults.js';
import { bench as hostile } from './hostile.js';
import { bench as log } from './log.js';
import { bench as logins } from './logins.js';
import { bench as panel } from './panel.js';
import { bench as pictures, SAMPLES } from './pictures.js';
import { bench as queue } from './queue.js';
import { bench as remoteLog } from './remote-log.js';
import { bench as spec } from './spec.js';
import { bench as sshConfig } from './ssh-config.js';
import { bench as transfer } from './transfer.js';
import { bench as vscode } from './vscode.js';
import { bench as watch } from './watch.js';

const benches: Readonly<Record<string, () => Promise<void>>> = {
  cli,
  queue,
  watch,
  log,
  spec,
  transfer,
  'remote-log': remoteLog,
};
const named: typeof benches = { ...benches, faults, hostile, logins, panel, pictures, 'ssh-config': sshConfig, vscode };

const wanted = process.argv.slice(2).filter((word) => !word.startsWith(SAMPLES));
const unknown = wanted.filter((name) => !(name in named));
if (unknown.length > 0) {
  process.stderr.write(`There is no bench ${unknown.join(', ')}. There are: ${Object.keys(named).join(', ')}.\n`);
  process.exit(2);
}
console.log(`${cpus().length} x ${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.versions.node}`);
for (const name of wanted.length > 0 ? wanted : Object.keys(benches)) {
  console.log(`\n== ${name}`);
  await named[name]?.();
}
