/** The settings of a watched folder: from the request, from before, and from the defaults. Pure. */
import { type Params, type Watch, WatchConfig } from '../../schemas/index.js';

/** A folder of the configuration may be offline; one that a person adds now must be there. */
export type AddOptions = Params<'watch.add'> & { readonly source?: Watch['source'] };

/** True when both settings watch the folder in the same way; auto-send and preset make no difference. */
export function looksAlike(a: Watch, b: Watch): boolean {
  return a.mode === b.mode && a.settle === b.settle && a.poll === b.poll && a.fps === b.fps;
}

/** Each value from the request, else from before, else from the defaults. */
export function mergeWatch(folder: string, options: AddOptions, before: Watch | undefined): Watch {
  const defaults = WatchConfig.parse({ path: folder });
  return {
    path: folder,
    mode: options.mode ?? before?.mode ?? defaults.mode,
    settle: options.settle ?? before?.settle ?? defaults.settle,
    poll: options.poll ?? before?.poll ?? defaults.poll,
    autoSend: options.autoSend ?? before?.autoSend ?? defaults.auto_send,
    preset: options.preset ?? before?.preset ?? null,
    fps: options.fps ?? before?.fps ?? defaults.fps,
    source: options.source ?? before?.source ?? 'added',
    state: before?.state ?? 'online',
  };
}
