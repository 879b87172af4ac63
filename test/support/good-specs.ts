/** Specs that every rule is content with, to be changed in one place. */
export const goodTransfer25 = {
  name: 'lot',
  prompt: 'A ruined street',
  video_path: 'color.mp4',
  edge: { control_path: 'edge.mp4', control_weight: 0.5 },
};

export const goodCosmos3 = {
  name: 'lot',
  prompt: 'A street',
  seed: 1,
  vision_path: 'color.mp4',
  aspect_ratio: '16,9',
  depth: { control_path: 'depth.mp4' },
};

/** One sample a line. */
export function lines(...samples: readonly object[]): string {
  return samples.map((sample) => JSON.stringify(sample)).join('\n');
}
