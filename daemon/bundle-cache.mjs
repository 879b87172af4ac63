// Runs typical commands from a bundle, `cosmos queue` against a stand-in of a daemon, and keeps the code that V8 compiled
// for them. node bundle-cache.mjs NAME FOLDER
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { WebSocketServer } from 'ws';

const { PARTS, compile, evaluate } = createRequire(import.meta.url)('../dist/daemon/bundle.cjs');
const [name, state] = process.argv.slice(2);
const spec = path.join(state, 'shot.json');

const COMMANDS = {
  asking: [['queue'], ['--help']],
  whole: [
    ['completion', 'bash'],
    ['spec', 'check', '--no-media', spec],
  ],
};
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
});
await new Promise((resolve) => http.listen(0, '127.0.0.1', resolve));
const at = `127.0.0.1:${http.address().port}`;
const found = { url: `ws://${at}/rpc`, http: `http://${at}`, token: '0', pid: process.pid, version: '0', protocol: 1 };
const startedAt = new Date().toISOString();
writeFileSync(path.join(state, 'daemon.json'), JSON.stringify({ ...found, startId: '0', startedAt }));
writeFileSync(path.join(state, 'shot.mp4'), '');
writeFileSync(spec, '{"name": "shot", "prompt": "rain", "video_path": "shot.mp4", "edge": {"control_weight": 0.5}}');

const script = compile(name, undefined);
const said = [];
const write = process.stderr.write.bind(process.stderr);
for (const stream of [process.stdout, process.stderr]) stream.write = (text) => said.push(text) > 0;
for (const words of COMMANDS[name]) {
  process.exitCode = 0;
  process.argv = [process.execPath, PARTS[name].program, '--state-dir', state, ...words];
  await (await evaluate(name, script).cli()).done;
  if (process.exitCode !== 0) {
    write(`cosmos ${words.join(' ')} failed from the bundle:\n${said.join('')}\n`);
    process.exit(1);
  }
}
writeFileSync(PARTS[name].cache, script.createCachedData());
process.exit(0);
