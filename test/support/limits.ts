/**
 * How long a test waits before it gives up. What a test waits for comes by itself or never does, so a limit only has to be
 * longer than the slowest machine needs: it costs nothing but the time of a failure. No test has a limit of its own.
 */

/** Benches that do many times as much have many times the patience. */
const FACTOR = Number(process.env.COSMOS_TEST_PATIENCE ?? 1);

/** For one thing, in milliseconds: beside a neighbour that takes most of both cores, a job takes a minute and more. */
export const PATIENCE = 180_000 * FACTOR;

/** For a whole test or hook, in milliseconds: longer than its waits, whose errors say what did not come. */
export const TEST_LIMIT = 5 * PATIENCE;
