/** A port for a server that takes none of its own choice (sshd). */
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below those that Linux gives to connections (from 32768): what is asked for a moment before its server is still free. */
const PORTS = [20_000, 32_000] as const;
const TRIES = 50;

/** A port of the loopback interface that nobody listens on now; another test has to draw the same one to take it. */
export async function freePort(): Promise<number> {
  for (let left = TRIES; left > 0; left--) {
    const port = randomInt(...PORTS);
    const server = createServer().listen(port, '127.0.0.1');
    try {
      await once(server, 'listening');
    } catch {
      continue; // somebody has it
    }
    server.close();
    await once(server, 'close');
    return port;
  }
  throw new Error(`No free port between ${PORTS.join(' and ')} in ${TRIES} tries.`);
}
