/** Completion scripts, made from the commands themselves: verbs after nouns, options after verbs, else files. */
import type { Parent } from './verb.js';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof SHELLS)[number];

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

/** The words before the cursor that are no options name the node; behind a verb's arguments it is still the verb's. */
function bash(nodes: readonly Node[]): string {
  const cases = nodes.map(({ prefix, words }) => `    '${prefix}') echo '${words.join(' ')}' ;;`);
  return `_cosmos_words() {
  case $1 in
${cases.join('\n')}
    *) return 1 ;;
  esac
}
_cosmos() {
  local i path='' words
  for ((i = 1; i < COMP_CWORD; i++)); do
    [[ \${COMP_WORDS[i]} == -* ]] || path=\${path:+$path }\${COMP_WORDS[i]}
  done
  until words=$(_cosmos_words "$path"); do path=\${path% *}; [[ $path == *' '* ]] || break; done
  [[ -n $words ]] || words=$(_cosmos_words "$path")
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _cosmos cosmos`;
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
        ...options.map((option) => `complete -c cosmos -n '${condition}' -l ${option}`),
      ];
    })
    .join('\n');
}
