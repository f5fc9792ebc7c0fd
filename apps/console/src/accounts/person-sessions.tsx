import { Button, useToasts } from '@kickstand/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { server } from '#api/call.ts'
import { KEYS } from '#api/keys.ts'
import { useChange } from '#api/use-change.ts'
import { usePermission } from '#api/use-permission.ts'
import { useI18n } from '#i18n/i18n.ts'
import { ConfirmDialog } from '#parts/confirm-dialog.tsx'
import { FailureNotice } from '#parts/failure-notice.tsx'
import { Section } from '#parts/page-head.tsx'
import { SessionList } from '#parts/session-list.tsx'
import { Waiting } from '#parts/waiting.tsx'

/** The sessions of a person, which an admin can end. */
export function PersonSessions({ accountId }: { readonly accountId: string }) {
  const { t } = useI18n()
  const { show } = useToasts()
  const write = usePermission('accounts:write')
  const [isEnding, setEnding] = useState(false)
  const { data, error } = useQuery({
    queryKey: [KEYS.sessions, accountId],
    queryFn: ({ signal }) => server.getAccountSessions(accountId, signal),
  })
  const end = useChange((reason: string) => server.endAccountSessions(accountId, reason), {
    refresh: [[KEYS.sessions], [KEYS.audit]],
    onDone: () => {
      show({ text: t('people.sessionsEnded') })
      setEnding(false)
    },
  })
  return (
    <Section
      title={t('account.sessions')}
      actions={
        <Button
          disabled={!write.isAllowed || !data || data.sessions.length === 0}
          title={write.reason ?? undefined}
          onClick={() => setEnding(true)}
        >
          {t('people.endAllSessions')}
        </Button>
      }
    >
      {data === undefined && (error === null ? <Waiting /> : <FailureNotice error={error} />)}
      {data?.sessions.length === 0 && <p className="text-ink-soft">{t('people.noSessions')}</p>}
      {data !== undefined && data.sessions.length > 0 && <SessionList sessions={data.sessions} />}
      {isEnding && (
        <ConfirmDialog
          title={t('people.endAllSessions')}
          confirmLabel={t('people.endAllSessions')}
          needsReason
          isRunning={end.isRunning}
          error={end.error}
          onConfirm={end.run}
          onClose={() => setEnding(false)}
        />
      )}
    </Section>
  )
}
