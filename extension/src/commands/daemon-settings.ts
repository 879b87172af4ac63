import { commands } from 'vscode';
import type { Handler } from './register.js';

export const daemonSettings: Handler = () => commands.executeCommand('workbench.action.openSettings', 'cosmos.daemon');
