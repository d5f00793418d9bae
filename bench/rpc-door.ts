import { Agent, createServer, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { close, listen } from '../stand-ins/http-server.ts';

export type RpcDoor = { webApiUrl: string; close(): Promise<void> };

/**
 * A door for SuperOffice's own client, which calls `Agents/Chat/TransferChatSession` where everyone
 * else calls `ChatSession/{id}/TransferTo/{associate}`. It turns the one into the other; in front of
 * the stand-in, so that its hop costs the client nothing but a few tenths of a millisecond.
 */
export async function openRpcDoor(webApiUrl: string): Promise<RpcDoor> {
  const agent = new Agent({ keepAlive: true });
  const server = createServer(async (incoming, response) => {
    const { chatSessionId, toAssociate } = (await json(incoming)) as Record<string, unknown>;
    const { authorization, accept } = incoming.headers;
    const outgoing = request(
      `${webApiUrl}/v1/ChatSession/${chatSessionId}/TransferTo/${toAssociate}`,
      {
        method: 'POST',
        agent,
        headers: {
          authorization,
          accept,
          'so-apptoken': incoming.headers['so-apptoken'],
          'content-length': 0,
        },
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    outgoing.on('error', () => response.destroy());
    response.on('close', () => outgoing.destroy());
    outgoing.end();
  });
  server.keepAliveTimeout = 120_000;
  const origin = await listen(server);
  return {
    webApiUrl: `${origin}${new URL(webApiUrl).pathname}`,
    async close() {
      agent.destroy();
      await close(server);
    },
  };
}
