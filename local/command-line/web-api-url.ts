import { InputError } from './input-error.ts';

/**
 * Holds the address of a real SuperOffice to the settings' rules before anything is built with it.
 * @throws InputError that names the variable, since whoever set it knows no setting.
 */
export async function checkWebApiUrl(webApiUrl: string): Promise<void> {
  // Loaded here alone: it brings parts of the CDK along.
  const { parseSettings, SettingsError } = await import('../../bin/settings.ts');
  try {
    parseSettings({ webApiUrl });
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new InputError(error.message.replace('webApiUrl', 'WEB_API_URL'), { cause: error });
  }
}
