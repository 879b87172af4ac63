/** Prints what a submit would do, job by job. */
import { modelTitle } from '../../../schemas/model-title.js';
import type { Estimate, Plan } from '../../../schemas/received.js';
import { inWords } from '../../../schemas/shown-text.js';
import { bytes, count, dollars, duration } from './amounts.js';
import { renderIssues, verdict } from './check-view.js';
import type { Colors } from './colors.js';
import type { Surface } from './door.js';
import { renderFields } from './key-values.js';
import { foldSequences } from './sequences.js';

export function renderPlan(plan: Plan, surface: Surface): string[] {
  const { colors } = surface;
  const issues = renderIssues(plan.check.issues, colors);
  const details = renderFields(
    {
      Model: modelTitle(plan.engine),
      Host: plan.host ?? 'any that can run it',
      Prompt: `${plan.prompt} ${colors.dim(`(${inWords(plan.promptSource)})`)}`.split('\n'),
      Files: [
        `${count(plan.inputs.length, 'file')}, ${bytes(plan.bytes)}`,
        ...foldSequences(plan.inputs).map(inputLine),
      ],
      Check: [`${verdict(plan.check, colors)}, NVIDIA ${plan.check.nvidia} it`, ...issues],
      Estimate: plan.estimate === null ? 'nothing is known about this model' : estimateText(plan.estimate, colors),
      Waits: plan.wouldHold === null ? 'no, it would start automatically' : colors.yellow(plan.wouldHold),
      Spec: plan.spec.trimEnd().split('\n'),
    },
    // People copy paths and the spec, so values are not wrapped.
    { colors, width: Number.POSITIVE_INFINITY, line: (text) => surface.line(text) },
  );
  return [colors.bold(plan.name), ...details.map((line) => `  ${line}`)];
}

function inputLine(input: { path: string; bytes: number }): string {
  return `${bytes(input.bytes).padStart(9)}  ${input.path}`;
}

function estimateText(estimate: Estimate, colors: Colors): string[] {
  const { chunks, framesPerChunk, frames, seconds, gpus, gpu } = estimate;
  const work = `${count(frames, 'frame')} = ${count(chunks, 'chunk')} of ${framesPerChunk}`;
  const time = seconds === null ? 'time not known' : `about ${duration(seconds)} on ${gpus} x ${gpu}`;
  const price = estimate.dollars === null ? '' : `, ${dollars(estimate.dollars)}`;
  const lines = [
    `${work}, ${time}${price}`,
    colors.dim(`${inWords(estimate.confidence)}: ${estimate.source}`),
    estimate.hint,
  ];
  return lines.flatMap((line) => line ?? []).filter((line) => line !== '');
}
