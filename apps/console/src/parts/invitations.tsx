import type { InvitationBody } from '@kickstand/contract'
import { Button, Tag } from '@kickstand/ui'
import { useState } from 'react'
import { KEYS } from '#api/keys.ts'
import { useChange } from '#api/use-change.ts'
import { useList } from '#api/use-list.ts'
import { useI18n } from '#i18n/i18n.ts'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { Rows } from './rows.tsx'
import { Time } from './time.tsx'

const TONES = { waiting: 'strong', accepted: 'plain', expired: 'warning', revoked: 'plain' } as const

type Props = {
  /** The id of the organisation that the invitations belong to, or `platform`. */
  readonly scope: string
  readonly read: (signal: AbortSignal) => Promise<readonly InvitationBody[]>
  readonly revoke: (id: string) => Promise<void>
  readonly canWrite: boolean
  readonly roleName: (role: string) => string
}

/** Lists invitations with their state. An invitation that is waiting can be revoked. */
export function Invitations({ scope, read, revoke, canWrite, roleName }: Props) {
  const { t } = useI18n()
  const [toRevoke, setToRevoke] = useState<InvitationBody | null>(null)
  const list = useList([KEYS.invitations, scope], async (_cursor, signal) => ({
    rows: await read(signal),
    nextCursor: null,
  }))
  const { run, isRunning, error, reset } = useChange(revoke, {
    refresh: [[KEYS.invitations], [KEYS.audit]],
    onDone: () => setToRevoke(null),
  })
  return (
    <>
      <Rows
        label={t('people.invitations')}
        list={list}
        keyOf={({ id }) => id}
        isFocusable
        emptyTitle={t('people.noInvitations')}
        emptyText={t('people.noInvitationsText')}
      >
        {(invitation) => (
          <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-3 py-2.5">
            <div className="min-w-0">
              <p className="flex flex-wrap items-center gap-2 font-bold wrap-anywhere">
                <bdi>{invitation.email}</bdi>
                <Tag tone={TONES[invitation.state]}>{t(`people.invitation.${invitation.state}`)}</Tag>
              </p>
              <p className="text-sm text-ink-soft">
                {invitation.role !== null && `${roleName(invitation.role)} · `}
                {t('account.created')} <Time at={invitation.createdAt} />
                {invitation.state === 'waiting' && (
                  <>
                    {' · '}
                    {t('people.linkUntil')} <Time at={invitation.expiresAt} />
                  </>
                )}
              </p>
            </div>
            {invitation.state === 'waiting' && (
              <Button
                disabled={!canWrite}
                aria-label={t('people.revokeOf', { email: invitation.email })}
                onClick={() => {
                  reset()
                  setToRevoke(invitation)
                }}
              >
                {t('people.revoke')}
              </Button>
            )}
          </div>
        )}
      </Rows>
      {toRevoke !== null && (
        <ConfirmDialog
          title={t('people.revokeOf', { email: toRevoke.email })}
          confirmLabel={t('people.revoke')}
          isRunning={isRunning}
          error={error}
          onConfirm={() => run(toRevoke.id)}
          onClose={() => setToRevoke(null)}
        >
          <p>{t('people.revokeText')}</p>
        </ConfirmDialog>
      )}
    </>
  )
}
