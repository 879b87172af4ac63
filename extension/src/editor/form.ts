/** What the form shows and what the user changes in it. Spec files, clips and waiting jobs use the same form. */
import type { JobOptions } from '../../../schemas/index.js';
import type { EngineName, Issue, PassName, Pictures } from '../../../schemas/received.js';

export interface Form {
  /** Name of the spec, job or clip. */
  readonly title: string;
  readonly kind: 'spec' | 'job' | 'clip';
  /** Decides how weights act. For a spec file it is the engine of its dialect. */
  readonly engine: EngineName;
  readonly models: readonly Model[];
  /** A note on the choice of the model. */
  readonly modelNote: string;
  /** null = there is no choice: a spec file names no preset, and neither does a waiting job. */
  readonly preset: Selection | null;
  /** null for the same reason as the preset. */
  readonly host: Selection | null;
  /** Passes whose pictures are shown above the fields; empty = no pictures. */
  readonly passes: readonly PassName[];
  readonly prompt: TextField;
  readonly negativePrompt: TextField;
  readonly seed: NumberField;
  readonly steps: NumberField;
  /** How closely the model follows the prompt. */
  readonly guidance: NumberField;
  readonly controls: readonly Control[];
  /** Which checkpoint the run loads because of the controls; empty = no remark. */
  readonly checkpoint: string;
  /** cosmos3 only: how strongly all controls act together. */
  readonly controlGuidance: Slider | null;
  /** Why the form is read-only; empty = it can be edited. */
  readonly locked: string;
}

export interface Model {
  readonly engine: EngineName;
  readonly label: string;
  readonly selectable: boolean;
}

/** A choice of one value from a list, or of none. */
export interface Selection {
  /** Empty = none. */
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string; readonly selectable: boolean }[];
  readonly note: string;
}

export interface TextField {
  readonly value: string;
  /** The value that is used while the field is empty. */
  readonly placeholder: string;
  readonly note: string;
  /** A button beside the note that fills in another likely value. */
  readonly action: { readonly action: Action; readonly label: string } | null;
}

export interface NumberField {
  /** null = the field is left out. */
  readonly value: number | null;
  readonly placeholder: string;
  readonly min: number;
  /** null = no limit. */
  readonly max: number | null;
  /** Distance between two values; "any" = every number. */
  readonly step: number | 'any';
}

export interface Slider {
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly note: string;
}

export interface Control {
  /** The name in the spec: "edge", "blur". */
  readonly block: string;
  readonly label: string;
  /** What the control makes the model follow. */
  readonly says: string;
  readonly on: boolean;
  /** Why the control cannot be switched on; empty = it can. */
  readonly unavailable: string;
  /** The weight in the spec; 1 if it is left out, which is NVIDIA's default. */
  readonly weight: number;
  /** The highest weight on the slider. */
  readonly most: number;
  /** Whether the control acts only in a part of the picture (it has a mask). */
  readonly masked: boolean;
  /** Computed from the colour video when the job runs, so there is no picture of it before. */
  readonly computed: boolean;
  /** Where its input comes from: "from render", "computed from colour", "unavailable: ...". */
  readonly source: string;
  /** The pass whose picture stands for the control. */
  readonly pass: PassName;
}

/**
 * One change by the user, which is one undo step. null = the field is left out, so the default of the model is used.
 */
export type FormEdit =
  | { readonly field: 'prompt' | 'negative_prompt'; readonly value: string }
  | { readonly field: 'seed' | 'num_steps' | 'guidance' | 'control_guidance'; readonly value: number | null }
  | { readonly field: 'model'; readonly value: NonNullable<JobOptions['engine']> }
  /** Empty = no preset, or any host. */
  | { readonly field: 'preset'; readonly value: string }
  | { readonly field: 'host'; readonly value: string }
  | { readonly field: 'weight'; readonly block: string; readonly value: number }
  /** Several weights at once, by name of the control. */
  | { readonly field: 'weights'; readonly values: Readonly<Record<string, number>> }
  | { readonly field: 'switch'; readonly block: string; readonly on: boolean };

/** A text that cannot be shown as a form, and the position of the error. */
export interface Broken {
  readonly sentence: string;
  /** Line and column count from 1. */
  readonly line: number;
  readonly column: number;
}

/** The result of the check; null = it has not arrived. */
export type Check =
  | { readonly ok: boolean; readonly summary: string; readonly issues: readonly Issue[] }
  | { readonly failed: string };

/** A message that the user must read or decide on, with buttons. */
export interface Notice {
  readonly sentence: string;
  /** A list below the message. */
  readonly details?: readonly string[];
  readonly actions: readonly { readonly action: Action; readonly label: string }[];
}

/**
 * send = the main button: makes a job of what the form shows; dryRun = shows what that job would be; savePreset = saves
 * the values as a preset; apply = applies the changes to a job that was edited elsewhere; discard = drops the changes;
 * variation = makes a new job with changes that the job cannot take; lastPrompt, ownPrompt = takes the prompt of the
 * last send or of the scene. The others show something.
 */
export const ACTIONS = [
  ...(['send', 'dryRun', 'savePreset', 'variation', 'apply', 'discard', 'lastPrompt', 'ownPrompt'] as const),
  ...(['openText', 'openLog', 'openResult', 'reveal', 'undo', 'redo'] as const),
] as const;
export type Action = (typeof ACTIONS)[number];

/** The main button, and the sentence next to it. */
export interface Send {
  readonly label: string;
  /** Why the form cannot be sent. It is shown beside the button; empty = it can be sent. */
  readonly blocked: string;
  /** Where a click on the blocked button leads: to the first finding that blocks it, or to the prompt. */
  readonly leadsTo: 'error' | 'prompt' | null;
  /** What happened to the job that was sent last, and its cost. */
  readonly said: string;
}

/** What the page stores for a reload of the window: which form it is, and its changes. */
export interface Kept {
  readonly kind: PanelKind;
  readonly id: string;
  readonly options: JobOptions;
}

/** variation = a new job like an existing one in any state. */
export type PanelKind = 'clip' | 'job' | 'variation';

/** Everything that the page shows, except the pictures, which rarely change. */
export interface PageState {
  /** null = a spec file, which VS Code itself opens again after a reload. */
  readonly keep: Kept | null;
  /**
   * The number of edits of this page that this form contains. The page ignores a form with fewer, which would undo
   * later edits.
   */
  readonly handled: number;
  readonly form: Form | null;
  readonly broken: Broken | null;
  readonly check: Check | null;
  /** Chunks and time, and the source of these numbers; null = not known. */
  readonly cost: { readonly summary: string; readonly source: string } | null;
  /** What the form is about: "12 frames, 320×180"; "street ran on h100 and took 8s". */
  readonly lead: string;
  readonly notices: readonly Notice[];
  /** null = changes are saved without a button. */
  readonly send: Send | null;
  /** Further buttons below the form. */
  readonly buttons: readonly { readonly action: Action; readonly label: string }[];
  /** What happened to the last change: "Saved to the job". */
  readonly saved: string;
}

export type { Pictures };
