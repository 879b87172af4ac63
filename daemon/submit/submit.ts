/** Makes jobs in the queue from what a person or a watched folder asks for. */
import type { Clip, FrozenFile, Job, JobOptions, JobSettings, NamedPreset, Params, Plan } from '../../schemas/index.js';
import { CosmosError, toCosmosError } from '../errors.js';
import { requireView } from '../picture/draw/exr-view.js';
import type { JobFacts } from '../queue/job-draft.js';
import { requireOk } from '../workload/dialects/check.js';
import { type ControlsOutlook, controlsOutlook, overPresets } from '../workload/transfer/controls.js';
import { clipMaterial, freezeSource, type Material } from '../workload/transfer/material.js';
import { DRAFT, fieldsOf, requireDialect } from '../workload/transfer/settings.js';
import { autoSender, autoSendKey, autoSendRefusal, supersede } from './clip-ready.js';
import { type DraftRequest, makeDrafts, type Planned, withUniqueNames } from './drafts.js';
import type { SubmissionDeps } from './needs.js';
import { planOf, previewSpec, type SpecPreview } from './plan.js';
import { requireReady, Targets } from './targets.js';

type Wish = Pick<Params<'job.submit'>, 'targets' | 'options' | 'sweep' | 'unattended'>;

export class Submissions {
  private readonly targets: Targets;

  constructor(private readonly deps: SubmissionDeps) {
    this.targets = new Targets(deps);
  }

  /**
   * Makes all jobs or none.
   * @throws CosmosError not_found, ambiguous, clip_not_ready, spec_invalid, no_prompt, invalid_params
   */
  async submit(params: Params<'job.submit'>): Promise<Job[]> {
    const wished = await this.planned(params);
    for (const one of wished) requireOk(previewSpec(one, this.deps).report, one.draft.name);
    const planned = params.unattended === true ? wished.map((one) => this.guarded(one)) : wished;
    return this.deps.queue.submit(
      planned.map(({ draft }) => draft),
      params.idempotencyKey,
    );
  }

  /** A dry run: throws the errors that {@link submit} would throw. */
  async plan(params: Params<'job.plan'>): Promise<Plan[]> {
    return (await this.planned(params)).map((one) => planOf(one, this.deps));
  }

  /**
   * Why a submit of the clip with these files and without options would be refused; null = it would not.
   * The watch calls this before it says that a clip is ready.
   */
  async objection(clip: Clip, files: readonly FrozenFile[]): Promise<string | null> {
    try {
      requireView(clip.manifest?.color);
      const material = await clipMaterial(clip);
      const frozen = await freezeSource(material, files);
      const planned = await this.make({ material, frozen, options: {}, sweep: undefined }, true);
      for (const one of planned) requireOk(previewSpec(one, this.deps).report, one.draft.name);
      return null;
    } catch (error) {
      return toCosmosError(error).message.replace(/\.$/, '');
    }
  }

  /** The spec that a submit would write. The clip may be not ready. */
  async compile(target: string, options: JobOptions = {}): Promise<SpecPreview> {
    const material = await this.targets.resolve(target);
    const [first] = await this.drafts(material, { options });
    if (first === undefined) throw new Error('a target without sweep makes one draft');
    return previewSpec(first, this.deps);
  }

  /** The controls that would result from these settings; there is no spec yet. @throws CosmosError not_found */
  controls({ preset, ...asked }: Params<'spec.controls'>): ControlsOutlook {
    const { config, presets } = this.deps;
    return controlsOutlook(overPresets(asked, [presets.find(preset)?.values ?? {}, config.defaults]));
  }

  /** The spec that a job would have with these changes. @throws CosmosError not_found, spec_invalid */
  async compileJob(id: string, options: JobOptions = {}): Promise<SpecPreview> {
    const job = this.need(id);
    const material = await this.targets.ofJob(job);
    return previewSpec({ material, draft: { settings: this.revise(job, options, material) } }, this.deps);
  }

  /**
   * Makes new jobs with the settings of these, from their clips and specs as they are now.
   * @throws CosmosError not_found, clip_not_ready
   */
  async clone(ids: readonly string[], options: JobOptions = {}): Promise<Job[]> {
    const drafts = [];
    for (const id of ids) {
      const job = this.need(id);
      const material = await this.ready(await this.targets.ofJob(job));
      const frozen = await this.freeze(material);
      const settings = { ...this.revise(job, options, material), hold: null }; // only a person clones
      const { engine, host } = settings;
      drafts.push({ ...pick(job), ...factsOf(options), ...frozen, settings, engine, host, sweep: null });
    }
    return this.deps.queue.submit(drafts);
  }

  /**
   * Changes a job that has not started; it is prepared anew.
   * @param fence of the job as the person saw it. Left out: the change is made to the job as it is now, and made again
   *   when the job was moved in the meantime, so that no other change is lost.
   * @throws CosmosError not_found, wrong_state, job_moved
   */
  async edit(id: string, options: JobOptions, fence?: number): Promise<Job> {
    for (;;) {
      const job = this.need(id);
      const settings = this.revise(job, options, await this.targets.ofJob(job));
      const edited = this.deps.queue.edit({ ...job, fence: fence ?? job.fence }, settings, factsOf(options));
      if (edited !== undefined) return edited;
      if (fence !== undefined) throw moved(this.need(id));
    }
  }

  /** To be called for every revision that becomes ready. */
  async clipReady(clip: Clip): Promise<void> {
    supersede(clip, this.deps);
    const watch = autoSender(clip, this.deps.folders.list());
    if (watch === undefined) return;
    const options = watch.preset === null ? {} : { preset: watch.preset };
    const planned = await this.drafts(await this.ready(await clipMaterial(clip)), { options, unattended: true });
    const preset = this.deps.presets.findAlone(options.preset)?.values ?? null;
    for (const one of planned) {
      const refusal = autoSendRefusal(one, preset, this.deps.pricePerHour(one.draft.settings));
      if (refusal !== null) return this.deps.log.warn({ clip: clip.id, watch: watch.path }, `not sent: ${refusal}`);
    }
    this.deps.queue.submit(
      planned.map(({ draft }) => draft),
      autoSendKey(clip),
    );
  }

  /**
   * Applies the rules of auto-send to a job that a render has sent. Such a job is held and not refused: a scene from
   * another person could ask for anything, and the artist who wants the job can release it later.
   */
  private guarded({ material, draft }: Planned): Planned {
    const preset = this.deps.presets.findAlone(draft.settings.preset ?? undefined)?.values ?? null;
    const refusal = autoSendRefusal({ material, draft }, preset, this.deps.pricePerHour(draft.settings));
    if (refusal === null) return { material, draft };
    const hold = `A render sent it by itself: ${refusal}. Release it if it shall run (\`cosmos job release\`).`;
    return { material, draft: { ...draft, settings: { ...draft.settings, hold } } };
  }

  private async planned({ targets, ...wish }: Wish): Promise<Planned[]> {
    const planned: Planned[] = [];
    for (const target of targets) {
      const material = await this.ready(await this.targets.resolve(target));
      planned.push(...(await this.drafts(material, wish)));
    }
    return withUniqueNames(planned);
  }

  private async ready(material: Material): Promise<Material> {
    if (material.clip !== null) {
      requireReady(material.clip);
      requireView(material.clip.manifest?.color);
    }
    return material;
  }

  private async drafts(
    material: Material,
    { options = {}, sweep, unattended }: Omit<Wish, 'targets'>,
  ): Promise<Planned[]> {
    const frozen = await this.freeze(material);
    return this.make({ material, frozen, options, sweep }, unattended === true);
  }

  private make(request: DraftRequest, unattended: boolean): Promise<Planned[]> {
    const { presets, config } = this.deps;
    const find = (name?: string) => (unattended ? presets.findAlone(name) : presets.find(name));
    return makeDrafts(request, find, config.defaults);
  }

  private async freeze(material: Material) {
    const files = material.clip === null ? [] : await this.deps.folders.files(material.clip);
    return freezeSource(material, files);
  }

  private revise(job: Job, options: JobOptions, { hand }: Material) {
    const settings = reviseSettings(job.settings, options, this.deps.presets.find(options.preset));
    if (hand !== null) requireDialect(hand, settings.engine);
    return settings;
  }

  private need(id: string): Job {
    const job = this.deps.queue.get(id);
    if (job === undefined) throw new CosmosError('not_found', `There is no job ${id}; see \`cosmos queue\`.`, { id });
    return job;
  }
}

function moved({ id, state, fence }: Job): CosmosError {
  const message = `${id} was changed meanwhile; it is ${state} now. Look at it, and decide again.`;
  return new CosmosError('job_moved', message, { job: id, state, fence });
}

function pick({ clip, name, priority, project, tags }: Job) {
  return { clip, name, priority, project, tags };
}

/** Facts of the job that are not part of its settings. */
function factsOf({ priority, project, tags }: JobOptions): JobFacts {
  return {
    ...(priority === undefined ? {} : { priority }),
    ...(project === undefined ? {} : { project }),
    ...(tags === undefined ? {} : { tags }),
  };
}

/**
 * The settings of a job with changes. A new preset overrides the settings; the other options override the preset. Pure.
 */
function reviseSettings(settings: JobSettings, options: JobOptions, preset: NamedPreset | null): JobSettings {
  const values = preset?.values ?? {};
  const prompt = options.prompt ?? values.prompt;
  const source = options.prompt === undefined ? 'preset' : 'submit';
  const seed: JobSettings['set'] = options.seed === undefined ? {} : { seed: options.seed };
  const allowFlat = options.allowFlat ?? values.allow_flat;
  const draft: JobSettings['set'] = options.draft === true ? DRAFT : {};
  return {
    ...settings,
    engine: options.engine ?? values.engine ?? settings.engine,
    host: options.host ?? values.host ?? settings.host,
    preset: preset?.name ?? settings.preset,
    ...(prompt === undefined ? {} : { prompt: prompt.trim(), promptSource: source, promptOverridden: [] }),
    weights: { ...settings.weights, ...values.weights, ...options.weights },
    ...(allowFlat === undefined ? {} : { allowFlat }),
    set: { ...settings.set, ...fieldsOf(values), ...draft, ...options.set, ...seed },
  };
}
