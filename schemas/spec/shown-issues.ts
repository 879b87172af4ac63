/** Chooses the findings of a check that people are shown: one for each mistake. */

/**
 * Without the findings that come from another one: the change that solves that one solves them too. Every client shows
 * and counts these; only `--json` and the protocol carry all.
 */
export function shownIssues<Issue extends { readonly because?: number | undefined }>(
  issues: readonly Issue[],
): Issue[] {
  return issues.filter(({ because }) => because === undefined);
}
