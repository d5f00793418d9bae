import type { Story } from '../run-record.ts';
import type { Broken } from './broken.ts';
import { brokenDelivery } from './delivery.ts';
import { brokenFunction, brokenPace } from './function.ts';
import { brokenDeadlines, brokenOrder } from './order.ts';
import { brokenTruth } from './truth.ts';

/** Every promise a story breaks; none for a story that keeps them all. */
export const brokenPromises = (story: Story): Broken[] => [
  ...brokenDelivery(story),
  ...brokenOrder(story),
  ...brokenDeadlines(story),
  ...brokenTruth(story),
  ...brokenPace(story),
  ...brokenFunction(story),
  ...story.leaks.map((says): Broken => ({ promise: 'indiscreet', says })),
];
