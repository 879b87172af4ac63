/** Start files that talk, trap, read standard input or replace the shell, and gateways that answer in prose. */
import { expect, test } from 'vitest';
import { judgeAll, useAll } from '../../../support/logins.js';
import { mixes, REFUSED, WORKING } from '../../../support/start-files.js';

/** How many random accounts there are: COSMOS_LOGINS, or enough to notice that something broke. */
const COUNT = Number(process.env.COSMOS_LOGINS ?? 12);
const SEED = Number(process.env.COSMOS_SEED ?? 13);

/** Those that only waiting tells from a slow host come first, and are waited for less. */
const HASTE = 5;

test("start files and gateways do not change what scripts get and give, or are told by the host's own words", async () => {
  const refused = Object.entries(REFUSED);
  const working = Object.entries(WORKING);
  const errors = await useAll([
    ...refused.map(([, [login]]) => ({ login, haste: HASTE })),
    ...working.map(([, login]) => ({ login })),
  ]);
  for (const [n, [name, [, sentence]]] of refused.entries()) {
    expect.soft(errors[n]?.message, name).toMatch(sentence);
    expect.soft(errors[n]?.message, name).toMatch(/^The login shell of user\d+ on user\d+ [\P{C}]{50,700}\.$/u);
    expect.soft(errors[n]?.code, name).toBe('host_shell_failed');
  }
  for (const [n, [name]] of working.entries()) expect.soft(errors[refused.length + n], name).toBeUndefined();
});

test(`${COUNT} random accounts, seed ${SEED}: where ssh gets through we do, or say what is in the way`, async () => {
  const all = mixes(SEED, COUNT);
  const judged = await judgeAll(all.map(({ login }) => ({ login, haste: HASTE })));
  for (const [n, { error, worksForSsh }] of judged.entries()) {
    const { login, blocks = [] } = all[n] ?? {};
    const account = JSON.stringify(login);
    if (error === undefined) continue;
    expect.soft(error, account).toMatchObject({ code: 'host_shell_failed' });
    const isTold = blocks.some((sentence) => sentence.test(error.message));
    if (worksForSsh) expect.soft(isTold, `${account}: ${error.message}`).toBe(true);
  }
});
