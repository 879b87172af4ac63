/** The theme's colours for icons. */

export const RED = 'list.errorForeground';
export const YELLOW = 'list.warningForeground';
export const GREEN = 'testing.iconPassed';
/** Of a star: a warning's yellow is brown on white. */
export const GOLD = 'charts.yellow';
export const BLUE = 'charts.blue';
