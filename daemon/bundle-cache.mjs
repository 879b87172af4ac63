// Runs `cosmos queue` from the bundle against a stand-in of a daemon, and keeps the code that V8 compiled for it.
// node bundle-cache.mjs FOLDER, an empty one.
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { WebSocketServer } from 'ws';

const { PARTS, compile, evaluate } = createRequire(import.meta.url)('../dist/daemon/bundle.cjs');
const state = process.argv[2];

const ANSWERS = {
  hello: { protocol: 1, version: '0', startId: '0', stateDir: state },
  'job.list': { jobs: [] },
  'queue.get': { paused: false, reason: '' },
};

const http = createServer((_, response) => response.end('{}'));
new WebSocketServer({ server: http }).on('connection', (socket) => {
  socket.on('message', (data) => {
    const { id, method } = JSON.parse(String(data));
    socket.send(JSON.stringify({ jsonrpc: '2.0', id, result: ANSWERS[method] }));
  });
  socket.on('close', () => http.close()); // then nothing is left to do, and the process ends
});
http.listen(0, '127.0.0.1', () => {
  const at = `127.0.0.1:${http.address().port}`;
  const facts = { url: `ws://${at}/rpc`, http: `http://${at}`, token: '0', pid: process.pid, version: '0', protocol: 1 };
  writeFileSync(
    path.join(state, 'daemon.json'),
    JSON.stringify({ ...facts, startId: '0', startedAt: new Date().toISOString() }),
  );
  const said = process.stderr.write.bind(process.stderr);
  process.stderr.write = () => true; // the queue is empty
  const script = compile(undefined);
  process.argv = [process.execPath, PARTS.program, '--state-dir', state, 'queue'];
  void evaluate(script).cli();
  process.once('beforeExit', () => {
    if (process.exitCode) said(`cosmos queue ended with ${process.exitCode} from the bundle.\n`);
    writeFileSync(PARTS.cache, script.createCachedData());
  });
});
