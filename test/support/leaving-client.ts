/**
 * A process that has nothing but a connection to a host (a Login as JSON in its first argument), closes it when its
 * input ends, and then has no reason to stay.
 */
import { once } from 'node:events';
import { connectTo, type Login } from './gpu-host-connection.js';

const connection = await connectTo(JSON.parse(process.argv[2] ?? '') as Login);
process.stdout.write('connected\n');
process.stdin.resume();
await once(process.stdin, 'end');
connection.close();
