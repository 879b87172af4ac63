/** Codicons, and the theme's colours for them. */

export interface Icon {
  readonly id: string;
  readonly color?: string;
}

export const RED = 'list.errorForeground';
export const YELLOW = 'list.warningForeground';
export const GREEN = 'testing.iconPassed';
/** Of a star: a warning's yellow is brown on white. */
export const GOLD = 'charts.yellow';
export const BLUE = 'charts.blue';
