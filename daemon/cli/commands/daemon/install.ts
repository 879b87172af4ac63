/** `cosmos daemon install` writes install.json, and on request the file that starts the daemon at login. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Install } from '../../../../schemas/index.js';
import { packageVersion } from '../../../version.js';
import { writeFileAtomicSync } from '../../../write-file.js';
import { autostart } from '../../autostart.js';
import type { Context } from '../../context.js';
import { installFile, launcherArgv, ownArgv } from '../../install.js';
import { type Parent, verb } from '../../verb.js';

export function daemonInstall(daemon: Parent): void {
  daemon
    .command('install')
    .description('tell Houdini, VS Code and this command how to start the daemon')
    .option('--autostart', 'also write what starts it at login, and say how to switch that on')
    .action(verb(async (context, { autostart: wanted }) => install(context, wanted ?? false)));
}

async function install({ stateDir, config, out }: Context, atLogin: boolean): Promise<void> {
  const argv = launcherArgv(stateDir, config);
  const file = installFile(config);
  const facts: Install = {
    argv: [...argv],
    stateDir: stateDir.root,
    config: config ?? null,
    version: packageVersion(),
  };
  write(file, `${JSON.stringify(facts, null, 2)}\n`);
  const login = autostart(process.platform, { daemon: ownArgv(stateDir, config), launcher: argv });
  if (atLogin) write(login.file, login.text);
  out.show({ file, ...facts, ...(atLogin && { autostart: login.file }) }, () => {
    out.note(`Written: ${file}`);
    out.note(
      atLogin
        ? [`Written: ${login.file}`, ...login.enable.split('\n')]
        : 'To start it at every login: cosmos daemon install --autostart',
    );
  });
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileAtomicSync(file, text);
}
