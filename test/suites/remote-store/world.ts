/** A store on a host, and folders on both sides, fresh for each test. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { systemClock } from '../../../daemon/clock.js';
import type { Remote } from '../../../daemon/host/shell/remote.js';
import { RemoteStore } from '../../../daemon/host/transfer/transfer.js';
import { contentOf, MB } from '../../support/contents.js';
import { tempDir } from '../../support/tmp.js';

export interface StoreUnderTest {
  readonly remote: Remote;
  /** A folder on the host that is not there yet; this machine sees it at the same path. */
  readonly root: string;
  /** Gives what the test itself made below the root to the host's user. */
  own?(): void;
}

export type CreateStore = () => StoreUnderTest | Promise<StoreUnderTest>;

export const never: AbortSignal = new AbortController().signal;
/** Bytes of a file that does not travel with small ones. */
export const BIG = 9 * MB;
export const HOSTILE = [
  "quote's.mp4",
  '"double".mp4',
  'new\nline',
  '$(reboot)',
  '`id`',
  '-rf',
  'ü 名前 🎬.png',
  'a\\b',
  '*',
  ' ',
  '\t',
  '%s%n',
];

export class StoreWorld {
  readonly remote: Remote;
  readonly root: string;
  readonly store: RemoteStore;
  /** Folder of a run on the host; not there yet. */
  readonly run: string;
  readonly local = tempDir();

  constructor(private readonly subject: StoreUnderTest) {
    this.remote = subject.remote;
    this.root = subject.root;
    this.store = new RemoteStore(subject.remote, subject.root, systemClock, 'daemon');
    this.run = path.posix.join(subject.root, 'runs', 'r1');
  }

  write(name: string, what: number | string) {
    return contentOf(this.local, name, what);
  }

  /** A file that the run made. */
  onHost(name: string, what: number | string) {
    mkdirSync(path.dirname(path.join(this.run, name)), { recursive: true });
    const content = contentOf(this.run, name, what);
    this.own();
    return content;
  }

  own(): void {
    this.subject.own?.();
  }
}
