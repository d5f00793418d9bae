import { describe, expect, it } from '@jest/globals';
import { isLoopback, isWebApiUrl, normalizeWebApiUrl } from '../../../superoffice/web-api-url.ts';

describe('isWebApiUrl', () => {
  it.each([
    'https://so.example/api',
    'https://so.example:8443/Cust1/api/',
    'http://localhost:8080/api',
    'http://127.1.2.3/api',
    'http://[::1]/api',
  ])('is true of %s', (address) => {
    expect(isWebApiUrl(address)).toBe(true);
  });

  it.each([
    'http://so.example/api',
    'http://localhost.so.example/api',
    'http://127.0.0.1.so.example/api',
    'http://10.0.0.1/api',
    'ftp://localhost/api',
    'so.example/api',
    '',
    'https://so.example',
    'https://so.example/myapi',
    'https://so.example/api//',
    'https://so.example/api/v1',
    'https://so.example/api?',
    'https://so.example/?x=/api',
    'https://so.example/#/api',
    'https://me@so.example/api',
    'https://:pw@so.example/api',
    ' https://so.example/api',
    'https://so.example/api\n',
    'https:\\\\so.example\\api',
  ])('is false of %j', (address) => {
    expect(isWebApiUrl(address)).toBe(false);
  });
});

describe('normalizeWebApiUrl', () => {
  it.each([
    ['https://EXAMPLE.com:443/Cust1/api/', 'https://example.com/Cust1/api'],
    ['https://example.com/a/../Cust1/api', 'https://example.com/Cust1/api'],
    ['http://127.0.0.1:80/api', 'http://127.0.0.1/api'],
  ])('of %s is %s', (address, normal) => {
    expect(normalizeWebApiUrl(address)).toBe(normal);
  });
});

describe('isLoopback', () => {
  it.each([
    ['localhost', true],
    ['127.0.0.1', true],
    ['127.100.200.123', true],
    ['[::1]', true],
    ['127.0.0.1.example', false],
    ['x127.0.0.1', false],
    ['localhost.example', false],
    ['10.0.0.1', false],
  ])('of %s is %s', (hostname, expected) => {
    expect(isLoopback(hostname)).toBe(expected);
  });
});
