/** The parts that the forms use. */
import type { Uri } from 'vscode';
import type { Bridge } from '../bridge.js';
import type { DryRuns } from '../spec/dry-runs.js';

export interface EditorParts extends Bridge {
  /** Folder with the script and the style of the page. */
  readonly resources: Uri;
  readonly dryRuns: DryRuns;
}
