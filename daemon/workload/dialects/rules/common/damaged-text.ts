/** Damaged text anywhere in a spec: characters that people do not type. */
import type { SpecPath } from '../../../../../schemas/spec/pydantic.js';
import type { PyNode } from '../../../../../schemas/spec/python-node.js';
import { damageIn } from '../../../../../schemas/text.js';
import { commonRule, type Finding, isGiven } from '../rule.js';

export const damagedText = commonRule({
  code: 'damaged_text',
  severity: 'error',
  says: 'A text holds a NUL, a control character, half a character, or the mark of a lost one (U+FFFD).',
  costs: {
    kind: 'silent change',
    text: 'The model takes the debris for words; it shows only in the finished video.',
  },
  source: 'Cosmos Bridge: what a text read in the wrong encoding looks like',
  check: ({ node }) => damaged(node, []),
});

function damaged(node: PyNode, path: SpecPath): Finding[] {
  switch (node.kind) {
    case 'string':
      return finding(node.value, path, 'value');
    case 'object':
      return [...node.last].flatMap(([key, { value }]) => [
        ...finding(key, [...path, key], 'key'),
        ...damaged(value, [...path, key]),
      ]);
    case 'array':
      return node.items.flatMap((item, index) => damaged(item, [...path, index]));
    default:
      return [];
  }
}

function finding(text: string, path: SpecPath, what: 'key' | 'value'): Finding[] {
  const damage = damageIn(text);
  if (damage === null) return [];
  const name = path.map((step) => String(step).replaceAll(/[\p{Cc}\p{Cs}]/gu, '\ufffd')).join('.');
  const subject = what === 'key' ? `the name of ${name}` : name || 'the spec';
  const message = `${subject} holds ${damage.says} at character ${damage.offset + 1}`;
  const fix = 'Write the text again there, and save the file as UTF-8.';
  return [{ path, message, fix, ...(what === 'key' ? { at: 'key' as const } : {}) }];
}

export const promptFileDamaged = commonRule({
  code: 'prompt_file_damaged',
  severity: 'error',
  says: 'The file of prompt_path is no text that a person wrote.',
  costs: {
    kind: 'silent change',
    text: 'The model takes what is in the file for words: a pointer of Git LFS, markup, debris.',
  },
  source:
    'Cosmos Bridge: cosmos-transfer2.5 config.py:342-351 and cosmos-framework inference/args.py:349-358 read any UTF-8',
  check: (sample) => {
    const { spec, facts } = sample;
    if (spec.prompt_path === null || isGiven(sample, 'prompt')) return [];
    const problem = facts.textProblem?.(spec.prompt_path);
    if (problem === undefined) return [];
    return [{ path: ['prompt_path'], message: `prompt_path: ${spec.prompt_path} is no prompt: ${problem}` }];
  },
});
