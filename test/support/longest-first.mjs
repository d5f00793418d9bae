import Sequencer from '@jest/test-sequencer';

/** What takes ten seconds and more: begun last, all would wait for it. */
const longest = [
  'e2e/soak',
  'e2e/local-run',
  'e2e/tenant',
  'e2e/remaining-time',
  'package/package',
  'e2e/super-office-faults',
  'e2e/expired',
  'e2e/local-run-real-superoffice',
  'e2e/credential',
  'e2e/visibility',
  'e2e/examples',
  'e2e/order',
].map((name) => `/test/${name}.test.ts`);

const rankOf = ({ path }) => {
  const rank = longest.findIndex((name) => path.endsWith(name));
  return rank === -1 ? longest.length : rank;
};

/** Where no earlier run tells how long each takes, Jest would go by the size of files. */
export default class extends Sequencer {
  sort(tests) {
    return tests.toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}
