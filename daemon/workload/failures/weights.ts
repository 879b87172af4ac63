/** Checkpoints that are on the host and are not what they should be. */
import type { KnownFailure } from './known-failure.js';

/** A weights file that a line names. */
const WEIGHTS_FILE = /([\w./~+@=-]{1,300}\.(?:safetensors|pth?|pt2|ckpt|bin|distcp|tar)(?:\.index\.json)?)(?![\w.])/;

export const WEIGHTS_FAILURES: readonly KnownFailure[] = [
  {
    code: 'weights_pointer',
    class: 'host',
    pattern: /invalid load key, '[v<{]'|HeaderTooLarge|header too large|version https:\/\/git-lfs\.github\.com/,
    thing: WEIGHTS_FILE,
    sentence:
      'A weights file on the host holds no weights{ (%)}: a Git LFS pointer or a web page was saved in its place.',
    remedy:
      'Remove that file from the cache or checkout of that host ("git lfs pull" where it came with Git), and retry: it is downloaded again.',
    source: 'vllm-project/vllm#1382, shiyu-coder/Kronos#27, svip-lab/PPGNet#2',
  },
  {
    code: 'weights_torn',
    class: 'host',
    pattern:
      /Error while deserializing header|MetadataIncompleteBuffer|InvalidHeaderDeserialization|IncompleteMetadata|SafetensorError|PytorchStreamReader failed|failed finding central directory|unexpected EOF(?:, expected \d+ more bytes)?\. The file might be corrupted|The file might be corrupted|UnpicklingError(?!: Weights only)|pickle data was truncated|EOFError: Ran out of input|BadZipFile|zlib\.error|Unable to load weights from (?:pytorch )?checkpoint file|(?:sha256|SHA-256|[Cc]hecksum|[Hh]ash) (?:mismatch|does not match)|result term data length/,
    thing: WEIGHTS_FILE,
    sentence: 'A weights file on the host is torn or half-downloaded{ (%)}.',
    remedy:
      'Remove that file from the cache of that host (in hf_cache of the engine: the link below snapshots/ and the blob it leads to), and retry: it is downloaded again.',
    source: 'Gourieff/ComfyUI-ReActor#80, CompVis/stable-diffusion#93, visinf/lnfmm#3, TimZaman/dotaclient#4',
  },
  {
    code: 'weights_other',
    class: 'host',
    pattern: /Error\(s\) in loading state_dict for (\w{1,100})|(Weights only load failed)/,
    sentence: 'The weights on the host do not fit the model of the checkout (%).',
    remedy: 'Update the checkout, or take out the checkpoint of your own from the configuration of the host.',
    source: 'torch/nn/modules/module.py: load_state_dict',
  },
];
