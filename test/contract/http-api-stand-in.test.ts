import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startHttpApi } from '../../stand-ins/api-gateway/http-api.ts';
import type { Listening } from '../../stand-ins/http-server.ts';

type HttpEvent = {
  headers: Record<string, string>;
  body?: string;
  isBase64Encoded: boolean;
  requestContext: { http: object };
};

/**
 * By the documentation's description of payload format 2.0 and its example.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
describe('startHttpApi', () => {
  let api: Listening;
  let answer: unknown;
  const events: HttpEvent[] = [];

  beforeAll(async () => {
    const invoke = async (event: unknown) => {
      events.push(event as HttpEvent);
      if (answer instanceof Error) throw answer;
      return answer;
    };
    api = await startHttpApi(new Map([['POST /my/path', { invoke }]]));
  });
  afterAll(() => api.close());
  beforeEach(() => {
    events.length = 0;
    answer = { statusCode: 204 };
  });

  const post = (body: string | Uint8Array<ArrayBuffer>, headers: [string, string][] = []) =>
    fetch(`${api.origin}/my/path?parameter1=value1&parameter1=value2`, {
      method: 'POST',
      headers,
      body,
    });

  it('hands over a request in payload format 2.0', async () => {
    const url = `${api.origin}/my/path?parameter1=value1&parameter1=value2`;
    // By two lines, which fetch would write as one.
    const headers = { Header1: ['value1', 'value2'], 'Content-Type': 'application/json' };
    const [response] = await once(request(url, { method: 'POST', headers }).end('{}'), 'response');
    response.resume();

    expect(events).toMatchObject([
      {
        version: '2.0',
        routeKey: 'POST /my/path',
        rawPath: '/my/path',
        rawQueryString: 'parameter1=value1&parameter1=value2',
        headers: { header1: 'value1,value2' },
        requestContext: {
          accountId: expect.any(String),
          apiId: expect.any(String),
          domainName: expect.stringMatching(/\.execute-api\./),
          http: { method: 'POST', path: '/my/path', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1' },
          requestId: expect.any(String),
          routeKey: 'POST /my/path',
          stage: '$default',
          timeEpoch: expect.any(Number),
        },
        body: '{}',
        isBase64Encoded: false,
      },
    ]);
  });

  it.each([
    ['text', 'text/plain;charset=utf-8', false],
    ['JSON', 'application/json; charset=utf-8', false],
    ['anything else', 'application/octet-stream', true],
  ])('hands over %s so that every byte can be told', async (_, type, isBase64Encoded) => {
    await post('{"é":1}', [['content-type', type]]);

    const [event] = events;
    expect(event?.isBase64Encoded).toBe(isBase64Encoded);
    expect(Buffer.from(event?.body ?? '', isBase64Encoded ? 'base64' : 'utf8').toString()).toBe(
      '{"é":1}',
    );
  });

  it('leaves out a body that is not there', async () => {
    await post('');

    expect(events[0]).not.toHaveProperty('body');
  });

  it.each<[string, unknown, number, string]>([
    ['what it is told', { statusCode: 202, body: 'eA==', isBase64Encoded: true }, 202, 'x'],
    ['200 where no status is said', { a: 1 }, 200, '{"a":1}'],
    ['500 where the function fails', new Error('x'), 500, '{"message":"Internal Server Error"}'],
  ])('answers %s', async (_, answered, status, text) => {
    answer = answered;

    const response = await post('x');

    expect([response.status, await response.text()]).toEqual([status, text]);
  });

  it('answers 404 for what is no route, and asks no function', async () => {
    const statuses = await Promise.all(
      ['/my/path', '/', '/my/path/'].map(async (path) => (await fetch(api.origin + path)).status),
    );

    expect([statuses, events]).toEqual([[404, 404, 404], []]);
  });

  it('answers 413 for more than Lambda takes', async () => {
    expect((await post(new Uint8Array(6 * 1024 * 1024 + 1))).status).toBe(413);
    expect(events).toEqual([]);
  });
});
