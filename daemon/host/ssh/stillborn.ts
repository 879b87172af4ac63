/** A container that ended in the entry point of its image, before our wrapper: its reason is made a part of the run. */

import { runChecked } from '../shell/checked.js';
import type { Remote } from '../shell/remote.js';
import { ASIDE } from './run-files.js';
import { LOCK } from './start.js';

/** Bytes of what an entry point said that are kept. */
const LAST_BYTES = 1_000_000;

/**
 * $1 folder, $2 container, $3 exit code. What the entry point printed is known to Docker only; it goes into the log,
 * where people look for it. Taking the run keeps any wrapper from starting it now that it has an end.
 */
const BURY = `${LOCK}
run=$1 name=$2
umask 077
${ASIDE}
lock
[ ! -e "$run/claim" ] || exit 0
docker container logs --tail 500 "$name" >"$aside.log" 2>&1 || exit 1
tail -c ${LAST_BYTES} -- "$aside.log" >"$aside.new" && mv -f "$aside.new" "$run/log" && rm -f "$aside.log" || exit 1
printf 'stillborn - - -\\n' >"$aside.new" && mv -f "$aside.new" "$run/claim" || exit 1
printf '%s\\n' "$3" >"$aside.new" && mv -f "$aside.new" "$run/exit"
`;

export async function bury(remote: Remote, folder: string, container: string, exitCode: number): Promise<void> {
  await runChecked(remote, BURY, [folder, container, String(exitCode)]);
}
