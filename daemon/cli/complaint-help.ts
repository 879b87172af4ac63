/**
 * What the data of an error offers beyond its sentence: similar names, candidates, the issues of a spec. A file of its own,
 * because it needs zod, which a command without errors does not load (docs/decisions/cli-start.md).
 */
import * as z from 'zod';
import { open } from '../../schemas/open.js';
import { Issue } from '../../schemas/spec/issue.js';
import type { CosmosError } from '../errors.js';
import { renderIssues } from './output/check-view.js';
import type { Colors } from './output/colors.js';

const Help = z.object({
  near: z.array(z.string()).catch([]).default([]),
  candidates: z.array(z.json()).catch([]).default([]),
  issues: z.array(open(Issue)).catch([]).default([]),
});

export function renderHelp({ data, message }: CosmosError, colors: Colors): string[] {
  const { near, candidates, issues } = Help.parse(data);
  const unsaid = near.filter((name) => !message.includes(name));
  return [
    ...(unsaid.length === 0 ? [] : [`Did you mean ${unsaid.slice(0, 3).join(' or ')}?`]),
    ...candidates.map((candidate) => `  ${typeof candidate === 'string' ? candidate : JSON.stringify(candidate)}`),
    ...renderIssues(issues, colors).map((line) => `  ${line}`),
  ];
}
