/** Opens the settings of the connection to the daemon. */
import { commands } from 'vscode';
import type { Handler } from './register.js';

export const daemonSettings: Handler = () => commands.executeCommand('workbench.action.openSettings', 'cosmos.daemon');
