/** Puts the questions of a host at login (password, one-time code) to the person at this terminal. */
import type { DaemonClient } from '../../../../client/daemon-client.js';
import { hear } from '../../../../client/hear.js';
import type { HostQuestion } from '../../../../schemas/index.js';
import { askSecret, askText } from '../../ask.js';
import type { Output } from '../../output/output.js';

/** Questions are answered while `work` runs, and withdrawn when it ends. */
export async function answering<T>(daemon: DaemonClient, out: Output, work: () => Promise<T>): Promise<T> {
  const over = new AbortController();
  const silence = hear(daemon, 'host.asks', ({ id, question }) => {
    out.note(out.stderr.paragraph(heading(question)));
    ask(question, over.signal)
      .catch(() => null) // ended by Ctrl-C, or withdrawn
      .then((answers) => (over.signal.aborted ? undefined : daemon.call('host.answer', { id, answers })))
      .catch(() => {}); // the daemon is gone; `work` reports that
  });
  try {
    return await work();
  } finally {
    silence();
    over.abort();
  }
}

function heading({ host, user, name, instruction }: HostQuestion): string {
  return [`${host} asks ${user}`, name, instruction].filter((words) => words !== '').join(': ');
}

async function ask({ prompts }: HostQuestion, signal: AbortSignal): Promise<string[]> {
  const answers: string[] = [];
  for (const { text, echo } of prompts) answers.push(await (echo ? askText : askSecret)(text, signal));
  return answers;
}
