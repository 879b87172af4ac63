/** What the form shows and what a person changes in it: the same for a spec file and for a job that waits. */
import type { JobOptions } from '../../../schemas/index.js';
import type { EngineName, Issue, PassName, Pictures } from '../../../schemas/received.js';

export interface Form {
  /** Name of the spec, job or clip. */
  readonly title: string;
  readonly kind: 'spec' | 'job' | 'clip';
  /** How weights act is told by it; of a spec file, the one of its dialect. */
  readonly engine: EngineName;
  readonly models: readonly Model[];
  /** About the choice of the model. */
  readonly modelNote: string;
  /** null = there is nothing to choose: a spec file, or a job that waits, names none. */
  readonly preset: Selection | null;
  /** null = as for the preset. */
  readonly host: Selection | null;
  /** Passes whose pictures are shown above the fields; empty = none. */
  readonly passes: readonly PassName[];
  readonly prompt: TextField;
  readonly negativePrompt: TextField;
  readonly seed: NumberField;
  readonly steps: NumberField;
  /** How closely the prompt is followed. */
  readonly guidance: NumberField;
  readonly controls: readonly Control[];
  /** Which checkpoint the controls make the run load; empty = nothing to say. */
  readonly checkpoint: string;
  /** cosmos3 only: how strongly all controls together act. */
  readonly controlGuidance: Slider | null;
  /** Why nothing can be changed; empty = it can. */
  readonly locked: string;
}

export interface Model {
  readonly engine: EngineName;
  readonly label: string;
  readonly selectable: boolean;
}

/** One of a list, or none of it. */
export interface Selection {
  /** Empty = none. */
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string; readonly selectable: boolean }[];
  readonly note: string;
}

export interface TextField {
  readonly value: string;
  /** What holds while it is empty. */
  readonly placeholder: string;
  readonly note: string;
  /** Beside the note: to another value that may be meant. */
  readonly action: { readonly action: Action; readonly label: string } | null;
}

export interface NumberField {
  /** null = left out. */
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
  /** As the spec calls it: "edge", "blur". */
  readonly block: string;
  readonly label: string;
  /** What it makes the model follow. */
  readonly says: string;
  readonly on: boolean;
  /** Why it cannot be switched on; empty = it can. */
  readonly unavailable: string;
  /** As written; 1 where it is left out, as NVIDIA takes it. */
  readonly weight: number;
  /** Highest weight of the slider. */
  readonly most: number;
  /** Acts in a part of the picture only. */
  readonly masked: boolean;
  /** Made of the colour video when the job runs: there is no picture of it before. */
  readonly computed: boolean;
  /** Where it comes from: "from render", "computed from colour", "unavailable: ...". */
  readonly source: string;
  /** The pass whose picture shows it. */
  readonly pass: PassName;
}

/** One change by a person, which is one undo step. null = left out, so that the model's own default holds. */
export type FormEdit =
  | { readonly field: 'prompt' | 'negative_prompt'; readonly value: string }
  | { readonly field: 'seed' | 'num_steps' | 'guidance' | 'control_guidance'; readonly value: number | null }
  | { readonly field: 'model'; readonly value: NonNullable<JobOptions['engine']> }
  /** Empty = none of the presets; any host. */
  | { readonly field: 'preset'; readonly value: string }
  | { readonly field: 'host'; readonly value: string }
  | { readonly field: 'weight'; readonly block: string; readonly value: number }
  /** Several weights at once, by block. */
  | { readonly field: 'weights'; readonly values: Readonly<Record<string, number>> }
  | { readonly field: 'switch'; readonly block: string; readonly on: boolean };

/** A text that cannot be shown as a form. */
export interface Broken {
  readonly sentence: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

/** What the check said; null while it is asked. */
export type Check =
  | { readonly ok: boolean; readonly summary: string; readonly issues: readonly Issue[] }
  | { readonly failed: string };

/** Something that the person has to know or decide, with buttons. */
export interface Notice {
  readonly sentence: string;
  /** A list below it. */
  readonly details?: readonly string[];
  readonly actions: readonly { readonly action: Action; readonly label: string }[];
}

/**
 * send = the form's main button: a new job of what it shows; dryRun = what that would be, as a text; savePreset = its
 * values by a name; apply = change the job beside what somebody else has changed; discard = forget the changes;
 * variation = a new job with changes that the job cannot take; lastPrompt, ownPrompt = that of the last send, of the
 * scene; the others show something.
 */
export const ACTIONS = [
  ...(['send', 'dryRun', 'savePreset', 'variation', 'apply', 'discard', 'lastPrompt', 'ownPrompt'] as const),
  ...(['openText', 'openLog', 'openResult', 'reveal', 'undo', 'redo'] as const),
] as const;
export type Action = (typeof ACTIONS)[number];

/** The main button, and the sentence beside it. */
export interface Send {
  readonly label: string;
  /** Why nothing can be sent, which stands beside the button; empty = it can. */
  readonly blocked: string;
  /** Where a click on a blocked one leads: the first finding that keeps it from being sent, or the prompt. */
  readonly leadsTo: 'error' | 'prompt' | null;
  /** What became of the last one, and what it costs. */
  readonly said: string;
}

/** What a page keeps for a reload of the window: which form it is, and what was changed in it. */
export interface Kept {
  readonly kind: PanelKind;
  readonly id: string;
  readonly options: JobOptions;
}

/** variation = of a job, whatever its state. */
export type PanelKind = 'clip' | 'job' | 'variation';

/** All that the page shows, except pictures, which rarely change. */
export interface PageState {
  /** null = a spec file, which VS Code itself opens again. */
  readonly keep: Kept | null;
  /** How many edits of this page the form already has: an older form would take back what was changed since. */
  readonly handled: number;
  readonly form: Form | null;
  readonly broken: Broken | null;
  readonly check: Check | null;
  /** Chunks and time, and where the numbers come from; null = not known. */
  readonly cost: { readonly summary: string; readonly source: string } | null;
  /** What the form is of: "12 frames, 320×180"; "street ran on h100 and took 8s". */
  readonly lead: string;
  readonly notices: readonly Notice[];
  /** null = what is changed here is saved by itself. */
  readonly send: Send | null;
  /** The other buttons below the form. */
  readonly buttons: readonly { readonly action: Action; readonly label: string }[];
  /** What became of the last change: "Saved to the job". */
  readonly saved: string;
}

export type { Pictures };
