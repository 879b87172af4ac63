/**
 * What the scripts of the transfer have in common. They are constants: all variable data comes as an argument or on
 * stdin. They need POSIX sh with the standard tools as Debian, Ubuntu and busybox have them.
 */

/** Exit codes of our own (sysexits.h): contents that are not what their name says, and a tool that is missing. */
export const NOT_ITS_HASH = 65;
export const NO_TOOL = 69;

/**
 * English words for `failureOf`, files for the owner alone, and `digest`: SHA-256 of stdin, by the fastest program
 * there. openssl goes first because it uses the processor's SHA instructions: four times coreutils' speed.
 */
export const PRELUDE = `
LC_ALL=C; export LC_ALL
umask 077
nothing=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
if [ "$(openssl dgst -sha256 -r </dev/null 2>/dev/null | cut -c 1-64)" = $nothing ]; then
  hasher='openssl dgst -sha256 -r'
elif command -v sha256sum >/dev/null; then
  hasher=sha256sum
elif command -v shasum >/dev/null; then
  hasher='shasum -a 256'
else
  echo 'neither openssl nor sha256sum nor shasum is there' >&2
  exit ${NO_TOOL}
fi
digest() { $hasher | cut -c 1-64; }
`;

/**
 * settle FOLDER: of an incoming folder, brings every file whose content is its name into the store, prints their paths
 * there and removes the rest. Each file is on disk before it gets its name; eight at a time, because a journal commits
 * them together (1,000 files: 0.09 s instead of 0.35 s). All are linked by one process, because a fork takes longer
 * than all the rest (1,000 files: 0.02 s instead of 1.4 s); moved one by one where the file system refuses links, or
 * where two uploads made the same folder at the same moment: some are linked by then, and mv refuses those.
 */
export const SETTLE = `
settle() (
  folder=$1
  cd -- "$folder" || exit
  good=$(find . -type f | sed -n 's|^\\./\\([0-9a-f][0-9a-f]/[0-9a-f]\\{64\\}\\)$|\\1|p' | xargs $hasher 2>/dev/null |
    awk '{ sub(/^\\*/, "", $2) } $1 == substr($2, 4) { print $2 }')
  if [ -n "$good" ]; then
    printf '%s\\n' "$good" | xargs -P 8 -n 32 sync -d 2>/dev/null || sync
    if ! printf '%s\\n' "$good" | xargs sh -c 'cp -lf --parents -- "$@" ../..' sh 2>/dev/null; then
      for name in $good; do
        [ ! "$name" -ef "../../$name" ] || continue
        mkdir -p -- "../../\${name%/*}" && mv -f -- "$name" "../../$name" || exit
      done
    fi
    printf '%s\\n' "$good"
  fi
  cd ../.. && rm -rf -- "$folder"
)
`;
