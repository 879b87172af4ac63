/** The form as elements: made once for a set of controls, and then kept true in place, so that focus and caret stay. */
import * as l10n from '@vscode/l10n';
import type { Issue } from '../../../../schemas/index.js';
import { effects, weightsNote } from '../../../../schemas/spec/weight-words.js';
import type { Form, FormEdit, PageState, Pictures } from '../form.js';
import { ControlRow } from './control-row.js';
import { element, setText } from './dom.js';
import { NumberInput, TextInput } from './fields.js';
import { issueList } from './issues.js';
import { SliderInput } from './slider.js';

export interface FormEvents {
  readonly send: (edit: FormEdit) => void;
  readonly reveal: (issue: Issue) => void;
}

export class FormView {
  readonly root: HTMLElement;
  private readonly model = element('select', { id: 'model', 'aria-describedby': 'model-note' });
  private readonly modelNote = element('p', { class: 'note', id: 'model-note' });
  private readonly prompt: TextInput;
  private readonly negative: TextInput;
  private readonly seed: NumberInput;
  private readonly steps: NumberInput;
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
    this.model.addEventListener('change', () => this.modelChosen());
    this.prompt = new TextInput('prompt', l10n.t('Prompt'), 5, (value) => send({ field: 'prompt', value }));
    this.negative = new TextInput('negative', l10n.t('Negative prompt'), 2, (value) =>
      send({ field: 'negative_prompt', value }),
    );
    this.seed = new NumberInput('seed', l10n.t('Seed'), (value) => send({ field: 'seed', value }));
    this.steps = new NumberInput('steps', l10n.t('Steps'), (value) => send({ field: 'num_steps', value }));
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
    this.showModels(form, locked);
    this.prompt.show(form.prompt, locked);
    this.negative.show(form.negativePrompt, locked);
    this.seed.show(form.seed, locked);
    this.steps.show(form.steps, locked);
    this.showControls(form, locked);
    setText(this.checkpoint, form.checkpoint);
    this.showGuidance(form, locked);
    this.showIssues(check !== null && 'issues' in check ? check.issues : []);
  }

  showPictures(pictures: Pictures): void {
    for (const { block, pass } of this.form?.controls ?? []) this.rows.get(block)?.showPicture(pictures[pass]);
  }

  /** What is being typed is sent now. */
  flush(): void {
    for (const field of [this.prompt, this.negative, this.seed, this.steps]) field.flush();
  }

  private layout(): HTMLElement {
    const model = element(
      'div',
      { class: 'field' },
      element('label', { for: 'model' }, l10n.t('Model')),
      this.model,
      this.modelNote,
    );
    const numbers = element('div', { class: 'numbers' }, this.seed.root, this.steps.root);
    return element(
      'form',
      { autocomplete: 'off' },
      ...[model, this.prompt.root, this.negative.root, numbers],
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

  private showModels({ models, engine, modelNote }: Form, locked: boolean): void {
    const options = models.map(({ engine: value, label, selectable }) =>
      element('option', { value, disabled: !selectable, selected: value === engine }, label),
    );
    this.model.replaceChildren(...options);
    this.model.disabled = locked || models.every(({ selectable, engine: value }) => !selectable || value === engine);
    setText(this.modelNote, modelNote);
  }

  private modelChosen(): void {
    const chosen = this.form?.models.find(({ engine }) => engine === this.model.value);
    if (chosen !== undefined) this.events.send({ field: 'model', value: chosen.engine });
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

  /** What the weights would come to if the drag ended here. */
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

  private showGuidance({ guidance }: Form, locked: boolean): void {
    this.guidanceField.hidden = guidance === null;
    if (guidance === null) return;
    this.guidance.show(guidance.value, guidance, locked);
    setText(this.guidanceNote, guidance.note);
  }

  private showIssues(issues: readonly Issue[]): void {
    for (const [block, row] of this.rows) row.showIssues(issues.filter(({ path }) => path[0] === block));
    const others = issues.filter(({ path }) => !this.rows.has(String(path[0])));
    this.others.replaceChildren(...issueList(others, this.events.reveal));
  }
}
