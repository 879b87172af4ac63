/** Removing what a run left on its host: its container and its folder, nothing else. */

import { runChecked } from '../shell/checked.js';
import type { Remote } from '../shell/remote.js';
import { mount } from './container.js';
import { ASIDE } from './run-files.js';
import { FOLDER_LABEL } from './run-paths.js';
import { readRecord } from './run-record.js';

/**
 * $1 folder, $2 container, $3 the mount of the folder for Docker, $4 image of the run. A killed container may leave files
 * of root; a container of the same image changes their owner, without network and with only the folder mounted.
 */
const REMOVE = `
run=$1 name=$2 mount=$3 image=$4 ours=
${ASIDE}
if [ -e "$run/container" ]; then
  if found=$(docker container inspect --format '{{.Image}} {{index .Config.Labels "${FOLDER_LABEL}"}}' "$name" 2>&1); then
    # Not somebody else's of the same name. By its id: the name of the image may be another one's by now.
    [ "\${found#* }" != "$run" ] || { ours=1 image=\${found%% *}; }
  else
    case $found in *[Nn]'o such'*) ;; *) printf '%s\\n' "$found" >&2; exit 1 ;; esac
  fi
  if ! rm -rf -- "$run" 2>/dev/null && [ -n "$image" ]; then
    docker run --rm --pull never --network none --user 0:0 --entrypoint sh --mount "$mount" "$image" \\
      -c 'chown -hR "$1:$2" "$3"' sh "$(id -u)" "$(id -g)" "$run" || exit 1
  fi
  [ -z "$ours" ] || docker container rm --volumes "$name" >/dev/null || exit 1
fi
rm -rf -- "$run"
rm -f -- "$aside".*
`;

export async function removeRun(remote: Remote, folder: string, container: string): Promise<void> {
  const [, value = ''] = mount('bind', { source: folder, target: folder, readonly: false });
  const image = (await readRecord(remote, folder))?.container?.image ?? '';
  await runChecked(remote, REMOVE, [folder, container, value, image]);
}
