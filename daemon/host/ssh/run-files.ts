/**
 * Shell functions for files of a run folder. A container may put anything there under any name: a pipe
 * without a writer, a link to a file of the SSH user, a line without end. $run is the folder of the run.
 */

/** Bytes of a file in which a run says one line about itself. */
const LINE_BYTES = 1000;

/** `line FILE` prints its first line. It never waits for a pipe and follows no link. */
export const LINE = `
line() { [ -f "$1" ] && [ ! -L "$1" ] && timeout 5 head -c ${LINE_BYTES} -- "$1" | head -n 1; }
`;

/** `ours FILE`: whether it is a regular file below the folder of the run by its real path, and no link. */
export const OURS = `
ours() {
  [ -f "$1" ] && [ ! -L "$1" ] || return 1
  real=$(cd -P -- "$run" && pwd -P) || return 1
  case $(readlink -f -- "$1") in "$real"/*) ;; *) return 1 ;; esac
}
`;

/**
 * $aside is a name in a folder beside those of the runs, where no container reaches: for locks, and for what is written
 * before it gets its name in the folder of the run. A rename replaces a link, writing would follow it.
 */
export const ASIDE = `
aside=\${run%/*/*}/beside/\${run##*/}
mkdir -p "\${aside%/*}"
`;
