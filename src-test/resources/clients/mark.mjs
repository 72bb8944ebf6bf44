import { randomUUID } from 'node:crypto';

/** A text that marks what belongs to one test, among what others left in a queue. */
export function mark() {
  return randomUUID();
}
