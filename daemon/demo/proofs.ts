/** Makes the claims of the demo. Every claim is a check of measured facts; a failed one makes the demo fail. */

import type { Proof } from './claim.js';
import type { Facts } from './facts.js';
import type { HostFacts } from './sim/sim-facts.js';
import { hostProofs } from './sim/sim-proofs.js';

export function proofsOf(facts: Facts): Proof[] {
  const { host } = facts;
  const there = host === undefined ? [] : hostProofs(facts, host);
  return [lateFrame(facts), survival(facts), ranOnce(facts), ...there, journal(facts), output(facts), spec(facts)];
}

/** After everything was stopped: `pids` were started, `leftOver` of them still live. */
export function noProcessLeft(pids: readonly number[], leftOver: readonly number[]): Proof {
  return {
    holds: pids.length > 0 && leftOver.length === 0,
    claim: `Nothing is left running: the daemons ${pids.join(' and ')} are gone.`,
    instead: `The daemon ${leftOver.join(', ')} is still running.`,
  };
}

function lateFrame({ late, clip, job }: Facts): Proof {
  const named = late.reason.includes(late.pass) && late.reason.includes(String(late.frame).padStart(4, '0'));
  return {
    holds: named && late.jobsMeanwhile === 0 && clip.state === 'ready' && job.clip === clip.id,
    claim: `A late frame was noticed and healed: "${late.reason}"; nothing was sent until it came, and then it was sent automatically.`,
    instead: `The clip said "${late.reason}" with ${late.jobsMeanwhile} jobs, and is now ${clip.state}.`,
  };
}

function survival({ kill }: Facts): Proof {
  const { killedPid, nextPid, logAtDeath, logBeforeNext } = kill;
  const percent = Math.floor(kill.fraction * 100);
  return {
    holds: killedPid !== nextPid && logBeforeNext > logAtDeath,
    claim:
      `The daemon was killed with kill -9 at ${percent}%; with no daemon alive the run went on ` +
      `(its log grew from ${logAtDeath} to ${logBeforeNext} bytes).`,
    instead: `With no daemon alive the log of the run stayed at ${logBeforeNext} bytes.`,
  };
}

/** A line of the preview's log that every start of the work writes once. */
const START_LINE = /Processing sample /g;

function ranOnce({ kill, job, attempts, runs, log, host }: Facts): Proof {
  const starts = host?.told.processes ?? log.match(START_LINE)?.length ?? 0;
  const [only] = runs;
  const same = runs.length === 1 && only?.id === kill.run && only.state === 'ended' && job.run === kill.run;
  return {
    holds: same && job.state === 'succeeded' && job.attempt === 1 && attempts.length === 1 && starts === 1,
    claim: `The next daemon found the same run again and finished it: 1 run, 1 attempt, started once.`,
    instead:
      `The job is ${job.state} after ${runs.length} runs, ${attempts.length} attempts and ${starts} starts ` +
      `(run ${kill.run} before the kill, ${job.run} after).`,
  };
}

function journal({ events, jumps, lastSeq }: Facts): Proof {
  return {
    holds: jumps.length === 0 && events > 0 && events === lastSeq,
    claim: `The journal has no gap: events 1 to ${lastSeq} arrived in order, across the kill.`,
    instead: `Of ${lastSeq} journaled events ${events} arrived; jumps: ${jumps.join(', ') || 'none'}.`,
  };
}

function output({ result, video, exported, host }: Facts): Proof {
  const asked = host === undefined ? exported : asExpected(host);
  const fps = video.fps.num / video.fps.den;
  const seen = `${video.frames} frames, ${video.width}x${video.height}, ${fps} fps`;
  const { frames, width, height } = asked;
  const fits = video.frames === frames && video.width === width && video.height === height && fps === asked.fps;
  return {
    holds: fits && result.preview === (host === undefined) && result.contactSheet !== null && video.codec === 'h264',
    claim: `The video was read back from the disk: ${seen}, as ${host === undefined ? 'exported' : 'its spec asks for'}.`,
    instead: `The video has ${seen}; ${host === undefined ? 'exported' : 'asked for'} were ${frames} frames, ${width}x${height}, ${asked.fps} fps.`,
  };
}

function asExpected({ expected: { fps, ...shape } }: HostFacts): Facts['exported'] {
  return { ...shape, fps: fps.num / fps.den };
}

function spec({ check }: Facts): Proof {
  const first = check.issues.find(({ severity }) => severity === 'error');
  return {
    holds: check.ok && check.nvidia === 'accepts',
    claim: `The spec keeps to NVIDIA's rules, and to what they leave unsaid (${check.engine}).`,
    instead: `The spec does not check: ${first?.message ?? `NVIDIA ${check.nvidia} it`}.`,
  };
}
