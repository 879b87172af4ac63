/** Decides which documents are specs: by their name or by a setting of the workspace. */
import { type DocumentSelector, languages, type TextDocument, workspace } from 'vscode';

/** Documents that may be specs; {@link isSpec} decides. */
export const SPEC_SELECTOR: DocumentSelector = [
  { pattern: '**/*.{json,jsonl}' },
  { pattern: '**/*.{yaml,yml}' },
  { scheme: 'cosmos-job' },
];

/** Whether the name is that of a spec, for which VS Code's JSON support has the schema already. */
export function isNamedSpec({ uri }: TextDocument): boolean {
  return uri.path.endsWith('.cosmos.json');
}

export function isSpec(document: TextDocument): boolean {
  if (!['file', 'vscode-remote', 'cosmos-job', 'untitled'].includes(document.uri.scheme)) return false;
  if (isNamedSpec(document)) return true;
  const patterns = workspace.getConfiguration('cosmos.spec', document).get<string[]>('files', []);
  return patterns.some((pattern) => languages.match({ pattern }, document) > 0);
}

/** Whether the file has one sample per line. */
export function hasLines({ uri }: TextDocument): boolean {
  return uri.path.endsWith('.jsonl');
}
