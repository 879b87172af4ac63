/** Shows the questions that a host asks during a login (password, one-time code) in this window. */
import * as l10n from '@vscode/l10n';
import type { HostQuestion } from '../../../schemas/index.js';
import type { Link } from '../link.js';
import { tell } from '../shown/messages.js';
import { input } from '../shown/questions.js';

/** A message without a question that a host may send several times during one login: "Look at your phone". */
const MOST_SAID = 3;

/** Answers questions until `work` ends. No answer is stored. */
export async function answering<T>(link: Pick<Link, 'on' | 'call'>, work: () => Promise<T>): Promise<T> {
  const said = new Set<string>();
  const silence = link.on('host.asks', ({ id, question }) => {
    ask(question, said)
      .then((answers) => link.call('host.answer', { id, answers }))
      .catch(() => {}); // the login has ended; `work` reports how
  });
  try {
    return await work();
  } finally {
    silence();
  }
}

/** null = closed without an answer. */
async function ask(
  { host, user, name, instruction, prompts }: HostQuestion,
  said: Set<string>,
): Promise<string[] | null> {
  const words = linesOf(name, instruction).join(' ');
  if (prompts.length === 0 && !said.has(words) && said.size < MOST_SAID) {
    said.add(words);
    void tell(`${host}: ${words}`);
  }
  const answers: string[] = [];
  for (const { text, echo } of prompts) {
    const lines = linesOf(text);
    const answer = await input({
      title: l10n.t('{0} asks {1}: {2}', host, user, lines.at(-1) ?? ''),
      prompt: [words, ...lines.slice(0, -1)].join(' ').trim(),
      password: !echo,
    });
    if (answer === undefined) return null;
    answers.push(answer);
  }
  return answers;
}

/** A host may send a long text before its question. An input box has one line for each. */
function linesOf(...texts: readonly string[]): string[] {
  return texts.flatMap((text) => text.split(/[\r\n]+/)).filter((line) => line.trim() !== '');
}
