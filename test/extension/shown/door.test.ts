/**
 * Whatever VS Code draws goes through extension/src/shown/, which takes care that no word of a stranger acts. This reads
 * the sources with TypeScript's own parser: outside of that folder only those names of `vscode` may be used that draw
 * nothing. They are listed here, so that what a later VS Code can draw is found as well.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const folder = fileURLToPath(new URL('../../../extension/src', import.meta.url));

/** Names of `vscode` that may be used as they are. */
const QUIET = new Set([
  ...['Uri', 'Range', 'Position', 'Selection', 'Disposable', 'EventEmitter', 'WorkspaceEdit', 'FoldingRange'],
  ...[
    'DocumentLink',
    'DataTransferItem',
    'SnippetString',
    'TabInputText',
    'TextEdit',
    'TerminalExitReason',
    'ViewColumn',
  ],
  ...['CodeActionKind', 'CompletionItemKind', 'DiagnosticSeverity', 'LanguageStatusSeverity', 'SymbolKind'],
  ...['FileType', 'FileChangeType', 'TextEditorRevealType', 'ConfigurationTarget'],
  ...['commands', 'env', 'l10n'],
]);

/** Of these only what is named may be used, and only as `window.name`: by no other name, and not taken apart. */
const PARTLY: Readonly<Record<string, RegExp>> = {
  window:
    /^(state|activeTextEditor|tabGroups|on[A-Z]\w*|showTextDocument|showOpenDialog|createTreeView|register(CustomEditorProvider|WebviewPanelSerializer))$/,
  workspace: /^(?!register(FileSystem|TextDocumentContent)Provider$)\w+$/,
  languages:
    /^(match|createDiagnosticCollection|createLanguageStatusItem|register(CodeActions|CodeLens|CompletionItem|DocumentLink|DocumentSymbol|FoldingRange|Hover|InlayHints)(Provider)?)$/,
};

/** What things of VS Code draw: nobody else sets it. */
const DRAWN = new Set([
  ...['label', 'description', 'detail', 'tooltip', 'text', 'message', 'title', 'badge', 'placeholder'],
  ...['name', 'source', 'documentation', 'iconPath', 'accessibilityInformation', 'validationMessage', 'html'],
]);
/** Objects of ours that have such a property, by file: it holds data there. */
const OURS: Readonly<Record<string, readonly string[]>> = {
  // the one document of the page, which holds no word of a stranger
  'editor/page-host.ts': ['html'],
  // the name of a language status is ours
  'spec/status.ts': ['name'],
};

function bareUses(file: string, text: string): string[] {
  return new Reader(file, text).found;
}

class Reader {
  readonly found: string[] = [];
  private readonly source: ts.SourceFile;
  /** Names in this file for the parts that may only partly be used. */
  private readonly partly = new Map<string, RegExp>();

  constructor(
    private readonly file: string,
    text: string,
  ) {
    this.source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    for (const statement of this.source.statements) this.imports(statement);
    this.visit(this.source);
  }

  private tell(node: ts.Node, what: string): void {
    const { line } = this.source.getLineAndCharacterOfPosition(node.getStart(this.source));
    this.found.push(`${this.file}:${line + 1} ${what}`);
  }

  private imports(statement: ts.Statement): void {
    if (ts.isImportEqualsDeclaration(statement)) this.tell(statement, 'import =');
    if (ts.isExportDeclaration(statement) && isVscode(statement.moduleSpecifier)) {
      this.tell(statement, 'export from vscode');
    }
    if (!ts.isImportDeclaration(statement) || !isVscode(statement.moduleSpecifier)) return;
    const { importClause } = statement;
    if (importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword) return;
    const bindings = importClause?.namedBindings;
    if (bindings === undefined || ts.isNamespaceImport(bindings)) this.tell(statement, 'all of vscode');
    else for (const element of bindings.elements) if (!element.isTypeOnly) this.imported(element);
  }

  private imported(element: ts.ImportSpecifier): void {
    const name = (element.propertyName ?? element.name).text;
    const allowed = PARTLY[name];
    if (allowed !== undefined) this.partly.set(element.name.text, allowed);
    else if (!QUIET.has(name)) this.tell(element, name);
  }

  private visit(node: ts.Node): void {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isIdentifier(node) && isReference(node)) this.used(node);
    if (ts.isCallExpression(node)) this.called(node);
    if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) this.assigned(node.left);
    ts.forEachChild(node, (child) => this.visit(child));
  }

  private used(node: ts.Identifier): void {
    const allowed = this.partly.get(node.text);
    if (allowed === undefined) return;
    const { parent } = node;
    const name = ts.isPropertyAccessExpression(parent) ? parent.name.text : undefined;
    if (name === undefined) this.tell(node, `${node.text} by another name`);
    else if (!allowed.test(name)) this.tell(node, `${node.text}.${name}`);
  }

  private called(node: ts.CallExpression): void {
    if (!isVscode(node.arguments[0])) return;
    const isRequire = ts.isIdentifier(node.expression) && node.expression.text === 'require';
    if (isRequire || node.expression.kind === ts.SyntaxKind.ImportKeyword) this.tell(node, 'all of vscode, later');
  }

  private assigned(left: ts.Expression): void {
    if (!ts.isPropertyAccessExpression(left) || left.expression.kind === ts.SyntaxKind.ThisKeyword) return;
    const name = left.name.text;
    if (DRAWN.has(name) && !OURS[this.file]?.includes(name)) this.tell(left, `${left.getText(this.source)} =`);
  }
}

/** Not the name of a property, and not declared anew. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) return parent.name !== node;
  return !ts.isPropertySignature(parent) && !ts.isMethodSignature(parent) && !ts.isMethodDeclaration(parent);
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

function isVscode(node: ts.Node | undefined): boolean {
  return node !== undefined && ts.isStringLiteralLike(node) && node.text === 'vscode';
}

/** Of the extension host; the page of the form has no `vscode`. */
function sources(): string[] {
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.split(path.sep).join('/'));
  return all.filter((name) => name.endsWith('.ts') && !/^(shown|editor\/page)\//.test(name));
}

test('nothing draws words past the door', () => {
  const files = sources();
  expect(files.length).toBeGreaterThan(100);
  expect(files.flatMap((file) => bareUses(file, readFileSync(path.join(folder, file), 'utf8')))).toEqual([]);
});

test('the page of the form writes words by its own door, which knows no markup', () => {
  const files = readdirSync(path.join(folder, 'editor/page')).filter((name) => name.endsWith('.ts'));
  const marks = /\.(innerHTML|outerHTML|insertAdjacentHTML|setHTML\w*|write(ln)?|createContextualFragment|srcdoc)\b/;
  const words = /\.(textContent|innerText|title|placeholder|alt) = /;
  const bare = files.filter((name) => {
    const text = readFileSync(path.join(folder, 'editor/page', name), 'utf8');
    return marks.test(text) || (name !== 'dom.ts' && words.test(text));
  });
  expect(files).toContain('dom.ts');
  expect(bare).toEqual([]);
});

test.each([
  ["import { window } from 'vscode'; window.showErrorMessage(name);", 'window.showErrorMessage'],
  ["import { window as w } from 'vscode'; w.showQuickPick([]);", 'w.showQuickPick'],
  ["import { window } from 'vscode'; const { showInputBox } = window;", 'window by another name'],
  ["import { window } from 'vscode'; const w = window; w.setStatusBarMessage(name);", 'window by another name'],
  ["import { window } from 'vscode'; window['showInformationMessage'](name);", 'window by another name'],
  ["import { window } from 'vscode'; use({ window });", 'window by another name'],
  ["import { window } from 'vscode'; window.withProgress({ title: name });", 'window.withProgress'],
  ["import { window } from 'vscode'; window.createStatusBarItem().show();", 'window.createStatusBarItem'],
  ["import * as vscode from 'vscode'; vscode.window.showErrorMessage(name);", 'all of vscode'],
  ["import vscode from 'vscode';", 'all of vscode'],
  ["const vscode = require('vscode');", 'all of vscode, later'],
  ["const { window } = await import('vscode');", 'all of vscode, later'],
  ["import vscode = require('vscode');", 'import ='],
  ["export { window } from 'vscode';", 'export from vscode'],
  ["import { MarkdownString } from 'vscode'; new MarkdownString(name);", 'MarkdownString'],
  ["import { TreeItem } from 'vscode'; class Row extends TreeItem {}", 'TreeItem'],
  ["import { CodeLens as Lens } from 'vscode'; new Lens();", 'CodeLens'],
  ["import { Diagnostic } from 'vscode';", 'Diagnostic'],
  ["import { languages } from 'vscode'; languages.registerOnTypeFormattingEditProvider();", 'languages.registerOn'],
  ["import { workspace } from 'vscode'; workspace.registerFileSystemProvider();", 'workspace.registerFile'],
  ["import type { TreeView } from 'vscode'; view.message = name;", 'view.message ='],
  ['item.description += name;', 'item.description ='],
])('a bare use is found: %s', (text, what) => {
  expect(bareUses('planted.ts', text)).toEqual([expect.stringContaining(what)]);
});

test('what draws nothing is not', () => {
  const text = `import { type TreeItem, window, Uri } from 'vscode';
    import type { MarkdownString } from 'vscode';
    window.onDidCloseTerminal(() => Uri.file(window.activeTextEditor.document.fileName));
    const facts = { window: 1 }; facts.window; this.description = 'ours';`;
  expect(bareUses('planted.ts', text)).toEqual([]);
});
