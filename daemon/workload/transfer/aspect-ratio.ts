/** The shapes Cosmos 3 knows (cosmos_framework data/generator/utils.py:42-84). Pure. */
const RATIOS = ['1,1', '4,3', '3,4', '16,9', '9,16'] as const;

/** The nearest of them; compared by logarithm, so that portrait and landscape are judged alike. */
export function aspectRatioOf({ width, height }: { width: number; height: number }): (typeof RATIOS)[number] {
  const wanted = Math.log(width / height);
  const distance = (ratio: string): number => {
    const [across = 1, down = 1] = ratio.split(',').map(Number);
    return Math.abs(Math.log(across / down) - wanted);
  };
  return RATIOS.reduce((best, ratio) => (distance(ratio) < distance(best) ? ratio : best));
}
