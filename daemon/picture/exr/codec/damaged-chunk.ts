/** The bytes of a chunk contradict themselves: the file was damaged after it was written, or never written whole. */
export class DamagedChunk extends Error {
  override readonly name = 'DamagedChunk';
}
