/** Editor features for a finished log: folding, symbols, the first error, and links for short paths. */
import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import * as l10n from '@vscode/l10n';
import {
  type CodeLens,
  Disposable,
  DocumentLink,
  type DocumentSymbol,
  FoldingRange,
  type Hover,
  languages,
  Position,
  Range,
  Selection,
  SymbolKind,
  type TextDocument,
  Uri,
} from 'vscode';
import { documentSymbol, hover, lens } from '../shown/editor.js';
import { md } from '../shown/markdown.js';
import type { ShortPaths } from './document-files.js';
import { firstErrorOf, outlineOf, type Section } from './outline.js';
import type { Shortened } from './run-paths.js';

export const LANGUAGE = 'cosmos-log';

/** Number of paths whose files are looked for, so that the editor opens quickly. */
const MOST_LINKS = 500;

export function registerLogFeatures(shortPaths: ShortPaths): Disposable {
  const shortIn = ({ uri }: TextDocument) => shortPaths.get(uri.toString()) ?? [];
  return Disposable.from(
    languages.registerFoldingRangeProvider(LANGUAGE, { provideFoldingRanges: (document) => folds(outline(document)) }),
    languages.registerDocumentSymbolProvider(LANGUAGE, {
      provideDocumentSymbols: (document) => outline(document).map((section) => symbol(document, section)),
    }),
    languages.registerCodeLensProvider(LANGUAGE, { provideCodeLenses: firstErrorLens }),
    languages.registerDocumentLinkProvider(LANGUAGE, {
      provideDocumentLinks: (document) => links(document, shortIn(document)),
    }),
    languages.registerHoverProvider(LANGUAGE, { provideHover: (document, at) => wholePath(at, shortIn(document)) }),
  );
}

/** The features of the open version, kept because several providers ask for the same document. */
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

/** The position of the first error; undefined = no line reports one. */
export function firstErrorIn(document: TextDocument): Selection | undefined {
  const error = firstErrorOf(linesOf(document));
  if (error === undefined) return undefined;
  const start = new Position(error.line, 0);
  return new Selection(start, start);
}

/**
 * The files are on the daemon's machine, which may not be this one, and may be gone. So only an existing file becomes a
 * link.
 */
function links(document: TextDocument, shortened: readonly Shortened[]): DocumentLink[] {
  const isThere = new Map<string, boolean>();
  return shortened.slice(0, MOST_LINKS).flatMap((one) => {
    const range = rangeOf(one);
    const shown = document.getText(range);
    // A video beside its clip is shown by its own path, because the file in the folder of the run is deleted later.
    const file = [shown, one.whole].find((path) => {
      if (!isAbsolute(path)) return false;
      const known = isThere.get(path) ?? existsSync(path);
      isThere.set(path, known);
      return known;
    });
    return file === undefined ? [] : [new DocumentLink(range, Uri.file(file))];
  });
}

/** The full path in the log for the short path below the pointer. */
function wholePath(at: Position, shortened: readonly Shortened[]): Hover | undefined {
  const one = shortened.find((each) => rangeOf(each).contains(at));
  return one && hover([md`${one.whole}`], rangeOf(one));
}

function rangeOf({ line, from, length }: Shortened): Range {
  return new Range(line, from, line, from + length);
}
