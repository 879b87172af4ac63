import { commands } from 'vscode';
import type { Handler } from './register.js';

export const daemonUpdate: Handler = () => commands.executeCommand('workbench.extensions.search', 'Cosmos Bridge');
