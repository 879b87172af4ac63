/** Checks the programs of this machine that are used: Node and Python. */
import { ProcessError, runProcess } from '../../process.js';
import type { Finding } from './finding.js';

/** Oldest Node that the dependencies support (package.json, "engines"). */
const MINIMUM = [20, 19] as const;

export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const enough = major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1]);
  if (enough) return { name: 'Node.js', level: 'ok', message: version };
  return {
    name: 'Node.js',
    level: 'fail',
    message: `${version} is too old`,
    remedy: `Install Node.js ${MINIMUM.join('.')} or newer: https://nodejs.org`,
  };
}

/** Only examples and tests use Python; Houdini brings its own. */
export async function checkPython(): Promise<Finding> {
  try {
    const { stdout } = await runProcess('python3', ['--version'], { timeout: 10_000 });
    return { name: 'Python', level: 'ok', message: stdout.replace(/^Python /, '') };
  } catch (error) {
    if (!(error instanceof ProcessError)) throw error;
    const remedy = 'Only scripts that talk to the daemon from Python need it.';
    return { name: 'Python', level: 'warn', message: 'python3 was not found', remedy };
  }
}
