/** The checkouts of NVIDIA's repositories that containers see as their workspace. */
import path from 'node:path';
import type { HostCheck, HostEngineConfig } from '../../../schemas/index.js';
import { runChecked } from '../shell/checked.js';
import { fine, problem } from './catalogue.js';
import type { EngineNeeds, ProbeContext } from './context.js';
import { shellWord } from './shell-word.js';

/**
 * $1 checkout, $2 a file in it. Prints "there", then commit and day. Git refuses folders that other users own, and a
 * checkout that a container wrote into may be one; reading the last commit runs none of their code.
 */
const LOOK = `
[ -e "$1/$2" ] || exit 0
echo there
git -c safe.directory='*' -C "$1" log -1 --format='%h %cs' 2>/dev/null
exit 0
`;

/** Of one engine. */
export async function checkCheckout(
  { remote }: ProbeContext,
  needs: EngineNeeds,
  settings: HostEngineConfig,
): Promise<HostCheck> {
  const { engine, entry, repository, since } = needs;
  const { checkout } = settings;
  const subject = { check: 'checkout', engine } as const;
  const clone = cloneCommand(repository, checkout);
  if (checkout === undefined) return problem(subject, 'checkout_unset', { engine, clone });
  const [there, version = ''] = (await runChecked(remote, LOOK, [checkout, entry])).toString().split('\n');
  if (there !== 'there') return problem(subject, 'checkout_missing', { checkout, entry, clone });
  const [commit = '', date = ''] = version.split(' ');
  if (commit === '') return fine(subject, `${checkout} is there; its commit is not known (no git).`, { checkout });
  if (since !== null && date < since) {
    return problem(subject, 'checkout_old', { checkout, commit, date, least: since });
  }
  return fine(subject, `${checkout} is at ${commit} of ${date}.`, { checkout, commit, date });
}

export function cloneCommand(repository: string, checkout: string | undefined): string {
  return `git clone ${repository} ${shellWord(checkout ?? path.posix.basename(repository))}`;
}

/** As the repositories document it (NVIDIA's docs/setup.md of both): the Dockerfile is in the checkout. */
export function buildCommand(repository: string, checkout: string | undefined, image: string): string {
  const folder = shellWord(checkout ?? path.posix.basename(repository));
  return `git clone ${repository} ${folder}; cd ${folder} && docker build -f Dockerfile -t ${shellWord(image)} .`;
}
