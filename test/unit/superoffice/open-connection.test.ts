import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { close, listen } from '../../../stand-ins/http-server.ts';

const module = new URL('../../../superoffice/open-connection.ts', import.meta.url).href;

/** In a process of its own: the test runner's `globalThis` is not where fetch keeps its dispatcher. */
async function run(script: string): Promise<string> {
  const source = `const { openConnection } = await import('${module}');\n${script}`;
  const args = ['--input-type=module', '--eval', source];
  return (await promisify(execFile)(process.execPath, args)).stdout;
}

describe('openConnection', () => {
  const requests: string[] = [];
  let connections = 0;
  let origin = '';
  const server = createServer(({ method, url }, response) => {
    requests.push(`${method} ${url}`);
    response.end();
  }).on('connection', () => {
    connections += 1;
  });

  beforeAll(async () => {
    origin = await listen(server);
  });
  afterAll(() => close(server));

  it('opens the connection that fetch then takes, and sends nothing on it', async () => {
    await run(`
      await openConnection('${origin}');
      await fetch('${origin}/next');
    `);

    expect(requests).toEqual(['GET /next']);
    expect(connections).toBe(1);
  });

  it.each([
    ['nothing listens there', 'http://127.0.0.1:1'],
    ['it is no origin', 'crm.example.com'],
  ])('resolves where %s', async (_, address) => {
    const said = await run(`
      await openConnection('${address}');
      console.log('resolved');
    `);

    expect(said).toBe('resolved\n');
  });
});
