/**
 * What lies in the folder of a run on its host, besides the run's own files:
 *   command.json  what to start               log    stdout and stderr, byte for byte
 *   pid           who has the run; made once  lease  touched while the wrapper lives
 *   exit          how it ended
 */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { errnoOf } from '../../errors.js';
import { linkExclusive } from '../../exclusive.js';
import { writeFileAtomicSync } from '../../write-file.js';
import { Identity } from './process-tree.js';

export const RunCommand = z.object({
  argv: z.tuple([z.string()], z.string()),
  env: z.record(z.string(), z.string()),
  /** Bytes of log after which the wrapper ends the command; left out: never. */
  logLimit: z.int().min(0).optional(),
});
export type RunCommand = z.infer<typeof RunCommand>;

/** Which process has the run. wrapper null = the run was stopped before it started, and never starts. */
export const Claim = z.object({ wrapper: Identity.nullable(), command: Identity.nullable() });
export type Claim = z.infer<typeof Claim>;

export const Exit = z.object({ exitCode: z.int(), at: z.iso.datetime() });
export type Exit = z.infer<typeof Exit>;

export class RunFolder {
  constructor(readonly path: string) {}

  get log(): string {
    return this.at('log');
  }

  create(): void {
    mkdirSync(this.path, { recursive: true });
  }

  readCommand(): RunCommand {
    return RunCommand.parse(JSON.parse(readFileSync(this.at('command.json'), 'utf8')));
  }

  writeCommand(command: RunCommand): void {
    writeFileAtomicSync(this.at('command.json'), JSON.stringify(command), { mode: 0o600 }); // env may hold secrets
  }

  readClaim(): Claim | undefined {
    return this.read('pid', Claim);
  }

  /**
   * Claims the run; false when it is claimed already. Only this keeps a run from starting twice:
   * the process that claims it is the one that starts the command, so any second wrapper finds the run claimed.
   */
  claim(claim: Claim): boolean {
    const draft = this.at(`pid.${process.pid}.draft`);
    writeFileSync(draft, JSON.stringify(claim));
    try {
      return linkExclusive(draft, this.at('pid'));
    } finally {
      rmSync(draft, { force: true });
    }
  }

  /** Adds facts to the claim; only the process that holds the claim may call it. */
  updateClaim(claim: Claim): void {
    writeFileAtomicSync(this.at('pid'), JSON.stringify(claim));
  }

  readExit(): Exit | undefined {
    return this.read('exit', Exit);
  }

  writeExit(exit: Exit): void {
    writeFileAtomicSync(this.at('exit'), JSON.stringify(exit));
  }

  renewLease(): void {
    writeFileSync(this.at('lease'), '');
  }

  /** Milliseconds since 1970 at which the lease was last renewed. */
  leaseTime(): number {
    return statSync(this.at('lease'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  }

  logBytes(): number {
    return statSync(this.log, { throwIfNoEntry: false })?.size ?? 0;
  }

  private read<T extends z.ZodType>(name: string, shape: T): z.infer<T> | undefined {
    try {
      return shape.parse(JSON.parse(readFileSync(this.at(name), 'utf8')));
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  private at(name: string): string {
    return path.join(this.path, name);
  }
}
