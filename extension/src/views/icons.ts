/** Theme colours for icons. */

export const RED = 'list.errorForeground';
export const YELLOW = 'list.warningForeground';
export const GREEN = 'testing.iconPassed';
/** Colour of a star; the yellow of warnings looks brown on white. */
export const GOLD = 'charts.yellow';
export const BLUE = 'charts.blue';
