/** Problems of what an engine needs beside its image: checkout, model cache, token. */
import { modelTitle } from '../../../../schemas/model-title.js';
import { shellWord } from '../shell-word.js';
import type { Problem } from './problem.js';

export interface EngineFacts {
  checkout_missing: { checkout: string; entry: string; clone: string };
  checkout_unset: { engine: string; clone: string };
  checkout_old: { checkout: string; commit: string; date: string; least: string };
  cache_missing: { folder: string };
  cache_unset: { engine: string };
  secrets_missing: { file: string };
  secrets_exposed: { file: string; mode: string };
  token_missing: { engine: string; file: string | null };
}

export const ENGINE_PROBLEMS: { readonly [C in keyof EngineFacts]: Problem<EngineFacts[C]> } = {
  checkout_missing: {
    state: 'failed',
    sentence: ({ checkout, entry }) => `${checkout} is no checkout of the engine: ${entry} is not in it.`,
    remedy: ({ clone }) => `On the host: ${clone}`,
  },
  checkout_unset: {
    state: 'warning',
    sentence: ({ engine }) =>
      `No checkout is named for ${modelTitle(engine)}; NVIDIA's own images hold no program without one.`,
    remedy: ({ clone, engine }) => `On the host: ${clone}; then set checkout below [host.engine."${engine}"].`,
  },
  checkout_old: {
    state: 'warning',
    sentence: ({ checkout, commit, date, least }) =>
      `${checkout} is at ${commit} of ${date}; before ${least} it asks for model revisions that are gone.`,
    remedy: ({ checkout }) => `On the host: git -C ${shellWord(checkout)} pull`,
  },
  cache_missing: {
    state: 'failed',
    sentence: ({ folder }) => `The model cache ${folder} is not on the host.`,
    remedy: ({ folder }) => `On the host: mkdir -p ${shellWord(folder)}; the first run fills it (150 GB or more).`,
  },
  cache_unset: {
    state: 'warning',
    sentence: ({ engine }) =>
      `No model cache is named for ${modelTitle(engine)}: every run would download the models again.`,
    remedy: ({ engine }) => `Set hf_cache below [host.engine."${engine}"] to a folder on a large disk.`,
  },
  secrets_missing: {
    state: 'failed',
    sentence: ({ file }) => `${file} is not on the host, or the SSH user cannot read it.`,
    remedy: ({ file }) =>
      `On the host: install -m 600 /dev/null ${shellWord(file)}; then write HF_TOKEN=... into it with an editor.`,
  },
  secrets_exposed: {
    state: 'failed',
    sentence: ({ file, mode }) => `Others may read ${file} (mode ${mode}), so its token counts as known to them.`,
    remedy: ({ file }) => `On the host: chmod 600 ${shellWord(file)}; and make a new token.`,
  },
  token_missing: {
    state: 'failed',
    sentence: ({ engine, file }) =>
      file === null
        ? `${modelTitle(engine)} has no env_file, and the model cache holds no token: gated models cannot be downloaded.`
        : `${file} gives no HF_TOKEN: gated models cannot be downloaded.`,
    remedy: () =>
      'Make a read token at https://huggingface.co/settings/tokens, accept the terms of nvidia/Cosmos-Guardrail1, and write HF_TOKEN=... into the env_file.',
  },
};
