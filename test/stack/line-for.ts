import { parseSettings, SettingsError } from '../../bin/settings.ts';

/** The one line that is printed for these settings, if one is. */
export function lineFor(context: Record<string, unknown>): string {
  try {
    parseSettings(context);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return 'accepted';
}
