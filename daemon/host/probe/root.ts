/** Our folder on the host, and the disk that it is on. The check creates nothing there. */
import path from 'node:path';
import prettyBytes from 'pretty-bytes';
import type { HostCheck } from '../../../schemas/index.js';
import { CosmosError } from '../../errors.js';
import { runChecked } from '../shell/checked.js';
import type { Remote } from '../shell/remote.js';
import { parseFree } from '../transfer/ask-host.js';
import { fine, problem, skipped } from './catalogue.js';
import type { ProbeContext } from './context.js';

/** Free bytes below which no run can start (problem), and below which a queue may fail (warning). Our own limits. */
const LEAST = 2 * 10 ** 9;
const COMFORT = 20 * 10 ** 9;

/**
 * $1 root. Finds the deepest folder of the path that exists; the rest would be created in it. Prints that folder, why it
 * cannot be used (or an empty line), the file systems of root and store, and df.
 */
const LOOK = `
at=$1
while [ ! -e "$at" ] && [ "$at" != / ]; do at=$(dirname -- "$at"); done
printf '%s\\n' "$at"
if [ ! -d "$at" ]; then echo "$at is no folder"
elif [ ! -w "$at" ] || [ ! -x "$at" ]; then echo "$at is not writable"
else echo
fi
for folder in "$1" "$1/cas" "$1/runs"; do stat -L -c %d -- "$folder" 2>/dev/null; done | sort -u | tr '\\n' ' '
echo
cd -- "$at" 2>/dev/null && df -Pk .
exit 0
`;

/** Our folder when none is configured. @throws CosmosError host_step_failed */
export async function homeRoot(remote: Remote): Promise<string> {
  const home = (await runChecked(remote, 'printf %s "$HOME"', [])).toString();
  if (path.posix.isAbsolute(home)) return path.posix.join(home, 'cosmos-bridge');
  throw new CosmosError('host_step_failed', 'The SSH user has no home folder on the host; name a root.');
}

export async function checkRoot({ remote, config, user }: ProbeContext): Promise<HostCheck[]> {
  const { root } = config;
  if (!path.posix.isAbsolute(root)) return unusable(root, 'it is not an absolute path', user);
  const text = (await runChecked(remote, LOOK, [root])).toString();
  const [at = '', why = '', systems = ''] = text.split('\n');
  if (why !== '') return unusable(root, why, user);
  return [rootFinding(root, at, systems.trim().split(' ').length), diskFinding(root, parseFree(text))];
}

function unusable(root: string, why: string, user: string): HostCheck[] {
  const rest = skipped({ check: 'disk' }, 'Not looked at, because the root cannot be used.');
  return [problem({ check: 'root' }, 'root_unusable', { root, why, user }), rest];
}

function rootFinding(root: string, at: string, systems: number): HostCheck {
  if (systems > 1) return problem({ check: 'root' }, 'root_split', { root });
  return fine({ check: 'root' }, at === root ? `${root} is there and writable.` : `${root} can be made in ${at}.`, {
    root,
  });
}

function diskFinding(root: string, free: number): HostCheck {
  const subject = { check: 'disk' } as const;
  if (free < LEAST) return problem(subject, 'disk_full', { root, free });
  if (free < COMFORT) return problem(subject, 'disk_low', { root, free });
  return fine(subject, `${prettyBytes(free)} are free.`, { free });
}
