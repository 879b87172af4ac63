/**
 * Sets the language of the page from the translations in its document. Must be imported before any module that has
 * texts.
 */
import * as l10n from '@vscode/l10n';

l10n.config({ contents: document.querySelector('main')?.dataset.words ?? '{}' });
