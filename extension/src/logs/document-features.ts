/** What an editor knows about a finished log: folding, symbols, the way to the first error and to the whole file. */
import { existsSync } from 'node:fs';
import * as l10n from '@vscode/l10n';
import {
  type CodeLens,
  Disposable,
  DocumentLink,
  type DocumentSymbol,
  FoldingRange,
  languages,
  Position,
  Range,
  Selection,
  SymbolKind,
  type TextDocument,
  Uri,
} from 'vscode';
import { documentSymbol, lens } from '../shown/editor.js';
import { firstErrorOf, outlineOf, type Section } from './outline.js';

export const LANGUAGE = 'cosmos-log';

/** Lines of the heading, in one of which the path of the whole log may stand. */
const HEADING_LINES = 4;

export function registerLogFeatures(): Disposable {
  return Disposable.from(
    languages.registerFoldingRangeProvider(LANGUAGE, { provideFoldingRanges: (document) => folds(outline(document)) }),
    languages.registerDocumentSymbolProvider(LANGUAGE, {
      provideDocumentSymbols: (document) => outline(document).map((section) => symbol(document, section)),
    }),
    languages.registerCodeLensProvider(LANGUAGE, { provideCodeLenses: firstErrorLens }),
    languages.registerDocumentLinkProvider(LANGUAGE, { provideDocumentLinks: wholeLogLink }),
  );
}

/** Of the version that is open; the providers ask for the same document one after the other. */
const outlines = new WeakMap<TextDocument, { version: number; sections: Section[] }>();

function outline(document: TextDocument): Section[] {
  const known = outlines.get(document);
  if (known?.version === document.version) return known.sections;
  const sections = outlineOf(linesOf(document));
  outlines.set(document, { version: document.version, sections });
  return sections;
}

function linesOf(document: TextDocument): string[] {
  return document.getText().split(/\r?\n/);
}

function folds(sections: readonly Section[]): FoldingRange[] {
  return sections.flatMap(({ from, to, children }) => [
    ...(to > from ? [new FoldingRange(from, to)] : []),
    ...folds(children),
  ]);
}

function symbol(document: TextDocument, section: Section): DocumentSymbol {
  const line = document.lineAt(section.from).range;
  const whole = new Range(line.start, document.lineAt(section.to).range.end);
  const made = documentSymbol(section.title || l10n.t('(no name)'), KINDS[section.kind], whole, line);
  made.children = section.children.map((child) => symbol(document, child));
  return made;
}

const KINDS: Readonly<Record<Section['kind'], SymbolKind>> = {
  sample: SymbolKind.Module,
  phase: SymbolKind.Function,
  error: SymbolKind.Event,
};

function firstErrorLens(document: TextDocument): CodeLens[] {
  const error = firstErrorOf(linesOf(document));
  if (error === undefined) return [];
  const title = l10n.t('First error, line {0}: {1}', error.line + 1, error.message);
  return [lens(new Range(0, 0, 0, 0), 'error', title, 'cosmos.log.firstError')];
}

/** Where the first error stands; undefined = nothing says that something went wrong. */
export function firstErrorIn(document: TextDocument): Selection | undefined {
  const error = firstErrorOf(linesOf(document));
  if (error === undefined) return undefined;
  const start = new Position(error.line, 0);
  return new Selection(start, start);
}

/** The file lies with the daemon, which may be another machine: a link only where it is there. */
function wholeLogLink(document: TextDocument): DocumentLink[] {
  for (let line = 0; line < Math.min(HEADING_LINES, document.lineCount); line++) {
    const { text } = document.lineAt(line);
    const [file] = /(?:[A-Za-z]:\\|\/)\S.*[/\\]log$/.exec(text) ?? [];
    if (file !== undefined && existsSync(file)) {
      return [new DocumentLink(new Range(line, text.length - file.length, line, text.length), Uri.file(file))];
    }
  }
  return [];
}
