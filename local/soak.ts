import { soak } from './soak/command.ts';

process.exitCode = await soak(process.argv.slice(2));
