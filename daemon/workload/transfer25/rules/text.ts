/** Texts that the safety filter (NVIDIA: guardrail) blocks or changes the picture for. */
import { type Transfer25Sample, transfer25Rule, written } from '../../dialects/rules/rule.js';

export const emptyText = transfer25Rule({
  code: 'empty_text',
  severity: 'error',
  says: 'An empty prompt or negative_prompt is blocked by the safety filter.',
  costs: {
    kind: 'hang',
    text: 'On several GPUs the run hangs until it is stopped; on one it ends with exit code 0 and no video.',
  },
  source:
    'cosmos_transfer2/_src/imaginaire/auxiliary/guardrail/blocklist/blocklist.py:197-201; cosmos_transfer2/inference.py:205-239,323-327',
  check: (sample) => {
    const { prompt, negative_prompt } = sample.spec;
    const negative = 'Write one, or leave it out: the default of NVIDIA is used then.';
    return [
      ...(prompt === '' ? [blocked(sample, promptKey(sample), 'Write what the video should show.')] : []),
      ...(negative_prompt === '' ? [blocked(sample, 'negative_prompt', negative)] : []),
    ];
  },
});

function blocked({ run }: Transfer25Sample, key: string, fix: string) {
  const several = run.gpus !== undefined && run.gpus > 1;
  const end = several ? `and on ${run.gpus} GPUs the run hangs` : 'and no video is made';
  const what = key === 'prompt_path' ? 'the file of prompt_path is empty' : `${key} is empty`;
  return { path: [key], message: `${what}: the safety filter blocks that, ${end}`, fix };
}

export const blankPrompt = transfer25Rule({
  code: 'blank_prompt',
  severity: 'warning',
  says: 'A prompt of spaces only passes as a prompt and says nothing.',
  costs: { kind: 'silent change', text: 'A full run, and a video of whatever the controls suggest.' },
  source: 'cosmos_transfer2/_src/imaginaire/auxiliary/guardrail/blocklist/blocklist.py:197-201 (only "" is empty)',
  check: (sample) => {
    const { prompt } = sample.spec;
    if (prompt === null || prompt === '' || prompt.trim() !== '') return [];
    const message = 'the prompt has nothing but spaces in it';
    return [{ path: [promptKey(sample)], message, fix: 'Write what the video should show.' }];
  },
});

export const facesPixelated = transfer25Rule({
  code: 'faces_pixelated',
  severity: 'warning',
  says: 'The safety filter pixelates every face that it finds in the finished video.',
  costs: { kind: 'silent change', text: 'Seen only in the finished video, after the whole run was paid for.' },
  source: 'cosmos_transfer2/_src/imaginaire/auxiliary/guardrail/common/presets.py (RetinaFace)',
  check: (sample) => {
    const person = personIn(sample.spec.prompt ?? '');
    if (person === undefined) return [];
    const message = `the prompt speaks of "${person}": faces are pixelated in the finished video`;
    const fix = 'Keep people far away or turned from the camera, or run without the safety filter where you may.';
    return [{ path: [promptKey(sample)], message, fix }];
  },
});

/** Plain English words for people; what often means something else (a face of a rock, a couple of cars) is left out. */
const PEOPLE = [
  'people|persons?|humans?|man|men|woman|women|gentlem[ae]n|lady|ladies|portraits?',
  'child|children|kids?|boys?|girls?|bab(?:y|ies)|toddlers?|teenagers?|adults?',
  'pedestrians?|passers-?by|crowds?|cyclists?|drivers?|passengers?|workers?|farmers?|soldiers?|chefs?|doctors?',
  'nurses?|athletes?|dancers?|singers?|actors?|actress(?:es)?|police(?:man|men|woman|women)',
].join('|');
/** "no people" and "man-made" speak of none. */
const SOMEBODY = new RegExp(`(?<!\\b(?:no|without|without any|not a single) |-)\\b(?:${PEOPLE})\\b(?!-)`, 'i');

function personIn(prompt: string): string | undefined {
  return SOMEBODY.exec(prompt)?.[0];
}

/** Where the prompt comes from: prompt wins over prompt_path (config.py:342-344). */
function promptKey(sample: Transfer25Sample): 'prompt' | 'prompt_path' {
  return written(sample, 'prompt')?.kind === 'string' ? 'prompt' : 'prompt_path';
}
