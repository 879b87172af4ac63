/** The form of one job: shows the spec that it would have with the changes made here, and sends them. */
import * as l10n from '@vscode/l10n';
import { workspace } from 'vscode';
import type { Clip, Job, ResultOf } from '../../../schemas/index.js';
import { problemOf } from '../problem.js';
import { ClipPictures } from './clip-pictures.js';
import type { Action, Form, FormEdit, Notice, PageState } from './form.js';
import { JobEdits } from './job-edits.js';
import { jobModels, jobNotice, savedWords } from './job-words.js';
import type { FromPage } from './messages.js';
import type { PageHost } from './page-host.js';
import type { EditorParts } from './parts.js';
import { specForm } from './spec-form.js';
import { SpecText } from './spec-text.js';
import { checkOf, costOf } from './verdict.js';

type Compiled = ResultOf<'job.compile'>;

export class JobSession {
  private readonly edits: JobEdits;
  private readonly pictures: ClipPictures;
  private readonly unlisten: (() => void)[];
  private form: Form | null = null;
  private compiled: Compiled | undefined;
  private failed: string | undefined;
  /** Edits of the page that the compiled spec has, or that were refused. */
  private handled = 0;
  /** One after the other: what is undone is what the change before it left. */
  private working: Promise<void> = Promise.resolve();

  constructor(
    private readonly id: string,
    private readonly page: PageHost,
    private readonly parts: EditorParts,
  ) {
    const { link, store } = parts;
    this.edits = new JobEdits({
      current: () => this.job(),
      edit: async (options, fence) => (await link.call('job.edit', { id, options, fence })).job,
      clone: (options) => link.call('job.clone', { ids: [id], options }),
      changed: () => this.show(),
    });
    this.pictures = new ClipPictures(link, (pictures) => page.post({ type: 'pictures', pictures }));
    const heard = page.onMessage((message) => this.hear(message));
    this.unlisten = [
      () => heard.dispose(),
      store.onChange((change) => {
        if (change.kind === 'all' || (change.kind === 'job' && change.id === id)) this.moved();
      }),
    ];
  }

  act(action: Action): void {
    this.work(async () => {
      if (action === 'variation') await this.edits.queueVariation();
      if (action === 'apply') await this.edits.sendAnyway();
      if (action === 'discard') this.edits.discard();
      if (action === 'undo' && this.form !== null) this.edits.undo(this.form);
      if (action === 'redo' && this.form !== null) this.edits.redo(this.form);
    });
  }

  /** What was changed last is not lost with the page. */
  dispose(): void {
    for (const stop of this.unlisten) stop();
    void this.edits.flush();
    this.edits.dispose();
  }

  private hear(message: FromPage): void {
    switch (message.type) {
      case 'ready':
        this.handled = 0;
        this.pictures.forget();
        this.work(async () => {});
        break;
      case 'edit':
        this.work(async () => this.make(message.edit), 1);
        break;
      case 'action':
        this.act(message.action);
        break;
      case 'reveal': // a job has no text of its own to show
        break;
      default:
        message satisfies never;
    }
  }

  private moved(): void {
    this.edits.jobMoved();
    this.work(async () => {});
  }

  private make(edit: FormEdit): void {
    if (this.form !== null && this.form.locked === '') this.edits.make(edit, this.form);
  }

  /** Does it, and shows what the spec is afterwards. */
  private work(task: () => Promise<void>, edits = 0): void {
    this.working = this.working.then(() => this.done(task, edits));
  }

  private async done(task: () => Promise<void>, edits: number): Promise<void> {
    try {
      await task();
      this.compiled = await this.parts.link.call('job.compile', { id: this.id, options: this.edits.options });
      this.failed = undefined;
    } catch (error) {
      this.failed = problemOf(error).message;
    }
    this.handled += edits;
    this.show();
  }

  private show(): void {
    const job = this.job();
    const spec = this.compiled === undefined ? undefined : SpecText.read(this.compiled.text);
    if (job !== undefined && spec instanceof SpecText) this.form = this.formOf(job, spec);
    const { report, estimate = null } = this.compiled ?? {};
    const state: PageState = {
      job: this.id,
      handled: this.handled,
      form: this.form,
      broken: null,
      check: this.failed !== undefined ? { failed: this.failed } : report === undefined ? null : checkOf(report),
      cost: estimate === null ? null : costOf(estimate),
      notice: this.notice(job),
      saved: savedWords(this.edits.sending),
    };
    this.page.post({ type: 'state', state });
    void this.pictures.of(this.clip());
  }

  private notice(job: Job | undefined): Notice | null {
    return jobNotice(job, this.edits.sending, this.edits.failure);
  }

  private formOf(job: Job, spec: SpecText): Form {
    const engine = this.edits.options.engine ?? job.settings.engine;
    return specForm(spec, {
      ...{ kind: 'job', title: job.name, engine, file: null, clip: this.clip() },
      models: jobModels(),
      modelNote: '',
      locked: workspace.isTrusted
        ? ''
        : l10n.t('This workspace is not trusted: jobs can be read here, and not be changed.'),
    });
  }

  private job(): Job | undefined {
    return this.parts.store.jobs.get(this.id);
  }

  private clip(): Clip | null {
    return this.parts.store.clips.get(this.job()?.clip ?? '') ?? null;
  }
}
