/** Line ends of a text. */

/** Each CR that stands alone (an old Mac wrote it) as LF: every character keeps its offset. */
export function withLineFeeds(text: string): string {
  return text.replace(/\r(?!\n)/g, '\n');
}

/** All line ends as Python reads them. */
export function asPythonReads(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}
