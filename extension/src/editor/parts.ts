/** What both forms work with. */
import type { Uri } from 'vscode';
import type { Link } from '../link.js';
import type { Store } from '../store.js';

export interface EditorParts {
  readonly link: Link;
  readonly store: Store;
  /** Folder of the page's script and style. */
  readonly resources: Uri;
}
