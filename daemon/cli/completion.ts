/**
 * Makes the completion scripts of the shells from the commands: verbs after nouns, options after verbs, names, else
 * files.
 */
import type { Parent } from './verb.js';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof SHELLS)[number];

/** The command that prints the names of presets, one a line; the script runs it when a name is completed. */
const PRESETS = 'cosmos preset ls --names </dev/null 2>/dev/null';

/** Commands whose next argument is the name of a preset; the value of `--preset` is one everywhere. */
const TAKE_PRESET = ['preset show', 'preset rm', 'preset save'];

/** Words that may follow a command line prefix such as "job cancel". */
interface Node {
  readonly prefix: string;
  readonly words: readonly string[];
}

export function completionScript(program: Parent, shell: Shell): string {
  const nodes = nodesOf(program, []);
  switch (shell) {
    case 'bash':
      return bash(nodes);
    case 'zsh':
      return `autoload -U +X bashcompinit && bashcompinit\n${bash(nodes)}`;
    case 'fish':
      return fish(nodes);
  }
}

function nodesOf(command: Parent, path: readonly string[]): Node[] {
  const verbs = command.commands.map((child) => child.name());
  const options = command.options.flatMap(({ long }) => long ?? []);
  const below = command.commands.flatMap((child) => nodesOf(child, [...path, child.name()]));
  return [{ prefix: path.join(' '), words: [...verbs, ...options, '--help'] }, ...below];
}

/**
 * The words before the cursor that are not options name the command; after the arguments of a verb it is still that
 * verb.
 */
function bash(nodes: readonly Node[]): string {
  const cases = nodes.map(({ prefix, words }) => `    '${prefix}') echo '${words.join(' ')}' ;;`);
  return `_cosmos_words() {
  case $1 in
${cases.join('\n')}
    *) return 1 ;;
  esac
}
_cosmos_presets() {
  local name
  while IFS= read -r name; do
    [[ $name != "$1"* ]] || COMPREPLY+=("$(printf %q "$name")")
  done < <(${PRESETS})
}
_cosmos() {
  local i path='' words
  COMPREPLY=()
  if [[ \${COMP_WORDS[COMP_CWORD - 1]} == --preset ]]; then
    _cosmos_presets "\${COMP_WORDS[COMP_CWORD]}"
    return
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    [[ \${COMP_WORDS[i]} == -* ]] || path=\${path:+$path }\${COMP_WORDS[i]}
  done
  case $path in
    ${TAKE_PRESET.map((line) => `'${line}'`).join(' | ')}) _cosmos_presets "\${COMP_WORDS[COMP_CWORD]}" ;;
  esac
  until words=$(_cosmos_words "$path"); do path=\${path% *}; [[ $path == *' '* ]] || break; done
  [[ -n $words ]] || words=$(_cosmos_words "$path")
  COMPREPLY+=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _cosmos cosmos`;
}

/** Fish takes the names as an argument of the option. */
function namesFor(option: string): string {
  return option === 'preset' ? ` -x -a '(${PRESETS})'` : '';
}

function fish(nodes: readonly Node[]): string {
  return nodes
    .flatMap(({ prefix, words }) => {
      const seen =
        prefix === ''
          ? ['__fish_use_subcommand']
          : prefix.split(' ').map((word) => `__fish_seen_subcommand_from ${word}`);
      const condition = seen.join('; and ');
      const verbs = words.filter((word) => !word.startsWith('--'));
      const options = words.filter((word) => word.startsWith('--')).map((word) => word.slice(2));
      return [
        ...(verbs.length === 0 ? [] : [`complete -c cosmos -n '${condition}' -f -a '${verbs.join(' ')}'`]),
        ...options.map((option) => `complete -c cosmos -n '${condition}' -l ${option}${namesFor(option)}`),
        ...(TAKE_PRESET.includes(prefix) ? [`complete -c cosmos -n '${condition}' -f -a '(${PRESETS})'`] : []),
      ];
    })
    .join('\n');
}
