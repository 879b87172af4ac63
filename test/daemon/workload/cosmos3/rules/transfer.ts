/** A transfer that no rule has anything to say about, and what the rules say when it is changed. */
import type { Issue } from '../../../../../schemas/index.js';
import { type Checked, checked, issuesOf, media } from '../../../../support/spec-check.js';

/** As Cosmos Bridge itself writes one: one chunk, in a shape and at a rate that the model knows. */
export const GOOD = {
  name: 'street',
  prompt: 'A ruined street at dusk',
  seed: 2025,
  vision_path: 'color.mp4',
  aspect_ratio: '16,9',
  depth: { control_path: 'depth.mp4' },
};

/** No colour video, so that the control alone gives shape, length and rate. */
export const BARE = { ...GOOD, vision_path: undefined, aspect_ratio: undefined, fps: 24 };

export const MEDIA = {
  'color.mp4': media(93, 1280, 720),
  'depth.mp4': media(93, 1280, 720),
  'edge.mp4': media(93, 1280, 720),
};

/** The issues of one rule. */
export function issues(code: string, spec: object | string, options: Checked = {}): Issue[] {
  return issuesOf(checked(spec, { engine: 'cosmos3', media: MEDIA, ...options }), code);
}

/** What one rule says: severity, place and sentence. */
export function said(code: string, spec: object | string, options: Checked = {}): string[] {
  return issues(code, spec, options).map(({ severity, path, message }) => `${severity} ${path.join('.')}: ${message}`);
}

/** The spec after the repairs of one rule. */
export function repaired(code: string, spec: object, options: Checked = {}): unknown {
  const lines = JSON.stringify(spec, null, 2).split('\n');
  const at = (line: number, column: number) =>
    lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0) + column - 1;
  return JSON.parse(
    issues(code, spec, options)
      .flatMap(({ edits = [] }) => edits)
      .map(({ text, ...it }) => ({ text, from: at(it.line, it.column), to: at(it.endLine, it.endColumn) }))
      .sort((a, b) => b.from - a.from || -1)
      .reduce((text, edit) => text.slice(0, edit.from) + edit.text + text.slice(edit.to), lines.join('\n')),
  );
}
