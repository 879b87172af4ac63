/** The page's language: the translations that the extension put into its document. Imported before any word is said. */
import * as l10n from '@vscode/l10n';

l10n.config({ contents: document.querySelector('main')?.dataset.words ?? '{}' });
