/** A sweep is the product of its axes: {"seed":[1,2],"edge":[0.3,0.6]} makes four jobs for each target. Pure. */
import type * as z from 'zod';
import { HintKey, JobOptions, type Sweep } from '../../schemas/index.js';
import { CosmosError } from '../errors.js';

/** Most jobs that one sweep may make of one target: more is probably a typing mistake. */
export const MOST_CELLS = 500;

type Json = z.core.util.JSONType;

export interface Cell {
  readonly options: JobOptions;
  /** Appended to the output name: "_seed1_edge0-3"; empty without a sweep. */
  readonly suffix: string;
}

/**
 * The options of every job, in the order of the axes; the last axis changes fastest. Equal cells are made once.
 * @throws CosmosError invalid_params for too many cells or a value its axis cannot have.
 */
export function expandSweep(options: JobOptions, sweep: Sweep = {}): Cell[] {
  const axes = Object.entries(sweep).map(([axis, values]) => ({ axis, values: distinct(values) }));
  const size = axes.reduce((product, { values }) => product * values.length, 1);
  if (size > MOST_CELLS) {
    const message = `This sweep makes ${size} jobs, more than ${MOST_CELLS}: leave out values or an axis.`;
    throw new CosmosError('invalid_params', message, { cells: size, most: MOST_CELLS });
  }
  return axes.reduce<Cell[]>(
    (cells, { axis, values }) => cells.flatMap((cell) => values.map((value, i) => step(cell, axis, value, i))),
    [{ options, suffix: '' }],
  );
}

function distinct(values: readonly Json[]): Json[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

function step(cell: Cell, axis: string, value: Json, index: number): Cell {
  const parsed = JobOptions.safeParse(apply(cell.options, axis, value));
  if (parsed.success) return { options: parsed.data, suffix: `${cell.suffix}_${axis}${label(value, index)}` };
  const message = `The sweep axis "${axis}" cannot have the value ${JSON.stringify(value)}.`;
  throw new CosmosError('invalid_params', message, { axis, value }, { cause: parsed.error });
}

function apply(options: JobOptions, axis: string, value: Json): Record<string, unknown> {
  if (axis === 'seed' || axis === 'prompt') return { ...options, [axis]: value };
  if (HintKey.safeParse(axis).success) return { ...options, weights: { ...options.weights, [axis]: value } };
  return { ...options, set: { ...options.set, [axis]: value } };
}

/** Short values are used as they are; texts and blocks get a number from 1 on. */
function label(value: Json, index: number): string {
  const short = typeof value === 'string' ? value : JSON.stringify(value);
  return /^[A-Za-z0-9.-]{1,12}$/.test(short) ? short.replace('.', '-') : String(index + 1);
}
