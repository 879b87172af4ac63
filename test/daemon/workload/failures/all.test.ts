/** The catalogue of failures, entry by entry, with lines as the programs print them. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from 'vitest';
import { FAILURES } from '../../../../daemon/workload/failures/all.js';
import { diagnose, unknownFailure } from '../../../../daemon/workload/failures/diagnose.js';
import { failuresDocument } from '../../../../daemon/workload/failures/failures-doc.js';
import { OUTPUT_FAILURES } from '../../../../daemon/workload/failures/outputs.js';
import { HARMLESS_LINES, REPORTS } from './reported.js';

/** code, class, and the end of a log that shows it. */
const LOGS: readonly (readonly [string, string, string])[] = [
  [
    'spec_refused',
    'user',
    "Error validating parameters from '/r/specs/j/lot.json' at line 0\n1 validation error for InferenceArguments\nguidance\n  Input should be less than or equal to 7 [type=less_than_equal, input_value=9, input_type=int]",
  ],
  [
    'spec_refused',
    'user',
    "ValueError: Error validating parameters from '/r/specs/j/lot.json' at sample 0\nParameters: {'edge': {}}\n1 validation error for OmniSampleOverrides\nedge.control_weight\n  Extra inputs are not permitted [type=extra_forbidden, input_value=1, input_type=int]",
  ],
  ['spec_refused', 'user', "ValueError: Error validating parameters from '/r/specs/j/lot.json' at line 1"],
  [
    'spec_refused',
    'user',
    "ValueError: transfer inference requires 'vision_path' or a pre-computed 'control_path' (hint: edge)",
  ],
  [
    'chunk_size',
    'user',
    '[rank3]:   File "/workspace/cosmos_transfer2/_src/transfer2/models/vid2vid_model_control_vace_rectified_flow.py", line 494, in get_data_and_condition\n[rank3]:     assert latent_state.shape[2] == self.config.state_t\n[rank3]: AssertionError',
  ],
  [
    'resolution',
    'user',
    '  File "/workspace/cosmos_transfer2/_src/transfer2/inference/utils.py", line 298, in read_and_process_video\n    w, h = VIDEO_RES_SIZE_INFO[resolution][aspect_ratio]\n           ~~~~~~~~~~~~~~~~~~~^^^^^^^^^^^^\nKeyError: \'721\'',
  ],
  ['control_short', 'user', 'ValueError: No input frames; cannot pad. Verify that video frame counts match.'],
  [
    'nothing_segmented',
    'user',
    '  File "/workspace/cosmos_transfer2/_src/transfer2/auxiliary/sam2/sam2_model.py", line 190, in __call__\n    box = boxes[0]\nIndexError: index 0 is out of bounds for axis 0 with size 0',
  ],
  [
    'control_missing',
    'user',
    "FileNotFoundError: Missing pre-computed control input for 'depth'. Provide a control_path in the transfer config.",
  ],
  ['spec_values', 'user', 'AssertionError: control_weights must have a positive sum, got [0.0, 0.0]'],
  ['spec_values', 'user', 'ValueError: num_conditional_frames must be smaller than num_video_frames_per_chunk'],
  ['one_frame', 'user', 'AssertionError: /r/out/lot/vision.mp4'],
  ['mask_broken', 'user', "KeyError: 'arr_0 is not a file in the archive'"],
  ['input_format', 'user', 'ValueError: Unsupported media extension: .webp'],
  ['input_format', 'user', 'ValueError: Invalid vision extension: .mov'],
  ['input_broken', 'user', 'ValueError: Input video is empty'],
  ['input_broken', 'user', '[mov,mp4,m4a,3gp,3g2,mj2 @ 0x55] moov atom not found'],
  ['distilled_broken', 'user', "ImportError: cannot import name 'VelocityPassthroughWrapper' from 'denoiser_scaling'"],
  [
    'gpus_split',
    'user',
    '[rank3]: ValueError: Split by width dimension is not currently supported due to quality issues. Width dimension would be split by a factor of 5.',
  ],
  [
    'gpus_odd',
    'user',
    '1 validation error for ParallelismArgs\n  Value error, world size 3 must be divisible by cp_size*cfgp_size=2',
  ],
  [
    'no_samples',
    'host',
    '    if sample_args_list[0].model_mode == x:\n       ~~~~~~~~~~~~~~~~^^^\nIndexError: list index out of range',
  ],
  ['gpu_memory', 'host', 'torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has 79.11 GiB'],
  ['gpu_memory', 'host', 'RuntimeError: CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`'],
  [
    'shared_memory',
    'host',
    "RuntimeError: DataLoader worker (pid 91) is killed by signal: Bus error. It is possible that dataloader's workers are out of shared memory.",
  ],
  ['disk_full', 'host', 'OSError: [Errno 28] No space left on device'],
  ['permission', 'host', "PermissionError: [Errno 13] Permission denied: '/root/.cache/huggingface/hub'"],
  [
    'hf_token',
    'host',
    'huggingface_hub.errors.GatedRepoError: 401 Client Error. Cannot access gated repo for url https://huggingface.co/x',
  ],
  [
    'hf_gated',
    'host',
    'GatedRepoError: 403 Client Error. Access to model nvidia/Cosmos-Guardrail1 is restricted and you are not in the authorized list.',
  ],
  ['hf_gated', 'host', 'Error: Access denied. This repository requires approval.'],
  [
    'checkpoint_gone',
    'host',
    'huggingface_hub.errors.RevisionNotFoundError: 404 Client Error. Revision Not Found for url: https://x',
  ],
  [
    'name_resolution',
    'transient',
    'requests.exceptions.ConnectionError: Max retries exceeded with url: /api (Caused by NameResolutionError: Temporary failure in name resolution)',
  ],
  ['download', 'transient', '[rank1]: RuntimeError: Rank 0 download failed'],
  ['driver_old', 'host', 'RuntimeError: The NVIDIA driver on your system is too old (found version 12040).'],
  ['driver_old', 'host', 'nvidia-container-cli: requirement error: unsatisfied condition: cuda>=12.8'],
  ['no_gpu', 'host', 'RuntimeError: No CUDA GPUs are available'],
  ['no_gpu', 'host', 'RuntimeError: Found no NVIDIA driver on your system.'],
  ['gpu_unsupported', 'host', 'RuntimeError: CUDA error: no kernel image is available for execution on the device'],
  ['cuda_library', 'host', 'OSError: libcudart.so.12: cannot open shared object file: No such file or directory'],
  [
    'cuda_library',
    'host',
    'ImportError: libcudnn_graph.so.9: cannot open shared object file: No such file or directory',
  ],
  [
    'checkout_missing',
    'host',
    "python: can't open file '/workspace/examples/inference.py': [Errno 2] No such file or directory",
  ],
  ['checkout_missing', 'host', "ModuleNotFoundError: No module named 'cosmos_framework'"],
  ['module_missing', 'host', "ModuleNotFoundError: No module named 'flash_attn'"],
  ['versions_mixed', 'host', "ImportError: cannot import name 'x' from 'transformers'"],
  ['option_unknown', 'host', 'error: Unrecognized options: --offload-guardrail-models'],
  [
    'port_busy',
    'transient',
    'torch.distributed.DistNetworkError: The server socket has failed to listen on any local network address. port: 29500, useIpv6: false, code: -98, name: EADDRINUSE',
  ],
  ['gpu_fault', 'host', 'RuntimeError: CUDA error: an illegal memory access was encountered'],
  ['gpu_ecc', 'host', 'RuntimeError: CUDA error: uncorrectable ECC error encountered'],
  ['gpu_twice', 'host', 'ncclInvalidUsage: Duplicate GPU detected : rank 1 and rank 0 both on CUDA device 41000'],
  ['processes', 'host', "RuntimeError: can't start new thread"],
  ['storage', 'host', "OSError: [Errno 116] Stale file handle: '/data/cache'"],
  ['input_missing', 'host', "FileNotFoundError: [Errno 2] No such file or directory: '/r/specs/inputs/edge.mp4'"],
  [
    'tls_untrusted',
    'host',
    "requests.exceptions.SSLError: (Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate in certificate chain (_ssl.c:1006)')))",
  ],
  [
    'link_expired',
    'transient',
    'requests.exceptions.HTTPError: 403 Client Error: Forbidden for url: https://cas-bridge.xethub.hf.co/xet-bridge-us/1?X-Amz-Expires=3600',
  ],
  [
    'hf_review',
    'host',
    'Access to model nvidia/x is restricted and you are not in the authorized list. Your request to access model nvidia/x is awaiting a review from the repo authors.',
  ],
  ['weights_other', 'host', 'RuntimeError: Error(s) in loading state_dict for VideoRopePosition:'],
  ['image_cpu_only', 'host', 'AssertionError: Torch not compiled with CUDA enabled'],
  ['guardrail', 'user', "ValueError: Error generating sample 'lot': Guardrail blocked prompt '/out/lot': 'a bomb'"],
  [
    'nccl',
    'host',
    'torch.distributed.DistBackendError: NCCL error in: ProcessGroupNCCL.cpp:2036, ncclUnhandledCudaError',
  ],
  ['nccl', 'host', '[rank2]:[E1122] Watchdog caught collective operation timeout: WorkNCCL(SeqNum=4)'],
  ['killed', 'host', '  exitcode  : -9 (pid: 71)\n  traceback : Signal 9 (SIGKILL) received by PID 71'],
  ['crashed', 'host', 'Fatal Python error: Segmentation fault'],
  ['stopped', 'transient', 'torch.distributed.elastic.multiprocessing.api.SignalException: Process 1 got signal: 15'],
];

describe('the catalogue', () => {
  it.each(LOGS)('knows %s (%s) by its lines', (code, kind, text) => {
    expect(diagnose(`Traceback (most recent call last):\n${text}\n`, 1)).toMatchObject({ code, class: kind });
  });

  it.each([
    [2, 'option_unknown'],
    [125, 'not_started'],
    [127, 'not_started'],
    [134, 'crashed'],
    [137, 'killed'],
    [139, 'crashed'],
    [143, 'stopped'],
  ])('knows exit code %i where the lines say nothing', (exitCode, code) => {
    expect(diagnose('', exitCode)).toMatchObject({ code });
    expect(diagnose('torch.OutOfMemoryError: x', exitCode)).toMatchObject({ code: 'gpu_memory' });
  });

  it('says nothing where it knows nothing', () => {
    expect(diagnose('', 1)).toBeUndefined();
    expect(diagnose('', 0)).toBeUndefined();
    expect(diagnose('', null)).toBeUndefined();
    expect(
      diagnose('FutureWarning: `x` is deprecated\nfatal: detected dubious ownership in repository', 1),
    ).toBeUndefined();
  });

  it('has an example of every entry, and in each one sentence, one remedy and a source', () => {
    const shown = new Set([...LOGS, ...REPORTS.map(({ code }) => [code] as const)].map(([code]) => code));
    const without = FAILURES.filter(({ pattern }) => pattern !== undefined).filter(({ code }) => !shown.has(code));
    expect(without.map(({ code }) => code)).toEqual([]);
    for (const { code, sentence, remedy, source, pattern, thing } of FAILURES) {
      expect(sentence, code).toMatch(/^[A-Z][^%]*%?[^%]*\.$/);
      expect(remedy, code).toMatch(/^[A-Z].*\.$/);
      expect(source, code).not.toBe('');
      const hasValue = pattern !== undefined || thing !== undefined || OUTPUT_FAILURES.some((one) => one.code === code);
      expect(sentence.includes('%') && !hasValue, code).toBe(false);
      expect(pattern?.global ?? false, code).toBe(false); // it would remember where it was
    }
  });

  it('puts the values of the case into the sentence, shortened, and never in a second place', () => {
    expect(diagnose("No module named 'flash_attn'", 1)?.sentence).toBe('The image lacks the Python module flash_attn.');
    const long = `ImportError: ${'x'.repeat(5000)}`;
    expect(diagnose(long, 1)?.sentence.length).toBeLessThan(300);
    expect(diagnose("Error validating parameters from '/r/$&%.json' at line 0", 1)?.sentence).toBe(
      'NVIDIA refuses the spec (/r/$&%.json).',
    );
  });

  it('names the cause before what it causes on other GPUs', () => {
    const rank0 = '[rank0]: torch.OutOfMemoryError: CUDA out of memory.';
    const rank1 = '[rank1]: torch.distributed.DistBackendError: NCCL error: ncclSystemError\n  exitcode  : -9';
    expect(diagnose(`${rank1}\n${rank0}`, 1)?.code).toBe('gpu_memory');
  });
});

describe('a failure that is not in the catalogue', () => {
  it('is told by its last exception, not by what torchrun makes of it', () => {
    const text =
      'KeyError: 1\n[rank1]: RuntimeError: odd\ntorch.distributed.elastic.multiprocessing.errors.ChildFailedError:\n';
    expect(unknownFailure(text, 1)).toMatchObject({
      code: 'unknown',
      class: 'host',
      isFinal: true,
      sentence: 'The program stopped: RuntimeError: odd.',
    });
    expect(unknownFailure('', 1).sentence).toBe('The run ended with exit code 1 and without a video.');
    expect(unknownFailure('', null).sentence).toBe('The run ended without a video.');
  });

  it('is told by the GPU that torchrun saw fail first, whatever the others say', () => {
    const text = [
      "[rank0]: KeyError: 'noticed it'",
      '[rank2]: Traceback (most recent call last):',
      '[rank2]:   File "x.py", line 3, in f',
      "[rank2]: KeyError: 'the cause'",
      '[rank1]: torch.distributed.DistBackendError: NCCL error in: ProcessGroupNCCL.cpp:3763, remote process exited',
      'torch.distributed.elastic.multiprocessing.errors.ChildFailedError: ',
      'Root Cause (first observed failure):',
      '[1]:',
      '  time      : 2025-05-21_15:43:03',
      '  host      : h',
      '  rank      : 2 (local_rank: 2)',
      '  exitcode  : 1 (pid: 14750)',
    ].join('\n');
    expect(diagnose(text, 1)).toBeUndefined();
    expect(unknownFailure(text, 1).sentence).toBe("The program stopped: KeyError: 'the cause'.");
  });

  it('is told by its last lines where there is no exception, without bars and rules', () => {
    const text = [
      'Fetching 12 files:  50%|█████     | 6/12 [00:01<00:01,  4.1it/s]',
      'model.cpp: cannot map segment 7',
      '=================',
      'Loading the model',
      'Loading the model again',
    ].join('\n');
    expect(unknownFailure(text, 3).sentence).toBe(
      'The run ended with exit code 3 and without a video. Its last lines: "model.cpp: cannot map segment 7".',
    );
    const long = unknownFailure(Array.from({ length: 900 }, () => 'x'.repeat(900)).join('\n'), 3).sentence;
    expect(long.length).toBeLessThan(800);
  });

  it('is looked for in a long log without going round in circles', () => {
    const lines = [
      'File "sam2_model.py", line 3',
      'VIDEO_RES_SIZE_INFO[',
      "Error validating parameters from 'x",
      'hf ',
    ];
    expect(diagnose(`${lines.join('\n')}\n`.repeat(800), 1)).toBeUndefined(); // seconds, if a pattern were quadratic
  });
});

describe('reported lines', () => {
  it('are at least sixty, each of a public thread', () => {
    expect(new Set(REPORTS.map(({ source, code }) => `${source} ${code}`)).size).toBeGreaterThanOrEqual(60);
    expect(REPORTS.filter(({ source }) => !/^[\w.-]+\/[\w.-]+#\d+$/.test(source))).toEqual([]);
  });

  it.each(REPORTS.map((report) => [report.source, report.code, report] as const))('%s is %s', (_, code, report) => {
    expect(diagnose(report.log, 1)).toMatchObject({ code, class: report.class });
    const others = `[rank1]: torch.distributed.DistBackendError: NCCL error in: x.cpp:1, remote process exited\n`;
    const ranked = report.log.replace(/^(?!\[rank)/gm, '[rank0]: ');
    expect(diagnose(`${others}${ranked}\n${others}`, 1)?.class).toBe(report.class);
  });

  it.each(HARMLESS_LINES)('%s is no cause of another end', (_, log) => {
    const end = 'Traceback (most recent call last):\n  File "x.py", line 1, in f\nKeyError: \'odd\'';
    expect(diagnose(`${log}\n${end}`, 1)).toBeUndefined();
    expect(unknownFailure(`${log}\n${end}`, 1).sentence).toBe("The program stopped: KeyError: 'odd'.");
    expect(diagnose(`${log}\ntorch.OutOfMemoryError: CUDA out of memory.`, 1)?.code).toBe('gpu_memory');
    expect(diagnose(log, 137)?.code).toBe('killed');
  });

  it('names the file whose weights are torn', () => {
    const log = [
      'Loading checkpoint /root/.cache/huggingface/hub/models--nvidia--Cosmos/snapshots/1/model-00002-of-00004.safetensors',
      'safetensors_rust.SafetensorError: Error while deserializing header: MetadataIncompleteBuffer',
    ];
    expect(diagnose(log[1] ?? '', 1, log.join('\n'))?.sentence).toBe(
      'A weights file on the host is torn or half-downloaded (/root/.cache/huggingface/hub/models--nvidia--Cosmos/snapshots/1/model-00002-of-00004.safetensors).',
    );
    expect(diagnose(log[1] ?? '', 1)?.sentence).toBe('A weights file on the host is torn or half-downloaded.');
  });
});

test('docs/FAILURES.md is what the catalogue says; if not: npm run build && npm run schemas', () => {
  const committed = fileURLToPath(new URL('../../../../docs/FAILURES.md', import.meta.url));
  expect(readFileSync(committed, 'utf8') === failuresDocument(), 'docs/FAILURES.md is stale').toBe(true);
});
