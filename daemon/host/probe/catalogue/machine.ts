/** Problems of the machine: programs, folders, disk, clock. */
import prettyBytes from 'pretty-bytes';
import { shellWord } from '../shell-word.js';
import type { Problem } from './problem.js';

export interface MachineFacts {
  ssh_config_differs: { remark: string };
  tools_missing: { tools: string[] };
  check_timeout: { seconds: number };
  price_unset: { name: string };
  root_unusable: { root: string; why: string; user: string };
  root_split: { root: string };
  disk_full: { root: string; free: number };
  disk_low: { root: string; free: number };
  clock_skewed: { seconds: number };
}

export const MACHINE_PROBLEMS: { readonly [C in keyof MachineFacts]: Problem<MachineFacts[C]> } = {
  ssh_config_differs: {
    state: 'warning',
    sentence: ({ remark }) => `${remark}.`,
    remedy: () => 'Nothing, when it does not matter for this host; docs/SSH.md says what we do differently from ssh.',
  },
  tools_missing: {
    state: 'failed',
    sentence: ({ tools }) => `The host lacks programs that every run needs: ${tools.join(', ')}.`,
    remedy: () =>
      'On Debian or Ubuntu: sudo apt-get install coreutils findutils util-linux tar grep mawk; busybox alone will not do.',
  },
  check_timeout: {
    state: 'failed',
    sentence: ({ seconds }) => `No answer came within ${seconds} seconds.`,
    remedy: () => 'See what keeps the host busy (uptime, nvidia-smi, docker ps there), then test it again.',
  },
  price_unset: {
    state: 'warning',
    sentence: () => 'The host is rented and has no price, so costs and budgets leave it out.',
    remedy: () => 'Set price_per_hour (dollars) of this host in cosmos.toml.',
  },
  root_unusable: {
    state: 'failed',
    sentence: ({ root, why, user }) => `The SSH user ${user} cannot work in ${root}: ${why}.`,
    remedy: ({ root, user }) =>
      `On the host: sudo install -d -o ${shellWord(user)} ${shellWord(root)}; or choose another root.`,
  },
  root_split: {
    state: 'warning',
    sentence: ({ root }) =>
      `The folders in ${root} lie on several file systems, so inputs are copied instead of linked.`,
    remedy: ({ root }) => `Let ${shellWord(root)} with its folders cas and runs be on one file system.`,
  },
  disk_full: {
    state: 'failed',
    sentence: ({ root, free }) => `Only ${prettyBytes(free)} are free where ${root} is.`,
    remedy: () => 'Free space there, or choose a root on a larger disk.',
  },
  disk_low: {
    state: 'warning',
    sentence: ({ root, free }) => `${prettyBytes(free)} are free where ${root} is; long clips may need more.`,
    remedy: () => 'Free space there before many jobs are sent.',
  },
  clock_skewed: {
    state: 'warning',
    sentence: ({ seconds }) =>
      `The clock of the host is ${Math.abs(seconds)} seconds ${seconds > 0 ? 'ahead of' : 'behind'} this machine's.`,
    remedy: () => 'Switch time synchronisation on where the clock is wrong: sudo timedatectl set-ntp true',
  },
};
