/** The options for one clip or spec, planned by the daemon: the last choices that can still be used. */
import * as l10n from '@vscode/l10n';
import type { EngineName, HintKey, JobOptions } from '../../../schemas/index.js';
import { modelTitle } from '../../../schemas/model-title.js';
import type { Plan } from '../../../schemas/received.js';
import { isDialect } from '../../../schemas/spec/dialect.js';
import type { Bridge } from '../bridge.js';
import { Problem } from '../problem.js';
import type { Current } from '../send-choices.js';
import { fittingWeights } from './send-fit.js';
import type { Target } from './send-targets.js';

/** The model and host for everything that one command sends. */
export interface Destination {
  readonly engine: EngineName;
  /** undefined = the host that is free first. */
  readonly host: string | undefined;
}

export interface Wish {
  readonly target: Target;
  readonly options: JobOptions;
  /** undefined = there is no prompt yet. */
  readonly plan: Plan | undefined;
  /** Sentences that say which of the last choices cannot be used. */
  readonly notes: readonly string[];
}

/** @throws Problem from job.plan, if no stored choice is the cause. */
export async function wishOf(bridge: Bridge, target: Target, destination: Destination): Promise<Wish> {
  const { options, notes } = await startOf(bridge, target, destination);
  return planned(bridge, { target, options, plan: undefined, notes });
}

/** The same with a prompt that the user typed. @throws Problem */
export function withPrompt(bridge: Bridge, wish: Wish, prompt: string): Promise<Wish> {
  return planned(bridge, { ...wish, options: { ...wish.options, prompt } });
}

/** Whether the user must type a prompt: there is none, or only a template, with which the job would be held. */
export function needsPrompt({ plan }: Wish): boolean {
  return plan === undefined || plan.wouldHold !== null;
}

type Start = Pick<Wish, 'options' | 'notes'>;

async function startOf({ choices }: Bridge, { clip }: Target, { engine, host }: Destination): Promise<Start> {
  const { project } = choices.last;
  const spec: Current = { options: project === undefined ? {} : { project }, hasNewPrompt: false };
  const { options: kept, hasNewPrompt } = clip === null ? spec : await choices.current(clip);
  const { set, preset, weights, host: _host, ...common } = kept;
  const isSameModel = kept.engine === engine;
  const fitting = clip === null || weights === undefined ? undefined : fittingWeights(weights, engine, clip);
  const notes: string[] = [];
  if (clip !== null && hasNewPrompt) notes.push(l10n.t('{0} brings a new prompt of its own: it is used.', clip.name));
  if (clip !== null && fitting !== undefined && fitting.lost.length > 0) notes.push(lostWords(clip.name, fitting.lost));
  const options: JobOptions = {
    ...common,
    engine,
    ...(host !== undefined && { host }),
    ...(isSameModel && set !== undefined && { set }),
    ...(isSameModel && preset !== undefined && { preset }),
    ...(fitting?.weights !== undefined && { weights: fitting.weights }),
  };
  return { options, notes };
}

function lostWords(name: string, lost: readonly HintKey[]): string {
  return l10n.t('{0} has no {1}: sent without.', name, lost.join(', '));
}

/** Plans the job. If the daemon refuses a stored choice, that choice is dropped and the job is planned again. */
async function planned(bridge: Bridge, wish: Wish): Promise<Wish> {
  const fewer = (lost: Lost) => planned(bridge, { ...wish, options: lost.options, notes: [...wish.notes, lost.says] });
  try {
    const { plans } = await bridge.link.call('job.plan', { targets: [wish.target.id], options: wish.options });
    const [plan] = plans;
    if (plan === undefined) throw new Error('a target without sweep has one plan');
    const lost = plan.check.ok ? undefined : withoutSettings(wish, plan);
    const other = lost && (await fewer(lost));
    return other?.plan?.check.ok ? other : { ...wish, plan };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.code === 'no_prompt' && wish.options.prompt === undefined) return { ...wish, plan: undefined };
    const lost = withoutPreset(wish, error) ?? withoutModel(wish, error);
    if (lost === undefined) throw error;
    if (lost.isForGood) await bridge.choices.forget('preset');
    return fewer(lost);
  }
}

interface Lost {
  readonly options: JobOptions;
  readonly says: string;
  /** The stored choice names something that no longer exists. */
  readonly isForGood?: boolean;
}

function withoutPreset({ options: { preset, ...options } }: Wish, { code, data }: Problem): Lost | undefined {
  if (preset === undefined || code !== 'not_found' || data.preset !== preset) return undefined;
  return { options, says: l10n.t('There is no preset {0} any more: sent without.', preset), isForGood: true };
}

/** A spec written by hand is for one model only. */
function withoutModel({ target, options }: Wish, { code, data }: Problem): Lost | undefined {
  const { engine, host: _host, set: _set, preset: _preset, ...others } = options;
  if (engine === undefined || code !== 'spec_invalid' || data.engine !== engine) return undefined;
  if (!isDialect(data.dialect)) return undefined;
  const [its, last] = [modelTitle(data.dialect), modelTitle(engine)];
  const says = l10n.t('{0} has a spec for {1}, which {2} does not read.', nameOf(target), its, last);
  return { options: { ...others, engine: data.dialect }, says };
}

/** Drops fields that were set for another clip or that this daemon does not accept. */
function withoutSettings({ target, options: { set, ...options } }: Wish, { check }: Plan): Lost | undefined {
  if (set === undefined) return undefined;
  const why = check.issues.find(({ severity }) => severity === 'error')?.message ?? '';
  const fields = Object.keys(set).join(', ');
  return { options, says: l10n.t('The last settings ({0}) do not fit {1}: {2}', fields, nameOf(target), why) };
}

export function nameOf({ id, clip }: Target): string {
  return clip?.name ?? id.split(/[\\/]/).at(-1) ?? id;
}
