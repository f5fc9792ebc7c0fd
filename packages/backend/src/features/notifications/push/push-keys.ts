import { createECDH } from 'node:crypto'
import webPush from 'web-push'
import type { Database } from '#db/open-database.ts'
import { readOrMakeSecret } from '#db/service-secrets.ts'
import { once } from '#platform/once.ts'

export type PushKeys = { readonly publicKey: string; readonly privateKey: string }

/**
 * The VAPID keys of this installation (RFC 8292), base64url. They are created once, because subscriptions are bound to them.
 * Only the public key ever leaves the server.
 */
export function createPushKeys(database: Pick<Database, 'db' | 'engine'>): () => Promise<PushKeys> {
  return once(async () => {
    const privateKey = await readOrMakeSecret(database, 'vapid', webPush.generateVAPIDKeys().privateKey)
    const curve = createECDH('prime256v1')
    curve.setPrivateKey(privateKey, 'base64url')
    return { publicKey: curve.getPublicKey('base64url'), privateKey }
  })
}
