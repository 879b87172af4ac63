/** Reads what both images print before their program starts: uv installs packages, hf downloads checkpoints. */
import type { Piece } from './log-pieces.js';
import type { Sign } from './run-log.js';

/** bin/entrypoint.sh of both repositories runs uv at every start of a container. */
const PACKAGES =
  /^\s*(?:(?:Resolved|Prepared|Installed|Audited) \d+ packages?\b|Using CPython|Creating virtual environment|(?:Downloading|Building|Built) [\w.-]+(?: \([\d.]+ ?[KMG]i?B\)| @ ))/;
const DOWNLOAD =
  /^(?:Downloading checkpoint|Fetching \d+ files:|Downloading '|Download complete)|\bhf\b.{0,300}? download |^[\w./-]+\.(?:safetensors|pth?|bin|json|txt|jit):\s+\d+%\|/;
const LOAD = /^Loading (?:checkpoint shards|pipeline components|model|weights)/;

export function preparationOf(piece: Piece): Sign | undefined {
  if (piece.kind === 'bar') return undefined;
  const text = piece.kind === 'record' ? piece.message : piece.text;
  if (DOWNLOAD.test(text)) return { kind: 'milestone', milestone: 'download' };
  if (LOAD.test(text)) return { kind: 'milestone', milestone: 'load' };
  return piece.kind === 'other' && PACKAGES.test(text) ? { kind: 'milestone', milestone: 'packages' } : undefined;
}
