import { expect, test } from 'vitest';
import { redacted, redactedValue } from '../../schemas/redact.js';
import { seededRandom } from '../support/random.js';

const BODY = 'q7Xw2mPz9LkT4vRn8BcD3hJf';
const PEM = `-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW\nQyNTUxOQAAACDcanaryCANARYcanaryCANARYcanary==\n-----END OPENSSH PRIVATE KEY-----\n`;
const base64 = (text: string) => Buffer.from(text).toString('base64');
const base64url = (text: string) => Buffer.from(text).toString('base64url');
const jwt = `${base64url('{"alg":"HS256"}')}.${base64url('{"sub":"ann"}')}.${BODY}`;

/** A text, and what may not be left of it. */
const SECRETS: readonly (readonly [string, string])[] = [
  ['https://u:PASSw0rd@h/x.mp4', 'PASSw0rd'],
  ['there is no file https://u:PASSw0rd@h/x.mp4?X-Amz-Signature=abc123', 'PASSw0rd|abc123'],
  ['postgres://admin:p@ss:word@db.example:5432/jobs', 'p@ss|word'],
  ['https://u:pa/ss@h/x', 'pa/ss'],
  ['https://u:pa#ss@h/x', 'pa#ss'],
  ['https://u:pa"ss@h/x', 'pa"ss'],
  ["https://u:pa'ss@h/x", "pa'ss"],
  ['https://u:12345@h/x', '12345'],
  ['https://u:päss@h/x', 'päss'],
  ['there is no file "https://u:PASSw0...", and more', 'PASSw0'],
  ['https://:PASSw0rd@h/x', 'PASSw0rd'],
  ['a,https://u:PASSw0rd@h/x,https://v:OTHERw0rd@h/y', 'PASSw0rd|OTHERw0rd'],
  ['redis://:PASSw0rd@[::1]:6379/0', 'PASSw0rd'],
  ['git+ssh://git:PASSw0rd@github.com/a/b', 'PASSw0rd'],
  ['SSH://root:PASSw0rd@gpu1', 'PASSw0rd'],
  ['https%3A%2F%2Fu%3APASSw0rd%40h%2Fx.mp4', 'PASSw0rd'],
  ['https%253A%252F%252Fu%253APASSw0rd%2540h%252Fx', 'PASSw0rd'],
  [`https://${BODY}@sentry.example/4`, BODY],
  ['user:PASS@host:22', 'PASS'],
  ['root:hunter2@gpu1', 'hunter2'],
  ['cannot log in to root:hun:ter2@10.0.0.5', 'hun|ter2'],
  ['ssh = "root:hunt@er2@gpu1.example.com"', 'hunt|er2'],
  ['(root:hunter2@[fe80::1]:22)', 'hunter2'],
  [`hf_${BODY}`, BODY],
  [`HF_TOKEN=hf_${BODY}`, BODY],
  [`{"HF_TOKEN":"hf_${BODY}"}`, BODY],
  ['HF_TOKEN=canary', 'canary'],
  [`sk-${BODY}`, BODY],
  [`sk-proj-${BODY}_${BODY}-x`, BODY],
  [`sk-ant-api03-${BODY}`, BODY],
  [`sk_live_${BODY}`, BODY],
  ['AKIAIOSFODNN7EXAMPLE', 'IOSFODNN7EXAMPLE'],
  ['ASIAIOSFODNN7EXAMPLE,', 'IOSFODNN7EXAMPLE'],
  [`ghp_${BODY}`, BODY],
  [`github_pat_11ABCDEFG0_${BODY}`, BODY],
  [`glpat-${BODY}`, BODY],
  ['xoxb-123456789012-abcdefABCDEF', '123456789012'],
  [`https://hooks.slack.com/services/T000/B000/${BODY}`, BODY],
  [`AIzaSyA${BODY}abcdefgh`, BODY],
  [`nvapi-${BODY}-${BODY}`, BODY],
  [`npm_${BODY}${BODY}`, BODY],
  [`token ${jwt} was refused`, BODY],
  [jwt.slice(0, -30), jwt.slice(0, -30)],
  [
    '/x?X-Amz-Algorithm=AWS4&X-Amz-Credential=AKID%2F2026&X-Amz-Security-Token=FwoG%2B&X-Amz-Signature=ab12',
    'AKID|FwoG|ab12',
  ],
  ['https://a.blob.core.windows.net/c/f?sv=2024&se=2026&sig=Zm9v%2Bcanary%3D', 'canary'],
  ['https://h/f?Expires=1&amp;Signature=canary~x&amp;x=1', 'canary'],
  ['https://h/f?a=1\\u0026token=canary', 'canary'],
  ['https://h/f?password=canary&x=1', 'canary'],
  ['https://h/f?next=https%3A%2F%2Fg%2F%3Fsig%3Dcanary', 'canary'],
  ['https://h/#access_token=canary', 'canary'],
  ['https://h/f?api_key=canary', 'canary'],
  ['AccountName=x;AccountKey=canary/+==;', 'canary'],
  ['Authorization: Bearer canary-1234', 'canary-1234'],
  [`Authorization: Basic ${base64('u:canary')}`, base64('u:canary').slice(0, 8)],
  [`curl -H 'authorization: token c4nary-tok'`, 'c4nary-tok'],
  ['"password": "can ary"', 'can ary'],
  ["{'password': 'canary'}".replaceAll("'", '"'), 'canary'],
  ['mysql --password=c4nary1', 'c4nary1'],
  ['aws_secret_access_key=canary/abc', 'canary'],
  [PEM, 'CANARY'],
  [JSON.stringify(PEM), 'CANARY'],
  [JSON.stringify(JSON.stringify({ PEM })), 'CANARY'],
  [PEM.slice(0, -50), 'CANARY'],
  [PEM.slice(60), 'CANARY'],
  [PEM.replaceAll('\n', ' '), 'CANARY'],
  [PEM.replaceAll('\n', '\r\n'), 'CANARY'],
  [`-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,AB\n\nCANARY+/=\n`, 'CANARY'],
  ['-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQCANARY\n-----END PGP PRIVATE KEY BLOCK-----', 'CANARY'],
  [encodeURIComponent(PEM), 'CANARY'],
  [base64(`hf_${BODY}`), base64(`hf_${BODY}`).slice(4, 20)],
  [`x/${base64('https://u:PASSw0rd@h')}`, base64('https://u:PASSw0rd@h').slice(16, 24)],
  [base64(PEM), base64(PEM).slice(80, 120)],
  [PEM.split('\n')[1] ?? '', 'b3BlbnNzaC1rZXktdjE'],
  [`http://127.0.0.1:1/media/${BODY}12345678/a.mp4`, BODY],
];

test.each(SECRETS)('%j is shown without its secret', (text, secrets) => {
  for (const secret of secrets.split('|')) {
    expect(text).toContain(secret);
    expect(redacted(text)).not.toContain(secret);
  }
  expect(redacted(redacted(text))).toBe(redacted(text));
});

const HARMLESS: readonly string[] = [
  '/shows/shots/sk-learn/hf_hub/AKIRA/shot_%04d.exr',
  'C:\\Users\\nina\\renders\\shot010\\color.0001.png',
  'C:\\new\\table\\x@y.png',
  'C:/Users/ann@studio/x.mp4',
  'D:\\a@b\\c',
  '\\\\server\\share\\folder@2x.png',
  'user@host:22',
  'ann@studio',
  'git@github.com:nvidia-cosmos/cosmos-transfer2.5.git',
  'gpu1:renders/shot@left.exr',
  'ssh://user@host:2201',
  'https://example.com:8443/users/@me',
  'http://localhost:5173/@vite/client',
  'https://ann@example.com/x?frame=1&size=2',
  'ws://127.0.0.1:40123/rpc',
  '{"url":"http://127.0.0.1:80","owner":"ann@studio","token":null}',
  'mailto:ann@studio.example',
  'person:ann@studio.example',
  'nvcr.io/nvidia/pytorch:25.01@sha256:4bb2c0a8b1f1f5ae2d1f6b5d8a9c7e6f5a4b3c2d1e0f9a8b7c6d5e4f3a2b1c0d',
  'npm:left-pad@1.3.0, file:vitest@4.0.1, node_modules/.pnpm/pino@10.4.0/node_modules',
  'at Object.<anonymous> (file:///x/node_modules/.pnpm/vitest@4.0.1/dist/index.js:12:5)',
  'rain at dusk, ratio 16:9@24fps, 12:30@noon; a token of love, the secret garden, password: ask Ann',
  'basic understanding of the bearer of bad news; authorization: required; Basic lighting setup',
  'sk-learn-2024-release, sk-image, hf_hub_download, hf_transfer, hf_cache, huggingface_hub, ghp_, AIza, AKIA, ASIA',
  'risk-1234567890abcdef123, task-9f8e7d6c5b4a39281706',
  'ASIAPACIFICSKYLINE',
  '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  'SHA256:uNiVztksCsDhcc0u9e8BrrJXVGDG6RfKkDVN/2Vz3Bo',
  'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c',
  '01J8Z7Q2V3X4Y5Z6A7B8C9D0E1 job_3f9a1c 5b0e2c1e-9d0a-4b7e-8b1a-2c3d4e5f6a7b',
  'num_tokens=77 pad_token=0 max_new_tokens=4096 eos_token: </s> "token": "<pad>"',
  'write HF_TOKEN=... into /home/ann/.hf.env, mode 0600; HF_TOKEN=$HF_TOKEN, HF_TOKEN=<yours>',
  'https://h/list?key=renders/shot010/a.png&token=&marker=a%20b',
  'PWD=/home/ann SHLVL=1 PATH=/usr/bin:/bin@x',
  '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----',
  '-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgI\n-----END CERTIFICATE-----',
  'the file begins with BEGIN OPENSSH PRIVATE KEY and is no prompt',
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl ann@studio',
  'Qwen/Qwen2.5-VL-7B-Instruct nvidia/Cosmos-Transfer2.5-2B sk-stable-diffusion',
  'eyJ is how it begins; eyJhbGciOiJIUzI1NiJ9 alone is a header',
  '100% of 50%_d a%20b %41 \\u0041 \\n',
  '%s%n%99d \\x00\\u0000\\',
  'media/a/b.mp4 /media/ann/USB-STICK/a.png',
  '',
];

test.each(HARMLESS)('%j is no secret', (text) => {
  expect(redacted(text)).toBe(text);
  expect(redacted(JSON.stringify(text))).toBe(JSON.stringify(text));
});

test('a URL keeps what is no secret of it', () => {
  expect(redacted('there is no file https://u:PASS@h:80/x.mp4?X-Amz-Date=1&X-Amz-Signature=ab12&part=2')).toBe(
    'there is no file https://u:***@h:80/x.mp4?X-Amz-Date=1&X-Amz-Signature=***&part=2',
  );
  expect(redacted('root:PASS@gpu1:22')).toBe('root:***@gpu1:22');
  expect(redacted('Authorization: Bearer abc.def-12345')).toBe('Authorization: Bearer ***');
});

const KNOWN = ['correct "horse" battery/staple', 'pässwört-9+x', 'l0ng&token=value?', 'Zz9-simple'];

test.each(KNOWN)('the known secret %j is found in every writing', (secret) => {
  const writings = [
    secret,
    encodeURIComponent(secret),
    encodeURIComponent(encodeURIComponent(secret)),
    encodeURIComponent(secret).replace(/%../g, (one) => one.toLowerCase()),
    JSON.stringify(secret).slice(1, -1),
    JSON.stringify(JSON.stringify(secret)),
    JSON.stringify(secret).replaceAll('/', '\\/'),
    secret.replace(/[^A-Za-z]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`),
    secret.replaceAll(' ', '+'),
    base64(secret),
    base64(`user:${secret}`),
    Buffer.from(`x${secret}`).toString('base64url'),
  ];
  for (const writing of writings) {
    const shown = redacted(`it said ${writing} and left`, KNOWN);
    expect(shown).toMatch(/^it said .* and left$/);
    expect(shown, writing).not.toContain(writing.slice(1, -1));
  }
});

test('a value without secrets, by name and by what it looks like', () => {
  const value = {
    token: 'x',
    spec: { video: 'https://u:PASS@h/x' },
    'https://u:PASS@h': 1,
    list: [`hf_${BODY}`],
    n: null,
  };
  expect(redactedValue(value)).toEqual({
    ...{ token: '***', spec: { video: 'https://u:***@h/x' }, 'https://u:***@h': 1, list: ['***'], n: null },
  });
  expect(redactedValue({ token: { start: 1 }, tokens: 77, password: '' })).toEqual({
    ...{ token: { start: 1 }, tokens: 77, password: '' },
  });
});

test('secrets among other text go, and the other text stays', () => {
  const random = seededRandom(20261130);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  for (let round = 0; round < 1500; round += 1) {
    const [before, after] = [pick(HARMLESS), pick(HARMLESS)];
    const [text, secrets] = pick(SECRETS);
    const shown = redacted(`${before} \u2014 ${text} \u2014 ${after}`);
    for (const secret of secrets.split('|')) {
      const isOwn = !(before + after).includes(secret);
      if (isOwn) expect(shown, `${before} | ${text}`).not.toContain(secret);
    }
    expect(shown.startsWith(before), before).toBe(true);
    if (!text.includes('BEGIN')) expect(shown.endsWith(after), `${text} | ${after}`).toBe(true); // a cut key takes words along
  }
});

const HOSTILE = [
  ...[
    'a',
    ':',
    '@',
    '/',
    '%',
    '\\',
    '"',
    ' ',
    '=',
    '.',
    '-',
    '_',
    '\n',
    'a:',
    'a@',
    ':@',
    '://',
    'x://',
    '://a:',
    'a:b@',
  ],
  ...[
    'eyJ',
    'eyJ.',
    'hf_',
    'hf_a',
    'sk-',
    'AKIA',
    'ghp_',
    'xoxa-',
    'AIza',
    'bearer ',
    'basic ',
    'password=',
    '&sig=',
    '?token=',
  ],
  ...[
    '-----BEGIN RSA PRIVATE KEY-----',
    '-----END RSA PRIVATE KEY-----',
    'BEGIN ',
    'Private-Lines: ',
    '%25',
    '%41',
    '\\u0041',
  ],
  ...[
    '\\\\',
    'aaaaaaaaaaaaaaaa.',
    'QUFBQUFBQUFBQUFBQUFB ',
    '"token":"',
    'authorization:',
    '--token ',
    'https://u:p@h/',
    '(',
    '\ud800',
  ],
];

/** Milliseconds for so many characters. */
function cost(unit: string, length: number): number {
  const text = unit.repeat(Math.ceil(length / unit.length));
  const from = performance.now();
  redacted(text, KNOWN);
  return performance.now() - from;
}

test.each(HOSTILE)('the time for %j repeated grows with its length, not with the square of it', (unit) => {
  const [short, long] = [cost(unit, 2 ** 13), cost(unit, 2 ** 16)];
  // Eight times the text: 64 times the time if it were quadratic. The second is for a busy machine.
  expect(long).toBeLessThan(24 * short + 1000);
});

test('one megabyte of what costs most takes seconds', () => {
  expect(cost('QUF:QUFBQUFBQUFBQUFBQUFB ', 2 ** 20)).toBeLessThan(20_000);
});
