/** Handlers of the `result` methods. */
import type { FileSeal } from '../../queue/results.js';
import type { HandlersOf } from '../call.js';
import { findResult } from '../lookup.js';

export const resultHandlers: HandlersOf<'result'> = {
  'result.list'(filter, { services }) {
    if (filter.before !== undefined) findResult(services, filter.before);
    return { results: services.results.list(filter) };
  },

  'result.mark'({ job, mark }, { services }) {
    findResult(services, job);
    return { result: services.results.mark(job, mark) };
  },

  'result.media'({ job }, { services, media, endpoint }) {
    const { video, poster, contactSheet, bytes, sha256 } = findResult(services, job);
    const seals = services.results.seals(job);
    const url = (file: string, seal: FileSeal | undefined) =>
      `${endpoint().http}${media.issue({ file, seal: seal ?? null })}`;
    return {
      video: url(video, { bytes, sha256 }),
      poster: poster === null ? null : url(poster, seals?.poster),
      contactSheet: contactSheet === null ? null : url(contactSheet, seals?.contactSheet),
      expiresAt: media.expiry(),
    };
  },
};
