import type { Database } from '#db/open-database.ts'
import { readOrMakeSecret } from '#db/service-secrets.ts'
import { newSecret } from '#platform/ids.ts'
import { once } from '#platform/once.ts'

/** The key that signs stop addresses. It is created once, so that addresses in old messages keep working. */
export function createStopKey(database: Pick<Database, 'db' | 'engine'>): () => Promise<string> {
  return once(() => readOrMakeSecret(database, 'notification-stops', newSecret()))
}
