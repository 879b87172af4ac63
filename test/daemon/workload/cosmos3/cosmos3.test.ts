import { describe, expect, it } from 'vitest';
import { Cosmos3Engine } from '../../../../daemon/workload/cosmos3/cosmos3.js';
import type { RunFile } from '../../../../daemon/workload/engine.js';
import type { Media } from '../../../../schemas/index.js';
import { cosmos3Log } from '../../../support/cosmos-logs/cosmos3.js';
import { bareMember, CLIP, preparedCosmos3 as prepared } from '../../../support/cosmos-logs/members.js';

const engine = new Cosmos3Engine({ model: 'Cosmos3-Nano' });
const lot = bareMember('lot', ['depth']);

describe('a run', () => {
  it('is one Python process on one GPU, torchrun before -m on several', () => {
    const args = ['-m', 'cosmos_framework.scripts.inference', '--parallelism-preset=latency', '--no-guardrails'].concat(
      ['-i', '/r/specs/job-lot/lot.json', '-o', '/r/out', '--checkpoint-path', 'Cosmos3-Nano'],
    );
    expect(engine.command([lot], '/r', { gpus: [1], masterPort: 29_411 })).toEqual({
      argv: ['python', ...args],
      env: { PYTHONUNBUFFERED: '1' },
      workdir: '/workspace',
      gpus: [1],
    });
    const { argv } = engine.command([lot], '/r', { gpus: [0, 1, 2, 3], masterPort: 29_411 });
    expect(argv).toEqual(['torchrun', '--nproc_per_node=4', '--master_port=29411', ...args]);
    expect(() => engine.command([lot], '/r')).toThrow(/without a GPU/);
  });

  it('is shared by jobs of one model, whatever their hints', () => {
    const local = new Cosmos3Engine({ model: '/models/Cosmos3-Super' });
    expect(local.batchKey()).not.toBe(engine.batchKey());
    expect(local.command([lot], '/r', { gpus: [0], masterPort: 1 }).argv.at(-1)).toBe('/models/Cosmos3-Super');
    expect(local.capabilities).toMatchObject({ gpus: [4, 6, 8], memoryGb: 80 });
    expect(engine.capabilities).toMatchObject({ gpus: [1, 2, 4, 6, 8], weights: 'normalised' });
  });
});

describe('the media of the output', () => {
  const NO_COLOUR = { vision_path: undefined };

  it.each([
    [{}, {}, [93, 1280, 720, 24, 1]],
    [{ aspect_ratio: '4,3' }, { width: 1024, height: 768 }, [93, 1104, 832, 24, 1]],
    [{ aspect_ratio: undefined }, { width: 1024, height: 768 }, [93, 1280, 720, 24, 1]], // the default, not the shape
    [{ resolution: '480', aspect_ratio: '9,16' }, {}, [93, 480, 832, 24, 1]],
    [NO_COLOUR, { width: 1000, height: 1000, fps: { num: 30, den: 1 } }, [93, 960, 960, 24, 1]],
    [{ ...NO_COLOUR, fps: '30' }, { width: 720, height: 1280 }, [93, 720, 1280, 30, 1]],
    [{ fps: 12 }, { fps: { num: 30, den: 1 } }, [93, 1280, 720, 30, 1]], // that of the colour video counts
    [{}, { fps: { num: 30_000, den: 1001 } }, [93, 1280, 720, 2997, 100]],
    [{}, { fps: { num: 48, den: 2 } }, [93, 1280, 720, 24, 1]],
    [{ num_frames: 50 }, { frames: 122 }, [122, 1280, 720, 24, 1]], // num_frames does not set the length
    [{ max_frames: 50 }, { frames: 122 }, [50, 1280, 720, 24, 1]],
    [{}, { frames: 6000 }, [5000, 1280, 720, 24, 1]],
    [{ num_frames: 1, max_frames: 1 }, {}, [1, 1280, 720, 24, 1]],
    [{ show_input: true, show_control_condition: true, edge: {} }, {}, [93, 5120, 720, 24, 1]],
    [{ ...NO_COLOUR, show_input: true }, {}, [93, 1280, 720, 24, 1]],
  ])('%j of %j', (fields, changed: Partial<Media>, [frames, width, height, num, den]) => {
    const media = engine.expect(prepared(fields, { ...CLIP, ...changed }));
    expect(media).toEqual({ frames, width, height, fps: { num, den } });
  });

  it('has the smaller default of the Edge model', () => {
    const edge = new Cosmos3Engine({ model: '/models/Cosmos3-Edge' });
    expect(edge.expect(prepared())).toMatchObject({ width: 832, height: 480 });
    expect(edge.expect(prepared({ resolution: '256' }))).toMatchObject({ width: 320, height: 192 });
  });
});

const files = (...names: string[]): RunFile[] => names.map((name) => ({ path: `out/${name}`, bytes: 9 }));
const status = (value: unknown): RunFile => ({
  path: 'out/lot/sample_outputs.json',
  bytes: 9,
  text: typeof value === 'string' ? value : JSON.stringify(value),
});
const log = (...parts: Parameters<typeof cosmos3Log>) => cosmos3Log(...parts).join('');

describe('the outcome', () => {
  const made = files('lot/sample_args.json', 'lot/vision.mp4', 'lot/control_depth.mp4');
  const success = status({ args: {}, status: 'success', message: null, outputs: [] });

  it('is success by the status and the video, whatever the exit code', () => {
    for (const exitCode of [0, 1, null]) {
      expect(engine.outcome(lot, [...made, success], '', exitCode)).toEqual({
        kind: 'succeeded',
        outputs: {
          video: 'out/lot/vision.mp4',
          controls: { depth: 'out/lot/control_depth.mp4' },
          others: ['out/lot/sample_args.json', 'out/lot/sample_outputs.json'],
        },
      });
    }
    expect(engine.evidence(lot)).toEqual(['out/lot/sample_outputs.json']);
  });

  it('is success without control videos, of a picture, and where nobody read the status', () => {
    const still = [...files('lot/sample_args.json', 'lot/vision.jpg'), success];
    expect(engine.outcome(lot, still, '', 0)).toMatchObject({ outputs: { video: 'out/lot/vision.jpg', controls: {} } });
    const unread = [...made, ...files('lot/sample_outputs.json')];
    expect(engine.outcome(lot, unread, '', 0).kind).toBe('succeeded');
  });

  it('is failure by the status although the exit code is 0 and a video is there', () => {
    const skipped = status({ status: 'skip', message: "Skipping sample 'lot': no control", outputs: [] });
    expect(engine.outcome(lot, [...made, skipped], '', 0)).toEqual({
      kind: 'failed',
      message: "Cosmos 3 did not make the video: Skipping sample 'lot': no control",
    });
    const error = status({ status: 'error', outputs: [] });
    expect(engine.outcome(lot, [...made, error], '', 0)).toMatchObject({ message: expect.stringContaining('"error"') });
  });

  it('is failure with a torn status, with none, and with an empty video', () => {
    expect(engine.outcome(lot, [...made, status('{"status": "succ')], '', 137)).toMatchObject({
      failure: { code: 'killed' },
    });
    expect(engine.outcome(lot, made, '', 1)).toMatchObject({ kind: 'failed', failure: { code: 'unknown' } });
    const empty = [{ path: 'out/lot/vision.mp4', bytes: 0 }, ...files('lot/sample_args.json'), success];
    expect(engine.outcome(lot, empty, '', 0).kind).toBe('failed');
  });

  it('is failure by what the status tells, where the catalogue knows it', () => {
    const error = status({ status: 'error', message: 'CUDA out of memory. Tried to allocate 2 GiB', outputs: [] });
    expect(engine.outcome(lot, [...made, error], '', 0)).toMatchObject({
      message: expect.stringMatching(/^The GPU ran out of memory\. /),
      failure: { code: 'gpu_memory', class: 'host' },
    });
  });

  it('is failure, and no second run, when the log says that the outputs were saved and they are not there', () => {
    const done = log({ samples: [{ name: 'lot', chunks: 1 }] });
    for (const known of [[], files('lot/sample_args.json')]) {
      expect(engine.outcome(lot, known, done, 0)).toMatchObject({
        message: expect.stringMatching(
          /^The log says that the video was saved as \/runs\/r1\/out\/lot\/vision\.mp4, and/,
        ),
        failure: { code: 'output_gone', class: 'host', isFinal: true },
      });
    }
  });

  it('is nobody’s fault by the lines that a good run prints', () => {
    const done = log({ samples: [{ name: 'lot', chunks: 1 }] });
    const good = done.slice(0, done.indexOf('Saved transfer outputs'));
    const end = "\nTraceback (most recent call last):\nKeyError: 'odd'\n";
    for (const text of [good, good + end])
      expect(engine.outcome(lot, files('lot/sample_args.json'), text, 1)).toMatchObject({
        failure: { code: 'unknown', class: 'host' },
      });
  });

  it('is failure in the words of the catalogue', () => {
    const lines = [
      "ValueError: Error generating sample 'lot': num_conditional_frames must be smaller than num_video_frames_per_chunk\n",
    ];
    const text = log({ samples: [{ name: 'lot', chunks: 3, dies: { chunk: 2, lines } }] });
    expect(engine.outcome(lot, files('lot/sample_args.json'), text, 1)).toMatchObject({
      kind: 'failed',
      failure: { code: 'spec_values', class: 'user' },
    });
  });

  it('is refusal where a release asks the safety filter, and not for a prompt that says so', () => {
    const line = '[11-22 10:00:00|job=|CRITICAL|x.py:1:y] GUARDRAIL BLOCKED: unsafe\n';
    const began = files('lot/sample_args.json');
    expect(engine.outcome(lot, began, line, 1)).toEqual({
      kind: 'refused',
      message: 'The safety filter refused it: unsafe.',
    });
    const prompt = "Guardrail blocked video '/x': no";
    const text = log({ samples: [{ name: 'lot', chunks: 1 }], prompt });
    expect(engine.outcome(lot, began, text, 1).kind).toBe('failed');
  });

  it('is unreached when the run ended before it', () => {
    expect(engine.outcome(lot, files('yard/sample_args.json'), '', 1)).toEqual({ kind: 'unreached' });
    expect(engine.outcome(lot, [], '', null)).toEqual({ kind: 'unreached' });
    const text = 'huggingface_hub.errors.GatedRepoError: 403 Client Error.\n';
    expect(engine.outcome(lot, [], text, 1)).toMatchObject({ failure: { code: 'hf_gated', class: 'host' } });
  });
});
