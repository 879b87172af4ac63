/** How long the event loop of the daemon may be blocked, and how that is measured. All values in milliseconds. */
export interface StandstillLimits {
  /** Time between two checks of the watchdog, and between two beats of the loop. */
  readonly lookMs: number;
  /** After so long the standstill is written into the log and into standstill.json. */
  readonly toldMs: number;
  /** After so long the process is ended. */
  readonly endMs: number;
}

export const STANDSTILL_LIMITS: StandstillLimits = {
  lookMs: 250,
  // Clients give a daemon 5 s to say that it is well: from then on it looks dead to them, and they want to know why.
  toldMs: 5000,
  // The longest honest standstills are single writes to a disk that is busy or waking up: seconds, at worst tens of
  // them. What has stood for a minute does not come back; until it ends, no client can list or cancel anything.
  endMs: 60_000,
};

/**
 * Longest time between two checks that counts. A longer time means that the watchdog did not run either:
 * the machine slept, the process was stopped (SIGSTOP, a debugger, a paused container), or there was no processor free.
 */
export const LONGEST_STEP_MS = 1000;
