import { ThemeColor, ThemeIcon } from 'vscode';
import type { Icon } from './icons.js';

export function themeIcon({ id, color }: Icon): ThemeIcon {
  return new ThemeIcon(id, color === undefined ? undefined : new ThemeColor(color));
}
