import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { App, Stack } from 'aws-cdk-lib/core';
import { RouteChat } from '../../lib/route-chat.ts';
import type { RouteChatProps } from '../../lib/route-chat-props.ts';
import { RouteChatStack, type RouteChatStackProps } from '../../lib/route-chat-stack.ts';
import { outdirs } from './outdirs.ts';

const { context: flags } = JSON.parse(readFileSync('cdk.json', 'utf8'));

/** For one app: apps that share a directory overwrite each other's templates. */
export function createOutdir(): string {
  mkdirSync(outdirs, { recursive: true });
  return mkdtempSync(join(outdirs, 'app-'));
}

export const tenant = { webApiUrl: 'https://example.superoffice.com/Cust1/api' };

/** An app as cdk.json makes it; without the slow validation of templates. */
export const createApp = () =>
  new App({ outdir: createOutdir(), context: flags, builtinCloudFormationValidation: false });

export const createStack = (props: Partial<RouteChatStackProps> = {}) =>
  new RouteChatStack(createApp(), 'RouteChat-test', { tenant, ...props });

/** The construct in somebody else's stack. */
export const createRouteChat = (props: Partial<RouteChatProps> = {}) =>
  new RouteChat(new Stack(createApp(), 'Somebody'), 'RouteChat', { tenant, ...props });

export const templateOf = (construct: Stack | RouteChat) => Template.fromStack(Stack.of(construct));

export type Resource = { Type: string; Properties: Record<string, unknown> };

/** The one resource of a type whose logical id begins so. */
export function resourceOf(template: Template, type: string, idPrefix: string): Resource {
  const found = Object.entries(template.findResources(type)).filter(([id]) =>
    new RegExp(`^${idPrefix}[0-9A-F]{8}$`).test(id),
  );
  if (found.length !== 1 || !found[0]) {
    throw new Error(`Expected one ${type} ${idPrefix}, found ${found.length}.`);
  }
  return found[0][1] as Resource;
}
