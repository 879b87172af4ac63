/** Finds the files that the explorer passes to a command. */
import { Uri } from 'vscode';

/** Files that the explorer passes: all selected ones if the clicked one is among them. */
export function urisOf([one, selected]: readonly unknown[]): Uri[] {
  const all: readonly unknown[] = Array.isArray(selected) && selected.length > 0 ? selected : [one];
  return all.filter((value): value is Uri => value instanceof Uri);
}
