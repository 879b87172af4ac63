/** What the forms work with. */
import type { Uri } from 'vscode';
import type { Bridge } from '../bridge.js';
import type { DryRuns } from '../spec/dry-runs.js';

export interface EditorParts extends Bridge {
  /** Folder of the page's script and style. */
  readonly resources: Uri;
  readonly dryRuns: DryRuns;
}
