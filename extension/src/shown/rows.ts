/** Rows of trees, and the texts around a tree. */
import { ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, type TreeView } from 'vscode';
import { markdownString } from './editor.js';
import { plain } from './inert.js';
import type { Markdown } from './markdown.js';

/** Characters of one row for a screen reader. */
const SPOKEN = 600;

/** A codicon and its theme colour. */
export interface Icon {
  readonly id: string;
  readonly color?: string;
}

/** The content and the properties of a row. */
export interface Row {
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  /** The text for a screen reader, instead of the short label and description. */
  readonly spoken?: string;
  readonly icon?: Icon;
  /** The context value for menus; made only of our own words. */
  readonly context?: string;
  /** undefined = it has no children. */
  readonly open?: boolean;
  /** The command of a click, with its arguments. */
  readonly click?: readonly [command: string, ...args: readonly unknown[]];
}

/** @param id by which VS Code recognises it. */
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

/** The tooltip, which is created when the pointer rests on the row. */
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
  /** The text beside the title of the view. */
  readonly description: string;
  /** The message above the rows; empty = none. */
  readonly message: string;
  readonly badge: { readonly value: number; readonly tooltip: string } | undefined;
}

/** Sets only what has changed, because each assignment is a message to the window. */
export function setTreeWords(view: TreeView<unknown>, words: TreeWords): void {
  const [description, message, badge] = [plain(words.description), plain(words.message, 600), words.badge];
  if (view.badge?.value !== badge?.value) {
    view.badge = badge && { value: badge.value, tooltip: plain(badge.tooltip) };
  }
  if ((view.description ?? '') !== description) view.description = description;
  if ((view.message ?? '') !== message) view.message = message === '' ? undefined : message;
}
