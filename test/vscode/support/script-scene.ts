/** For scripts, which no test runner cleans up after: a daemon with the preview engine in a folder of its own. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './paths.js';

const cli = path.join(root, 'dist/daemon/cli/start.cjs');

export class ScriptScene {
  private constructor(
    readonly folder: string,
    /** The watched folder. */
    readonly exports: string,
    /** What tells the extension, and the command line, of the daemon. */
    readonly env: Readonly<Record<string, string>>,
  ) {}

  /** Runs `use` beside a daemon; `prepare` fills the watched folder before. `toml` adds to its configuration. Nothing stays. */
  static async with<T>(
    prepare: (exports: string) => void,
    use: (scene: ScriptScene) => Promise<T>,
    toml = '',
  ): Promise<T> {
    const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'cosmos-vscode-')));
    const exports = path.join(folder, 'exports');
    const env = { COSMOS_STATE_DIR: path.join(folder, 'state'), COSMOS_CONFIG: path.join(folder, 'cosmos.toml') };
    const scene = new ScriptScene(folder, exports, { ...env, COSMOS_TEST_EXPORTS: exports });
    try {
      mkdirSync(exports);
      writeFileSync(env.COSMOS_CONFIG, `[[watch]]\npath = ${JSON.stringify(exports)}\nsettle = 0.2\n${toml}`);
      prepare(exports);
      return await scene.beside(() => use(scene));
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  }

  private async beside<T>(use: () => Promise<T>): Promise<T> {
    this.cosmos('daemon', 'start');
    try {
      return await use();
    } finally {
      this.cosmos('daemon', 'stop');
    }
  }

  /** What the command prints. @throws Error with its words when it fails. */
  cosmos(...args: string[]): string {
    return execFileSync(process.execPath, [cli, ...args], { env: { ...process.env, ...this.env }, encoding: 'utf8' });
  }
}
