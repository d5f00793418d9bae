import { afterEach, describe, expect, it } from '@jest/globals';
import { required, requiredNumber } from '../../../runtime/environment.ts';

const before = { ...process.env };

afterEach(() => {
  process.env = { ...before };
});

describe('required', () => {
  it('is the variable’s value', () => {
    process.env.EVENT_QUEUE_URL = 'https://sqs.example/q.fifo';

    expect(required('EVENT_QUEUE_URL')).toBe('https://sqs.example/q.fifo');
  });

  it.each([undefined, ''])('names the variable that holds %j', (value) => {
    delete process.env.EVENT_QUEUE_URL;
    if (value !== undefined) process.env.EVENT_QUEUE_URL = value;

    expect(() => required('EVENT_QUEUE_URL')).toThrow(
      'Environment variable EVENT_QUEUE_URL: expected a value, found none.',
    );
  });
});

describe('requiredNumber', () => {
  it.each([
    ['250.5', 250.5],
    ['0.001', 0.001],
    ['1', 1],
  ])('is the variable’s value as a number: %s', (value, number) => {
    process.env.CALL_SPACING_MS = value;

    expect(requiredNumber('CALL_SPACING_MS')).toBe(number);
  });

  it.each(['0', '-1', 'soon', 'NaN', ' '])('refuses "%s"', (value) => {
    process.env.CALL_SPACING_MS = value;

    expect(() => requiredNumber('CALL_SPACING_MS')).toThrow(
      `Environment variable CALL_SPACING_MS: expected a number above 0, found "${value}".`,
    );
  });

  it('names the variable that is missing', () => {
    delete process.env.CALL_SPACING_MS;

    expect(() => requiredNumber('CALL_SPACING_MS')).toThrow(
      'Environment variable CALL_SPACING_MS: expected a value, found none.',
    );
  });
});
