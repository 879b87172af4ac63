/** The options of the last sends from this workspace. The next send starts with them. */
import { createHash } from 'node:crypto';
import type { Memento } from 'vscode';
import type { JobOptions } from '../../schemas/index.js';
import type { Clip } from '../../schemas/received.js';
import type { Kept, KeptPrompt } from './kept-choices.js';
import { keepable, keptIn } from './kept-choices.js';
import { isSecretFree } from './secret-free.js';

const KEY = 'cosmos.choices';
/** Number of clips whose prompt is stored; beyond it the oldest is forgotten. */
const KEPT = 200;

/** The facts of a clip: its path, and its own prompt and options. */
export type ChoosingClip = Pick<Clip, 'path' | 'specFile' | 'manifest'>;
/** The clip's own prompt, from its spec, its scene or prompt.txt; null = none, undefined = not known. */
export type OwnPrompt<T extends ChoosingClip = Clip> = (clip: T) => Promise<string | null | undefined>;

export interface Current {
  readonly options: JobOptions;
  /** A stored prompt is not used, because the clip's own prompt has changed since. */
  readonly hasNewPrompt: boolean;
}

export class SendChoices<T extends ChoosingClip = Clip> {
  constructor(
    private readonly memento: Memento,
    private readonly ownPrompt: OwnPrompt<T>,
  ) {}

  /** The options of the last send of any clip, without a prompt; empty if nothing was ever sent. */
  get last(): JobOptions {
    return this.kept().last;
  }

  /**
   * The options for this clip; empty if nothing was ever chosen. The clip's own options (a hand-written spec, preset
   * and weights of its scene) come before those chosen for another clip, and before those chosen for this clip before
   * its scene changed.
   */
  of(clip: ChoosingClip): JobOptions {
    const { prompts, ...kept } = this.kept();
    const prompt = prompts.find(({ clip: path }) => path === clip.path)?.text;
    return { ...lastFor(clip, kept), ...(prompt !== undefined && { prompt }) };
  }

  /** The same, but without a stored prompt if the clip's own prompt has changed. */
  async current(clip: T): Promise<Current> {
    const options = this.of(clip);
    if (options.prompt === undefined || !(await this.hasNewPrompt(clip))) return { options, hasNewPrompt: false };
    const { prompt: _old, ...others } = options;
    return { options: others, hasNewPrompt: true };
  }

  /** Stores the options that the user sent the clip with. Without a prompt, the clip's own prompt is used again. */
  async remember(clip: T, { prompt, ...options }: JobOptions): Promise<void> {
    await this.keepPrompt(clip, prompt);
    await this.keep({ last: keepable(options), clip: clip.path, wanted: wantedBy(clip) });
  }

  /** Stores the prompt that the user typed for the clip. */
  async rememberPrompt(clip: T, prompt: string): Promise<void> {
    await this.keepPrompt(clip, prompt);
  }

  /** Stores a new choice of model or host. Settings for another model are dropped. */
  async rememberDestination(place: Pick<JobOptions, 'engine' | 'host'>): Promise<void> {
    const { host: _host, ...last } = this.kept().last;
    if (place.engine !== last.engine) {
      delete last.set;
      delete last.preset;
    }
    await this.keep({ last: keepable({ ...last, ...place }) });
  }

  /** Removes a stored choice that names something that no longer exists. */
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

  /** Does not store a prompt that is the clip's own or contains a secret. */
  private async keepPrompt(clip: T, prompt: string | undefined): Promise<void> {
    const own = prompt === undefined ? null : await this.ownPrompt(clip);
    const others = this.kept().prompts.filter(({ clip: path }) => path !== clip.path);
    const isOwn = prompt === undefined || prompt.trim() === own?.trim();
    const kept: KeptPrompt[] = isOwn || !isSecretFree(prompt) ? [] : [keptPrompt(clip, prompt, own)];
    await this.keep({ prompts: [...others, ...kept].slice(-KEPT) }); // the newest is the last
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

/** A digest is enough: texts may be long, and they are only compared. */
function digest(text: string): string {
  return createHash('sha256').update(text.trim()).digest('hex').slice(0, 16);
}

function lastFor(clip: ChoosingClip, { last, clip: path, wanted }: Omit<Kept, 'prompts'>): JobOptions {
  const { preset, weights, seed, set, ...others } = last;
  if (clip.specFile !== null) return others; // a hand-written spec has all of these itself
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

/** The options that its scene asks for, except the prompt. */
function wantedBy({ manifest }: ChoosingClip): string {
  const { preset, weights } = manifest?.wanted ?? {};
  return JSON.stringify([preset, weights]);
}
