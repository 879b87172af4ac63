/** The login shell, and the programs that our scripts call there. */
import type { HostCheck } from '../../../schemas/index.js';
import { runChecked } from '../shell/checked.js';
import { fine, problem } from './catalogue.js';
import type { ProbeContext } from './context.js';

/** Those of the scripts in host/ssh/ and host/transfer/. stat and find must be GNU's: busybox has no -printf. */
const TOOLS = [
  'awk cat chmod cut date df find flock grep head id mkdir mv rm sed setsid sleep stat sync tail tar timeout',
  'touch xargs',
].flatMap((line) => line.split(' '));

/** $@ programs: prints those that are missing. */
const MISSING = `
for tool; do command -v "$tool" >/dev/null 2>&1 || echo "$tool"; done
[ "$(stat -c %F / 2>/dev/null)" = directory ] || echo 'stat of GNU coreutils'
[ "$(find / -maxdepth 0 -printf x 2>/dev/null)" = x ] || echo 'find of GNU findutils'
`;

export async function checkTools({ remote }: ProbeContext): Promise<HostCheck[]> {
  const missing = (await runChecked(remote, MISSING, TOOLS)).toString().split('\n').filter(Boolean);
  if (missing.length > 0) return [problem({ check: 'shell' }, 'tools_missing', { tools: missing })];
  return [fine({ check: 'shell' }, 'The login shell runs our commands, and the programs they need are there.')];
}
