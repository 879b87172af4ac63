/** Lines that sound like a failure and are printed by runs that go well: none of them may be taken for a cause. */

interface HarmlessLine {
  readonly pattern: RegExp;
  readonly source: string;
}

export const HARMLESS: readonly HarmlessLine[] = [
  // "x.py:3: FutureWarning: ..." of Python, "WARNING:root:..." of its logging. Those about CUDA are a cause: nothing works then.
  {
    pattern: /^\s*(?:\S+:\d+: )?(?:\w*Warning: |WARNING[: ])(?!.*(?:CUDA|NVIDIA))/,
    source: 'Python, module warnings; hpcaitech/ColossalAI#3514',
  },
  // c10d, torchrun: "[W1122 10:00:00.1 socket.cpp:759] ...", "W1122 10:00:00.1 71 torch/distributed/run.py:792] ...".
  { pattern: /^\[W[\d ]|^W\d{4} /, source: 'open-mmlab/mmpretrain#960, hao-ai-lab/FastVideo#575' },
  // A request that is repeated; if it fails in the end, an exception says so.
  {
    pattern: /thrown while requesting (?:HEAD|GET)|Retrying in \d+(?:\.\d+)?s|Trying to resume download/,
    source: 'unslothai/unsloth#3486, huggingface/lerobot#2566',
  },
  { pattern: /Error while downloading from https?:/, source: 'huggingface_hub file_download.py: it resumes' },
  {
    pattern:
      /Could not cache non-existence of file|Ignored error while writing commit hash|Could not set the permissions/,
    source: 'huggingface/huggingface_hub#4304; huggingface_hub file_download.py',
  },
  // TensorFlow and ONNX look for libraries that PyTorch brings along.
  { pattern: /Could not load dynamic library '/, source: 'aristoteleo/spateo-release#120' },
  // PyTorch, after another rank was lost: the size is what is left of a freed tensor.
  { pattern: /Tried to allocate more than 1EB/, source: 'NVIDIA/nccl#1284' },
  // The name of a module that is not needed.
  { pattern: /^Error caught was: No module named/, source: 'bmaltais/kohya_ss#2203' },
];

/** A traceback that follows was caught: the program goes on, or was about to end anyway. */
export const FIRST_OF_BLOCK =
  /^Exception ignored in|^A matching Triton is not available|^WARNING\s+A matching Triton|^Error in sys\.excepthook/;
