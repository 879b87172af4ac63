/** Quoting for commands that our sentences give the user to type. */
import { quote } from '../shell/command.js';

/** A word as a POSIX shell reads it; in quotes only where it has to be. */
export function shellWord(text: string): string {
  return /^[\w/.@:+=-]+$/.test(text) ? text : quote(text);
}
