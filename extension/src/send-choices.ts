/** With what clips were sent last from this workspace: what the next one is sent with, unless somebody says otherwise. */
import type { Memento } from 'vscode';
import type { Clip, JobOptions } from '../../schemas/index.js';

const KEY = 'cosmos.choices';
/** Clips whose prompt is kept; the oldest are forgotten beyond this many. */
const KEPT = 500;

interface Kept {
  /** Of the last send, whichever clip it was: model, host, preset, weights, steps, ... */
  readonly last: JobOptions;
  /** By clip name: a prompt belongs to its scene, and is never sent with another. */
  readonly prompts: Readonly<Record<string, string>>;
}

export class SendChoices {
  constructor(private readonly memento: Memento) {}

  /** Options to send this clip with; empty when nothing was ever sent. */
  of(clip: Pick<Clip, 'name'>): JobOptions {
    const { last, prompts } = this.kept();
    const prompt = Object.hasOwn(prompts, clip.name) ? prompts[clip.name] : undefined;
    return prompt === undefined ? last : { ...last, prompt };
  }

  /** A clip was sent with these. */
  async remember(clip: Pick<Clip, 'name'>, { prompt, ...last }: JobOptions): Promise<void> {
    const { [clip.name]: _before, ...others } = this.kept().prompts; // the newest stands last
    const prompts = Object.entries(prompt === undefined ? others : { ...others, [clip.name]: prompt });
    await this.memento.update(KEY, { last, prompts: Object.fromEntries(prompts.slice(-KEPT)) } satisfies Kept);
  }

  private kept(): Kept {
    return this.memento.get<Kept>(KEY, { last: {}, prompts: {} });
  }
}
