/**
 * What the daemon plans for a clip and its options: the plan of a job, or the plan it would be if nothing were missing.
 */
import type { JobOptions, PromptSource } from '../../../schemas/index.js';
import type { CheckReport, Clip, Estimate, Plan } from '../../../schemas/received.js';
import type { Link } from '../link.js';
import { type Problem, problemOf } from '../problem.js';

export interface Planned {
  /** The spec. */
  readonly text: string;
  readonly report: CheckReport | null;
  readonly estimate: Estimate | null;
  /** The plan as it would be submitted; null = the daemon would refuse it. */
  readonly plan: Plan | null;
  /** Why the daemon would refuse it; null = it would not. */
  readonly refusal: Problem | null;
}

/** Placeholder for a missing prompt, so that everything else can be planned. It is never sent. */
export const NO_PROMPT = '...';

type Caller = Pick<Link, 'call'>;

export async function planClip(link: Caller, { id }: Pick<Clip, 'id'>, options: JobOptions): Promise<Planned> {
  try {
    const { plans } = await link.call('job.plan', { targets: [id], options });
    const [plan] = plans;
    if (plan === undefined) throw new Error('a target without sweep makes one plan');
    return { text: plan.spec, report: plan.check, estimate: plan.estimate, plan, refusal: null };
  } catch (error) {
    const refusal = problemOf(error);
    return { ...(await outline(link, id, options, refusal)), plan: null, refusal };
  }
}

/**
 * Plans the spec even if the clip is not ready or has no prompt.
 * @throws Problem if there is no spec.
 */
async function outline(link: Caller, target: string, options: JobOptions, refusal: Problem) {
  switch (refusal.code) {
    case 'no_prompt':
      return preview(link, target, { ...options, prompt: NO_PROMPT });
    case 'clip_not_ready':
      return preview(link, target, options).catch(() => preview(link, target, { ...options, prompt: NO_PROMPT }));
    default:
      throw refusal;
  }
}

async function preview(link: Caller, target: string, options: JobOptions) {
  return link.call('spec.compile', { target, options });
}

/** The clip's own prompt; null = it has none, or this cannot be read now. */
export interface OwnPrompt {
  readonly prompt: string;
  readonly source: Extract<PromptSource, 'spec' | 'manifest' | 'prompt.txt'>;
}

export function ownPromptOf({ plan }: Planned): OwnPrompt | null {
  if (plan === null) return null;
  const { prompt, promptSource } = plan;
  switch (promptSource) {
    case 'spec':
    case 'manifest':
    case 'prompt.txt':
      return { prompt, source: promptSource };
    default:
      return null;
  }
}
