/** The error for a daemon that runs and does not answer, with what is known of the cause. */
import { readFileSync } from 'node:fs';
import { CosmosError } from '../errors.js';
import type { StateDir } from '../state-dir.js';
import { readStandstill } from '../watchdog/standstill.js';
import { workInWords } from '../watchdog/words.js';
import type { Presence, Silent } from './discovery.js';
import { date } from './output/amounts.js';

/** The command that ends such a daemon. */
export const END_IT = 'cosmos daemon stop --force';

const WHAT_NOW = `End it with \`${END_IT}\`: what runs on hosts goes on, and the next command starts a new daemon.`;

type SilentPresence = Extract<Presence, Silent>;

/** The error of a command that needs the daemon. */
export function silentDaemon(presence: SilentPresence, stateDir: StateDir): CosmosError {
  const { pid, since } = presence.facts ?? {};
  const message = `${silentWords(presence, stateDir)} ${WHAT_NOW}`;
  return new CosmosError('daemon_silent', message, {
    ...{ pid: pid ?? null, since: since ?? null, waitedSeconds: seconds(presence.waitedMs) },
    ...{ stateDir: stateDir.root },
  });
}

/** Its process, how long the command waited, and what is known of the cause. */
export function silentWords(presence: SilentPresence, stateDir: StateDir): string {
  const { facts, waitedMs } = presence;
  const who = facts === undefined ? 'A process that has not said its number' : `The daemon process ${facts.pid}`;
  const begun = facts === undefined ? '' : `, it was started at ${date(facts.since)}`;
  const doing = presence.kind === 'silent' ? '' : ` It is still ${presence.kind}.`;
  const head = `${who} does not answer (waited ${seconds(waitedMs)} s${begun}).${doing}`;
  return [head, ...why(presence, stateDir)].join(' ');
}

function why({ facts }: SilentPresence, stateDir: StateDir): string[] {
  if (facts === undefined) return [];
  if (isStopped(facts.pid)) return [`It is stopped by a signal; \`kill -CONT ${facts.pid}\` lets it go on.`];
  const standstill = readStandstill(stateDir.standstill);
  if (standstill === undefined || standstill.startId !== facts.startId) return [];
  const stood = `${Math.round(standstill.seconds)} s (since ${date(standstill.since)})`;
  return [`Its event loop has stood still for ${stood}, at work on ${workInWords(standstill.work)}.`];
}

/** Whether the process is stopped; Linux only, proc(5): T = by a signal, t = by a debugger. */
function isStopped(pid: number): boolean {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return /^ [Tt] /.test(text.slice(text.lastIndexOf(')') + 1));
  } catch {
    return false; // another system, or it has just ended
  }
}

function seconds(ms: number): number {
  return Math.round(ms / 1000);
}
