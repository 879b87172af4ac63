/** The prompt and the negative prompt, and what is added to them. */
import { promptText } from '../../../../schemas/spec/cosmos3-build.js';
import { readPythonJson } from '../../../../schemas/spec/python-json.js';
import type { PyNode } from '../../../../schemas/spec/python-node.js';
import { type Cosmos3Sample, isGiven, type Rule } from '../../dialects/rules/rule.js';
import { isBuiltIn, transferRule } from './transfer-rule.js';

/** The prompt; null where NVIDIA's reader already refuses what is written, or cannot read the file. */
function promptOf(sample: Cosmos3Sample): string | null {
  const { spec, facts } = sample;
  if (spec.prompt !== null) return spec.prompt;
  if (isGiven(sample, 'prompt')) return null;
  if (spec.prompt_path !== null) return facts.text(spec.prompt_path) === null ? null : promptText(spec, facts);
  return isGiven(sample, 'prompt_path') || isGiven(sample, 'defaults_file') ? null : '';
}

function whereIsPrompt({ spec }: Cosmos3Sample): string[] {
  if (spec.prompt !== null) return ['prompt'];
  return spec.prompt_path === null ? [] : ['prompt_path'];
}

const empty = transferRule({
  code: 'prompt_missing',
  severity: 'warning',
  says: 'Without a prompt the model is free to make anything that fits the controls.',
  costs: { kind: 'silent change', text: 'Shows in the finished video: its look is left to chance.' },
  source: 'cosmos-framework inference/args.py:349-358',
  check: (sample) => {
    if (promptOf(sample)?.trim() !== '') return [];
    const path = whereIsPrompt(sample);
    const message = path.length === 0 ? 'there is no prompt' : `the text of ${path[0]} is empty`;
    const fix = 'Describe what the video should show: subjects, materials, light, mood.';
    return [{ path, message: `${message}: the look of the video is left to chance`, fix }];
  },
});

const MEASURED = ['duration', 'fps', 'resolution', 'aspect_ratio'];

const metadata = transferRule({
  code: 'prompt_metadata_overwritten',
  severity: 'info',
  says: 'duration, fps, resolution and aspect_ratio of a JSON prompt are replaced by the real values of each chunk.',
  costs: { kind: 'silent change', text: 'Shows in the log only: the model gets other numbers than written.' },
  source: 'cosmos-framework inference/inference.py:461-503, transfer.py:462-465',
  check: (sample) => {
    const prompt = jsonOf(promptOf(sample) ?? '');
    const keys = prompt?.kind === 'object' ? MEASURED.filter((key) => prompt.last.has(key)) : [];
    if (keys.length === 0) return [];
    const message = `${keys.join(', ')} in the prompt ${keys.length === 1 ? 'is' : 'are'} replaced by the real values of the video`;
    return [
      { path: whereIsPrompt(sample), message, fix: `Remove ${keys.length === 1 ? 'it' : 'them'} from the prompt.` },
    ];
  },
});

/** Most prompts are plain text, and parsing those would only cost time. */
function jsonOf(text: string): PyNode | null {
  if (!text.trimStart().startsWith('{')) return null;
  try {
    return readPythonJson(text);
  } catch {
    return null; // plain text that begins with a brace
  }
}

/** No repair: the file is looked for in another folder than the others, so its text may not be the one that is meant. */
const negativeFile = transferRule({
  code: 'negative_prompt_file_unused',
  severity: 'error',
  says: 'negative_prompt_file is never read: the built-in negative prompt is already in its place.',
  costs: {
    kind: 'silent change',
    text: 'Never shows: the built-in negative prompt is used, even where the file does not exist.',
  },
  source: 'cosmos-framework inference/args.py:66-77, 885-886, 1100-1106',
  check: (sample) => {
    if (sample.spec.negative_prompt_file === null || isGiven(sample, 'defaults_file')) return [];
    const instead = isGiven(sample, 'negative_prompt') ? 'negative_prompt' : 'the built-in negative prompt';
    const message = `negative_prompt_file is never read: ${instead} is used`;
    return [
      { path: ['negative_prompt_file'], message, fix: 'Write the text itself as negative_prompt and remove the file.' },
    ];
  },
});

const negativeMetadata = transferRule({
  code: 'negative_metadata_kept',
  severity: 'warning',
  says: 'negative_metadata_mode "none" becomes "same" unless negative_prompt_keep_metadata is false.',
  costs: { kind: 'silent change', text: 'Never shows: length and size are added to the negative prompt anyway.' },
  source: 'cosmos-framework inference/args.py:373-374',
  check: (sample) => {
    const { negative_metadata_mode: mode, negative_prompt_keep_metadata: keep } = sample.spec;
    if (mode !== 'none' || keep === false) return [];
    if (keep === null && !isBuiltIn(sample, 'negative_prompt_keep_metadata')) return [];
    const path = ['negative_metadata_mode'];
    const key = 'negative_prompt_keep_metadata';
    const message = `negative_metadata_mode "none" becomes "same": ${key} is ${keep === null ? 'not set, which means true' : 'true'}`;
    const fix = `Write "${key}": false.`;
    // A written true contradicts "none", and only the person knows which of the two is meant.
    return [{ path, message, fix, ...(keep === null ? { repair: [{ do: 'set', path: [key], value: false }] } : {}) }];
  },
});

export const PROMPT_RULES: readonly Rule[] = [empty, metadata, negativeFile, negativeMetadata];
