import type { Command } from '../command.ts';
import { InputError } from '../command-line/input-error.ts';

export const command: Command = {
  summary: 'send events, and wait for what becomes of them',
  usage: 'Usage: superoffice-route-chat send CHAT ASSOCIATE [options]',
  async run() {
    throw new InputError('send: not built yet.');
  },
};
