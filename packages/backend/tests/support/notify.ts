import type { NotificationParams } from '@kickstand/domain'
import { notify } from '#features/notifications/notify.ts'
import { newId, riderIdFor } from '#platform/ids.ts'
import type { ServiceUnderTest } from './use-service.ts'

/** A device with its secret, and the rider that it is. */
export type Device = { readonly id: string; readonly headers: { readonly authorization: string } }

let devices = 0

export function aDevice(): Device {
  devices += 1
  const secret = `secret-of-the-notified-device-${devices}`
  return { id: riderIdFor(secret), headers: { authorization: `Bearer ${secret}` } }
}

/** Notifies a rider of a decision, in a transaction of its own. */
export async function tellRider(
  { service, clock }: ServiceUnderTest,
  id: string,
  params: Partial<NotificationParams['contribution-decided']> = {},
): Promise<void> {
  const all = {
    subject: 'contribution',
    verdict: 'accepted',
    zoneId: 'zone000001',
    zone: 'Market',
    reason: null,
  } as const
  await service.context.db.transaction().execute((tx) =>
    notify(
      tx,
      { newId },
      {
        recipient: { kind: 'rider', id },
        kind: 'contribution-decided',
        params: { ...all, ...params },
        at: clock.now(),
      },
    ),
  )
}

/** Notifies an account of its roles, in a transaction of its own. */
export async function tellAccount({ service, clock }: ServiceUnderTest, id: string, roles = 'admin'): Promise<void> {
  const recipient = { kind: 'account', id, email: `${id}@example.org`, language: 'de' } as const
  const params = { roles }
  await service.context.db
    .transaction()
    .execute((tx) => notify(tx, { newId }, { recipient, kind: 'role-changed', params, at: clock.now() }))
}
