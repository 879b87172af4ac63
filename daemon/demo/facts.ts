/** The measurements of the demo; the proofs and the last screen are made of these and of nothing else. */
import type { Attempt, CheckReport, Clip, Estimate, Job, Result, Run } from '../../schemas/received.js';
import type { VideoInfo } from '../media/probe.js';
import type { HostFacts } from './sim/sim-facts.js';

export interface LateFrame {
  /** "depth" and 12: the file that was held back. */
  readonly pass: string;
  readonly frame: number;
  /** The reason that the daemon gave for the clip while the frame was missing. */
  readonly reason: string;
  /** Jobs that existed while the frame was missing. */
  readonly jobsMeanwhile: number;
}

export interface Kill {
  readonly killedPid: number;
  readonly nextPid: number;
  /** Progress of the job when it happened, 0..1. */
  readonly fraction: number;
  /** The run of the job when it happened. */
  readonly run: string;
  /** Bytes of the run's own log when the daemon was gone, and just before the next one was started. */
  readonly logAtDeath: number;
  readonly logBeforeNext: number;
}

export interface Costs {
  readonly asIs: Estimate;
  /** The same clip with 121 frames: the length people usually render. */
  readonly long: Estimate;
}

export interface Facts {
  readonly late: LateFrame;
  readonly clip: Clip;
  readonly kill: Kill;
  readonly job: Job;
  readonly attempts: readonly Attempt[];
  readonly runs: readonly Run[];
  /** The whole log of the run. */
  readonly log: string;
  readonly result: Result;
  /** The video as read back from the disk by ffprobe, not by the daemon. */
  readonly video: VideoInfo;
  readonly specFile: string;
  readonly check: CheckReport;
  readonly costs: Costs;
  /** Events received, jumps in their numbers, and the last number by the daemon's own account. */
  readonly events: number;
  readonly jumps: readonly string[];
  readonly lastSeq: number;
  /** Frames that were exported. */
  readonly exported: { readonly frames: number; readonly width: number; readonly height: number; readonly fps: number };
  /** Only when the run was on a host of its own. */
  readonly host?: HostFacts;
}
