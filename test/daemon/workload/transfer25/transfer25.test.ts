import { describe, expect, it } from 'vitest';
import type { RunFile } from '../../../../daemon/workload/engine.js';
import { Transfer25Engine } from '../../../../daemon/workload/transfer25/transfer25.js';
import type { Media } from '../../../../schemas/index.js';
import { bareMember, CLIP, preparedTransfer25 as prepared } from '../../../support/cosmos-logs/members.js';
import { record, transfer25DebugLog, transfer25Log } from '../../../support/cosmos-logs/transfer25.js';

const engine = new Transfer25Engine({ guardrails: 'on', checkpoint: null });
const place = (...gpus: number[]) => ({ gpus, masterPort: 29_411 });

describe('a run', () => {
  it('is shared by jobs of one hint set alone, in whatever order they name it', () => {
    const key = (...hints: string[]) => engine.batchKey(prepared({}, CLIP, hints));
    expect(key('edge', 'depth')).toBe(key('depth', 'edge'));
    expect(new Set([key('edge', 'depth'), key('edge'), key('depth'), key('depth', 'edge', 'seg')]).size).toBe(4);
  });

  it('is not shared across settings of the host', () => {
    const others = [
      { guardrails: 'off', checkpoint: null },
      { guardrails: 'on', checkpoint: '/models/own.pt' },
    ] as const;
    const keys = others.map((settings) => new Transfer25Engine(settings).batchKey(prepared()));
    expect(new Set([...keys, engine.batchKey(prepared())]).size).toBe(3);
  });

  it('is one Python process on one GPU', () => {
    const members = [bareMember('a'), bareMember('b')];
    expect(engine.command(members, '/data/r 1', place(3))).toEqual({
      argv: ['python', 'examples/inference.py'].concat(
        ['-i', '/data/r 1/specs/job-a/a.json', '/data/r 1/specs/job-b/b.json', '-o', '/data/r 1/out'], // never under out
      ),
      env: { PYTHONUNBUFFERED: '1' },
      workdir: '/workspace',
      gpus: [3],
    });
  });

  it('is torchrun with a port of its own on several', () => {
    const settings = { guardrails: 'offload', checkpoint: '/models/own.pt' } as const;
    const { argv, gpus } = new Transfer25Engine(settings).command([bareMember('lot')], '/r', place(0, 1, 2, 5));
    expect(argv.slice(0, 4)).toEqual([
      'torchrun',
      '--nproc_per_node=4',
      '--master_port=29411',
      'examples/inference.py',
    ]);
    expect(argv.slice(-3)).toEqual(['--offload-guardrail-models', '--checkpoint-path', '/models/own.pt']);
    expect(gpus).toEqual([0, 1, 2, 5]);
    const off = new Transfer25Engine({ guardrails: 'off', checkpoint: null });
    expect(off.command([bareMember('lot')], '/r', place(0)).argv.at(-1)).toBe('--disable-guardrails');
  });

  it('does not start without a GPU', () => {
    expect(() => engine.command([bareMember('lot')], '/r')).toThrow(/without a GPU/);
  });
});

describe('the media of the output', () => {
  const media = (fields: object, changed: Partial<Media> = {}) =>
    engine.expect(prepared(fields, { ...CLIP, ...changed }));

  it.each([
    [{}, {}, [93, 1280, 704, 24]],
    [{}, { width: 641, height: 361 }, [93, 640, 360, 24]],
    [{}, { fps: { num: 24_000, den: 1001 } }, [93, 1280, 704, 23]],
    [{}, { fps: { num: 30_000, den: 1001 } }, [93, 1280, 704, 29]],
    [{}, { fps: { num: 1, den: 2 } }, [93, 1280, 704, 1]],
    [{}, { frames: 6000 }, [5000, 1280, 704, 24]],
    [{ max_frames: 5500 }, { frames: 6000 }, [5500, 1280, 704, 24]],
    [{ max_frames: '40' }, {}, [40, 1280, 704, 24]],
    [{ max_frames: 1 }, {}, [1, 1280, 704, 24]],
    [{ num_video_frames_per_chunk: 1 }, {}, [1, 1280, 704, 24]],
    [{ keep_input_resolution: false }, { width: 1920, height: 1080 }, [93, 1280, 704, 24]],
    [{ keep_input_resolution: false, resolution: '720p' }, { width: 1080, height: 1920 }, [93, 720, 1280, 24]],
    [{ keep_input_resolution: false, resolution: '480' }, { width: 1024, height: 768 }, [93, 640, 480, 24]],
    [{ show_input: true }, { width: 641 }, [93, 1280, 704, 24]],
    [{ show_control_condition: true, show_input: true, depth: {} }, {}, [93, 5120, 704, 24]],
    [{ show_control_condition: true, keep_input_resolution: false }, { width: 999, height: 999 }, [93, 1920, 960, 24]],
  ])('%j of %j', (fields, changed, [frames, width, height, fps]) => {
    expect(media(fields, changed)).toEqual({ frames, width, height, fps: { num: fps, den: 1 } });
  });

  it('cannot be known without the compiled spec', () => {
    const gone = { ...prepared(), spec: '/nowhere/spec.json', specSha256: 'x' };
    expect(() => engine.expect(gone)).toThrow(/\/nowhere\/spec\.json cannot be read; retry/);
    expect(() => engine.expect(prepared({ guidance: 9 }))).toThrow(/is not one that the model reads/);
  });
});

const files = (...names: string[]): RunFile[] => names.map((name) => ({ path: `out/${name}`, bytes: 9 }));
const log = (...parts: Parameters<typeof transfer25Log>) => transfer25Log(...parts).join('');
const withDebug = (known: RunFile[], text: string): RunFile[] => [...known, { path: 'out/debug.log', bytes: 1, text }];

describe('the outcome', () => {
  const lot = bareMember('lot');
  const ALL = files('console.log', 'config.yaml', 'lot.json', 'lot_control_edge.mp4', 'lot.mp4', 'lot.txt');
  const done = log({ samples: [{ name: 'lot', chunks: 1 }] });

  it('is success when the files are there, whatever the exit code', () => {
    for (const exitCode of [0, 1, 137, null]) {
      expect(engine.outcome(lot, ALL, '', exitCode)).toEqual({
        kind: 'succeeded',
        outputs: {
          video: 'out/lot.mp4',
          controls: { edge: 'out/lot_control_edge.mp4' },
          others: ['out/lot.json', 'out/lot.txt'],
        },
      });
    }
  });

  it('is a picture for one frame', () => {
    const outcome = engine.outcome(lot, files('lot.json', 'lot_control_edge.jpg', 'lot.jpg', 'lot.txt'), '', 0);
    expect(outcome).toMatchObject({
      outputs: { video: 'out/lot.jpg', controls: { edge: 'out/lot_control_edge.jpg' } },
    });
  });

  it('is success by the line of the log before the last file is seen, and failure with neither', () => {
    const saved = files('lot.json', 'lot.mp4');
    expect(engine.outcome(lot, saved, done, 0).kind).toBe('succeeded');
    const cut = done.slice(0, done.indexOf('Generated video saved'));
    expect(engine.outcome(lot, saved, cut, 137)).toMatchObject({ kind: 'failed', failure: { code: 'killed' } });
  });

  it.each(['prompt', 'negative'] as const)('is refusal of the %s although the exit code is 0', (block) => {
    const text = log({ samples: [{ name: 'lot', chunks: 1, block }] });
    const what = block === 'prompt' ? 'the prompt' : 'the negative prompt';
    const message = `The safety filter refused ${what}.`;
    expect(engine.outcome(lot, files('lot.json'), text, 0)).toEqual({ kind: 'refused', message });
    expect(engine.outcome(lot, files('lot.json'), text, 137)).toEqual({ kind: 'refused', message }); // hung, then killed
  });

  it('is refusal with the reason that only debug.log has', () => {
    const run = { samples: [{ name: 'lot', chunks: 1, block: 'prompt' as const }] };
    const known = withDebug(files('lot.json'), transfer25DebugLog(run).join(''));
    expect(engine.outcome(lot, known, log(run), 0)).toEqual({
      kind: 'refused',
      message: 'The safety filter refused the prompt: BLOCKLIST: bomb.',
    });
    expect(engine.evidence()).toEqual(['out/debug.log']);
  });

  it('is refusal of the video, told by debug.log or by a check that nothing says was passed', () => {
    const run = { samples: [{ name: 'lot', chunks: 1, block: 'video' as const }] };
    const left = files('lot.json', 'lot_control_edge.mp4');
    expect(engine.outcome(lot, left, log(run), 0)).toEqual({
      kind: 'refused',
      message: 'The safety filter refused the video.',
    });
    const known = withDebug(left, transfer25DebugLog(run).join(''));
    expect(engine.outcome(lot, known, log(run), 0)).toEqual({
      kind: 'refused',
      message: 'The safety filter refused the video: VIDEOCONTENTSAFETYFILTER: unsafe frames detected: 14.0%.',
    });
  });

  it('is failure, not refusal, when the run died in the check of the video or the host went away', () => {
    const run = { samples: [{ name: 'lot', chunks: 1, block: 'video' as const }] };
    for (const exitCode of [137, null]) {
      expect(engine.outcome(lot, files('lot.json'), log(run), exitCode).kind).toBe('failed');
    }
  });

  it('is failure in the words of the catalogue, with its class', () => {
    const lines = [
      '[rank0]: Traceback (most recent call last):\n',
      '[rank0]: torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 20.00 GiB. GPU 0 has a total capacity of 79.11 GiB\n',
    ];
    const text = log({ samples: [{ name: 'lot', chunks: 3, dies: { chunk: 2, lines } }], ranks: 8 });
    const outcome = engine.outcome(lot, files('lot.json'), text, 1);
    expect(outcome).toMatchObject({ kind: 'failed', failure: { code: 'gpu_memory', class: 'host' } });
    expect(outcome).toMatchObject({
      message: expect.stringMatching(/^The GPU ran out of memory\. Transfer 2\.5 needs/),
    });
  });

  it('quotes an exception that nobody knows, and does not have it paid for twice', () => {
    const lines = ['Traceback (most recent call last):\n', '  File "x.py", line 3\n', 'RuntimeError: odd thing.\n'];
    const text = log({ samples: [{ name: 'lot', chunks: 1, dies: { chunk: 1, lines } }] });
    expect(engine.outcome(lot, files('lot.json'), text, 1)).toMatchObject({
      kind: 'failed',
      message: expect.stringMatching(/^The program stopped: RuntimeError: odd thing\. /),
      failure: { code: 'unknown', class: 'host', isFinal: true },
    });
  });

  it('does not take a prompt for a reason', () => {
    const text = `${record('INFO', 'Processing the prompt: CUDA out of memory, No space left on device')}`;
    expect(engine.outcome(lot, files('lot.json'), text, 1)).toMatchObject({ failure: { code: 'unknown' } });
  });

  it('is failure, and no second run, when the log says that the video was saved and it is not there', () => {
    for (const [known, exitCode] of [
      [files('lot.json', 'lot_control_edge.mp4'), 0],
      [files('lot.json'), 1],
      [[], 0],
      [[], null],
    ] as const) {
      expect(engine.outcome(lot, known, done, exitCode)).toMatchObject({
        message: expect.stringMatching(
          /^The log says that the video was saved as \/runs\/r1\/out\/lot\.mp4, and it is not there\. See what/,
        ),
        failure: { code: 'output_gone', class: 'host', isFinal: true },
      });
    }
    const empty = [...files('lot.json'), { path: 'out/lot.mp4', bytes: 0 }];
    expect(engine.outcome(lot, empty, done, 0)).toMatchObject({ failure: { code: 'output_empty', isFinal: true } });
    const other = engine.outcome(bareMember('yard'), [], done, 0);
    expect(other).not.toMatchObject({ failure: { code: 'output_gone' } });
  });

  it('is nobody’s fault by the lines that a good run prints', () => {
    const good = done.slice(0, done.indexOf('Generated video saved'));
    const end = "Traceback (most recent call last):\nKeyError: 'odd'\n";
    expect(engine.outcome(lot, files('lot.json'), good + end, 1)).toMatchObject({ failure: { code: 'unknown' } });
    expect(engine.outcome(lot, files('lot.json'), good, 1)).toMatchObject({ failure: { code: 'unknown' } });
    expect(engine.outcome(lot, files('lot.json'), good, 137)).toMatchObject({ failure: { code: 'killed' } });
  });

  it('is failure when the run says that all went well and nothing is there', () => {
    expect(engine.outcome(lot, [], '', 0)).toMatchObject({
      kind: 'failed',
      message: expect.stringMatching(/^The run ended with exit code 0 and without a video\./),
    });
  });
});

describe('the outcome in a run of several', () => {
  const [a, b] = [bareMember('a'), bareMember('b')];
  const began = files('a.json');

  it('is told from the part of the log that is about the member', () => {
    const blocked = {
      samples: [
        { name: 'a', chunks: 1, block: 'video' as const },
        { name: 'b', chunks: 1 },
      ],
    };
    const known = [...files('a.json', 'a_control_edge.mp4'), ...files('b.json', 'b.mp4', 'b.txt')];
    expect(engine.outcome(a, known, log(blocked), 0).kind).toBe('refused');
    expect(engine.outcome(a, known, log(blocked), 1).kind).toBe('refused'); // the run went on after it
    expect(engine.outcome(b, known, log(blocked), 0).kind).toBe('succeeded');
  });

  it('is unreached when the run ended in a member before it', () => {
    const lines = ['torch.OutOfMemoryError: CUDA out of memory.\n'];
    const text = log({
      samples: [
        { name: 'a', chunks: 1, dies: { chunk: 1, lines } },
        { name: 'b', chunks: 1 },
      ],
    });
    expect(engine.outcome(a, began, text, 1).kind).toBe('failed');
    expect(engine.outcome(b, began, text, 1)).toEqual({ kind: 'unreached' });
    expect(engine.outcome(b, began, '', null)).toEqual({ kind: 'unreached' });
  });

  it('blames the spec that NVIDIA refused, and no other', () => {
    const text = [
      "Error validating parameters from '/runs/r1/specs/job-b/b.json' at line 0\n",
      '1 validation error for InferenceArguments\nguidance\n',
      '  Input should be less than or equal to 7 [type=less_than_equal, input_value=9, input_type=int]\n',
    ].join('');
    expect(engine.outcome(a, [], text, 1)).toEqual({ kind: 'unreached' });
    expect(engine.outcome(b, [], text, 1)).toMatchObject({
      failure: { code: 'spec_refused', class: 'user', sentence: expect.stringContaining('less than or equal to 7.') },
    });
  });

  it('is failure of all when the model could not be loaded, and unreached when nobody knows why', () => {
    const text = "ModuleNotFoundError: No module named 'flash_attn'\n";
    for (const member of [a, b]) {
      expect(engine.outcome(member, [], text, 1)).toMatchObject({ failure: { code: 'module_missing', class: 'host' } });
      expect(engine.outcome(member, [], 'oops\n', 1)).toEqual({ kind: 'unreached' });
    }
  });
});
