import { Button, useToasts } from '@kickstand/ui'
import { useQuery } from '@tanstack/react-query'
import { server } from '#api/call.ts'
import { KEYS } from '#api/keys.ts'
import { useChange } from '#api/use-change.ts'
import { useI18n } from '#i18n/i18n.ts'
import { FailureNotice } from '#parts/failure-notice.tsx'
import { Section } from '#parts/page-head.tsx'
import { SessionList } from '#parts/session-list.tsx'
import { Waiting } from '#parts/waiting.tsx'

const KEY = [KEYS.sessions, 'own'] as const

/** The sessions of the person, which they can end. */
export function SessionsSection() {
  const { t } = useI18n()
  const { show } = useToasts()
  const { data, error } = useQuery({ queryKey: KEY, queryFn: ({ signal }) => server.getOwnSessions(signal) })
  const end = useChange((id: string) => server.endOwnSession(id), {
    refresh: [KEY],
    onDone: () => show({ text: t('account.sessionEnded') }),
  })
  const endOthers = useChange(() => server.endOtherSessions(), {
    refresh: [KEY],
    onDone: () => show({ text: t('account.othersEnded') }),
  })
  const hasOthers = data?.sessions.some(({ isCurrent }) => !isCurrent) ?? false
  return (
    <Section
      title={t('account.sessions')}
      actions={
        <Button disabled={!hasOthers} isRunning={endOthers.isRunning} onClick={() => endOthers.run()}>
          {t('account.endOthers')}
        </Button>
      }
    >
      <FailureNotice error={error ?? end.error ?? endOthers.error} />
      {data === undefined && error === null && <Waiting />}
      {data !== undefined && (
        <SessionList sessions={data.sessions}>
          {({ id, isCurrent, device }) =>
            !isCurrent && (
              <Button
                aria-label={t('account.endSessionOf', { device: device === '' ? t('account.unknownDevice') : device })}
                isRunning={end.isRunning}
                onClick={() => end.run(id)}
              >
                {t('account.endSession')}
              </Button>
            )
          }
        </SessionList>
      )}
    </Section>
  )
}
