import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { LOGIN_COMMAND } from '../../../../daemon/host/shell/command.js';
import {
  connectionFailure,
  connectionLost,
  saying,
  timedOut,
} from '../../../../daemon/host/shell/connection-failures.js';
import type { Unreached } from '../../../../daemon/host/shell/execution.js';
import { lastLines } from '../../../../daemon/host/shell/last-lines.js';
import { shellFailure } from '../../../../daemon/host/shell/shell-failures.js';
import { SshClient } from '../../../support/ssh-client.js';

const target = () => new SshClient().target('ada@gpu1');

function sentence(said: Partial<Unreached>): string {
  return shellFailure(target(), { exitCode: 1, obstacle: undefined, stdout: '', stderr: '', ...said }).message;
}

test.each([
  ['', ''],
  ['\n \r\n\t\n', ''],
  ['***\n=====\n> ', ''],
  ['\x1b]0;title\x07\x1b[1;31mNo\x1b[0m entry\r\n', 'No entry'],
  ['loading 1 %\rloading 2 %\rdone\n', 'loading 1 % loading 2 % done'],
  ['a\0b\x01\x7fc\u202ed', 'a b c d'],
  ['again\nagain\nagain\n', 'again'],
  ['1\n2\n3\n4\n5\n6\n', '3 4 5 6'],
  [Buffer.from([0xff, 0xfe, 0x41, 0x0a]).toString(), 'A'],
  [`bash: ${LOGIN_COMMAND}: denied`, 'bash: (our command): denied'],
  ['\n\ncosmos-heard 4\nfailed\ncosmos-ready 4\n', 'failed'],
  ['x'.repeat(10_000), `${'x'.repeat(160)}…`],
  ['𝒜'.repeat(200), `${'𝒜'.repeat(160)}…`],
])('last words, case %#', (text, words) => {
  expect(lastLines(text)).toBe(words);
});

/** Lines as programs print them, and what is to be done. */
test.each([
  ["Error: Your SSH client doesn't support PTY", /direct TCP address/],
  ['PTY allocation is required for this proxy', /direct TCP address/],
  ['This account is currently not available.', /chsh -s \/bin\/bash ada/],
  ['fatal: Interactive git shell is not enabled.', /serves Git only/],
  ["Hi ada! You've successfully authenticated, but GitHub does not provide shell access.", /serves Git only/],
  ['This service allows sftp connections only.', /only copy files/],
  ['WARNING: Your password has expired.', /change the password/],
  ['Password change required but no TTY available.', /change the password/],
  ['You are required to change your password immediately (administrator enforced).', /change the password/],
  ['Your account has expired; please contact your system administrator.', /administrator to open the account/],
  [
    '# Tailscale SSH requires an additional check.\n# To authenticate, visit: https://login.example/a/1',
    /Do what it asks/,
  ],
  ['Please complete 2FA at https://sso.example/device?code=ABCD-EFGH', /Do what it asks/],
  ["'/bin/sh' is not recognized as an internal or external command,\r\noperable program or batch file.", /Windows/],
  ["/bin/sh : The term '/bin/sh' is not recognized as the name of a cmdlet, function, script file", /Windows/],
  ['    + FullyQualifiedErrorId : CommandNotFoundException', /Windows/],
  ['The system cannot find the path specified.', /Windows/],
  ["rbash: line 1: /bin/sh: restricted: cannot specify `/' in command names", /chsh/],
  ['bash: line 1: /bin/sh: No such file or directory', /no \/bin\/sh/],
  ['open terminal failed: not a terminal', /in terminals only/],
  ['Must be connected to a terminal.', /in terminals only/],
  ['sudo: a terminal is required to read the password', /in terminals only/],
  ["stty: 'standard input': Inappropriate ioctl for device", /in terminals only/],
  ["            ^\n% Invalid input detected at '^' marker.", /network device/],
  ['Permission denied: command rejected by policy', /ForceCommand/],
  ['Something else.', /a gateway answers in its place; see what this does: ssh ada@gpu1 "echo ready"/],
])('%j is told with a remedy', (words, remedy) => {
  for (const said of [{ stdout: `Welcome to gpu1\n${words}\n` }, { stderr: words, stdout: 'Welcome to gpu1\n' }]) {
    expect(sentence(said)).toMatch(
      /^The login shell of ada on ada@gpu1 did not run our command \(exit code 1\); it said "Wel/,
    );
    expect(sentence(said)).toMatch(remedy);
  }
});

test('a host that says nothing, and no exit code', () => {
  expect(sentence({ exitCode: null })).toMatch(/\(exit code unknown\); it said nothing\. A start file .* or a gateway/);
  expect(sentence({})).toMatch(/it said nothing\. It may be \/bin\/false, or a start file/);
});

test('what a host says before it lets nobody in is told with the failure', () => {
  const words = '\nTo authenticate, visit:\nhttps://login.example/a/1\n';
  expect(saying(connectionLost(target()), '').message).not.toMatch(/said/);
  expect(saying(connectionLost(target()), words)).toMatchObject({
    code: 'host_connection_lost',
    message: expect.stringMatching(/sshd are up\. It said "To authenticate, visit: https:\/\/login.example\/a\/1"\.$/),
  });
  expect(saying(timedOut(target()), words)).toMatchObject({
    code: 'host_auth_failed',
    message: expect.stringMatching(/^ada@gpu1 waits before it lets you in, and said ".*"\. Do what it asks for/),
  });
});

test('why a host hangs up is told in its words', () => {
  // As ssh2 gives SSH_MSG_DISCONNECT: the host's text, and the number of the reason.
  const error = Object.assign(new Error('Your quota is used up, come back on Monday.'), { code: 11 });
  expect(connectionFailure(error, target()).message).toMatch(/It said "Your quota is used up, come back on Monday\."/);
});

test.each([
  ['Not allowed at this time\r\n', /It said "Not allowed at this time"/],
  ['HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n', /It said "HTTP\/1\.1 400 Bad Request/],
])('a server that answers %j instead of its name is quoted', async (answer, quoted) => {
  const server = net.createServer((socket) => socket.on('error', () => {}).end(answer)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo; // a TCP server's address is no string
  const client = new SshClient();
  await expect(client.open(`ada@127.0.0.1:${port}`)).rejects.toThrow(quoted);
});
