import { startHttpApi } from '../../stand-ins/api-gateway/http-api.ts';
import type { Listening } from '../../stand-ins/http-server.ts';
import type { LambdaFunction } from '../../stand-ins/lambda/lambda-function.ts';
import type { SynthesizedStack } from './synthesized-stack.ts';
import { httpRoutesOf, ofType } from './template.ts';

/** Starts the HTTP API, where the stack has one; its functions may be started later. */
export async function startHttpApiOf(
  stack: SynthesizedStack,
  {
    functionNamed,
    onAnswer,
  }: {
    functionNamed: (logicalId: string) => LambdaFunction;
    onAnswer: (apiId: string, status: number) => void;
  },
): Promise<Listening | undefined> {
  const [[apiId] = ['']] = ofType(stack, 'AWS::ApiGatewayV2::Api');
  const routes = httpRoutesOf(stack).map(
    ({ routeKey, functionLogicalId }) =>
      [
        routeKey,
        { invoke: (event: unknown) => functionNamed(functionLogicalId).invoke(event) },
      ] as const,
  );
  if (routes.length === 0) return undefined;
  const told = (status: number) => onAnswer(apiId, status);
  return await startHttpApi(new Map(routes), { onAnswer: told });
}
