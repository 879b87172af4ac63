/** Text that does harm when a program interprets it. Seeded. */

/** Made by a command in a hostile text that was executed. */
export const CANARY = 'canary';
/** Printed by a command in a hostile text that was executed: the text itself never holds it. */
export const SONG = 'canary-42';

/** No slash, so that a file may be called so. */
const PARTS: readonly string[] = [
  `$(touch ${CANARY})`,
  `\`touch ${CANARY}\``,
  `'; touch ${CANARY}; '`,
  `"; touch ${CANARY}; "`,
  `\ntouch ${CANARY}\n`,
  `| touch ${CANARY} &`,
  '$(echo canary-$((6*7)) >&2)',
  "'$(echo canary-$((6*7)))'",
  '$(reboot)',
  '\\$(reboot)\\',
  '-rf',
  '--help',
  '--mount=type=bind',
  '..',
  '$HOME $0',
  '~root',
  '* ? [a-z] {a,b}',
  '%s%n%99d',
  '\\n\\x00\\u0000\\',
  '"',
  "'",
  '\\',
  '#',
  ' ',
  '\t',
  '\r',
  '<b>&amp;',
  'é ü ß 雨の街',
  '🌧\u200d🚗',
  '\u202egnp.',
  '\u2028',
  '=,:;',
];

/** One to five parts with a word at a random place. */
export function hostileText(random: () => number): string {
  const pick = () => PARTS[Math.floor(random() * PARTS.length)] ?? '';
  const parts = Array.from({ length: 1 + Math.floor(random() * 5) }, pick);
  parts.splice(Math.floor(random() * (parts.length + 1)), 0, 'street');
  return parts.join('');
}

/** With what only a path or a prompt may hold. */
export function hostileProse(random: () => number): string {
  return `[${hostileText(random)} ../../../etc/passwd $(touch /tmp/${CANARY}) ${hostileText(random)}]`; // prompts are trimmed
}
