/** Where an engine's models come from: the cache, and the token for gated models. The token itself is never read. */
import type { HostCheck, HostEngineConfig } from '../../../schemas/index.js';
import { modelTitle } from '../../../schemas/model-title.js';
import { runChecked } from '../shell/checked.js';
import { fine, problem, skipped } from './catalogue.js';
import type { EngineNeeds, ProbeContext } from './context.js';

const HAS_FOLDER = '[ -d "$1" ] && echo yes; exit 0';

/** $1 env file: prints its mode, and whether it gives a token. Docker takes the line as it is, quotes included. */
const LOOK = `
mode=$(stat -L -c %a -- "$1" 2>/dev/null) && [ -r "$1" ] || { echo missing; exit 0; }
echo "$mode"
if grep -q '^HF_TOKEN=..*' "$1"; then echo token; fi
`;

/** $1 model cache: where \`hf auth login\` leaves a token (huggingface_hub, HF_TOKEN_PATH). */
const CACHED_TOKEN = '[ -s "$1/token" ] && echo token; exit 0';

/** Only the owner may read it: the start of a run refuses other modes (host/ssh/start.ts). */
const PRIVATE = /^[4-7]00$/;

/** Of one engine. */
export async function checkCache(
  { remote }: ProbeContext,
  { engine }: EngineNeeds,
  { hf_cache: folder }: HostEngineConfig,
): Promise<HostCheck> {
  const subject = { check: 'model cache', engine } as const;
  if (folder === undefined) return problem(subject, 'cache_unset', { engine });
  const isThere = (await runChecked(remote, HAS_FOLDER, [folder])).toString() !== '';
  return isThere ? fine(subject, `${folder} is there.`, { folder }) : problem(subject, 'cache_missing', { folder });
}

/** Of one engine. */
export async function checkToken(
  context: ProbeContext,
  needs: EngineNeeds,
  settings: HostEngineConfig,
): Promise<HostCheck> {
  const { env_file: file } = settings;
  if (file === undefined) return cachedToken(context, needs, settings);
  const subject = { check: 'token', engine: needs.engine } as const;
  const [mode = '', token] = (await runChecked(context.remote, LOOK, [file])).toString().split('\n');
  if (mode === 'missing') return problem(subject, 'secrets_missing', { file });
  if (!PRIVATE.test(mode)) return problem(subject, 'secrets_exposed', { file, mode });
  if (token === 'token') return fine(subject, `${file} gives HF_TOKEN, and only its owner may read it.`, { file });
  return needs.gated
    ? problem(subject, 'token_missing', { engine: needs.engine, file })
    : fine(subject, `${file} is readable by its owner alone; ${modelTitle(needs.engine)} needs no token.`, { file });
}

async function cachedToken(
  { remote }: ProbeContext,
  { engine, gated }: EngineNeeds,
  { hf_cache: folder }: HostEngineConfig,
): Promise<HostCheck> {
  const subject = { check: 'token', engine } as const;
  if (!gated) return skipped(subject, `${modelTitle(engine)} needs no token.`);
  const isThere = folder !== undefined && (await runChecked(remote, CACHED_TOKEN, [folder])).toString() !== '';
  return isThere
    ? fine(subject, `The model cache ${folder} holds a token.`)
    : problem(subject, 'token_missing', { engine, file: null });
}
