/** What a host asks the person who logs in (a password, a one-time code), put to the one at this window. */
import * as l10n from '@vscode/l10n';
import type { HostQuestion } from '../../../schemas/index.js';
import type { Link } from '../link.js';
import { tell } from '../shown/messages.js';
import { input } from '../shown/questions.js';

/** Words without a question that a host may say during one login: "Look at your phone", and again. */
const MOST_SAID = 3;

/** Questions are answered as long as `work` goes on. Nothing of an answer is kept. */
export async function answering<T>(link: Pick<Link, 'on' | 'call'>, work: () => Promise<T>): Promise<T> {
  const said = new Set<string>();
  const silence = link.on('host.asks', ({ id, question }) => {
    ask(question, said)
      .then((answers) => link.call('host.answer', { id, answers }))
      .catch(() => {}); // the question is over, which `work` finds out
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
  const words = [name, instruction].filter((text) => text !== '').join(' ');
  if (prompts.length === 0 && !said.has(words) && said.size < MOST_SAID) {
    said.add(words);
    void tell(`${host}: ${words}`);
  }
  const answers: string[] = [];
  for (const { text, echo } of prompts) {
    const answer = await input({
      title: l10n.t('{0} asks {1}: {2}', host, user, text),
      prompt: words,
      password: !echo,
    });
    if (answer === undefined) return null;
    answers.push(answer);
  }
  return answers;
}
