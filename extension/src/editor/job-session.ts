/**
 * The form of a job. While the job waits, changes are saved to it. Once it has started, or if the user wants another
 * one like it, the form is a draft of a new job.
 */
import * as l10n from '@vscode/l10n';
import { commands, workspace } from 'vscode';
import type { Change } from '../../../client/store.js';
import type { JobOptions } from '../../../schemas/index.js';
import { FREE_MODEL } from '../../../schemas/model-title.js';
import type { CheckReport, Clip, Estimate, Job, Plan } from '../../../schemas/received.js';
import { dearest } from '../commands/send-fit.js';
import { problemOf } from '../problem.js';
import { checkOf, costOf } from './check-text.js';
import { hostChoices, modelChoices, type Presets, presetChoices } from './choices.js';
import { Draft, wish } from './draft.js';
import type { Action, Form, FormEdit, Notice, PageState } from './form.js';
import { askFirst, jobLabel, savePreset, showJob } from './job-actions.js';
import { isOver, JobEdits } from './job-edits.js';
import { isEmpty, mergeOptions } from './job-options.js';
import { jobLead, jobNotice, savedWords } from './job-words.js';
import type { PageHost } from './page-host.js';
import { PanelSession } from './panel-session.js';
import type { EditorParts } from './parts.js';
import { presetsOf, presetValues } from './presets.js';
import { repairable, repairOf } from './repairs.js';
import { sendState, sentNotice } from './send-words.js';
import { specForm } from './spec-form.js';
import { SpecText } from './spec-text.js';

interface Compiled {
  readonly text: string;
  /** null = its clip or spec is gone: the form shows what the job ran with, and no new job can be made from it. */
  readonly report: CheckReport | null;
  readonly estimate: Estimate | null;
}

export class JobSession extends PanelSession {
  private readonly edits: JobEdits;
  private readonly draft: Draft;
  private compiled: Compiled | undefined;
  private presets: Presets | undefined;
  /** A job that is too old to be in the store. */
  private found: Job | undefined;
  private sent: string | undefined;

  /** @param wantsAnother changes become a new job even while this one waits. */
  constructor(
    private readonly id: string,
    page: PageHost,
    parts: EditorParts,
    private readonly wantsAnother: boolean,
    kept: JobOptions = {},
  ) {
    super(page, parts);
    this.draft = new Draft(kept);
    this.edits = new JobEdits({
      current: () => this.job(),
      edit: async (options, fence) => (await parts.link.call('job.edit', { id, options, fence })).job,
      changed: () => (this.isVariation ? this.lookAgain() : this.show()),
    });
  }

  /** Sends the last changes when the page closes. */
  override dispose(): void {
    super.dispose();
    void this.edits.flush();
    this.edits.dispose();
  }

  protected isAbout(change: Change): boolean {
    if (change.kind === 'job' && change.id === this.sent) this.show();
    if (change.kind === 'clip') return change.id === this.job()?.clip;
    return change.kind === 'all' || (change.kind === 'job' && change.id === this.id);
  }

  protected override moved(): void {
    this.edits.jobMoved();
    super.moved();
  }

  protected override opened(): void {
    this.presets = undefined;
  }

  protected async look(): Promise<void> {
    const { link, store } = this.parts;
    if (this.isVariation) this.takeOver();
    if (this.isVariation) this.presets ??= (await presetsOf(link)) ?? undefined;
    if (!store.jobs.has(this.id)) this.found = (await link.call('job.get', { id: this.id })).job;
    try {
      this.compiled = await link.call('job.compile', { id: this.id, options: this.options });
    } catch (error) {
      if (problemOf(error).code !== 'not_found') throw error;
      const { spec } = await link.call('job.get', { id: this.id });
      if (spec !== null) this.compiled = { text: spec, report: null, estimate: null };
      throw error;
    }
  }

  protected make(edit: FormEdit, form: Form): void {
    if (this.isVariation) this.draft.change(wish(this.draft.options, edit, form, this.presets));
    else this.edits.make(edit, form);
  }

  protected repair(code: string, says: string): FormEdit | undefined {
    const spec = this.spec();
    return spec === undefined || !this.compiled?.report ? undefined : repairOf(this.compiled.report, spec, code, says);
  }

  protected async does(action: Action): Promise<void> {
    const { edits, draft, form } = this;
    switch (action) {
      case 'send':
        await this.send(draft.options);
        return;
      case 'variation':
        if (await this.send(edits.options)) edits.discard();
        return;
      case 'apply':
        return edits.sendAnyway();
      case 'discard':
        return edits.discard();
      case 'undo':
        if (this.isVariation) draft.undo();
        else if (form !== null) edits.undo(form);
        return;
      case 'redo':
        if (this.isVariation) draft.redo();
        else if (form !== null) edits.redo(form);
        return;
      case 'savePreset':
        if (form !== null) await savePreset(this.parts.link, presetValues(form, this.chosen()));
        this.presets = undefined;
        return;
      case 'openLog':
      case 'openResult':
      case 'reveal':
        if (this.sent !== undefined) await showJob(action, this.sent);
        return;
      case 'dryRun':
      case 'lastPrompt':
      case 'ownPrompt':
      case 'openText':
        return;
      default:
        action satisfies never;
    }
  }

  protected state(): Omit<PageState, 'handled'> {
    const job = this.job();
    const spec = this.spec();
    const { report = null, estimate = null } = this.compiled ?? {};
    void this.pictures.of(this.clip());
    const isFormThere = job !== undefined && spec !== undefined;
    return {
      keep: { kind: this.wantsAnother ? 'variation' : 'job', id: this.id, options: this.draft.options },
      form: isFormThere ? this.formOf(job, spec) : null,
      broken: null,
      check: this.failed !== '' ? { failed: this.failed } : report && spec ? checkOf(repairable(report, spec)) : null,
      cost: estimate === null ? null : costOf(estimate),
      lead: job === undefined ? '' : jobLead(job, this.isVariation),
      notices: this.notices(job),
      send: isFormThere && this.isVariation ? this.sendState(job) : null,
      buttons: isFormThere && workspace.isTrusted ? [{ action: 'savePreset', label: l10n.t('Save as Preset...') }] : [],
      saved: savedWords(this.edits.sending),
    };
  }

  private get isVariation(): boolean {
    const job = this.job();
    return this.wantsAnother || (job !== undefined && isOver(job));
  }

  private get options(): JobOptions {
    return this.isVariation ? this.draft.options : this.edits.options;
  }

  /** The job started before it had these changes: they begin a draft of another job. */
  private takeOver(): void {
    if (isEmpty(this.edits.options)) return;
    const late = this.edits.give();
    if (late !== undefined) this.draft.change(mergeOptions(this.draft.options, late));
  }

  /** Whether a new job was made. @throws Problem, GivenUp */
  private async send(options: JobOptions): Promise<boolean> {
    const job = this.job();
    if (job === undefined || this.sendState(job).blocked !== '') return false;
    const { engine, host, prompt, promptSource, name } = this.wished(job);
    const { text, report, estimate } = this.compiled ?? {};
    if (text === undefined || !report) return false;
    const plan: Plan = {
      ...{ name, engine, host, prompt, promptSource, spec: text, check: report, estimate: estimate ?? null },
      ...{ inputs: [], bytes: this.clip()?.bytes ?? 0 },
      wouldHold: promptSource === 'template' && engine !== FREE_MODEL ? l10n.t('A template.') : null,
    };
    const confirmed = await askFirst(plan, dearest([...this.parts.store.hosts.values()], engine, host));
    const wishes = confirmed === null ? options : { ...options, prompt: confirmed };
    const { jobs } = await this.parts.link.call('job.clone', { ids: [this.id], options: wishes });
    this.sent = jobs[0]?.id;
    await commands.executeCommand('cosmos.job.reveal', this.sent);
    return true;
  }

  /** The plan of the job with the changed options. */
  private wished({ name, settings }: Job) {
    const { engine, host, prompt } = this.options;
    return {
      ...{ name, engine: engine ?? settings.engine, host: host ?? settings.host, prompt: prompt ?? settings.prompt },
      promptSource: prompt === undefined ? settings.promptSource : 'submit',
    };
  }

  private sendState(job: Job) {
    const { engine, host, prompt } = this.wished(job);
    return sendState(l10n.t('Send as Variation'), {
      ...{ isTrusted: workspace.isTrusted, engine, host, prompt },
      refused: this.failed,
      report: this.compiled?.report ?? null,
      hosts: [...this.parts.store.hosts.values()],
    });
  }

  private formOf(job: Job, spec: SpecText): Form {
    const { options, isVariation, presets } = this;
    const hosts = [...this.parts.store.hosts.values()];
    const { engine } = this.wished(job);
    return specForm(spec, {
      ...{
        kind: 'job',
        title: jobLabel(job, this.parts.now()),
        engine,
        file: null,
        clip: this.clip(),
        passes: [],
        modelNote: '',
      },
      models: modelChoices(hosts, engine),
      preset: isVariation ? presetChoices(presets ?? {}, options.preset ?? '', job.settings.preset ?? undefined) : null,
      host: isVariation ? hostChoices(hosts, engine, options.host ?? '', job.settings.host) : null,
      locked: this.locked(),
    });
  }

  private locked(): string {
    if (!workspace.isTrusted) {
      return l10n.t('This workspace is not trusted: jobs can be read here, and not be changed.');
    }
    return this.compiled?.report === null ? l10n.t('This is what it ran with. {0}', this.failed) : '';
  }

  /** The options that the user has chosen for the job, when it was sent or here. */
  private chosen(): JobOptions {
    const settings = this.job()?.settings;
    const isOwn = settings?.promptSource === 'submit' || settings?.promptSource === 'preset';
    return { ...(isOwn && { prompt: settings.prompt }), ...this.options };
  }

  private notices(job: Job | undefined): Notice[] {
    if (job === undefined) return [{ sentence: l10n.t('This job is not known any more.'), actions: [] }];
    const sent = this.sent === undefined ? undefined : this.parts.store.jobs.get(this.sent);
    const all = [sentNotice(sent, sent === undefined ? '' : jobLabel(sent, this.parts.now())), this.editNotice(job)];
    return all.filter((notice) => notice !== null);
  }

  private editNotice(job: Job): Notice | null {
    return this.isVariation ? null : jobNotice(job, this.edits.sending, this.edits.failure);
  }

  private spec(): SpecText | undefined {
    const spec = this.compiled === undefined ? undefined : SpecText.read(this.compiled.text);
    return spec instanceof SpecText ? spec : undefined;
  }

  private job(): Job | undefined {
    return this.parts.store.jobs.get(this.id) ?? this.found;
  }

  private clip(): Clip | null {
    return this.parts.store.clips.get(this.job()?.clip ?? '') ?? null;
  }
}
