/**
 * Files to and from a host: our store beside scp and rsync in the same run, over the same sshd and with the same cipher.
 * Theirs includes the handshake of a new process; ours uses the one connection that the daemon keeps, whose handshake is
 * shown by itself. Ours also verifies every byte by SHA-256 on both sides, and flushes what it fetches to the disk; the
 * others do neither.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '../../daemon/clock.js';
import type { SshConnection } from '../../daemon/host/shell/ssh.js';
import { RemoteStore } from '../../daemon/host/transfer/transfer.js';
import { must } from '../gpu-host/execute.js';
import { GpuHost } from '../gpu-host/gpu-host.js';
import { connectTo } from '../support/gpu-host-connection.js';

const MB = 2 ** 20;
const CIPHER = 'aes128-gcm@openssh.com';
const SMALL_BYTES = 4000;
const OURS = 'ours, verified';
const WAN = { roundTripMs: 40, megabits: 200 };

interface Sizes {
  readonly bigBytes: number;
  readonly files: number;
  /** Files of the small set that scp gets; its time is scaled, because over a WAN it takes minutes. */
  readonly filesForScp: number;
  readonly rounds: number;
}

export async function bench(): Promise<void> {
  await withPlace({}, { bigBytes: 256 * MB, files: 1000, filesForScp: 1000, rounds: 5 }, 'loopback');
  const line = `${WAN.roundTripMs} ms round trip, ${WAN.megabits} Mbit/s`;
  await withPlace({ wan: WAN }, { bigBytes: 64 * MB, files: 1000, filesForScp: 100, rounds: 1 }, line);
}

async function withPlace(options: { wan?: typeof WAN }, sizes: Sizes, label: string): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'cosmos-bench-'));
  const host = await GpuHost.up({ docker: false, homeBytes: 8192 * MB, ...options });
  try {
    const began = systemClock.monotonic();
    const connection = await connectTo(host);
    console.log(`${label}, connected in ${((systemClock.monotonic() - began) / 1000).toFixed(2)} s:`);
    const closed = new Promise<unknown>((resolve) => connection.onClose(resolve));
    const place = new Place(host, connection, folder, sizes);
    await place.big();
    await place.small();
    connection.close();
    await closed; // a line that goes first would leave the socket waiting for minutes
  } finally {
    await host.down();
    rmSync(folder, { recursive: true, force: true });
  }
}

class Place {
  private serial = 0;

  constructor(
    private readonly host: GpuHost,
    private readonly connection: SshConnection,
    private readonly folder: string,
    private readonly sizes: Sizes,
  ) {}

  async big(): Promise<void> {
    const { bigBytes, rounds } = this.sizes;
    const file = this.write('big', randomBytes(bigBytes));
    await compare(`${bigBytes / MB} MB up`, bigBytes, rounds, [
      { label: 'scp', work: () => this.scp(file.from, this.there('scp')) },
      { label: 'rsync -W', work: () => this.rsync(file.from, this.there('rsync')) },
      { label: OURS, work: () => this.withStore((store) => store.ensure([file], never)) },
    ]);
    const from = this.there('source');
    await this.scp(file.from, from);
    const remote = this.remote(from);
    await compare(`${bigBytes / MB} MB down`, bigBytes, rounds, [
      { label: 'scp', work: () => this.scp(remote, this.here()) },
      { label: 'rsync -W', work: () => this.rsync(remote, this.here()) },
      { label: OURS, work: () => this.withStore((store) => store.fetch([{ from, to: this.here() }], never)) },
    ]);
  }

  async small(): Promise<void> {
    const { files: count, filesForScp, rounds } = this.sizes;
    const files = Array.from({ length: count }, (_, index) => this.write(`all/f${index}`, randomBytes(SMALL_BYTES)));
    for (const { from } of files.slice(0, filesForScp)) this.write(`some/${path.basename(from)}`, readFileSync(from));
    const all = path.join(this.folder, 'all');
    const some = path.join(this.folder, 'some');
    const label = `${count} files of ${SMALL_BYTES} bytes`;
    const [scp, scale] = [scpLabel(this.sizes), count / filesForScp];
    await compare(`${label} up`, count * SMALL_BYTES, rounds, [
      { label: scp, scale, work: () => this.scp('-r', some, this.there('scp')) },
      { label: 'rsync -a', work: () => this.rsync(`${all}/`, this.there('rsync')) },
      { label: OURS, work: () => this.withStore((store) => store.ensure(files, never)) },
    ]);
    await this.oneChanged(files);

    const [source, part] = [this.there('source'), this.there('part')];
    await this.rsync(`${all}/`, source);
    await this.rsync(`${some}/`, part);
    const wanted = () => {
      const to = this.here();
      return files
        .map(({ from }) => path.basename(from))
        .map((name) => ({ from: `${source}/${name}`, to: path.join(to, name) }));
    };
    await compare(`${label} down`, count * SMALL_BYTES, rounds, [
      { label: scp, scale, work: () => this.scp('-r', this.remote(part), this.here()) },
      { label: 'rsync -a', work: () => this.rsync(`${this.remote(source)}/`, `${this.here()}/`) },
      { label: OURS, work: () => this.withStore((store) => store.fetch(wanted(), never)) },
    ]);
  }

  /** A job again with new weights: all files but one are there. */
  private async oneChanged(files: readonly File[]): Promise<void> {
    const changed = [...files.slice(1), this.write('changed', randomBytes(SMALL_BYTES))];
    const root = this.there('root');
    await this.withStore(async (store) => {
      await store.ensure(files, never);
      const began = systemClock.monotonic();
      const { sentBytes } = await store.ensure(changed, never);
      const seconds = (systemClock.monotonic() - began) / 1000;
      console.log(
        `  again with one changed file: ${sentBytes} bytes of payload (anchor < 10000), ${seconds.toFixed(2)} s`,
      );
    }, root);
  }

  /** An empty store of its own, as a first job has it. */
  private async withStore<T>(use: (store: RemoteStore) => Promise<T>, root = this.there('root')): Promise<void> {
    await use(new RemoteStore(this.connection, root, systemClock));
  }

  private async scp(...argv: string[]): Promise<void> {
    const to = argv.at(-1) ?? '';
    const end = path.isAbsolute(to) && to.startsWith(this.host.home) ? this.remote(to) : to;
    await must(['scp', '-q', '-c', CIPHER, ...this.host.sshOptions, ...argv.slice(0, -1), end]);
  }

  private async rsync(from: string, to: string): Promise<void> {
    const shell = ['ssh', '-c', CIPHER, ...this.host.sshOptions].join(' ');
    await must(['rsync', '-aW', '-e', shell, from, to.startsWith(this.host.home) ? this.remote(to) : to]);
  }

  private remote(file: string): string {
    return `${this.host.user}@${this.host.address}:${file}`;
  }

  /** A fresh path on the host. */
  private there(name: string): string {
    return path.posix.join(this.host.home, `${name}${this.serial++}`);
  }

  /** A fresh path on this machine. */
  private here(): string {
    return path.join(this.folder, `got${this.serial++}`);
  }

  private write(name: string, bytes: Buffer): File {
    const from = path.join(this.folder, name);
    mkdirSync(path.dirname(from), { recursive: true });
    writeFileSync(from, bytes);
    return { from, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
  }
}

interface File {
  readonly from: string;
  readonly sha256: string;
  readonly bytes: number;
}

const never = new AbortController().signal;

function scpLabel({ files, filesForScp }: Sizes): string {
  return files === filesForScp ? 'scp -r' : `scp -r (${filesForScp} files, x${files / filesForScp})`;
}

interface Contestant {
  readonly label: string;
  readonly work: () => Promise<unknown>;
  /** What its time is multiplied by when it does a part of the work. */
  readonly scale?: number;
}

interface Figures {
  seconds: number;
  memory: number;
}

/**
 * Prints a row each; the ratios are against the first. They take turns, so that what others do on this machine hits all
 * of them, and the best of the rounds counts: others only ever add.
 */
async function compare(
  title: string,
  bytes: number,
  rounds: number,
  contestants: readonly Contestant[],
): Promise<void> {
  const figures = contestants.map((): Figures => ({ seconds: Number.POSITIVE_INFINITY, memory: 0 }));
  for (let round = 0; round < rounds; round++) {
    for (const [index, { work, scale = 1 }] of contestants.entries()) {
      const best = figures[index];
      if (best === undefined) continue;
      const before = process.memoryUsage.rss();
      const began = systemClock.monotonic();
      await work();
      best.seconds = Math.min(best.seconds, ((systemClock.monotonic() - began) / 1000) * scale);
      best.memory = Math.max(best.memory, process.memoryUsage.rss() - before);
    }
  }
  console.log(`  ${title}, best of ${rounds} taking turns`);
  for (const [index, { label }] of contestants.entries()) {
    const { seconds = Number.NaN, memory = 0 } = figures[index] ?? {};
    const rate = `${(bytes / MB / seconds).toFixed(1)} MB/s`.padStart(11);
    const ratio = ((figures[0]?.seconds ?? Number.NaN) / seconds).toFixed(2);
    const rss = `RSS +${Math.round(memory / MB)} MB`;
    console.log(`    ${label.padEnd(28)} ${seconds.toFixed(2).padStart(7)} s  ${rate}  x${ratio}  ${rss}`);
  }
}
