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
    const { video, poster, contactSheet } = findResult(services, job);
    const url = (file: string) => `${endpoint().http}${media.issue(file)}`;
    return {
      video: url(video),
      poster: poster === null ? null : url(poster),
      contactSheet: contactSheet === null ? null : url(contactSheet),
      expiresAt: media.expiry(),
    };
  },
};
