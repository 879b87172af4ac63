/** Rows of trees, and what a tree says around them. */
import { ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, type TreeView } from 'vscode';
import { markdownString } from './editor.js';
import { plain } from './inert.js';
import type { Markdown } from './markdown.js';

/** Characters that a screen reader is given of one row. */
const SPOKEN = 600;

/** A codicon, and the theme's colour for it. */
export interface Icon {
  readonly id: string;
  readonly color?: string;
}

/** What a row shows and what it is. */
export interface Row {
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  /** What a screen reader says instead of label and description, which are short. */
  readonly spoken?: string;
  readonly icon?: Icon;
  /** What the menus ask for; made of names of ours only. */
  readonly context?: string;
  /** undefined = nothing can be below it. */
  readonly open?: boolean;
  /** A command that a click runs, with its arguments. */
  readonly click?: readonly [command: string, ...args: readonly unknown[]];
}

/** @param id by which VS Code finds it again. */
export function treeItem(id: string, row: Row): TreeItem {
  const item = new TreeItem(plain(row.label), stateOf(row.open));
  item.id = id;
  if (row.description !== undefined) item.description = plain(row.description);
  if (row.tooltip !== undefined) item.tooltip = plain(row.tooltip);
  if (row.spoken !== undefined) item.accessibilityInformation = { label: plain(row.spoken, SPOKEN) };
  if (row.icon !== undefined) item.iconPath = themeIcon(row.icon);
  if (row.context !== undefined) item.contextValue = row.context;
  if (row.click !== undefined) {
    const [command, ...args] = row.click;
    item.command = { command, title: item.label as string, arguments: args };
  }
  return item;
}

/** What is only made when somebody points at the row. */
export function setTooltip(item: TreeItem, tooltip: Markdown): void {
  item.tooltip = markdownString(tooltip);
}

function stateOf(open: boolean | undefined): TreeItemCollapsibleState {
  if (open === undefined) return TreeItemCollapsibleState.None;
  return open ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
}

function themeIcon({ id, color }: Icon): ThemeIcon {
  return new ThemeIcon(id, color === undefined ? undefined : new ThemeColor(color));
}

export interface TreeWords {
  /** Beside its title. */
  readonly description: string;
  /** Above its rows; empty = none. */
  readonly message: string;
  readonly badge: { readonly value: number; readonly tooltip: string } | undefined;
}

/** Each setting is a message to the window, also of what is there already. */
export function setTreeWords(view: TreeView<unknown>, words: TreeWords): void {
  const [description, message, badge] = [plain(words.description), plain(words.message, 600), words.badge];
  if (view.badge?.value !== badge?.value) {
    view.badge = badge && { value: badge.value, tooltip: plain(badge.tooltip) };
  }
  if ((view.description ?? '') !== description) view.description = description;
  if ((view.message ?? '') !== message) view.message = message === '' ? undefined : message;
}
