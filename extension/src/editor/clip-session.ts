/**
 * The form of a clip: a draft of its next job. It starts with the options that were sent last and can be sent any
 * number of times.
 */
import { randomUUID } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import { commands, workspace } from 'vscode';
import type { Change } from '../../../client/store.js';
import type { JobOptions } from '../../../schemas/index.js';
import { FREE_MODEL } from '../../../schemas/model-title.js';
import type { Clip, Estimate } from '../../../schemas/received.js';
import { cheapestFor } from '../../../schemas/spec/dialect.js';
import { dearest } from '../commands/send-fit.js';
import { checkOf, costOf } from './check-text.js';
import { hostChoices, modelChoices, type Presets, presetChoices } from './choices.js';
import { clipLead, notReadyWords, promptNote } from './clip-words.js';
import { Draft, wish, without } from './draft.js';
import type { Action, Form, FormEdit, Notice, PageState } from './form.js';
import { askFirst, jobLabel, savePreset, showJob } from './job-actions.js';
import type { PageHost } from './page-host.js';
import { PanelSession } from './panel-session.js';
import type { EditorParts } from './parts.js';
import { NO_PROMPT, type OwnPrompt, ownPromptOf, type Planned, planClip } from './planned.js';
import { presetsOf, presetValues } from './presets.js';
import { repairable, repairOf } from './repairs.js';
import { sendState, sentNotice } from './send-words.js';
import { specForm } from './spec-form.js';
import { SpecText } from './spec-text.js';
import { giveWay, hasOwnPrompt, startOptions } from './start.js';

export class ClipSession extends PanelSession {
  private draft: Draft | undefined;
  private planned: Planned | undefined;
  /** undefined = not known yet, or no longer valid. */
  private presets: Presets | undefined;
  private dropped: readonly string[] = [];
  /** What was sent with this clip last. */
  private last: string | undefined;
  private own: OwnPrompt | null = null;
  /** The prompt of the last send, while the user has not changed it here. A new prompt of the scene replaces it. */
  private remembered: string | undefined;
  /** The clip for which `own` was read. */
  private askedFor: Clip | undefined;
  private sent: string | undefined;

  constructor(
    private readonly id: string,
    page: PageHost,
    parts: EditorParts,
    private readonly kept?: JobOptions,
  ) {
    super(page, parts);
  }

  protected isAbout(change: Change): boolean {
    if (change.kind === 'job' && change.id === this.sent) this.show();
    return change.kind === 'all' || (change.kind === 'clip' && change.id === this.id);
  }

  protected async look(): Promise<void> {
    const clip = this.clip();
    if (clip === null) return;
    const { link } = this.parts;
    this.presets ??= (await presetsOf(link)) ?? undefined;
    this.draft ??= await this.begin(clip);
    if (clip !== this.askedFor) await this.heedOwnPrompt(clip, this.draft);
    try {
      this.planned = await planClip(link, clip, this.draft.options);
    } catch (error) {
      if (this.draft.isChanged || this.kept !== undefined || Object.keys(this.draft.options).length === 0) throw error;
      const { prompt } = this.draft.options; // the daemon may refuse these options for more reasons than are known here
      this.draft = new Draft(prompt === undefined ? {} : { prompt });
      this.planned = await planClip(link, clip, this.draft.options);
      const why = error instanceof Error ? error.message : String(error);
      this.dropped = [l10n.t('The choices of the last send are left out: {0}', why)];
    }
  }

  /** Reads the presets again, because cosmos.toml may have changed. */
  protected override opened(): void {
    this.presets = undefined;
  }

  protected make(edit: FormEdit, form: Form): void {
    if (edit.field === 'prompt') this.remembered = undefined;
    if (this.draft !== undefined) this.draft.change(wish(this.draft.options, edit, form, this.presets));
  }

  protected repair(code: string, says: string): FormEdit | undefined {
    const spec = this.spec();
    return spec === undefined || !this.planned?.report ? undefined : repairOf(this.planned.report, spec, code, says);
  }

  protected async does(action: Action): Promise<void> {
    const { draft } = this;
    if (draft === undefined) return;
    switch (action) {
      case 'send':
        return this.send(draft);
      case 'dryRun':
        if (this.planned?.plan != null) await this.parts.dryRuns.open([this.planned.plan]);
        return;
      case 'savePreset':
        if (this.form !== null) await savePreset(this.parts.link, presetValues(this.form, draft.options));
        this.presets = undefined;
        return;
      case 'lastPrompt':
        this.remembered = undefined;
        if (this.last !== undefined) draft.change({ ...draft.options, prompt: this.last });
        return;
      case 'ownPrompt':
        return draft.change(without(draft.options, 'prompt'));
      case 'undo':
        return draft.undo();
      case 'redo':
        return draft.redo();
      case 'openLog':
      case 'openResult':
      case 'reveal':
        if (this.sent !== undefined) await showJob(action, this.sent);
        return;
      case 'variation':
      case 'apply':
      case 'discard':
      case 'openText':
        return;
      default:
        action satisfies never;
    }
  }

  protected state(): Omit<PageState, 'handled'> {
    const clip = this.clip();
    const spec = this.spec();
    const { report = null, estimate = null } = this.planned ?? {};
    void this.pictures.of(clip);
    const options = this.draft?.options ?? {};
    return {
      keep: { kind: 'clip', id: this.id, options },
      form: clip === null || spec === undefined ? null : this.formOf(clip, spec, options),
      broken: null,
      check: this.failed !== '' ? { failed: this.failed } : report && spec ? checkOf(repairable(report, spec)) : null,
      cost: estimate === null || isLengthOnly(estimate) ? null : costOf(estimate),
      lead: clip === null ? '' : clipLead(clip),
      notices: this.notices(clip),
      send: clip === null ? null : this.sendState(options),
      buttons: clip === null ? [] : this.buttons(),
      saved: '',
    };
  }

  private buttons(): PageState['buttons'] {
    const dryRun = { action: 'dryRun', label: l10n.t('Dry Run') } as const;
    const savePreset = { action: 'savePreset', label: l10n.t('Save as Preset...') } as const;
    return [...(this.planned?.plan == null ? [] : [dryRun]), ...(workspace.isTrusted ? [savePreset] : [])];
  }

  private async begin(clip: Clip): Promise<Draft> {
    const { choices, store } = this.parts;
    this.last = choices.of(clip).prompt;
    if (this.kept !== undefined) return new Draft(this.kept);
    const { options: last } = await choices.current(clip);
    const { options, dropped } = startOptions(clip, last, {
      hosts: [...store.hosts.values()],
      presets: this.presets ?? null,
    });
    this.dropped = dropped;
    this.remembered = options.prompt;
    return new Draft(options);
  }

  /** A new prompt of the scene replaces what was sent last. What the user has typed here replaces both. */
  private async heedOwnPrompt(clip: Clip, draft: Draft): Promise<void> {
    this.own = null;
    if (hasOwnPrompt(clip)) {
      const planned = await planClip(this.parts.link, clip, without(draft.options, 'prompt')).catch(() => undefined);
      this.own = planned === undefined ? null : ownPromptOf(planned);
      const { hasNewPrompt } = await this.parts.choices.current(clip);
      const options = giveWay(draft.options, this.remembered, hasNewPrompt);
      if (options !== draft.options) this.draft = new Draft(options);
    }
    this.askedFor = clip;
  }

  private async send(draft: Draft): Promise<void> {
    const { parts, planned } = this;
    const clip = this.clip();
    const plan = planned?.plan;
    if (clip === null || plan == null || this.sendState(draft.options).blocked !== '') return;
    const price = dearest([...parts.store.hosts.values()], plan.engine, plan.host);
    const confirmed = await askFirst(plan, price);
    const options = confirmed === null ? draft.options : { ...draft.options, prompt: confirmed };
    const wished = { targets: [clip.id], options, idempotencyKey: randomUUID() };
    const { jobs } = await parts.link.call('job.submit', wished);
    if (confirmed !== null) draft.change(options);
    this.sent = jobs[0]?.id;
    this.last = options.prompt;
    this.remembered = options.prompt;
    this.dropped = [];
    await parts.choices.remember(clip, options);
    await commands.executeCommand('cosmos.job.reveal', this.sent);
  }

  private sendState(options: JobOptions) {
    const { plan, report, refusal } = this.planned ?? {};
    const hosts = [...this.parts.store.hosts.values()];
    const prompt = options.prompt ?? plan?.prompt ?? (refusal?.code === 'no_prompt' ? '' : '-');
    return sendState(l10n.t('Send'), {
      ...{ isTrusted: workspace.isTrusted, prompt, hosts },
      refused:
        this.failed !== '' ? this.failed : refusal?.code === 'clip_not_ready' ? notReadyWords(refusal.message) : '',
      report: report ?? null,
      engine: plan?.engine ?? options.engine ?? FREE_MODEL,
      host: plan?.host ?? options.host ?? null,
    });
  }

  private formOf(clip: Clip, spec: SpecText, options: JobOptions): Form {
    const hosts = [...this.parts.store.hosts.values()];
    const { plan } = this.planned ?? {};
    const engine = plan?.engine ?? options.engine ?? cheapestFor(spec.dialect);
    const host = hostChoices(
      hosts,
      engine,
      options.host ?? '',
      options.host === undefined ? (plan?.host ?? null) : null,
    );
    const form = specForm(spec, {
      ...{ kind: 'clip', title: clip.name, engine, file: null, clip, passes: clip.passes, host, modelNote: '' },
      models: modelChoices(hosts, engine),
      preset: presetChoices(this.presets ?? {}, options.preset ?? '', clip.manifest?.wanted?.preset),
      locked: workspace.isTrusted
        ? ''
        : l10n.t('This workspace is not trusted: clips can be looked at here, and not be sent.'),
    });
    const value = options.prompt ?? (form.prompt.value === NO_PROMPT ? '' : form.prompt.value);
    const two = promptNote({ own: this.own, last: this.last, chosen: options.prompt });
    return { ...form, prompt: { ...form.prompt, value, ...(two ?? { note: this.sourceNote(options) }) } };
  }

  private sourceNote({ prompt }: JobOptions): string {
    if (prompt !== undefined) return '';
    const source = this.planned?.plan?.promptSource;
    if (source === 'template') return l10n.t('A template: write your own, or send it as it is.');
    if (source === 'preset') return l10n.t('From the preset.');
    return '';
  }

  private notices(clip: Clip | null): Notice[] {
    if (clip === null) return [{ sentence: l10n.t('This clip is not known any more.'), actions: [] }];
    const dropped = this.dropped.length === 0 ? [] : [{ sentence: this.dropped.join(' '), actions: [] }];
    const job = this.sent === undefined ? undefined : this.parts.store.jobs.get(this.sent);
    const sent = sentNotice(job, job === undefined ? '' : jobLabel(job, this.parts.now()));
    return [...(sent === null ? [] : [sent]), ...dropped];
  }

  /** undefined = nothing is known about it yet. */
  private spec(): SpecText | undefined {
    if (this.planned === undefined) {
      if (this.failed === '') return undefined;
    }
    const spec = SpecText.read(this.planned?.text ?? '{}');
    return spec instanceof SpecText ? spec : undefined;
  }

  private clip(): Clip | null {
    return this.parts.store.clips.get(this.id) ?? null;
  }
}

/** The number of frames is left out: the line above has it. */
function isLengthOnly({ chunks, framesPerChunk, frames, seconds, dollars }: Estimate): boolean {
  return chunks === 1 && frames >= framesPerChunk && seconds === null && (dollars ?? 0) === 0;
}
