/**
 * Chooses the prompt of a job. Strongest first: submit, hand-edited spec, manifest, prompt.txt, preset, template. Pure.
 */
import { type JobSettings, PromptSource } from '../../../schemas/index.js';
import { CosmosError } from '../../errors.js';
import { DEFAULT_CATEGORY, templates } from './templates.js';

/** What each source says; absent and blank texts say nothing. */
export type PromptTexts = Partial<Record<Exclude<PromptSource, 'template'>, string | null>>;

type ChosenPrompt = Pick<JobSettings, 'prompt' | 'promptSource' | 'promptOverridden'>;

/**
 * The strongest prompt, with the weaker ones that say something else. The template of `category` comes last.
 * @throws CosmosError no_prompt when nothing else speaks and there is no template of that name.
 */
export function choosePrompt(texts: PromptTexts, category: string = DEFAULT_CATEGORY): ChosenPrompt {
  const given = PromptSource.options.flatMap((source) => {
    const prompt = source === 'template' ? '' : (texts[source]?.trim() ?? '');
    return prompt === '' ? [] : [{ source, prompt }];
  });
  const [chosen, ...weaker] = given;
  if (chosen === undefined) return { prompt: template(category), promptSource: 'template', promptOverridden: [] };
  const promptOverridden = weaker.filter(({ prompt }) => prompt !== chosen.prompt);
  return { prompt: chosen.prompt, promptSource: chosen.source, promptOverridden };
}

function template(category: string): string {
  const text = Object.hasOwn(templates, category) ? templates[category] : undefined;
  if (text !== undefined) return text;
  const known = Object.keys(templates);
  throw new CosmosError(
    'no_prompt',
    `Nothing gives a prompt and there is no template "${category}": write a prompt, or use one of ${known.join(', ')}.`,
    { category, templates: known },
  );
}
