import { describe, expect, it } from '@jest/globals';
import { checkWebApiUrl } from '../../../../local/command-line/web-api-url.ts';

describe('checkWebApiUrl', () => {
  it.each(['https://example.com/Cust12345/api', 'http://localhost:8080/api/'])(
    'lets %s pass',
    async (address) => {
      await expect(checkWebApiUrl(address)).resolves.toBeUndefined();
    },
  );

  it.each(['example.com/api', 'http://example.com/api', 'https://example.com/'])(
    'refuses %s by the name of the variable',
    async (address) => {
      const says = new RegExp(`^WEB_API_URL: expected an https address .*; found "${address}"\\.$`);

      await expect(checkWebApiUrl(address)).rejects.toThrow(says);
    },
  );

  it('does not repeat credentials', async () => {
    const check = checkWebApiUrl('https://me:hunter2@example.com/api');

    await expect(check).rejects.toThrow(/^WEB_API_URL: (?!.*hunter2)/);
  });
});
