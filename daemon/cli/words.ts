/**
 * The words that can follow `cosmos`, in the order in which help lists them. The code of a word is loaded only when the
 * command line names it, because loading all takes longer than `cosmos queue` may take.
 */
import type { Command } from '@commander-js/extra-typings';

export interface Word {
  readonly name: string;
  /** Options and arguments as help shows them after the name; a test compares it with what `load` adds. */
  readonly takes?: string;
  readonly about: string;
  /** The word needs all other words, so all of them are loaded with it. */
  readonly needsAll?: true;
  /** What adds options, arguments and action to the command, or verbs to a noun. */
  readonly load: () => Promise<(command: Command) => void>;
}

export const WORDS: readonly Word[] = [
  {
    name: 'submit',
    takes: '[options] <clip-or-spec...>',
    about: 'make jobs from clips or specs',
    load: async () => (await import('./commands/submit.js')).submit,
  },
  {
    name: 'queue',
    about: 'jobs that run, wait and have ended',
    load: async () => (await import('./commands/queue/index.js')).queue,
  },
  {
    name: 'job',
    about: 'look at a job, change it, stop it',
    load: async () => (await import('./commands/job/index.js')).job,
  },
  {
    name: 'logs',
    takes: '[options] <id>',
    about: 'the log of a job or run; piped, byte for byte',
    load: async () => (await import('./commands/logs.js')).logs,
  },
  {
    name: 'result',
    about: 'finished videos',
    load: async () => (await import('./commands/result/index.js')).result,
  },
  {
    name: 'clip',
    about: 'renders the daemon knows',
    load: async () => (await import('./commands/clip/index.js')).clip,
  },
  {
    name: 'watch',
    about: 'watched folders',
    load: async () => (await import('./commands/watch/index.js')).watch,
  },
  {
    name: 'spec',
    about: 'the JSON files that Cosmos reads',
    load: async () => (await import('./commands/spec/index.js')).spec,
  },
  {
    name: 'preset',
    about: 'named choices for jobs, kept in cosmos.toml',
    load: async () => (await import('./commands/preset/index.js')).preset,
  },
  {
    name: 'host',
    about: 'machines that run jobs',
    load: async () => (await import('./commands/host/index.js')).host,
  },
  {
    name: 'houdini',
    about: 'the plugin for Houdini',
    load: async () => (await import('./commands/houdini/index.js')).houdini,
  },
  {
    name: 'report',
    takes: '[options]',
    about: 'how the jobs went',
    load: async () => (await import('./commands/report.js')).report,
  },
  {
    name: 'cost',
    takes: '[options]',
    about: 'what was spent',
    load: async () => (await import('./commands/cost.js')).cost,
  },
  {
    name: 'daemon',
    about: 'the process that does the work in the background',
    load: async () => (await import('./commands/daemon/index.js')).daemon,
  },
  {
    name: 'doctor',
    takes: '[options]',
    about: 'is everything there that the work needs?',
    load: async () => (await import('./commands/doctor.js')).doctor,
  },
  {
    name: 'demo',
    takes: '[options]',
    about: 'make a clip without Houdini and take it all the way to a preview video',
    load: async () => (await import('./commands/demo.js')).demo,
  },
  {
    name: 'completion',
    takes: '<shell>',
    about: 'print a completion script for your shell',
    needsAll: true,
    load: async () => (await import('./commands/completion.js')).completion,
  },
];
