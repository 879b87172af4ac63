/** Finds out from the name of a Cosmos 3 model whether it makes transfers. */
import type { RunFacts } from '../../dialects/rules/rule.js';

/** Models that make transfers. */
export type Model = 'Nano' | 'Super' | 'Edge' | 'Nano-Sim-Transfer';

const MODELS: readonly Model[] = ['Nano', 'Super', 'Edge', 'Nano-Sim-Transfer'];

/** The model of a run, from its name or the last folder of its path; undefined: not known, or none for transfers. */
export function modelOf({ model }: RunFacts): Model | undefined {
  const name = nameOf(model);
  return MODELS.find((one) => name === `Cosmos3-${one}`);
}

/** Made for one other job each (Hugging Face pages of nvidia/Cosmos3-*). */
const SPECIALISTS = /^Cosmos3-(?:Super-(?:Image2Video|Text2Image)|Nano-Policy|Nano-(?:Transfer|Sim)-Auto)/;

/** The name of a model that is made for something else than transfers. */
export function specialist({ model }: RunFacts): string | undefined {
  const name = nameOf(model);
  return SPECIALISTS.test(name) ? name : undefined;
}

function nameOf(model = ''): string {
  return model.replace(/[/\\]+$/, '').replace(/^.*[/\\]/, '');
}
