/** What the form shows and what a person changes in it: the same for a spec file and for a job that waits. */
import type { EngineName, Issue, PassName, Pictures } from '../../../schemas/index.js';

export interface Form {
  /** Name of the spec or job. */
  readonly title: string;
  readonly kind: 'spec' | 'job';
  /** How weights act is told by it; of a spec file, the one of its dialect. */
  readonly engine: EngineName;
  readonly models: readonly Model[];
  /** About the choice of the model. */
  readonly modelNote: string;
  readonly prompt: TextField;
  readonly negativePrompt: TextField;
  readonly seed: NumberField;
  readonly steps: NumberField;
  readonly controls: readonly Control[];
  /** Which checkpoint the controls make the run load; empty = nothing to say. */
  readonly checkpoint: string;
  /** cosmos3 only: how strongly all controls together act. */
  readonly guidance: Slider | null;
  /** Why nothing can be changed; empty = it can. */
  readonly locked: string;
}

export interface Model {
  readonly engine: EngineName;
  readonly label: string;
  readonly selectable: boolean;
}

export interface TextField {
  readonly value: string;
  /** What holds while it is empty. */
  readonly placeholder: string;
  readonly note: string;
}

export interface NumberField {
  /** null = left out. */
  readonly value: number | null;
  readonly placeholder: string;
  readonly min: number;
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
  /** Where it comes from: "from render", "computed from colour", "unavailable: ...". */
  readonly source: string;
  /** The pass whose picture shows it. */
  readonly pass: PassName;
}

/** One change by a person, which is one undo step. null = left out, so that the model's own default holds. */
export type FormEdit =
  | { readonly field: 'prompt' | 'negative_prompt'; readonly value: string }
  | { readonly field: 'seed' | 'num_steps' | 'control_guidance'; readonly value: number | null }
  | { readonly field: 'model'; readonly value: EngineName }
  | { readonly field: 'weight'; readonly block: string; readonly value: number }
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

/** variation = a new job with the changes; apply = make them beside those of somebody else; discard = forget them. */
export type Action = 'openText' | 'variation' | 'apply' | 'discard' | 'undo' | 'redo';

/** All that the page shows, except pictures, which rarely change. */
export interface PageState {
  /** Id of the job, which the page keeps for a reload of the window; empty for a spec. */
  readonly job: string;
  /** How many edits of this page the form already has: an older form would take back what was changed since. */
  readonly handled: number;
  readonly form: Form | null;
  readonly broken: Broken | null;
  readonly check: Check | null;
  /** Chunks and time, and where the numbers come from; null = not known. */
  readonly cost: { readonly summary: string; readonly source: string } | null;
  readonly notice: Notice | null;
  /** What became of the last change: "Saved to the job". */
  readonly saved: string;
}

export type { Pictures };
