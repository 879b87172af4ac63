/** Inlay hints: chunks, time and price beside the length, and the effective weights. */
import type { InlayHint, InlayHintsProvider, Range, TextDocument } from 'vscode';
import type { SampleOutlook } from '../../../schemas/received.js';
import { hint } from '../shown/editor.js';
import { md, paragraphs } from '../shown/markdown.js';
import type { SpecChecks } from './checks.js';
import { costLabel, costTooltip, weightLabel } from './outlook-text.js';
import { rangeOf } from './ranges.js';

export class SpecHints implements InlayHintsProvider {
  readonly onDidChangeInlayHints;

  constructor(private readonly checks: SpecChecks) {
    this.onDidChangeInlayHints = (listener: () => void) => checks.onDidChange(() => listener());
  }

  provideInlayHints(document: TextDocument, range: Range): InlayHint[] {
    const outlook = this.checks.of(document)?.outlook ?? [];
    return outlook.flatMap(hintsOf).filter(({ position }) => range.contains(position));
  }
}

function hintsOf({ cost, weights }: SampleOutlook): InlayHint[] {
  const costs =
    cost === null
      ? []
      : [
          hint(
            rangeOf(cost).end,
            costLabel(cost.estimate),
            paragraphs(...costTooltip(cost.estimate).map((one) => md`${one}`)),
          ),
        ];
  const acting = weights.flatMap((weight) => {
    const label = weightLabel(weight);
    return label === undefined ? [] : [hint(rangeOf(weight).end, label, md`${weight.says}`)];
  });
  return [...costs, ...acting];
}
