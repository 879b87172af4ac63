/** The other things that VS Code draws by a name: terminals, panels, the status bar, the log. */
import * as vscode from 'vscode';
import { redacted } from '../../../schemas/redact.js';
import { iconless, plain, plainLines } from './inert.js';

/** @param icon a codicon. */
export function terminal(name: string, pty?: vscode.Pseudoterminal, icon?: string): vscode.Terminal {
  const shown = iconless(name, 100);
  if (pty === undefined) return vscode.window.createTerminal({ name: shown });
  return vscode.window.createTerminal({ name: shown, pty, ...(icon && { iconPath: new vscode.ThemeIcon(icon) }) });
}

export function webviewPanel(type: string, title: string): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(type, plain(title, 100), vscode.ViewColumn.Active);
}

/** Sets the title of an open panel. */
export function setPanelTitle(panel: vscode.WebviewPanel, title: string): void {
  panel.title = plain(title, 100);
}

export interface StatusWords {
  /** The text may contain our icons, because it holds only counts and times. */
  readonly text: string;
  readonly tooltip: string;
  readonly command: string;
  /** The user must act. */
  readonly isUrgent: boolean;
}

export function statusItem(id: string, name: string): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem(id, vscode.StatusBarAlignment.Left, 10);
  item.name = name;
  return item;
}

export function setStatus(item: vscode.StatusBarItem, { text, tooltip, command, isUrgent }: StatusWords): void {
  item.command = command;
  item.text = plain(text);
  item.tooltip = plain(tooltip, 600);
  item.accessibilityInformation = { label: item.tooltip };
  item.backgroundColor = isUrgent ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
}

/** Milliseconds for which a message stays in the status bar. */
const FLASH = 10_000;

/** Shows a message in the status bar for a few seconds. */
export function flash(text: string): void {
  vscode.window.setStatusBarMessage(iconless(text), FLASH);
}

/** The extension's own log. A message is one line and contains no secret: an address may contain a password. */
export class Log implements vscode.Disposable {
  private readonly channel: vscode.LogOutputChannel;

  constructor(name: string) {
    this.channel = vscode.window.createOutputChannel(name, { log: true });
  }

  debug(words: string): void {
    this.channel.debug(plainLines(redacted(words))); // a stack trace has several lines
  }

  info(words: string): void {
    this.channel.info(plain(redacted(words), 2000));
  }

  warn(words: string): void {
    this.channel.warn(plain(redacted(words), 2000));
  }

  error(words: string, data: Readonly<Record<string, unknown>>): void {
    this.channel.error(plain(redacted(`${words} ${JSON.stringify(data)}`), 4000));
  }

  show(): void {
    this.channel.show();
  }

  dispose(): void {
    this.channel.dispose();
  }
}
