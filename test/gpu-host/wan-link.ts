/**
 * The slow line to a host in a network namespace of its own: delay and rate as of a far place, and a plug to pull.
 *
 * Not a TCP proxy on loopback: that would answer connections itself, swallow what is sent before the far end has it, and
 * hide slow start and a dead line from the client's kernel. Here the client's own TCP meets the delay, and a cut is a
 * silence. The near end is a device of this machine's network with one address of 198.18.0.0/15 (RFC 2544: for such
 * measurements, never routed); it goes with the process that holds it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import { compiled } from './compiled.js';
import { CLEAN_ENV } from './execute.js';
import type { WanOptions } from './options.js';

export class WanLink {
  /** The host's address on the line. */
  readonly address: string;
  private readonly ownAddress: string;
  private process: ChildProcess | undefined;
  private isCut = false;

  constructor(private options: WanOptions) {
    [this.ownAddress, this.address] = freePair();
  }

  /** Lays the line to the network of process `pid`. */
  async up(pid: number): Promise<void> {
    const argv = [String(pid), this.ownAddress, this.address];
    const link = spawn(await compiled('wan-link.c'), argv, { env: CLEAN_ENV, stdio: ['pipe', 'pipe', 'pipe'] });
    let said = '';
    link.stderr.on('data', (data) => (said += data));
    const [answer] = await Promise.race([once(link.stdout, 'data'), once(link, 'close')]);
    if (String(answer).trim() !== 'ready') throw new Error(`The slow line could not be laid: ${said.trim()}`);
    this.process = link;
    this.change(this.options);
    if (this.isCut) this.cut();
  }

  /** Counts from the next packet on. */
  change(options: Partial<WanOptions>): void {
    this.options = { ...this.options, ...options };
    const { roundTripMs, megabits } = this.options;
    this.say(`line ${Math.round((roundTripMs / 2) * 1000)} ${(megabits * 1e6) / 8}`);
  }

  /** Packets vanish in both directions, those under way too. */
  cut(): void {
    this.isCut = true;
    this.say('cut');
  }

  heal(): void {
    this.isCut = false;
    this.say('heal');
  }

  async down(): Promise<void> {
    const link = this.process;
    if (link === undefined) return;
    this.process = undefined;
    const gone = once(link, 'exit');
    link.kill('SIGKILL');
    if (link.exitCode === null && link.signalCode === null) await gone;
  }

  private say(command: string): void {
    this.process?.stdin?.write(`${command}\n`);
  }
}

/** Two neighbouring addresses that no device of this machine has. */
function freePair(): [own: string, host: string] {
  const taken = Object.values(networkInterfaces()).flatMap((list) => list?.map(({ address }) => address) ?? []);
  for (;;) {
    const place = randomInt(2 ** 15) * 4; // of the 2^17 addresses of 198.18.0.0/15, four to a line
    const [own, host] = [address(place + 1), address(place + 2)];
    if (!taken.includes(own)) return [own, host];
  }
}

function address(place: number): string {
  return `198.${18 + (place >> 16)}.${(place >> 8) & 255}.${place & 255}`;
}
