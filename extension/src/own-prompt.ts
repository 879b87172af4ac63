/** The prompt that a clip brings itself, as the daemon reads it. */
import type { Clip } from '../../schemas/received.js';
import type { Link } from './link.js';

/** Where a prompt may stand that belongs to the clip, and not to how it is sent. */
const OWN: readonly string[] = ['spec', 'manifest', 'prompt.txt'];

/** null = it brings none; undefined = the daemon cannot tell. */
export async function ownPrompt(
  link: Pick<Link, 'call'>,
  { id, specFile, promptFile, manifest }: Clip,
): Promise<string | null | undefined> {
  if (specFile === null && promptFile === null && manifest?.wanted?.prompt === undefined) return null;
  try {
    const { plans } = await link.call('job.plan', { targets: [id] });
    const [plan] = plans;
    return plan !== undefined && OWN.includes(plan.promptSource) ? plan.prompt : null;
  } catch {
    return undefined; // the clip is being written, or its spec is refused: the send itself says so
  }
}
