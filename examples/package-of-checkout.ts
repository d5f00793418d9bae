import { registerHooks } from 'node:module';

/*
 * To be imported ahead of an example's app: lets it find the package in this checkout, by the name
 * another team has it installed under, without that it must be built.
 */

const name = 'superoffice-route-chat';

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === name
      ? next(new URL('../exports/index.ts', import.meta.url).href, context)
      : next(specifier, context),
});
