/** The patterns of ssh_config(5) and known_hosts: "*" any text, "?" one character, "!" takes a match back. */

/** Whether the whole text matches the pattern, case-sensitive. */
export function matchesPattern(text: string, pattern: string): boolean {
  let [at, inPattern] = [0, 0];
  let star = -1;
  let retry = 0;
  while (at < text.length) {
    if (pattern[inPattern] === '*') {
      star = inPattern++;
      retry = at;
    } else if (pattern[inPattern] === '?' || pattern[inPattern] === text[at]) {
      at++;
      inPattern++;
    } else if (star !== -1) {
      at = ++retry; // the last star takes one character more
      inPattern = star + 1;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(inPattern));
}

/** True when a pattern of the list matches and no negated one does. */
export function matchesPatterns(patterns: readonly string[], text: string): boolean {
  const negated = patterns.filter((pattern) => pattern.startsWith('!'));
  if (negated.some((pattern) => matchesPattern(text, pattern.slice(1)))) return false;
  return patterns.some((pattern) => !pattern.startsWith('!') && matchesPattern(text, pattern));
}

/** The same for names of hosts, whose case does not count, in a list with commas. */
export function matchesHostname(list: string, host: string): boolean {
  return matchesPatterns(list.toLowerCase().split(','), host.toLowerCase());
}
