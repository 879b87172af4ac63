/** Every schema the database has had, oldest first: entry n brings version n to version n + 1. Never edit one. */
import { initial } from './001-initial.js';

export const migrations: readonly string[] = [initial];
