/** Hovers: the meaning of a key, and the effective weight of a control. */
import * as l10n from '@vscode/l10n';
import { type Hover, type HoverProvider, type Position, Range, type TextDocument } from 'vscode';
import { namesOf } from '../../../schemas/spec/dialect.js';
import { hover } from '../shown/editor.js';
import { md } from '../shown/markdown.js';
import type { SpecChecks } from './checks.js';
import { type Cursor, cursorAt } from './cursor.js';
import { fieldAt } from './fields.js';
import { number } from './outlook-text.js';
import { rangeOf } from './ranges.js';
import { hasLines, isSpec } from './spec-files.js';

export class SpecHovers implements HoverProvider {
  /** @param explainsKeys false where VS Code's JSON support does it. */
  constructor(
    private readonly checks: SpecChecks,
    private readonly explainsKeys: (document: TextDocument) => boolean,
  ) {}

  provideHover(document: TextDocument, position: Position): Hover | undefined {
    if (!isSpec(document)) return undefined;
    const place = cursorAt(document.getText(), document.offsetAt(position), hasLines(document));
    if (place?.token === undefined) return undefined;
    const range = new Range(document.positionAt(place.token.start), document.positionAt(place.token.end));
    const field = this.explainsKeys(document) ? fieldAt(place.dialect, place.path) : undefined;
    const lines = [field?.description, this.weightAt(document, position, place)].filter((text) => text !== undefined);
    return lines.length === 0
      ? undefined
      : hover(
          lines.map((line) => md`${line}`),
          range,
        );
  }

  /** Shown at the name of a control and at its weight. */
  private weightAt(document: TextDocument, position: Position, { dialect, path }: Cursor): string | undefined {
    const [block, key] = path;
    if (path.length > 2 || (key !== undefined && key !== namesOf(dialect).weight)) return undefined;
    const outlook = this.checks.of(document)?.outlook ?? [];
    const around = outlook.filter((sample) => rangeOf(sample).contains(position));
    const weight = around.flatMap(({ weights }) => weights).find(({ hint }) => hint === block);
    if (weight === undefined) return undefined;
    return l10n.t('{0} acts as {1}. {2}', weight.hint, number(weight.effective), weight.says);
  }
}
