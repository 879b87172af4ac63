/** Where the files of a spec may lie, and whether they can be read. */
import { isUrl } from '../../../../../schemas/spec/paths.js';
import { commonRule } from '../rule.js';
import { filesOf } from '../sample-parts.js';

export const outsideRoot = commonRule({
  code: 'outside_root',
  severity: 'error',
  says: 'A path leads out of the folder that the spec may read from.',
  costs: {
    kind: 'security',
    text: 'A spec from somebody else could send any file of this machine to the host; it is refused before anything is read.',
  },
  source: 'Cosmos Bridge: a job reads below the folder it was allowed only',
  check: (sample) =>
    filesOf(sample)
      .filter(({ named }) => !isUrl(named) && !sample.facts.inside(named))
      .map(({ path, named }) => ({
        path,
        message: `${path.join('.')}: ${named} lies outside the folder that this spec may read from`,
        fix: 'Copy the file beside the spec and name it from there.',
      })),
});

/** A root, a drive letter, a network share, a home folder. */
const ABSOLUTE = /^(?:\/|[A-Za-z]:[\\/]|\\\\|~)/;

export const absolutePath = commonRule({
  code: 'absolute_path',
  severity: 'info',
  says: 'An absolute path names a file of this machine; the host has other folders.',
  costs: {
    kind: 'late failure',
    text: 'Nothing when Cosmos Bridge submits the spec, as it sends the files along; copied to a host by hand, the spec is rejected there.',
  },
  source: 'cosmos-transfer2.5 config.py:106-111, 369-370; cosmos-framework inference/common/args.py:272-279, 1058-1066',
  check: (sample) =>
    filesOf(sample)
      .filter(({ named }) => ABSOLUTE.test(named))
      .map(({ path }) => ({
        path,
        message: `${path.join('.')} is an absolute path, which another machine does not have`,
        fix: 'Nothing to do when Cosmos Bridge sends the spec; else name the file from the folder of the spec.',
      })),
});

export const mediaUnreadable = commonRule({
  code: 'media_unreadable',
  severity: 'error',
  says: 'The file is there, but it is no readable video or picture.',
  costs: { kind: 'late failure', text: 'The run ends when it opens the file, after the model was loaded.' },
  source: 'Cosmos Bridge: ffprobe reads it no more than the run would',
  check: (sample) =>
    filesOf(sample).flatMap(({ path, named }) => {
      const reason = sample.facts.unreadable?.(named);
      if (reason === undefined) return [];
      const message = `${path.join('.')}: ${named} is no readable video or picture (${reason})`;
      if (reason.includes('`')) return [{ path, message }]; // the message names the command that helps
      return [{ path, message, fix: 'Export it again, and wait until the export is finished.' }];
    }),
});
