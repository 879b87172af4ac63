/** The methods about hosts: list, probe, add, trust, log in, drain, forget, adopt. */
import * as z from 'zod';
import { AdoptedRun, Host, HostDraft, HostProbe } from '../host.js';
import { Job } from '../job.js';
import { type MethodTable, method, nothing } from './method.js';

const asks = z
  .boolean()
  .optional()
  .describe('A person is there: what the host asks comes as host.asks, and is answered by host.answer.');

export const hostMethods = {
  'host.list': method('Hosts and their slots.', nothing, z.object({ hosts: z.array(Host) })),
  'host.probe': method(
    'Look at everything a host needs; each finding also comes as a host.check notification while the probe goes on.',
    z.strictObject({
      asks,
      host: z.union([z.string().min(1), HostDraft]).describe('Name in cosmos.toml, an SSH target, or one to be added.'),
    }),
    z.object({ probe: HostProbe }),
  ),
  'host.add': method(
    'Probe a host and write it into cosmos.toml when nothing failed; it is used at once.',
    z.strictObject({
      asks,
      host: HostDraft,
      force: z.boolean().optional().describe('Write it even though checks failed.'),
    }),
    z.object({
      added: z.boolean(),
      file: z.string().describe('The cosmos.toml it is, or would be, written to.'),
      probe: HostProbe,
    }),
  ),
  'host.trust': method(
    'Trust exactly the key with this fingerprint for a host; it must be the one that the host shows now.',
    z.strictObject({
      host: z.string().min(1).describe('Name in cosmos.toml, or an SSH target.'),
      fingerprint: z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/, 'A fingerprint is SHA256: and 43 characters.'),
    }),
    z.object({ host: z.string(), fingerprint: z.string() }),
  ),
  'host.unlock': method(
    'Open an encrypted private key of this machine; it stays open in the memory of the daemon, and nowhere else.',
    z.strictObject({ file: z.string().min(1), passphrase: z.string() }),
    nothing,
  ),
  'host.login': method(
    'Open the way to a host with a person there: what it asks comes as host.asks. The way stays open until it is lost.',
    z.strictObject({ host: z.string().min(1) }),
    z.object({ host: Host }),
  ),
  'host.answer': method(
    'Answer a host.asks of this client. The answers go to the host and are kept nowhere.',
    z.strictObject({
      id: z.string(),
      answers: z.array(z.string()).nullable().describe('One for each prompt, in their order; null = not answered.'),
    }),
    nothing,
  ),
  'host.drain': method(
    'Let a host finish what it has and start nothing new there; it stays so over a restart of the daemon.',
    z.strictObject({ host: z.string().min(1), reason: z.string().optional().describe('Shown to everybody.') }),
    z.object({ host: Host }),
  ),
  'host.resume': method(
    'Let a host that drains take jobs again.',
    z.strictObject({ host: z.string().min(1) }),
    z.object({ host: Host }),
  ),
  'host.forget': method(
    'Give up a host that never returns: its jobs go back to the queue, its entry leaves cosmos.toml. Refused with host_in_use while jobs are on it, unless forced.',
    z.strictObject({
      host: z.string().min(1),
      force: z.boolean().optional().describe('Also when jobs are on it; what they did there is lost.'),
    }),
    z.object({
      host: z.string(),
      jobs: z.array(Job).describe('Jobs that were on it, as they are now.'),
      left: z.array(z.string()).describe('Runs that could not be seen to end: they may still be there.'),
    }),
  ),
  'host.adopt': method(
    'Rebuild jobs from the run folders on a host and fetch their results: after a move to a new machine. May be repeated.',
    z.strictObject({
      host: z.string().min(1),
      owner: z.string().optional().describe('Whose runs, as they are recorded: "me@oldbox"; default: our own.'),
    }),
    z.object({ runs: z.array(AdoptedRun) }),
  ),
} as const satisfies MethodTable;
