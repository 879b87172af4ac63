/** Colours of a finished log: each line by the scopes that themes know. VS Code's own engine draws it in test/vscode. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Rule {
  readonly name?: string;
  readonly match: string;
  readonly captures?: Readonly<Record<string, { readonly name: string }>>;
}

const file = new URL('../../../extension/media/cosmos-log.tmLanguage.json', import.meta.url);
const { patterns }: { patterns: readonly Rule[] } = JSON.parse(readFileSync(file, 'utf8'));

/** Scopes of the part of a line. All patterns begin at the start of a line, or stand alone in it. */
function scopeOf(line: string, part: string): string | undefined {
  for (const { name, match, captures } of patterns) {
    const found = new RegExp(match, 'd').exec(line);
    if (found === null) continue;
    if (name !== undefined) return name;
    const at = line.indexOf(part);
    const group = found.indices?.findIndex((range, index) => index > 0 && range && range[0] <= at && at < range[1]);
    return captures?.[String(group)]?.name;
  }
  return undefined;
}

/** What themes draw in red, in one of VS Code's own or another. */
const RED = /keyword|invalid|deleted|error/;

const NVIDIA = '[11-22 10:00:00|INFO|cosmos_transfer2/inference.py:181:generate] Saved config';
const COSMOS3 = '[11-22 10:00:00|job=|INFO|cosmos_framework/inference/transfer.py:113:load] Loaded';

test.each([
  [NVIDIA, 'INFO'],
  [NVIDIA, '|INFO'],
  [COSMOS3, 'INFO'],
  [COSMOS3, '11-22'],
  ['[11-22 10:00:00|DEBUG|preview] an ERROR in a street', 'DEBUG'],
  ['[11-22 10:00:00|INFO|preview] ValueError: in a prompt', 'INFO'],
  ['[11-22 10:00:00|SUCCESS|preview] done', 'SUCCESS'],
  ['[11-22 10:00:00|WARNING|preview] slow', 'WARNING'],
  ['[11-22 10:00:00|INFO|preview] Processing sample street (1/1)', 'Processing'],
  ['▸ chunk 2', 'chunk'],
])('is not red: %s, %s', (line, part) => {
  const scope = scopeOf(line, part);
  expect(scope).toBeDefined();
  expect(scope).not.toMatch(RED);
});

test.each([
  ['[11-22 10:00:00|ERROR|preview] Sample city failed', 'ERROR'],
  ['[11-22 10:00:00|ERROR|preview] Sample city failed', 'Sample'],
  ['[11-22 10:00:00|job=|CRITICAL|a.py:1:f] Guardrail blocked generation.', 'Guardrail'],
  ['Traceback (most recent call last):', 'Traceback'],
  ['[rank0]: torch.OutOfMemoryError: CUDA out of memory.', 'CUDA'],
  ['huggingface_hub.errors.GatedRepoError: 403', '403'],
  ['Killed', 'Killed'],
  ['Segmentation fault (core dumped)', 'Segmentation'],
])('is red: %s, %s', (line, part) => {
  expect(scopeOf(line, part)).toMatch(/error-token/);
});
