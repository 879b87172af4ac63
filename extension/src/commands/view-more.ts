/** Shows more rows of a long list. */
import { MoreNode } from '../views/more-node.js';
import type { Handler } from './register.js';

export const viewMore: Handler = async (_bridge, row) => {
  if (row instanceof MoreNode) await row.pages.showMore();
};
