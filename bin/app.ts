import { App } from 'aws-cdk-lib/core';
import { RouteChatStack } from '../lib/route-chat-stack.ts';
import { addChecks } from './checks.ts';
import { parseSettings, type Settings, SettingsError } from './settings.ts';

const app = new App();
const { stage, ...props } = settingsOf(app);

new RouteChatStack(app, `RouteChat-${stage}`, props);

addChecks(app);

function settingsOf({ node }: App): Settings {
  try {
    return parseSettings(node.getAllContext());
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
