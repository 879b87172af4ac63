/** The row of each control: whether it is on, its weight, and where its input comes from. Pure. */
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { modelTitle } from '../../../schemas/model-title.js';
import type { Clip, EngineName, PassName } from '../../../schemas/received.js';
import { dialectOf, hintOf, namesOf, passOf } from '../../../schemas/spec/dialect.js';
import { controlsOf } from '../../../schemas/spec/engine-controls.js';
import { entryOf } from '../../../schemas/unknown-name.js';
import type { Control } from './form.js';
import type { SpecText } from './spec-text.js';

/** The file and the clip that a spec belongs to. */
export interface SpecFacts {
  readonly engine: EngineName;
  /** Absolute path of the spec, for its relative paths; null = the daemon names the inputs. */
  readonly file: string | null;
  /** The clip that the spec is for; null = not known. */
  readonly clip: Pick<Clip, 'path' | 'passes' | 'sources'> | null;
}

/** Highest weight of transfer2.5 (config.py:434), and the end of the slider for shares. */
const MOST = 1;

export function controlRows(spec: SpecText, facts: SpecFacts): Control[] {
  // No pass makes wsm; its input is driving data. So it is shown only if the spec has it.
  const blocks = namesOf(spec.dialect).blocks.filter((block) => hintOf(block) !== undefined || spec.hasBlock(block));
  return blocks.map((block) => controlRow(block, spec, facts));
}

function controlRow(block: string, spec: SpecText, facts: SpecFacts): Control {
  const on = spec.hasBlock(block);
  const weight = spec.number(block, namesOf(spec.dialect).weight) ?? 1;
  const mask = spec.get(block, 'mask_path') ?? spec.get(block, 'mask_prompt') ?? null;
  const source = sourceOf(block, spec, facts);
  return {
    block,
    ...wordsOf(block),
    on,
    unavailable: on || source.there ? '' : source.says,
    weight,
    most: spec.dialect === 'cosmos3' ? Math.max(MOST, Math.ceil(weight)) : MOST,
    masked: mask !== null,
    computed: source.computed ?? false,
    source: source.says,
    pass: source.of,
  };
}

function wordsOf(block: string): Pick<Control, 'label' | 'says'> {
  switch (block) {
    case 'edge':
      return { label: l10n.t('Edges'), says: l10n.t('Follows the contours.') };
    case 'depth':
      return { label: l10n.t('Depth'), says: l10n.t('Follows the distances; near is bright.') };
    case 'seg':
      return { label: l10n.t('Segmentation'), says: l10n.t('Follows which object is where.') };
    case 'wsm':
      return { label: l10n.t('World scenario map'), says: l10n.t('Follows a map of the road (driving).') };
    default:
      return { label: l10n.t('Blurred colours'), says: l10n.t('Follows the colours, blurred.') };
  }
}

interface Source {
  readonly there: boolean;
  readonly computed?: boolean;
  readonly says: string;
  /** The pass whose picture stands for the control. */
  readonly of: PassName;
}

function sourceOf(block: string, spec: SpecText, facts: SpecFacts): Source {
  const named = spec.string(block, 'control_path');
  const hint = hintOf(block);
  const pass = hint === undefined ? undefined : passOf(hint);
  const of = pass ?? 'color';
  if (named !== undefined) {
    const render = pass !== undefined && namesPass(named, pass, facts);
    return { there: true, of, says: render ? l10n.t('from render') : l10n.t('from {0}', path.posix.basename(named)) };
  }
  // A control that is on and names no file is computed, even if the clip has a pass for it.
  if (!spec.hasBlock(block) && pass !== undefined && facts.clip?.passes.includes(pass)) {
    return { there: true, of, says: l10n.t('from render') };
  }
  return computed(block, spec, facts);
}

function computed(block: string, spec: SpecText, { engine }: SpecFacts): Source {
  const hint = hintOf(block);
  const name = modelTitle(engine);
  const controls = controlsOf(engine);
  if (controls === undefined) return { there: true, of: 'color', says: l10n.t('as {0} makes it', name) };
  if (hint === undefined || !controls.computes.includes(hint)) {
    return { there: false, of: 'color', says: l10n.t('unavailable: {0} needs a rendered {1}', name, passLabel(block)) };
  }
  if (spec.string(namesOf(dialectOf(engine)).video) !== undefined) {
    return { there: true, computed: true, of: 'color', says: l10n.t('computed from colour') };
  }
  return { there: false, of: 'color', says: l10n.t('unavailable: there is no colour video to compute it from') };
}

function passLabel(block: string): string {
  return block === 'blur' ? 'vis' : block;
}

/** The path that the daemon writes when it compiles a spec, or the clip's own movie. */
function namesPass(named: string, pass: PassName, { file, clip }: SpecFacts): boolean {
  if (clip === null || !clip.passes.includes(pass)) return false;
  if (named === passPath(pass)) return true;
  const movie = entryOf<Clip['sources']['color']>(clip.sources, pass)?.file;
  return (
    file !== null && movie !== undefined && path.resolve(path.dirname(file), named) === path.resolve(clip.path, movie)
  );
}

/** The media file of a pass in a compiled spec (daemon/workload/transfer/compile.ts: inputPath). */
export function passPath(pass: PassName): string {
  return `inputs/${pass}.mp4`;
}
