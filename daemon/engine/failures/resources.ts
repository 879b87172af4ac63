/** What a host runs out of, or is not given: memory, disk, checkpoints. */
import type { KnownFailure } from './known-failure.js';

export const RESOURCE_FAILURES: readonly KnownFailure[] = [
  {
    code: 'gpu_memory', // #92, #147, #47
    class: 'host',
    pattern:
      /CUDA out of memory|OutOfMemoryError|CUDA error: out of memory|CUBLAS_STATUS_ALLOC_FAILED|cudaErrorMemoryAllocation/,
    sentence: 'The GPU ran out of memory.',
    remedy:
      'Transfer2.5 needs 65.4 GB free on every GPU, and more GPUs do not lower that: end what else runs there, move the safety filter to the processor (guardrails = "offload"), or use a larger GPU.',
  },
  {
    code: 'shared_memory',
    class: 'host',
    pattern:
      /Bus error|insufficient shared memory|\/dev\/shm[^\n]*No space left|unable to (?:open|write to) shared memory/i,
    sentence: 'The container has too little shared memory.',
    remedy: 'Let it use that of the host: ipc = "host" in the configuration of the engine.',
  },
  {
    code: 'disk_full',
    class: 'host',
    pattern: /No space left on device|Disk quota exceeded|\[Errno (?:28|122)\]/,
    sentence: 'The disk of the host is full.',
    remedy: 'Free some space there; checkpoints alone take up to 150 GB at the first run.',
  },
  {
    code: 'permission',
    class: 'host',
    pattern: /(?:PermissionError|\[Errno 13\])[^\n]*?'([^'\n]+)'|Permission denied: '([^'\n]+)'/,
    sentence: 'The container may not write to %.',
    remedy: 'Give its user access to that folder on the host.',
  },
  {
    code: 'hf_token',
    class: 'host',
    pattern: /401 (?:Client Error|Unauthorized)|LocalTokenNotFoundError|Invalid user token|Token is required/,
    sentence: 'Hugging Face knows no token of this host.',
    remedy: 'Put HF_TOKEN into the env file of the host, from an account that accepted the licences of the models.',
  },
  {
    code: 'hf_gated',
    class: 'host',
    pattern:
      /GatedRepoError|Cannot access gated repo|is restricted and you are not in the authorized list|repository requires approval|403 (?:Client Error|Forbidden)/,
    sentence: 'Hugging Face does not let the account of this host have a model.',
    remedy: 'Accept the licence of nvidia/Cosmos-Guardrail1 (and of the model that the log names) with that account.',
  },
  {
    code: 'checkpoint_gone', // pull request #220
    class: 'host',
    pattern:
      /RevisionNotFoundError|Revision Not Found|RepositoryNotFoundError|Repository Not Found|EntryNotFoundError|404 Client Error/,
    sentence: 'A checkpoint that the checkout on the host asks for is no longer on Hugging Face.',
    remedy: 'Update the checkout: cosmos-transfer2.5 needs one of 2026-04-14 or later.',
  },
  {
    code: 'download',
    class: 'transient',
    pattern:
      /Temporary failure in name resolution|Failed to resolve|Max retries exceeded|Network is unreachable|Read timed out|IncompleteRead|Rank 0 download failed|CalledProcessError[^\n]*\bhf\b[^\n]*download|(?:429|5\d\d) (?:Client|Server) Error|Consistency check failed|error: Failed to (?:fetch|download)/,
    sentence: 'A download broke off on the host.',
    remedy: 'It is tried again by itself; if it keeps failing, look at the network of the host.',
  },
];
