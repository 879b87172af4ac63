/**
 * Lines that programs printed when they failed, as people reported them in public, and what the catalogue has to make of
 * them. Paths and numbers are those of the reports; nothing but what a program printed is quoted.
 */
import type { FailureClass } from '../../../../schemas/index.js';

export interface Report {
  readonly code: string;
  readonly class: FailureClass;
  /** owner/repo#N. */
  readonly source: string;
  /** As printed; lines joined by \n. */
  readonly log: string;
  readonly exitCode?: number;
}

function report(code: string, kind: FailureClass, source: string, lines: string | readonly string[]): Report {
  return { code, class: kind, source, log: typeof lines === 'string' ? lines : lines.join('\n') };
}

const CUDA_HINTS = [
  'CUDA kernel errors might be asynchronously reported at some other API call, so the stacktrace below might be incorrect.',
  'For debugging consider passing CUDA_LAUNCH_BLOCKING=1',
  'Compile with `TORCH_USE_CUDA_DSA` to enable device-side assertions.',
];
const ASKED_COUNT =
  'Unexpected error from cudaGetDeviceCount(). Did you run some cuda functions before calling NumCudaDevices() that might have already set an error?';
const HUB = 'https://huggingface.co';
const NOT_FOUND_HERE =
  'An error happened while trying to locate the file on the Hub and we cannot find the requested files in the local cache. Please check your connection and try again or make sure your Internet connection is on.';

export const REPORTS: readonly Report[] = [
  // GPUs, driver and fabric
  report(
    'fabric_manager',
    'host',
    'huggingface/huggingface_hub#4134',
    `RuntimeError: ${ASKED_COUNT} Error 802: system not yet initialized`,
  ),
  report('fabric_manager', 'host', 'microsoft/lisa#2823', [
    `/home/l****t/.local/lib/python3.6/site-packages/torch/cuda/__init__.py:80: UserWarning: CUDA initialization: ${ASKED_COUNT} Error 802: system not yet initialized (Triggered internally at  ../c10/cuda/CUDAFunctions.cpp:112.)`,
    '  return torch._C._cuda_getDeviceCount() > 0',
    'RuntimeError: No CUDA GPUs are available',
  ]),
  report('fabric_manager', 'host', 'NVIDIA/TensorRT-LLM#398', [
    'ERROR: The NVIDIA Driver is present, but CUDA failed to initialize.  GPU functionality will not be available.',
    '   [[ System not yet initialized (error 802) ]]',
  ]),
  report(
    'fabric_manager',
    'host',
    'pytorch/pytorch#35710',
    'RuntimeError: cuda runtime error (802) : system not yet initialized',
  ),
  report('driver_mismatch', 'host', 'k4yt3x/video2x#1226', [
    'Failed to initialize NVML: Driver/library version mismatch',
    'NVML library version: 565.57',
  ]),
  report('driver_mismatch', 'host', 'NVIDIA/nvidia-docker#1168', [
    'Failed to initialize NVML: Driver/library version mismatch',
    'RuntimeError: No CUDA GPUs are available',
  ]),
  report(
    'driver_mismatch',
    'host',
    'NVIDIA/nvidia-container-toolkit#394',
    'nvidia-container-cli: initialization error: nvml error: driver/library version mismatch: unknown.',
  ),
  report(
    'driver_mismatch',
    'host',
    'CompVis/stable-diffusion#439',
    `RuntimeError: ${ASKED_COUNT} Error 803: system has unsupported display driver / cuda driver combination`,
  ),
  report('driver_mismatch', 'host', 'NVIDIA-NeMo/Speech#9334', [
    'ERROR: The NVIDIA Driver is present, but CUDA failed to initialize. GPU functionality will not be available.',
    '   [[ System has unsupported display driver / cuda driver combination (error 803) ]]',
  ]),
  report('driver_old', 'host', 'NVIDIA-NeMo/Speech#9268', [
    'ERROR: The NVIDIA Driver is present, but CUDA failed to initialize.  GPU functionality will not be available.',
    '   [[ Forward compatibility was attempted on non supported HW (error 804) ]]',
  ]),
  report(
    'driver_old',
    'host',
    'SYSTRAN/faster-whisper#653',
    'RuntimeError: CUDA failed with error forward compatibility was attempted on non supported HW',
  ),
  report('gpu_lost', 'host', 'wilicc/gpu-burn#1', 'NVRM: Xid (PCI:0000:02:00): 79, GPU has fallen off the bus.'),
  report(
    'gpu_lost',
    'host',
    'rwth-i6/returnn#1486',
    'Unable to determine the device handle for GPU0000:03:00.0: Unknown Error',
  ),
  report(
    'gpu_lost',
    'host',
    'JosephKJ/OWOD#81',
    'Unable to determine the device handle for GPU 0000:02:00.0: GPU is lost. Reboot the system to recover this GPU',
  ),
  report('gpu_ecc', 'host', 'jade-hpc-gpu/jade-hpc-gpu.github.io#194', [
    'RuntimeError: CUDA error: uncorrectable ECC error encountered',
    ...CUDA_HINTS,
  ]),
  report('gpu_ecc', 'host', 'sgl-project/sglang#9151', [
    "terminate called after throwing an instance of 'c10::AcceleratorError'",
    '  what():  CUDA error: uncorrectable ECC error encountered',
    ...CUDA_HINTS,
  ]),
  report('gpu_ecc', 'host', 'nagadit/DeepFaceLab_Linux#89', [
    'failed initializing StreamExecutor for CUDA device ordinal 0: Internal: failed call to cuDevicePrimaryCtxRetain: CUDA_ERROR_ECC_UNCORRECTABLE: uncorrectable ECC error encountered',
  ]),
  report(
    'gpu_taken',
    'host',
    'ZhengZerong/PaMIR#17',
    'RuntimeError: CUDA error: all CUDA-capable devices are busy or unavailable',
  ),
  report('gpu_taken', 'host', 'cositools/cosipy#631', [
    'RuntimeError: CUDA error: CUDA-capable device(s) is/are busy or unavailable',
    ...CUDA_HINTS,
  ]),
  report('gpu_detached', 'host', 'NVIDIA/nvidia-container-toolkit#48', 'Failed to initialize NVML: Unknown Error'),
  report(
    'driver_not_loaded',
    'host',
    'n8n-io/self-hosted-ai-starter-kit#11',
    'nvidia-container-cli: initialization error: load library failed: libnvidia-ml.so.1: cannot open shared object file: no such file or directory: unknown',
  ),
  report('no_gpu', 'host', 'AlexeyAB/darknet#86', 'CUDA Error: no CUDA-capable device is detected'),
  report('gpu_fault', 'host', 'open-mmlab/mmdetection#2342', [
    'RuntimeError: CUDA error: misaligned address',
    "terminate called after throwing an instance of 'c10::Error'",
  ]),
  report(
    'gpu_fault',
    'host',
    'hkchengrex/STCN#21',
    'RuntimeError: CUDA error: the launch timed out and was terminated',
  ),
  report('gpu_fault', 'host', 'karpathy/nanoGPT#470', [
    'RuntimeError: CUDA error: device-side assert triggered',
    ...CUDA_HINTS,
  ]),

  // Memory, disk and files
  report('gpu_memory', 'host', 'nvidia-cosmos/cosmos-predict2.5#2', [
    '[rank0]:   File "/home/liaojinyi/Projects/cosmos/cosmos-predict2.5/.venv/lib/python3.10/site-packages/torch/nn/functional.py", line 5209, in pad',
    '[rank0]:     return torch._C._nn.pad(input, pad, mode, value)',
    '[rank0]: torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 20.00 MiB.',
  ]),
  report('gpu_memory', 'host', 'NVIDIA/nccl#1235', [
    'ng30903:3063025:3066048 [0] misc/socket.cc:49 NCCL WARN socketProgress: Connection closed by remote peer ng30903-ib.narval.calcul.quebec<51159>',
    'ng30903:3063025:3066048 [0] proxy.cc:1143 NCCL WARN Socket recv failed while polling for opId=0x55a51966cc80',
    "ng30903:3063028:3066152 [3] include/alloc.h:178 NCCL WARN Cuda failure 'out of memory'",
    'ng30903:3063028:3066152 [3] include/alloc.h:185 NCCL WARN Failed to CUDA calloc 6291456 bytes',
    'torch.distributed.DistBackendError: NCCL error in: ProcessGroupNCCL.cpp:1691, unhandled cuda error (run with NCCL_DEBUG=INFO for details)',
  ]),
  report(
    'gpu_memory',
    'host',
    'PKU-YuanGroup/Open-Sora-Plan#386',
    "ins-7df6eojsifuykig9:3018451:3018451 [0] enqueue.cc:1085 NCCL WARN Cuda failure 'out of memory'",
  ),
  report(
    'gpu_memory_likely',
    'host',
    'karpathy/llama2.c#279',
    'RuntimeError: CUDA error: CUBLAS_STATUS_NOT_INITIALIZED when calling `cublasCreate(handle)`',
  ),
  report(
    'gpu_memory_likely',
    'host',
    'NVIDIA/TensorRT#2911',
    'RuntimeError: cuDNN error: CUDNN_STATUS_NOT_INITIALIZED',
  ),
  report('shared_memory', 'host', 'open-mmlab/mmsegmentation#1356', [
    'ERROR: Unexpected bus error encountered in worker. This might be caused by insufficient shared memory (shm).',
    "RuntimeError: DataLoader worker (pid 7579) is killed by signal: Bus error. It is possible that dataloader's workers are out of shared memory. Please try to raise your shared memory limit.",
  ]),
  report('shared_memory', 'host', 'NVIDIA/nccl-tests#166', [
    'ubuntu:9621:9691 [6] misc/shmutils.cc:71 NCCL WARN Error: failed to extend /dev/shm/nccl-fjwOOB to 5967876 bytes',
    'ubuntu:9621:9688 [3] misc/shmutils.cc:112 NCCL WARN Error while creating shared memory segment /dev/shm/nccl-KWfVyt (size 5967872)',
  ]),
  report(
    'host_memory',
    'host',
    'ru1ven/KeypointFusion#3',
    'numpy.core._exceptions._ArrayMemoryError: Unable to allocate 58.0 GiB for an array with shape (176351, 176460) and data type uint16',
  ),
  report(
    'host_memory',
    'host',
    'IvanoLauriola/MKLpy#27',
    'RuntimeError: [enforce fail at alloc_cpu.cpp:72] . DefaultCPUAllocator: not enough memory: you tried to allocate 5077901088 bytes.',
  ),
  report('files_open', 'host', 'kuleshov-group/caduceus#58', [
    '    parent_r, child_w = os.pipe()',
    'OSError: [Errno 24] Too many open files',
  ]),
  report(
    'files_open',
    'host',
    'zju3dv/NeuralRecon#91',
    "RuntimeError: Too many open files. Communication with the workers is no longer possible. Please increase the limit using `ulimit -n` in the shell or change the sharing strategy by calling `torch.multiprocessing.set_sharing_strategy('file_system')` at the beginning of your code",
  ),
  report('disk_quota', 'host', 'ayaanzhaque/instruct-nerf2nerf#86', 'OSError: [Errno 122] Disk quota exceeded'),
  report(
    'disk_quota',
    'host',
    'KennthShang/HostG#7',
    "OSError: [Errno 122] Disk quota exceeded: 'out/intermediate.ntw'",
  ),
  report(
    'disk_full',
    'host',
    'kijai/ComfyUI-Geowizard#10',
    "OSError: [Errno 28] No space left on device: '~/.cache/huggingface/hub/models--lemonaddie--geowizard'",
  ),
  report('read_only', 'host', 'Comfy-Org/ComfyUI#5660', "OSError: [Errno 30] Read-only file system: '/comfyui'"),

  // Hugging Face and the network
  report('clock_off', 'host', 'home-assistant/supervisor#975', [
    'ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: certificate is not yet valid (_ssl.c:1056)',
  ]),
  report('clock_off', 'host', 'KasRoudra/PyPhisher#246', [
    "requests.exceptions.SSLError: HTTPSConnectionPool(host='api.localxpose.io', port=443): Max retries exceeded with url: /api/v2/downloads/loclx-linux-amd64.zip (Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: certificate is not yet valid (_ssl.c:992)')))",
  ]),
  report(
    'clock_off',
    'host',
    'koderover/zadig#1660',
    "RequestTimeTooSkewed: The difference between the request time and the server's time is too large.",
  ),
  report('hf_token_invalid', 'host', 'sillsdev/silnlp#791', [
    '401 Client Error. (Request ID: Root=1-689a498f-25b909552da4ac566d60ba4c;a3bc1ce1-4cc8-4f91-9fd8-37fa9b0acb63)',
    `Repository Not Found for url: ${HUB}/facebook/nllb-200-distilled-1.3B/resolve/main/model.safetensors.`,
    'Please make sure you specified the correct `repo_id` and `repo_type`.',
    'If you are trying to access a private or gated repo, make sure you are authenticated.',
    'Invalid credentials in Authorization header',
  ]),
  report('hf_token_invalid', 'host', 'deepbeepmeep/Wan2GP#455', [
    `HfHubHTTPError: 401 Client Error: Unauthorized for url: ${HUB}/DeepBeepMeep/Wan2.1/resolve/main/pose/dw-ll_ucoco_384.onnx (Request ID: Root=1-68633b9c-28815ed66c58f6cd6dfce7ac;f7c730bc-d4aa-48fe-b5f0-a9b23ad1ace6)`,
    '',
    'Invalid credentials in Authorization header',
  ]),
  report('hf_token', 'host', 'ToTheBeginning/PuLID#97', [
    'huggingface_hub.errors.GatedRepoError: 401 Client Error. (Request ID: Root=1-66f4b037-1bf3d7d219afbc904ee05694;5601d2c9-8fd8-4ed8-b38d-d8a432e1fa59)',
    '',
    `Cannot access gated repo for url ${HUB}/black-forest-labs/FLUX.1-dev/resolve/main/ae.safetensors.`,
    'Access to model black-forest-labs/FLUX.1-dev is restricted. You must have access to it and be authenticated to access it. Please log in.',
  ]),
  report('hf_gated', 'host', 'ariG23498/gemma3-object-detection#5', [
    '403 Client Error. (Request ID: Root=1-6824e511-0a1d60376d4eefac56a9c456;85e8458c-a7d7-452d-b8fe-576bb259b500)',
    '',
    `Cannot access gated repo for url ${HUB}/google/gemma-3-4b-pt/resolve/main/config.json.`,
    `Access to model google/gemma-3-4b-pt is restricted and you are not in the authorized list. Visit ${HUB}/google/gemma-3-4b-pt to ask for access.`,
  ]),
  report('hf_busy', 'transient', 'huggingface/datasets#6488', [
    `requests.exceptions.HTTPError: 429 Client Error: Too Many Requests for url: ${HUB}/datasets/cerebras/SlimPajama-627B/resolve/2d0accdd58c5d5511943ca1f5ff0e3eb5e293543/train/chunk1/example_train_3300.jsonl.zst`,
  ]),
  report('hf_busy', 'transient', 'huggingface/Google-Cloud-Containers#145', [
    `Download failed: request error: HTTP status client error (429 Too Many Requests) for url (${HUB}/Alibaba-NLP/gte-Qwen2-7B-instruct/resolve/a8d08b36ada9cacfe34c4d6f80957772a025daf2/1_Pooling/config.json`,
  ]),
  report('hf_down', 'transient', 'huggingface/huggingface_hub#1516', [
    `HfHubHTTPError: 504 Server Error: Gateway Time-out for URL  ${HUB}/api/models/Antreas/timm-ade20k-debug-137/commit/main`,
  ]),
  report('hf_down', 'transient', 'huggingface/huggingface_hub#2913', [
    'HfHubHTTPError: 503 Server Error: Service Temporarily Unavailable for url: https://router.huggingface.co/hf-inference/models/mistralai/Mistral-7B-v0.1',
  ]),
  report('hf_away', 'transient', 'haoheliu/AudioLDM2#46', [
    '    raise LocalEntryNotFoundError(',
    `huggingface_hub.utils._errors.LocalEntryNotFoundError: ${NOT_FOUND_HERE}`,
  ]),
  report('hf_away', 'transient', 'bwconrad/video-content-search#1', [
    'huggingface_hub.utils._errors.LocalEntryNotFoundError: Connection error, and we cannot find the requested files in the disk cache. Please try again or make sure your Internet connection is on.',
  ]),
  report('hf_away', 'transient', 'KoljaB/RealtimeVoiceChat#35', [
    'huggingface_hub.errors.LocalEntryNotFoundError: An error happened while trying to locate the files on the Hub and we cannot find the appropriate snapshot folder for the specified revision on the local disk. Please check your internet connection and try again.',
    '',
    'During handling of the above exception, another exception occurred:',
    '',
    "huggingface_hub.errors.LocalEntryNotFoundError: Cannot find an appropriate cached snapshot folder for the specified revision on the local disk and outgoing traffic has been disabled. To enable repo look-ups and downloads online, pass 'local_files_only=False' as input.",
  ]),
  report('hf_offline', 'host', 'harry0703/MoneyPrinterTurbo#196', [
    "LocalEntryNotFoundError: Cannot find an appropriate cached snapshot folder for the specified revision on the local disk and outgoing traffic has been disabled. To enable repo look-ups and downloads online, pass 'local_files_only=False' as input.",
  ]),
  report('name_resolution', 'transient', 'huggingface/text-generation-inference#492', [
    "requests.exceptions.ConnectionError: HTTPSConnectionPool(host='huggingface.co', port=443): Max retries exceeded with url: /api/models/gpt2 (Caused by NameResolutionError(\"<urllib3.connection.HTTPSConnection object at 0x7fc5b7a2efa0>: Failed to resolve 'huggingface.co' ([Errno -3] Temporary failure in name resolution)\"))",
  ]),
  report('proxy', 'transient', 'anapnoe/stable-diffusion-webui-ux#211', [
    "requests.exceptions.ProxyError: (MaxRetryError(\"HTTPSConnectionPool(host='huggingface.co', port=443): Max retries exceeded with url: /openai/clip-vit-large-patch14/resolve/main/vocab.json (Caused by ProxyError('Unable to connect to proxy', SSLError(SSLEOFError(8, 'EOF occurred in violation of protocol (_ssl.c:1123)'))))\"), '(Request ID: 6a61d362-245f-4c50-a5b5-4658b219b687)')",
  ]),
  report('proxy_password', 'host', 'huggingface/huggingface_hub#2625', [
    "requests.exceptions.ProxyError: (MaxRetryError(\"HTTPSConnectionPool(host='huggingface.co', port=443): Max retries exceeded with url: /laion/CLIP-ViT-H-14-laion2B-s32B-b79K/resolve/main/open_clip_pytorch_model.bin (Caused by ProxyError('Unable to connect to proxy', OSError('Tunnel connection failed: 407 Proxy Authentication Required')))\"), '(Request ID: 18171222-1f44-4766-bb5f-f3fb7cc53ad3)')",
  ]),
  report('download', 'transient', 'docling-project/docling#2157', [
    "urllib3.exceptions.MaxRetryError: HTTPSConnectionPool(host='huggingface.co', port=443): Max retries exceeded with url: /api/models/ds4sd/docling-layout-old/revision/main (Caused by SSLError(SSLEOFError(8, '[SSL: UNEXPECTED_EOF_WHILE_READING] EOF occurred in violation of protocol (_ssl.c:1010)')))",
  ]),
  report('download', 'transient', 'lewandofskee/DiAD#16', [
    "urllib3.exceptions.ConnectTimeoutError: (<urllib3.connection.HTTPSConnection object at 0x7fd5cfa11430>, 'Connection to huggingface.co timed out. (connect timeout=10)')",
  ]),
  report('download', 'transient', 'huggingface/huggingface_hub#1959', [
    'OSError: Consistency check failed: file should be of size 492265168 but has size 447786685 (model.safetensors).',
    'We are sorry for the inconvenience. Please retry download and pass `force_download=True, resume_download=False` as argument.',
  ]),
  report('download', 'transient', 'huggingface/huggingface_hub#3036', [
    'RuntimeError: Data processing error: CAS service error : Error : single flight error: Real call failed: CasObjectError(InternalIOError(Custom { kind: Other, error: reqwest::Error { kind: Decode, source: hyper::Error(Body, Custom { kind: UnexpectedEof, error: IncompleteBody }) } }))',
  ]),

  // Weights
  report('weights_torn', 'host', 'Gourieff/ComfyUI-ReActor#80', [
    'safetensors_rust.SafetensorError: Error while deserializing header: MetadataIncompleteBuffer',
  ]),
  report('weights_torn', 'host', 'princeton-nlp/LESS#17', [
    'safetensors_rust.SafetensorError: Error while deserializing header: InvalidHeaderDeserialization',
  ]),
  report('weights_torn', 'host', 'CompVis/stable-diffusion#93', [
    '    super(_open_zipfile_reader, self).__init__(torch._C.PyTorchFileReader(name_or_buffer))',
    'RuntimeError: PytorchStreamReader failed reading zip archive: failed finding central directory',
  ]),
  report(
    'weights_torn',
    'host',
    'visinf/lnfmm#3',
    'RuntimeError: unexpected EOF, expected 170260432 more bytes. The file might be corrupted.',
  ),
  report('weights_torn', 'host', 'TimZaman/dotaclient#4', [
    '    magic_number = pickle_module.load(f)',
    'EOFError: Ran out of input',
  ]),
  report('weights_pointer', 'host', 'hhj1897/face_parsing#3', [
    '    magic_number = pickle_module.load(f, **pickle_load_args)',
    "_pickle.UnpicklingError: invalid load key, 'v'.",
  ]),
  report(
    'weights_pointer',
    'host',
    'shiyu-coder/Kronos#27',
    'safetensors_rust.SafetensorError: Error while deserializing header: HeaderTooLarge',
  ),

  // Image and checkout
  report('gpu_unsupported', 'host', 'HybridRobotics/berkeley-humanoid-lite#49', [
    'NVIDIA GeForce RTX 5090 with CUDA capability sm_120 is not compatible with the current PyTorch installation',
    'RuntimeError: CUDA error: no kernel image is available for execution on the device',
  ]),
  report('cuda_library', 'host', 'vllm-project/vllm#52300', [
    'ImportError: libcudart.so.13: cannot open shared object file: No such file or directory',
  ]),
  report('versions_mixed', 'host', 'Dao-AILab/flash-attention#1762', [
    "ImportError: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.32' not found (required by /usr/local/lib/python3.10/site-packages/flash_attn_2_cuda.cpython-310-x86_64-linux-gnu.so)",
  ]),
  report('architecture', 'host', 'FoldingAtHome/containers#11', [
    'standard_init_linux.go:211: exec user process caused "exec format error"',
  ]),

  // Pictures and videos
  report('input_broken', 'user', 'dmlc/decord#116', [
    'decord._ffi.base.DECORDError: [09:27:10] /io/decord/src/video/video_reader.cc:125: Check failed: st_nb >= 0 (-1381258232 vs. 0) ERROR cannot find video stream with wanted index: -1',
  ]),
  report('input_broken', 'user', 'jhj0517/Whisper-WebUI#415', [
    "av.error.InvalidDataError: [Errno 1094995529] Invalid data found when processing input: '/private/var/folders/test.mp4'; last error log: [mov,mp4,m4a,3gp,3g2,mj2] moov atom not found",
  ]),
  report('input_broken', 'user', 'epic-kitchens/epic-kitchens-download-scripts#23', [
    '[mov,mp4,m4a,3gp,3g2,mj2 @ 0x560f45cf95c0] moov atom not found',
    'P37/P37_102.MP4: Invalid data found when processing input',
  ]),
  report('video_odd_size', 'user', 'Hzzone/pytorch-openpose#58', [
    '[libx264 @ 0x55714fd995c0] height not divisible by 2 (400x711)',
    'Error initializing output stream 0:0 -- Error while opening encoder for output stream #0:0 - maybe incorrect parameters such as bit_rate, rate, width or height',
    'BrokenPipeError: [Errno 32] Broken pipe',
  ]),

  // Several GPUs, and the process
  report('port_busy', 'transient', 'om-ai-lab/VLM-R1#289', [
    'RuntimeError: The server socket has failed to listen on any local network address. port: 29500, useIpv6: 0, code: -98, name: EADDRINUSE, message: address already in use.',
  ]),
  report('port_busy', 'transient', 'meta-pytorch/torchtune#392', [
    'torch.distributed.DistNetworkError: The server socket has failed to listen on any local network address. The server socket has failed to bind to [::]:29500 (errno: 98 - Address already in use). The server socket has failed to bind to 0.0.0.0:29500 (errno: 98 - Address already in use).',
  ]),
  report('rendezvous', 'host', 'Liuziyu77/Visual-RFT#123', [
    'torch.distributed.DistStoreError: Timed out after 901 seconds waiting for clients. 1/3 clients joined.',
  ]),
  report('rendezvous', 'host', 'nvidia-cosmos/cosmos-rl#681', [
    'torch.distributed.DistNetworkError: The client socket has timed out after 300000ms while trying to connect to (036c56dce41b, 41331).',
  ]),
  report('nccl', 'host', 'XPixelGroup/BasicSR#737', [
    '[rank1]:[E626 06:24:44.903881913 ProcessGroupNCCL.cpp:616] [Rank 1] Watchdog caught collective operation timeout: WorkNCCL(SeqNum=808, OpType=ALLREDUCE, NumelIn=9801523, NumelOut=9801523, Timeout(ms)=600000) ran for 600020 milliseconds before timing out.',
    '[rank1]:[E626 06:24:44.906457629 ProcessGroupNCCL.cpp:1785] [PG ID 0 PG GUID 0(default_pg) Rank 1] Exception (either an error or timeout) detected by watchdog at work: 808, last enqueued NCCL work: 811, last completed NCCL work: 807.',
  ]),
  report('nccl', 'host', 'NVIDIA/nccl#2076', [
    'torch.distributed.DistBackendError: NCCL error in: /pytorch/torch/csrc/distributed/c10d/NCCLUtils.hpp:268, remote process exited or there was a network error, NCCL version 2.21.5',
    'ncclRemoteError: A call failed possibly due to a network error or a remote process exiting prematurely.',
    'Last error:',
    'socketProgressOpt: Call to recv from 172....<33759> failed : Connection reset by peer',
  ]),
  report('nccl', 'host', 'pytorch/pytorch#149984', [
    'Collective WorkNCCL(SeqNum=2, OpType=ALLREDUCE, NumelIn=1, NumelOut=1, Timeout(ms)=1000000) raised the following async exception: NCCL error: unhandled system error (run with NCCL_DEBUG=INFO for details), NCCL version 2.25.1',
    'ncclSystemError: System call (e.g. socket, malloc) or external library call failed or device error. ',
  ]),
  report('killed', 'host', 'lzhxmu/CPPO#6', [
    '    raise ChildFailedError(',
    'torch.distributed.elastic.multiprocessing.errors.ChildFailedError: ',
    '============================================================',
    'src/open_r1/grpo_gsm.py FAILED',
    '------------------------------------------------------------',
    'Failures:',
    '  <NO_OTHER_FAILURES>',
    '------------------------------------------------------------',
    'Root Cause (first observed failure):',
    '[0]:',
    '  time      : 2025-05-21_15:43:03',
    '  host      : mlxlab115rp2n7682d40d9-20250521025625-6dyyd3-8nir8b-worker',
    '  rank      : 0 (local_rank: 0)',
    '  exitcode  : -9 (pid: 14750)',
    '  error_file: <N/A>',
    '  traceback : Signal 9 (SIGKILL) received by PID 14750',
    '============================================================',
  ]),
  report('killed', 'host', 'lmzpai/roboMamba#10', [
    'E0325 20:57:27.620000 2606 site-packages/torch/distributed/elastic/multiprocessing/api.py:869] failed (exitcode: -9) local_rank: 5 (pid: 2630)',
  ]),
  report('crashed', 'host', 'pytorch/pytorch#175254', 'exitcode  : -11 (pid: 5277) (SIGSEGV)'),
];

/** What runs that go well print too, or programs report and go on from: none of it is a cause. */
export const HARMLESS_LINES: readonly (readonly [source: string, log: string])[] = [
  [
    'derrian-distro/LoRA_Easy_Training_Scripts#287',
    [
      'WARNING  A matching Triton is not available, some optimizations will not be enabled   __init__.py:61',
      'Traceback (most recent call last):',
      '  File "venv/Lib/site-packages/xformers/__init__.py", line 57, in _is_triton_available',
      '    import triton  # noqa',
      '    ^^^^^^^^^^^^^',
      "ModuleNotFoundError: No module named 'triton'",
    ].join('\n'),
  ],
  [
    'bmaltais/kohya_ss#2203',
    [
      'A matching Triton is not available, some optimizations will not be enabled.',
      "Error caught was: No module named 'triton'",
    ].join('\n'),
  ],
  [
    'unslothai/unsloth#3486',
    `'(ReadTimeoutError("HTTPSConnectionPool(host='huggingface.co', port=443): Read timed out. (read timeout=10)"), '(Request ID: 7d76f590-4653-46a3-8cec-2473bc91d595)')' thrown while requesting HEAD https://huggingface.co/unsloth/Qwen2.5-7B-Instruct-bnb-4bit/resolve/main/model.safetensors.index.json\nRetrying in 1s [Retry 1/5].`,
  ],
  [
    'aristoteleo/spateo-release#120',
    "2022-05-18 09:48:17.694351: W tensorflow/stream_executor/platform/default/dso_loader.cc:64] Could not load dynamic library 'libcudart.so.11.0'; dlerror: libcudart.so.11.0: cannot open shared object file: No such file or directory;\n2022-05-18 09:48:17.694409: I tensorflow/stream_executor/cuda/cudart_stub.cc:29] Ignore above cudart dlerror if you do not have a GPU set up on your machine.",
  ],
  [
    'huggingface/huggingface_hub#4304',
    "Could not set the permissions on the file '/data/.cache/huggingface/download/x.incomplete'. Error: [Errno 30] Read-only file system: '/tmp_x'.\nContinuing without setting permissions.",
  ],
  [
    'open-mmlab/mmpretrain#960',
    '[W socket.cpp:401] [c10d] The server socket has failed to bind to [::]:29500 (errno: 98 - Address already in use).',
  ],
  [
    'Dao-AILab/flash-attention#1708',
    'venvs/conda/openrlhf/lib/python3.12/site-packages/torch/_subclasses/functional_tensor.py:276: UserWarning: Failed to initialize NumPy: No module named \'numpy\' (Triggered internally at /pytorch/torch/csrc/utils/tensor_numpy.cpp:81.)\n  cpu = _conversion_method_template(device=torch.device("cpu"))',
  ],
  [
    'nvidia-cosmos/cosmos-predict2#170',
    "fatal: detected dubious ownership in repository at '/workspace'\nTo add an exception for this directory, call:",
  ],
  ['NVIDIA/nvidia-docker#1730', 'Failed to initialize NVML: Unknown Error'],
  ['IDEA-Research/MotionLLM#7', '[mov,mp4,m4a,3gp,3g2,mj2 @ 0x1e66580] Invalid data found when processing input'],
  [
    'hpcaitech/ColossalAI#3514',
    'WARNING:torch.distributed.elastic.multiprocessing.api:Sending process 812914 closing signal SIGTERM',
  ],
];
