/** Rewrites the paths of a translated spec, so that they name the same files from where the new spec lies. */
import { isUrl, suffixOf } from '../../../../schemas/spec/paths.js';
import type { Decision } from './decisions.js';
import type { Draft, Written } from './spec-draft.js';

/** A file, under `to` or else its own name. A "~" at the start is a name to transfer2.5, and a home to Cosmos 3. */
export function fileToCosmos3(to?: string): Decision<string> {
  return (written, draft) => {
    const named = draft.pathOf(written.value);
    draft.set(renamed(written, to), named.startsWith('~') ? `./${named}` : named);
  };
}

/** A file, an address or something in the home folder, of which Transfer 2.5 knows files only. */
export function fileToTransfer25(to?: string): Decision<string> {
  return (written, draft) => {
    const { value } = written;
    const isAddress = isUrl(value);
    draft.set(renamed(written, to), isAddress || value.startsWith('~') ? value : draft.pathOf(value));
    if (isAddress) draft.change(written, 'Transfer 2.5 reads no addresses', 'Download the file and name it here.');
    else if (value.startsWith('~')) draft.change(written, 'to Transfer 2.5 "~" is a name', 'Write the whole path.');
  };
}

/** Cosmos 3 takes a .json prompt file for a structured caption (args.py:349-358), transfer2.5 for any other text. */
export function promptFileToTransfer25(written: Written<string>, draft: Draft): void {
  draft.set(written.to, draft.pathOf(written.value));
  if (suffixOf(written.value).toLowerCase() !== '.json') return;
  draft.change(
    written,
    'Transfer 2.5 knows no structured captions and reads this JSON as plain text',
    'Write a prompt.',
  );
}

function renamed({ to: same }: Written<string>, to: string | undefined): readonly string[] {
  return to === undefined ? same : [...same.slice(0, -1), to];
}
