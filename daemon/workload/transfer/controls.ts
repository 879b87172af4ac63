/** Computes the rows of controls for a choice of model, passes and weights, before there is a spec. Pure. */
import {
  type ControlOutlook,
  type EngineName,
  HintKey,
  type JobSettings,
  type PassName,
  type Preset,
} from '../../../schemas/index.js';
import { modelTitle } from '../../../schemas/model-title.js';
import { passOf } from '../../../schemas/spec/dialect.js';
import { ENGINE_CONTROLS } from '../../../schemas/spec/engine-controls.js';
import { effects, weightsNote } from '../../../schemas/spec/weight-words.js';
import { chosenHints, defaultWeight } from './chosen-hints.js';

export interface ControlQuestion {
  readonly engine: EngineName;
  readonly passes: readonly PassName[];
  readonly weights: JobSettings['weights'];
}

export interface ControlsOutlook {
  readonly engine: EngineName;
  readonly controls: ControlOutlook[];
  readonly note: string;
}

/** What is asked for, on top of presets, the strongest first: as settings.ts resolves a submit. */
export function overPresets(asked: Partial<ControlQuestion>, presets: readonly Preset[]): ControlQuestion {
  return {
    engine: asked.engine ?? presets.find(({ engine }) => engine !== undefined)?.engine ?? 'preview',
    passes: asked.passes ?? [],
    weights: Object.assign({}, ...presets.map(({ weights }) => weights).reverse(), asked.weights),
  };
}

/** By the same rules as compile.ts, so that a form shows what the spec will be. */
export function controlsOutlook({ engine, passes, weights }: ControlQuestion): ControlsOutlook {
  const chosen = chosenHints(weights, passes);
  const controls = HintKey.options.map((hint) => {
    const on = chosen.includes(hint);
    const weight = weights[hint];
    const count = on ? chosen.length : chosen.length + 1;
    return { block: hint, hint, on, masked: false, weight: typeof weight === 'number' ? weight : defaultWeight(count) };
  });
  const found = effects(engine, controls);
  return {
    engine,
    note: weightsNote(engine, controls),
    controls: controls.map(({ hint, on, weight }) => ({
      ...{ hint, on, weight, ...sourceOf(hint, engine, passes) },
      ...{ effective: found[hint]?.value ?? '', instead: found[hint]?.sentence ?? '' },
    })),
  };
}

function sourceOf(
  hint: HintKey,
  engine: EngineName,
  passes: readonly PassName[],
): Pick<ControlOutlook, 'source' | 'sourceSays'> {
  if (passes.includes(passOf(hint))) return { source: 'render', sourceSays: 'from render' };
  const computes: readonly HintKey[] = ENGINE_CONTROLS[engine].computes;
  if (!computes.includes(hint)) {
    return {
      source: 'unavailable',
      sourceSays: `unavailable: ${modelTitle(engine)} needs a rendered ${passOf(hint)} pass`,
    };
  }
  if (passes.includes('color')) return { source: 'computed', sourceSays: 'computed by the model' };
  return { source: 'unavailable', sourceSays: 'unavailable: there is no color pass to compute it from' };
}
