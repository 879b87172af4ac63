/** What a host asks the person who logs in (a password, a one-time code), put to the one at this window. */
import * as l10n from '@vscode/l10n';
import { window } from 'vscode';
import type { HostQuestion } from '../../../schemas/index.js';
import type { Link } from '../link.js';

/** Questions are answered as long as `work` goes on. Nothing of an answer is kept. */
export async function answering<T>(link: Pick<Link, 'on' | 'call'>, work: () => Promise<T>): Promise<T> {
  const silence = link.on('host.asks', ({ id, question }) => {
    ask(question)
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
async function ask({ host, user, name, instruction, prompts }: HostQuestion): Promise<string[] | null> {
  const words = [name, instruction].filter((text) => text !== '').join(' ');
  if (prompts.length === 0) void window.showInformationMessage(`${host}: ${words}`); // "Look at your phone"
  const answers: string[] = [];
  for (const { text, echo } of prompts) {
    const answer = await window.showInputBox({
      title: l10n.t('{0} asks {1}: {2}', host, user, text),
      prompt: words,
      password: !echo,
      ignoreFocusOut: true,
    });
    if (answer === undefined) return null;
    answers.push(answer);
  }
  return answers;
}
