/** Time as a dependency, so that tests can control it. */
export interface Clock {
  /** Milliseconds since 1970, UTC: for what is stored and shown. */
  now(): number;
  /** Monotonic milliseconds: for durations. */
  monotonic(): number;
  /** Calls back once after `ms`; the returned function cancels it. */
  after(ms: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic() {
    const [seconds, nanoseconds] = process.hrtime(); // `performance` would be read from its module at the first use
    return seconds * 1000 + nanoseconds / 1e6;
  },
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** The clock's present moment as stored in the database and sent to clients. */
export function isoNow(clock: Clock): string {
  return new Date(clock.now()).toISOString();
}
