/** A program that brings up a host, says which, and never takes it down: for a test that kills it. */
import { GpuHost } from './gpu-host.js';

const host = await GpuHost.up({ homeBytes: 2 ** 20, wan: { roundTripMs: 1, megabits: 1000 } });
process.stdout.write(`${JSON.stringify({ home: host.home, pid: host.pid })}\n`);
setInterval(() => undefined, 1000); // alive until it is killed
