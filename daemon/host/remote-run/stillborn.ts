/** A container that ended in the entry point of its image, before our wrapper: its reason is made a part of the run. */
import type { Remote } from '../remote.js';
import { runChecked } from './checked.js';
import { LOCK } from './start.js';

/**
 * $1 folder, $2 container, $3 exit code. What the entry point printed is known to Docker only; it goes into the log,
 * where people look for it. Taking the run keeps any wrapper from starting it now that it has an end.
 */
const BURY = `${LOCK}
run=$1 name=$2
umask 077
lock
[ ! -e "$run/claim" ] || exit 0
docker container logs --tail 500 "$name" >>"$run/log" 2>&1 || exit 1
printf 'stillborn - - -\\n' >"$run/claim" || exit 1
printf '%s\\n' "$3" >"$run/.exit" && mv -f "$run/.exit" "$run/exit"
`;

export async function bury(remote: Remote, folder: string, container: string, exitCode: number): Promise<void> {
  await runChecked(remote, BURY, [folder, container, String(exitCode)]);
}
