import type { SessionListBody } from '@kickstand/contract'
import { Tag } from '@kickstand/ui'
import type { ReactNode } from 'react'
import { useI18n } from '#i18n/i18n.ts'
import { Time } from './time.tsx'

type Session = SessionListBody['sessions'][number]

type Props = {
  readonly sessions: readonly Session[]
  /** The controls of one session. */
  readonly children?: (session: Session) => ReactNode
}

/** Sessions with device, network and last use. */
export function SessionList({ sessions, children }: Props) {
  const { t } = useI18n()
  return (
    <ul className="grid gap-2">
      {sessions.map((session) => (
        <li
          key={session.id}
          className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-t border-line pt-2"
        >
          <div className="min-w-0">
            <p className="flex flex-wrap items-center gap-2 font-bold">
              {session.device === '' ? t('account.unknownDevice') : <bdi>{session.device}</bdi>}
              {session.isCurrent && <Tag tone="strong">{t('account.thisSession')}</Tag>}
            </p>
            <p className="text-sm text-ink-soft">
              {session.network === '' ? t('account.localNetwork') : t('account.network', { network: session.network })}
              {' · '}
              {t('account.signedIn')} <Time at={session.createdAt} />
              {' · '}
              {t('account.lastUsed')} <Time at={session.usedAt} />
            </p>
          </div>
          {children?.(session)}
        </li>
      ))}
    </ul>
  )
}
