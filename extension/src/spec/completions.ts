/** Completions: keys and values from the schema, and files for fields that name a file. */
import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionItemProvider,
  type Position,
  Range,
  SnippetString,
  type TextDocument,
} from 'vscode';
import { completion } from '../shown/editor.js';
import { md } from '../shown/markdown.js';
import { type Cursor, cursorAt } from './cursor.js';
import { choicesOf, type Field, fieldAt, fieldsAt, startOf } from './fields.js';
import { filesFor, isFileField } from './file-names.js';
import { hasLines, isSpec } from './spec-files.js';

export class SpecCompletions implements CompletionItemProvider {
  /**
   * @param explainsKeys false where VS Code's JSON support does it.
   * @param passes passes of the clip to which the spec belongs, as a spec may name them.
   */
  constructor(
    private readonly explainsKeys: (document: TextDocument) => boolean,
    private readonly passes: (document: TextDocument) => readonly string[],
  ) {}

  async provideCompletionItems(document: TextDocument, position: Position): Promise<CompletionItem[]> {
    if (!isSpec(document)) return [];
    const place = cursorAt(document.getText(), document.offsetAt(position), hasLines(document));
    if (place === undefined) return [];
    const range = rangeAt(document, position, place);
    if (place.isKey) return this.explainsKeys(document) ? keys(place, range, document) : [];
    const field = fieldAt(place.dialect, place.path);
    if (field === undefined) return [];
    const choices = this.explainsKeys(document) ? values(field, range) : [];
    return isFileField(field.name) ? [...choices, ...(await this.files(document, field, place, range))] : choices;
  }

  private async files(document: TextDocument, field: Field, place: Cursor, range: Range): Promise<CompletionItem[]> {
    const typed = place.token?.text.replaceAll('"', '') ?? '';
    const passes = field.name === 'prompt_path' ? [] : this.passes(document);
    const found = [...passes, ...(await filesFor(document.uri, field.name, typed))];
    return [...new Set(found)].map((named) => {
      const isFolder = named.endsWith('/');
      const kind = isFolder ? CompletionItemKind.Folder : CompletionItemKind.File;
      return completion({ label: named, kind, text: JSON.stringify(named), range });
    });
  }
}

/** The whole value at the cursor is replaced. */
function rangeAt(document: TextDocument, position: Position, { token }: Cursor): Range {
  const offset = document.offsetAt(position);
  if (token === undefined || offset < token.start || offset > token.end) return new Range(position, position);
  return new Range(document.positionAt(token.start), document.positionAt(token.end));
}

function keys({ dialect, path, taken }: Cursor, range: Range, document: TextDocument): CompletionItem[] {
  const isNew = !/^\s*:/.test(document.lineAt(range.end.line).text.slice(range.end.character));
  return fieldsAt(dialect, path.slice(0, -1))
    .filter(({ name }) => !taken.includes(name))
    .map((field) =>
      completion({
        ...{ label: field.name, kind: CompletionItemKind.Property, text: JSON.stringify(field.name), range },
        ...(isNew && { snippet: new SnippetString(`"${field.name}": ${startOf(field)}`) }),
        explains: md`${field.description}`,
      }),
    );
}

function values(field: Field, range: Range): CompletionItem[] {
  return choicesOf(field).map((choice) => {
    const text = JSON.stringify(choice);
    return completion({ label: text, kind: CompletionItemKind.Value, text, range, explains: md`${field.description}` });
  });
}
