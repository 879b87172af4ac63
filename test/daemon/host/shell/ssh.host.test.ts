import { Readable } from 'node:stream';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { SshConnection } from '../../../../daemon/host/shell/ssh.js';
import { clientOf, connected } from '../../../support/ssh-client.js';
import { Sshd } from '../../../support/sshd.js';

const forever = new AbortController().signal;

async function textOf(stdout: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stdout) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Reads until the words have come; what follows stays to be read. */
async function readUntil(output: AsyncIterator<Uint8Array>, words: string): Promise<void> {
  for (let text = ''; !text.includes(words); ) {
    const { value, done } = await output.next();
    if (done) throw new Error(`the output ended at "${text}"`);
    text += Buffer.from(value).toString();
  }
}

/** Command lines of the user's processes on the host whose arguments hold `word`. */
async function processes(connection: SshConnection, word: string): Promise<string> {
  const { stdout } = await connection.run('pgrep -a -f -u "$(id -u)" -- "$1" || :', [`[${word[0]}]${word.slice(1)}`]);
  return stdout.toString();
}

describe('run', () => {
  test('gives exit code, stdout and stderr', async () => {
    const { connection } = await connected();
    const result = await connection.run('printf "out %s" "$1"; printf err >&2; exit 7', ['ä $HOME']);
    expect({ ...result, stdout: result.stdout.toString() }).toEqual({
      exitCode: 7,
      stdout: 'out ä $HOME',
      stderr: 'err',
    });
  });

  test('carries any bytes in and out', async () => {
    const { connection } = await connected();
    const bytes = Buffer.from(Array.from({ length: 3 * 2 ** 18 }, (_, index) => (index * 7 + (index >> 8)) % 256));
    expect((await connection.run('cat', [], { stdin: bytes })).stdout.equals(bytes)).toBe(true);
    const stdin = Readable.from([bytes.subarray(0, 10), bytes.subarray(10)]);
    expect((await connection.run('cat', [], { stdin })).stdout.equals(bytes)).toBe(true);
    expect((await connection.run('cat; echo end')).stdout.toString()).toBe('end\n');
    expect((await connection.run('cat | wc -c', [], { stdin: Buffer.alloc(0) })).stdout.toString().trim()).toBe('0');
  });

  test('counts signals as shells do', async () => {
    const { connection } = await connected();
    expect((await connection.run('sh -c "kill -s KILL \\$\\$"')).exitCode).toBe(137);
    expect((await connection.run('kill -s KILL $$', [], { stdin: Buffer.alloc(0) })).exitCode).toBe(137);
  });

  test('keeps the last 64 KiB of stderr, and refuses more than 16 MiB of stdout', async () => {
    const { connection } = await connected();
    const { stderr } = await connection.run('head -c 1000000 /dev/zero | tr "\\0" x >&2; echo last >&2');
    expect(stderr).toHaveLength(2 ** 16);
    expect(stderr).toMatch(/xlast\n$/);
    await expect(connection.run('head -c 20000000 /dev/zero')).rejects.toThrow(/printed more than/);
    expect((await connection.run('exit 3')).exitCode).toBe(3);
  });

  test('a script ends before it has read all of its input', async () => {
    const { connection } = await connected();
    const { stdout } = await connection.run('head -c 3', [], { stdin: Buffer.alloc(8 * 2 ** 20, 'abc') });
    expect(stdout.toString()).toBe('abc');
  });

  test('twenty at once share the connection and its ten channels', async () => {
    const { connection } = await connected();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => connection.run('sleep 0.1; echo "$1"', [String(n)])),
    );
    expect(answers.map(({ stdout }) => Number(stdout.toString()))).toEqual(answers.map((_, n) => n));
  });

  test('an abort kills what runs on the host, with or without input', async () => {
    const { connection } = await connected();
    const input = new Readable({ read() {} });
    for (const stdin of [undefined, input]) {
      const abort = new AbortController();
      const running = connection.run('sleep 4177 & sleep 4178', [], { signal: abort.signal, stdin });
      await vi.waitFor(async () => expect(await processes(connection, 'sleep 417')).toMatch(/4178/));
      abort.abort(new Error('enough'));
      await expect(running).rejects.toThrow('enough');
      await vi.waitFor(async () => expect(await processes(connection, 'sleep 417')).toBe(''));
    }
  });

  test('an abort before the start starts nothing', async () => {
    const { connection } = await connected();
    await expect(connection.run('exit 0', [], { signal: AbortSignal.abort(new Error('no')) })).rejects.toThrow('no');
  });
});

describe('stream', () => {
  test('gives output as it comes, then the exit code', async () => {
    const { connection } = await connected();
    const { stdout, done } = connection.stream('echo one; cat; exit 4', [], {
      signal: forever,
      stdin: Readable.from(['two\n']),
    });
    expect(await textOf(stdout)).toBe('one\ntwo\n');
    expect(await done).toEqual({ exitCode: 4, stderr: '' });
  });

  test('the host waits for a slow reader', async () => {
    const { connection } = await connected();
    const script = 'dd if=/dev/zero bs=1M count=64 2>/dev/null; echo all >&2';
    const { stdout, done } = connection.stream(script, [], { signal: forever });
    const output = stdout[Symbol.asyncIterator]();
    let bytes = ((await output.next()).value as Uint8Array).length;
    await connection.run('sleep 0.3');
    expect(await processes(connection, 'dd if=/dev/zero')).toMatch(/count=64/);
    for (let next = await output.next(); !next.done; next = await output.next()) bytes += next.value.length;
    expect(bytes).toBe(64 * 2 ** 20);
    expect((await done).stderr).toBe('all\n');
  });

  test.each([
    ['that waits', 'echo up; sleep 4188'],
    ['with children in the background', 'sleep 4188 & sleep 4188 & echo up; wait'],
    ['that takes no TERM', 'trap "" TERM; echo up; sleep 4188; sleep 4188'],
    ['that is replaced by a program', 'echo up; exec sleep 4188'],
    ['in a pipe', 'echo up; sleep 4188 | cat'],
  ])('an abort kills a script %s', async (_, script) => {
    const { connection } = await connected();
    for (const stdin of [undefined, new Readable({ read() {} })]) {
      const abort = new AbortController();
      const { stdout, done } = connection.stream(script, [], { signal: abort.signal, stdin });
      const output = stdout[Symbol.asyncIterator]();
      await readUntil(output, 'up');
      await vi.waitFor(async () => expect(await processes(connection, 'sleep 4188')).toMatch(/4188/));
      const rest = output.next();
      abort.abort(new Error('enough'));
      await expect(rest).rejects.toThrow('enough');
      await done;
      expect(await processes(connection, 'sleep 4188')).toBe('');
    }
  });

  test('who stops reading stops the script', async () => {
    const { connection } = await connected();
    const { stdout, done } = connection.stream('while :; do echo tick; sleep 0.05; done', [], { signal: forever });
    for await (const _ of stdout) break;
    await done;
    expect(await processes(connection, 'echo tick')).toBe('');
  });

  test('a broken input is told and ends the script', async () => {
    const { connection } = await connected();
    const stdin = new Readable({ read() {} });
    const { stdout, done } = connection.stream('echo up; cat >/dev/null; sleep 4199', [], { signal: forever, stdin });
    const output = stdout[Symbol.asyncIterator]();
    await readUntil(output, 'up');
    stdin.destroy(new Error('the disk is gone'));
    await expect(output.next()).rejects.toThrow('the disk is gone');
    await expect(done).rejects.toThrow('the disk is gone');
    await vi.waitFor(async () => expect(await processes(connection, 'sleep 4199')).toBe(''));
  });

  test('an abort in the middle of a long input', async () => {
    const { connection } = await connected();
    const abort = new AbortController();
    const stdin = new Readable({
      read() {
        this.push(Buffer.alloc(65_536));
      },
    });
    const { stdout, done } = connection.stream('cat; sleep 4201', [], { signal: abort.signal, stdin });
    const output = stdout[Symbol.asyncIterator]();
    await output.next();
    abort.abort(new Error('enough'));
    await expect(output.next()).rejects.toThrow('enough');
    await done;
    expect(stdin.destroyed).toBe(true);
    await vi.waitFor(async () => expect(await processes(connection, 'sleep 4201')).toBe(''));
  });

  test('when the client vanishes, nothing stays behind on the host', async () => {
    const sshd = await Sshd.up();
    const [gone, witness] = [await clientOf(sshd).open('gpu'), await clientOf(sshd).open('gpu')];
    const { stdout } = gone.stream('echo up; tail -F /dev/null', [], { signal: forever });
    await readUntil(stdout[Symbol.asyncIterator](), 'up');
    expect(await processes(witness, 'tail -F')).toMatch(/tail/);
    gone.close();
    await vi.waitFor(async () => expect(await processes(witness, 'tail -F')).toBe(''));
  });

  test('more channels than the host allows are refused by a sentence, and the others go on', async () => {
    const { connection } = await connected({ config: ['MaxSessions 2'] });
    const open = [1, 2].map(() =>
      connection.stream('echo up; cat', [], { signal: forever, stdin: new Readable({ read() {} }) }),
    );
    for (const { stdout } of open) await readUntil(stdout[Symbol.asyncIterator](), 'up');
    await expect(connection.run('exit 0')).rejects.toMatchObject({ code: 'host_channel_limit' });
  });
});

describe('a lost connection', () => {
  test('is told to the reader, to runs, to listeners; a new one works', async () => {
    const sshd = await Sshd.up();
    const client = clientOf(sshd);
    const connection = await client.open('gpu');
    const closed = new Promise((resolve) => connection.onClose(resolve));
    const { stdout, done } = connection.stream('echo up; sleep 60', [], { signal: forever });
    const output = stdout[Symbol.asyncIterator]();
    await readUntil(output, 'up');
    const running = connection.run('sleep 60');
    const lost = { code: 'host_connection_lost' };
    const told = Promise.all([
      expect(output.next()).rejects.toMatchObject(lost),
      expect(done).rejects.toMatchObject(lost),
      expect(running).rejects.toMatchObject(lost),
    ]);
    await sshd.kill();
    await told;
    expect(await closed).toMatchObject(lost);
    await expect(connection.run('exit 0')).rejects.toMatchObject(lost);
    await sshd.start();
    expect((await (await client.open('gpu')).run('exit 0')).exitCode).toBe(0);
  });

  test('a host that falls silent is noticed by keepalives', async () => {
    const sshd = await Sshd.up();
    const connection = await clientOf(sshd).open('gpu', { keepaliveMs: 100 });
    sshd.freeze();
    onTestFinished(() => sshd.thaw());
    await expect(connection.run('exit 0')).rejects.toMatchObject({ code: 'host_connection_lost' });
  });

  test('closing it ourselves is no loss', async () => {
    const { connection } = await connected();
    const closed = new Promise((resolve) => connection.onClose(resolve));
    connection.close();
    expect(await closed).toBeUndefined();
  });
});

test('a command costs no 40 ms of Nagle', async () => {
  const { connection } = await connected({ shell: '/bin/dash' });
  const times: number[] = [];
  for (let n = 0; n < 11; n++) {
    const start = performance.now();
    await connection.run('exit 0');
    times.push(performance.now() - start);
  }
  expect(Math.min(...times)).toBeLessThan(35); // it would cost every one of them; a busy machine only some
});
