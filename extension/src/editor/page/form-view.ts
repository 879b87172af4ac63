/**
 * The elements of the form. They are created once for a set of controls and then updated in place, so that focus and
 * caret stay.
 */
import * as l10n from '@vscode/l10n';
import type { EngineName } from '../../../../schemas/preset.js';
import type { Issue } from '../../../../schemas/received.js';
import { effects, weightsNote } from '../../../../schemas/spec/weight-words.js';
import { entryOf, givenBack } from '../../../../schemas/unknown-name.js';
import type { Action, Form, FormEdit, PageState, Pictures, Selection } from '../form.js';
import { ControlRow } from './control-row.js';
import { element, setText } from './dom.js';
import { NumberInput, SelectInput, TextInput } from './fields.js';
import { type IssueEvents, issueList } from './issues.js';
import { PassStrip } from './pass-strip.js';
import { SliderInput } from './slider.js';

export interface FormEvents extends IssueEvents {
  readonly send: (edit: FormEdit) => void;
  readonly act: (action: Action) => void;
}

export class FormView {
  readonly root: HTMLElement;
  private readonly strip = new PassStrip();
  private readonly preset: SelectInput;
  private readonly model: SelectInput;
  private readonly host: SelectInput;
  private readonly prompt: TextInput;
  private readonly negative: TextInput;
  private readonly seed: NumberInput;
  private readonly steps: NumberInput;
  private readonly promptGuidance: NumberInput;
  private readonly list = element('ul', { class: 'controls' });
  private readonly rows = new Map<string, ControlRow>();
  private readonly checkpoint = element('p', { class: 'note' });
  private readonly sum = element('p', { class: 'note sum' });
  private readonly guidance: SliderInput;
  private readonly guidanceField: HTMLElement;
  private readonly guidanceNote = element('p', { class: 'note', id: 'guidance-note' });
  private readonly others = element('div', { class: 'other-issues' });
  private form: Form | undefined;

  constructor(private readonly events: FormEvents) {
    const { send } = events;
    this.preset = new SelectInput('preset', l10n.t('Preset'), (value) => send({ field: 'preset', value }));
    this.model = new SelectInput('model', l10n.t('Model'), (value) => this.modelChosen(value));
    this.host = new SelectInput('host', l10n.t('Host'), (value) => send({ field: 'host', value }));
    this.prompt = new TextInput('prompt', l10n.t('Prompt'), 5, (value) => send({ field: 'prompt', value }), events.act);
    this.negative = new TextInput('negative', l10n.t('Negative prompt'), 2, (value) =>
      send({ field: 'negative_prompt', value }),
    );
    this.seed = new NumberInput('seed', l10n.t('Seed'), (value) => send({ field: 'seed', value }));
    this.steps = new NumberInput('steps', l10n.t('Steps'), (value) => send({ field: 'num_steps', value }));
    this.promptGuidance = new NumberInput('prompt-guidance', l10n.t('Guidance (prompt)'), (value) =>
      send({ field: 'guidance', value }),
    );
    this.guidance = new SliderInput(l10n.t('Control guidance'), 'guidance-note', {
      moving: () => {},
      send: (value) => send({ field: 'control_guidance', value }),
    });
    this.guidanceField = element(
      'div',
      { class: 'guidance', hidden: true },
      element('h3', {}, l10n.t('Control guidance')),
      element('div', { class: 'sliders' }, this.guidance.slider, this.guidance.box),
      this.guidanceNote,
    );
    this.root = this.layout();
  }

  show(form: Form, { check }: Pick<PageState, 'check'>): void {
    this.form = form;
    const locked = form.locked !== '';
    this.preset.show(form.preset, locked);
    this.model.show(modelsOf(form), locked);
    this.host.show(form.host, locked);
    this.prompt.show(form.prompt, locked);
    this.negative.show(form.negativePrompt, locked);
    this.seed.show(form.seed, locked);
    this.steps.show(form.steps, locked);
    this.promptGuidance.show(form.guidance, locked);
    this.showControls(form, locked);
    setText(this.checkpoint, form.checkpoint);
    this.showGuidance(form, locked);
    this.showIssues(check !== null && 'issues' in check ? check.issues : []);
  }

  /** @param absent what to say where there is no picture. */
  showPictures(pictures: Pictures, absent: string): void {
    this.strip.show(this.form?.passes ?? [], pictures, absent);
    for (const { block, pass } of this.form?.controls ?? [])
      this.rows.get(block)?.showPicture(entryOf(pictures, pass), absent);
  }

  /** Sends what is being typed. */
  flush(): void {
    for (const field of [this.prompt, this.negative, this.seed, this.steps, this.promptGuidance]) field.flush();
    for (const row of this.rows.values()) row.flush();
    this.guidance.flush();
  }

  /** Moves to the finding that blocks sending, or to the first finding. */
  lead(to: 'error' | 'prompt' | 'finding'): void {
    if (to === 'prompt') this.prompt.focus();
    else this.root.querySelector<HTMLElement>(to === 'error' ? '.issues .error' : '.issues li')?.focus();
  }

  private layout(): HTMLElement {
    const numbers = element('div', { class: 'numbers' }, this.seed.root, this.steps.root, this.promptGuidance.root);
    const choices = element('div', { class: 'choices' }, this.preset.root, this.model.root, this.host.root);
    return element(
      'form',
      { autocomplete: 'off' },
      ...[this.strip.root, choices, this.prompt.root, this.negative.root, numbers],
      element(
        'section',
        { 'aria-labelledby': 'controls-title' },
        ...[
          element('h2', { id: 'controls-title' }, l10n.t('Controls')),
          this.list,
          this.sum,
          this.guidanceField,
          this.checkpoint,
        ],
      ),
      this.others,
    );
  }

  private modelChosen(value: string): void {
    const chosen = this.form?.models.find(({ engine }) => engine === value);
    if (chosen !== undefined) this.events.send({ field: 'model', value: givenBack<EngineName>(chosen.engine) });
  }

  private showControls(form: Form, locked: boolean): void {
    const blocks = form.controls.map(({ block }) => block);
    for (const [block, row] of this.rows) {
      if (blocks.includes(block)) continue;
      row.root.remove();
      this.rows.delete(block);
    }
    for (const control of form.controls) {
      const row = this.rows.get(control.block) ?? this.newRow(control.block, form);
      row?.show(control, locked);
    }
    this.showEffects(form);
  }

  private newRow(block: string, { controls }: Form): ControlRow | undefined {
    const control = controls.find((one) => one.block === block);
    if (control === undefined) return undefined;
    const row = new ControlRow(control, { ...this.events, moving: (moved, weight) => this.moving(moved, weight) });
    this.rows.set(block, row);
    this.list.append(row.root);
    return row;
  }

  /** The effective weights if the drag ended here. */
  private moving(block: string, weight: number): void {
    if (this.form === undefined) return;
    const controls = this.form.controls.map((one) => (one.block === block ? { ...one, weight } : one));
    this.showEffects({ ...this.form, controls });
  }

  private showEffects({ engine, controls }: Form): void {
    const found = effects(engine, controls, l10n.t);
    for (const [block, row] of this.rows) {
      const effect = found[block];
      if (effect !== undefined) row.showEffect(effect);
    }
    setText(this.sum, weightsNote(engine, controls, l10n.t));
  }

  private showGuidance({ controlGuidance: guidance }: Form, locked: boolean): void {
    this.guidanceField.hidden = guidance === null;
    if (guidance === null) return;
    this.guidance.show(guidance.value, guidance, locked);
    setText(this.guidanceNote, guidance.note);
  }

  private showIssues(issues: readonly Issue[]): void {
    for (const [block, row] of this.rows) row.showIssues(issues.filter(({ path }) => path[0] === block));
    const others = issues.filter(({ path }) => !this.rows.has(String(path[0])));
    this.others.replaceChildren(...issueList(others, this.events));
  }
}

function modelsOf({ models, engine, modelNote }: Form): Selection {
  const options = models.map(({ engine: value, label, selectable }) => ({ value, label, selectable }));
  return { value: engine, options, note: modelNote };
}
