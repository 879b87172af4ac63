/**
 * One method of the table in protocol.ts, without the schemas of all the others: a command that calls three methods
 * builds those of their nouns only.
 */
import type { MethodName, Methods } from '../protocol.js';
import type { MethodTable } from './method.js';

/** The file of a noun's methods; a test holds it against the table. */
const NOUNS: Readonly<Record<string, () => Promise<MethodTable>>> = {
  clip: async () => (await import('./clip.js')).clipMethods,
  config: async () => (await import('./daemon.js')).daemonMethods,
  cost: async () => (await import('./result.js')).resultMethods,
  daemon: async () => (await import('./daemon.js')).daemonMethods,
  estimate: async () => (await import('./spec.js')).specMethods,
  event: async () => (await import('./event.js')).eventMethods,
  hello: async () => (await import('./daemon.js')).daemonMethods,
  host: async () => (await import('./host.js')).hostMethods,
  job: async () => (await import('./job.js')).jobMethods,
  log: async () => (await import('./log.js')).logMethods,
  preset: async () => (await import('./preset.js')).presetMethods,
  queue: async () => (await import('./queue.js')).queueMethods,
  report: async () => (await import('./result.js')).resultMethods,
  result: async () => (await import('./result.js')).resultMethods,
  run: async () => (await import('./queue.js')).queueMethods,
  spec: async () => (await import('./spec.js')).specMethods,
  watch: async () => (await import('./clip.js')).clipMethods,
};

/** @throws Error when no noun is called like the part of `name` before its dot: a defect of {@link NOUNS} */
export async function methodOf<M extends MethodName>(name: M): Promise<Methods[M]> {
  const table = await NOUNS[name.split('.')[0] ?? '']?.();
  if (table?.[name] === undefined) throw new Error(`schemas/protocol/method-of.ts does not know where ${name} is.`);
  return table[name] as Methods[M];
}
