/** With what clips were sent last from this workspace: what the next one is sent with, unless somebody says otherwise. */
import { createHash } from 'node:crypto';
import type { Memento } from 'vscode';
import type { Clip, JobOptions } from '../../schemas/index.js';
import type { Kept, KeptPrompt } from './kept-choices.js';
import { keepable, keptIn } from './kept-choices.js';
import { isSecretFree } from './secret-free.js';

const KEY = 'cosmos.choices';
/** Clips whose prompt is kept; the oldest are forgotten beyond this many. */
const KEPT = 200;

/** Of a clip: where it is, and what it brings itself. */
export type ChoosingClip = Pick<Clip, 'path' | 'specFile' | 'manifest'>;
/** The prompt that a clip brings itself: of its spec, its scene or its prompt.txt; null = none, undefined = not known. */
export type OwnPrompt<T extends ChoosingClip = Clip> = (clip: T) => Promise<string | null | undefined>;

export interface Current {
  readonly options: JobOptions;
  /** A prompt was kept, and is not used: the clip's own has changed since. */
  readonly hasNewPrompt: boolean;
}

export class SendChoices<T extends ChoosingClip = Clip> {
  constructor(
    private readonly memento: Memento,
    private readonly ownPrompt: OwnPrompt<T>,
  ) {}

  /** Of the last send, whichever clip it was, without a prompt; empty when nothing was ever chosen. */
  get last(): JobOptions {
    return this.kept().last;
  }

  /**
   * Options to send this clip with; empty when nothing was ever chosen. What a clip brings itself (a spec by hand; preset
   * and weights of its scene) beats what was chosen for another, and what was chosen for it before its scene changed.
   */
  of(clip: ChoosingClip): JobOptions {
    const { prompts, ...kept } = this.kept();
    const prompt = prompts.find(({ clip: path }) => path === clip.path)?.text;
    return { ...lastFor(clip, kept), ...(prompt !== undefined && { prompt }) };
  }

  /** The same, as it holds now: a kept prompt is not used once the clip's own has changed. */
  async current(clip: T): Promise<Current> {
    const options = this.of(clip);
    if (options.prompt === undefined || !(await this.hasNewPrompt(clip))) return { options, hasNewPrompt: false };
    const { prompt: _old, ...others } = options;
    return { options: others, hasNewPrompt: true };
  }

  /** A person sent the clip with these; without a prompt, it is its own again from now on. */
  async remember(clip: T, { prompt, ...options }: JobOptions): Promise<void> {
    await this.keepPrompt(clip, prompt);
    await this.keep({ last: keepable(options), clip: clip.path, wanted: wantedBy(clip) });
  }

  /** A person gave this prompt for the clip. */
  async rememberPrompt(clip: T, prompt: string): Promise<void> {
    await this.keepPrompt(clip, prompt);
  }

  /** A person chose model or host anew, all else as before. What was set for another model is not kept. */
  async rememberDestination(place: Pick<JobOptions, 'engine' | 'host'>): Promise<void> {
    const { host: _host, ...last } = this.kept().last;
    if (place.engine !== last.engine) {
      delete last.set;
      delete last.preset;
    }
    await this.keep({ last: keepable({ ...last, ...place }) });
  }

  /** It does not exist any more. */
  async forget(choice: 'preset'): Promise<void> {
    const { [choice]: _gone, ...last } = this.kept().last;
    await this.keep({ last });
  }

  private async hasNewPrompt(clip: T): Promise<boolean> {
    const own = this.kept().prompts.find(({ clip: path }) => path === clip.path)?.own;
    if (own === undefined) return false;
    const now = await this.ownPrompt(clip);
    return typeof now === 'string' && digest(now) !== own;
  }

  /** One that is the clip's own, or that holds a secret, is not kept. */
  private async keepPrompt(clip: T, prompt: string | undefined): Promise<void> {
    const own = prompt === undefined ? null : await this.ownPrompt(clip);
    const others = this.kept().prompts.filter(({ clip: path }) => path !== clip.path);
    const isOwn = prompt === undefined || prompt.trim() === own?.trim();
    const kept: KeptPrompt[] = isOwn || !isSecretFree(prompt) ? [] : [keptPrompt(clip, prompt, own)];
    await this.keep({ prompts: [...others, ...kept].slice(-KEPT) }); // the newest stands last
  }

  private kept(): Kept {
    return keptIn(this.memento.get(KEY));
  }

  private async keep(changes: Partial<Kept>): Promise<void> {
    await this.memento.update(KEY, { ...this.kept(), ...changes } satisfies Kept);
  }
}

function keptPrompt({ path }: ChoosingClip, text: string, own: string | null | undefined): KeptPrompt {
  return { clip: path, text, ...(own !== undefined && { own: own === null ? '' : digest(own) }) };
}

/** Texts may be long, and only whether they are the same is ever asked. */
function digest(text: string): string {
  return createHash('sha256').update(text.trim()).digest('hex').slice(0, 16);
}

function lastFor(clip: ChoosingClip, { last, clip: path, wanted }: Omit<Kept, 'prompts'>): JobOptions {
  const { preset, weights, seed, set, ...others } = last;
  if (clip.specFile !== null) return others; // it says all of them itself
  const isItsOwn = path === clip.path && wanted === wantedBy(clip);
  const wants = clip.manifest?.wanted ?? {};
  return {
    ...others,
    ...(seed !== undefined && { seed }),
    ...(set !== undefined && { set }),
    ...(preset !== undefined && (isItsOwn || wants.preset === undefined) && { preset }),
    ...(weights !== undefined && (isItsOwn || wants.weights === undefined) && { weights }),
  };
}

/** What its scene asks for, but for the prompt. */
function wantedBy({ manifest }: ChoosingClip): string {
  const { preset, weights } = manifest?.wanted ?? {};
  return JSON.stringify([preset, weights]);
}
