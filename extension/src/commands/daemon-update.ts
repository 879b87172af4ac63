/** Opens the extension in the marketplace view, where it can be updated. */
import { commands } from 'vscode';
import type { Handler } from './register.js';

export const daemonUpdate: Handler = () => commands.executeCommand('workbench.extensions.search', 'Cosmos Bridge');
