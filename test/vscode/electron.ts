/**
 * npm run test:electron: the tests of test/vscode/host in VS Code as people have it on their desk. It is downloaded once,
 * into dist/; VSCODE_VERSION names another one than the newest, VSCODE_PROGRAM one that is there already.
 */
import path from 'node:path';
import { downloadAndUnzipVSCode, runTests, SilentReporter } from '@vscode/test-electron';
import { writeSequences } from '../support/passes.js';
import { bundleExtension, bundleHostTests } from './support/bundle.js';
import { readFindings } from './support/findings.js';
import { extensionFolder, hostBundles, root } from './support/paths.js';
import { ScriptScene } from './support/script-scene.js';

/** Milliseconds without an answer of the download server. */
const DOWNLOAD_TIMEOUT = 30_000;

async function main(): Promise<number> {
  const program = process.env.VSCODE_PROGRAM ?? (await download(process.env.VSCODE_VERSION ?? 'stable'));
  if (program === undefined) return 1;
  bundleExtension();
  await bundleHostTests();
  const clip = (exports: string) => writeSequences(path.join(exports, 'street'), { passes: ['color', 'depth'] });
  return ScriptScene.with(clip, (scene) => runIn(program, scene));
}

async function download(version: string): Promise<string | undefined> {
  const options = { cachePath: path.join(root, 'dist/vscode-desktop'), timeout: DOWNLOAD_TIMEOUT };
  try {
    return await downloadAndUnzipVSCode({ ...options, version, reporter: new SilentReporter() });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    console.error(
      `VS Code (${version}) could not be downloaded from update.code.visualstudio.com: ${why}\n` +
        'Connect this machine to the internet, or name an installed one: VSCODE_PROGRAM=/path/to/code npm run test:electron',
    );
    return undefined;
  }
}

/** 0 = all passed. */
async function runIn(vscodeExecutablePath: string, { folder, exports, env }: ScriptScene): Promise<number> {
  const result = path.join(folder, 'result.json');
  const place = (flag: string, name: string) => `--${flag}=${path.join(folder, name)}`;
  const crash = await runTests({
    vscodeExecutablePath,
    extensionDevelopmentPath: extensionFolder,
    extensionTestsPath: path.join(hostBundles, 'index.cjs'),
    extensionTestsEnv: { ...env, COSMOS_TEST_RESULT: result },
    launchArgs: [exports, place('user-data-dir', 'data'), place('extensions-dir', 'ext'), '--disable-workspace-trust'],
  }).then(
    () => undefined,
    (error) => error, // a failed test as well; what failed is in the findings
  );
  try {
    const { tests, failed } = readFindings(result);
    console.log([...failed, `${tests} tests, ${failed.length} failed`].join('\n\n'));
    return tests > 0 && failed.length === 0 ? 0 : 1;
  } catch (cause) {
    console.error(`VS Code ended before the tests did: ${crash ?? cause}`);
    return 1;
  }
}

process.exitCode = await main();
