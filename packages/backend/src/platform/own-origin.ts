import type { Config } from './config.ts'

/**
 * The origin of this service, such as https://parking.example: the configured one, else that of the local machine. Never
 * taken from a request: whoever sends it could choose the origin of links and passkeys.
 */
export function ownOrigin({ publicUrl, port }: Pick<Config, 'publicUrl' | 'port'>): string {
  return publicUrl === '' ? `http://localhost:${port}` : publicUrl
}
