import path from 'node:path';
import { expect, test } from 'vitest';
import { installPlugin } from '../../../daemon/houdini/install.js';
import { readPlugin } from '../../../daemon/houdini/plugin-files.js';
import { uninstallPlugin } from '../../../daemon/houdini/uninstall.js';
import { pythonOf, SUPPORTED } from '../../../daemon/houdini/versions.js';
import { runProcess } from '../../../daemon/process.js';
import { distFile } from '../../support/dist.js';
import { tempDir } from '../../support/tmp.js';
import { listing } from '../../support/tree.js';

const PACKAGES = 'packages/cosmos_bridge/scripts/python';

/** Imports everything that imports without Houdini and Qt, and says where the bundled library came from. */
const SCRIPT = `
import sys
sys.path.insert(0, sys.argv[1])
import cosmos_bridge
early = sorted({"socket", "ssl", "websocket", "asyncio"} & set(sys.modules))
from cosmos_bridge.vendor import websocket
print(cosmos_bridge.__file__, websocket.__file__, websocket.__version__, early, "websocket" in sys.modules, sep="\\n")
`;

/** A Python of the system, without what is installed for it, and with what it compiles kept as Houdini keeps it. */
function python(folder: string) {
  const env = { PYTHONDONTWRITEBYTECODE: '', PYTHONPYCACHEPREFIX: '' };
  const program = process.platform === 'win32' ? 'python' : 'python3';
  return runProcess(program, ['-S', '-c', SCRIPT, path.join(folder, PACKAGES)], { env });
}

test('a real Python finds the installed plugin and the library it brings along; uninstalled, no trace is left', async () => {
  const folder = tempDir();
  await installPlugin(folder, await readPlugin(distFile('houdini')), '1');
  const { stdout } = await python(folder);
  expect(stdout.split('\n')).toEqual([
    path.join(folder, PACKAGES, 'cosmos_bridge', '__init__.py'),
    path.join(folder, PACKAGES, 'cosmos_bridge', 'vendor', 'websocket', '__init__.py'),
    '1.9.0',
    '[]', // neither network nor another library before it is asked for
    'False', // relocated: an installed websocket of the same name is another module
  ]);
  expect(Object.keys(listing(folder)).filter((name) => name.endsWith('.pyc')).length).toBeGreaterThan(10);
  expect((await uninstallPlugin(folder))?.kept).toEqual([]);
  expect(listing(folder)).toEqual({});
});

test('the plugin is built without tests and command-line programs, and with the licence of what it bundles', async () => {
  const names = (await readPlugin(distFile('houdini'))).map((file) => file.path);
  expect(names.filter((name) => /\/tests?\/|_wsdump/.test(name))).toEqual([]);
  expect(names).toContain(`${PACKAGES}/cosmos_bridge/vendor/websocket/LICENSE`);
  expect(names).toContain('packages/cosmos_bridge/README.txt');
});

test('there is something to start for the Python of every Houdini that is supported', async () => {
  const names = (await readPlugin(distFile('houdini'))).map((file) => file.path);
  for (const version of SUPPORTED) {
    const folder = `packages/cosmos_bridge/python${pythonOf(version)}libs`;
    for (const name of ['uiready.py', 'pythonrc.py']) expect(names).toContain(`${folder}/${name}`);
  }
});
