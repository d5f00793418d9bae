import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { adviceFor } from '../../../client/advice.ts';
import { causes, outcomes } from '../../../contract/result.ts';
import { receivedResult } from '../../support/received-result.ts';

/** The rows of README's table below such a heading, as plain text: no code marks, links as their words. */
function tableOf(heading: string): string[][] {
  const [, below = ''] = readFileSync('README.md', 'utf8').split(heading);
  const [table = ''] = /^(\|.*\n)+/m.exec(below) ?? [];
  return table
    .trim()
    .split('\n')
    .slice(2)
    .map((row) => row.replaceAll('`', '').replace(/\[([^\]]+)\]\([^)]+\)/g, '$1'))
    .map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

let above = '';
const rows = tableOf('### Result: what to do now').map(([outcome, ...rest]) => {
  // A cell left empty means the outcome above.
  above = outcome || above;
  return [above, ...rest];
});
const errorRows = tableOf('The last error, `error.code`').flatMap(([codes = '', ...words]) =>
  codes.split(', ').map((code) => [code, ...words]),
);

const error = (code: string) => ({ code, message: '', httpStatus: null });

describe('adviceFor', () => {
  it("has README's rows for every outcome and cause", () => {
    expect(new Set(rows.map(([outcome]) => outcome))).toEqual(new Set(outcomes));
    const named = rows.filter(([outcome]) => outcome === 'not-applied').map(([, cause]) => cause);
    expect(new Set(named)).toEqual(new Set(causes));
  });

  it.each(rows)(
    "says README's words: %s %s",
    (outcome = '', cause = '', happened = '', doNow = '') => {
      const result = receivedResult('not-applied', {
        outcome,
        cause: outcome === 'not-applied' ? cause : null,
      });

      expect(adviceFor(result)).toEqual({ happened, doNow, lastError: null });
    },
  );

  it.each(errorRows)(
    "says README's words of the last error: %s",
    (code = '', inTheWay = '', mendedBy = '') => {
      for (const outcome of ['expired', 'unknown']) {
        const result = receivedResult('failed', { outcome, error: error(code) });
        expect(adviceFor(result)?.lastError).toEqual({ inTheWay, mendedBy });
      }
    },
  );

  it('says nothing of an error that was not the last of many', () => {
    const result = receivedResult('failed', { outcome: 'failed', error: error('unauthorized') });

    expect(adviceFor(result)?.lastError).toBeNull();
  });

  it.each([
    { outcome: 'declined-later' },
    { outcome: 'toString' },
    { outcome: 'not-applied', cause: 'a-later-cause' },
    { outcome: 'not-applied', cause: null },
  ])('has no words for %j', (changes) => {
    expect(adviceFor(receivedResult('not-applied', changes))).toBeUndefined();
  });
});
