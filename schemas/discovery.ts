/** The two files by which clients find the daemon (daemon.json) or start it (install.json). */
import * as z from 'zod';

/** `<state>/daemon.json`, mode 0600: how clients find the running daemon. */
export const Discovery = z.object({
  url: z.string().describe('ws://127.0.0.1:<port>/rpc'),
  http: z.string().describe('http://127.0.0.1:<port>'),
  token: z.string(),
  pid: z.int(),
  version: z.string(),
  protocol: z.int(),
  startId: z.string(),
  startedAt: z.iso.datetime(),
});
export type Discovery = z.infer<typeof Discovery>;

/** `<config>/install.json`, written by `cosmos daemon install`: how clients start a daemon. */
export const Install = z.object({
  argv: z.array(z.string()).min(1).describe('Command line that starts a detached daemon.'),
  stateDir: z.string(),
  config: z.string().nullable(),
  version: z.string(),
});
export type Install = z.infer<typeof Install>;
