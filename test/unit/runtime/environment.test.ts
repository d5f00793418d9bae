import { afterEach, describe, expect, it } from '@jest/globals';
import {
  required,
  requiredNumber,
  tenantOf,
} from '../../../../functions/route-chat/environment.ts';

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

    expect(() => required('EVENT_QUEUE_URL')).toThrow('variable EVENT_QUEUE_URL: expected a value');
  });
});

describe('requiredNumber', () => {
  it('is the variable’s value as a number', () => {
    process.env.CALL_SPACING_MS = '250.5';

    expect(requiredNumber('CALL_SPACING_MS')).toBe(250.5);
  });

  it.each(['0', '-1', 'soon', 'NaN'])('refuses %s', (value) => {
    process.env.CALL_SPACING_MS = value;

    expect(() => requiredNumber('CALL_SPACING_MS')).toThrow(
      `CALL_SPACING_MS: expected a number above 0, found "${value}"`,
    );
  });
});

describe('tenantOf', () => {
  it('is the address that was given', async () => {
    process.env.WEB_API_URL = 'https://so.example/api';

    expect(await tenantOf(1_000).current()).toEqual({
      kind: 'running',
      webApiUrl: 'https://so.example/api',
    });
  });

  it('says what is missing', () => {
    delete process.env.WEB_API_URL;
    delete process.env.TENANT_STATE_URL;

    expect(() => tenantOf(1_000)).toThrow('expected WEB_API_URL or TENANT_STATE_URL');
  });
});
