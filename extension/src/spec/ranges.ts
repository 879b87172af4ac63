/** Converts positions in the daemon's reports (from 1) to positions of VS Code (from 0). Both count UTF-16 units. */
import { Range, TextEdit } from 'vscode';
import type { TextEdit as ReportedEdit } from '../../../schemas/index.js';

export type ReportedRange = Omit<ReportedEdit, 'text'>;

export function rangeOf({ line, column, endLine, endColumn }: ReportedRange): Range {
  return new Range(line - 1, column - 1, endLine - 1, endColumn - 1);
}

export function editOf(edit: ReportedEdit): TextEdit {
  return TextEdit.replace(rangeOf(edit), edit.text);
}
