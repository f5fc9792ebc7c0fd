import type { NotificationPreferencesBody } from '@kickstand/contract'
import type { NotificationKind } from '@kickstand/domain'
import { useToasts } from '@kickstand/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { server } from '#api/call.ts'
import { KEYS } from '#api/keys.ts'
import { useChange } from '#api/use-change.ts'
import { useI18n } from '#i18n/i18n.ts'
import { FailureNotice } from '#parts/failure-notice.tsx'
import { Section } from '#parts/page-head.tsx'
import { Waiting } from '#parts/waiting.tsx'

const KEY = [KEYS.notifications] as const
/** The kinds of notifications that accounts receive. */
const TEXTS = { 'role-changed': 'account.mailRoleChanged' } as const satisfies Partial<Record<NotificationKind, string>>

/** Which notifications the person receives by mail. */
export function NotificationsSection() {
  const { t } = useI18n()
  const { show } = useToasts()
  const client = useQueryClient()
  const { data, error } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => server.getNotificationPreferences(signal),
  })
  const save = useChange(
    ({ channels, quietHours }: NotificationPreferencesBody) =>
      server.saveNotificationPreferences({
        channels: channels
          .filter(({ isFixed }) => !isFixed)
          .map(({ kind, channel, isOn }) => ({ kind, channel, isOn })),
        quietHours,
      }),
    {
      onDone: (saved) => {
        client.setQueryData(KEY, saved)
        show({ text: t('console.saved') })
      },
    },
  )
  return (
    <Section title={t('account.notifications')}>
      <FailureNotice error={error ?? save.error} />
      {data === undefined && error === null && <Waiting />}
      {data?.channels.map((choice) => {
        const { kind, channel, isOn, isFixed } = choice
        const text = Object.hasOwn(TEXTS, kind) ? TEXTS[kind as keyof typeof TEXTS] : undefined
        if (channel !== 'mail' || text === undefined) return null
        return (
          <label key={kind} className="flex min-h-11 items-center gap-3">
            <input
              type="checkbox"
              className="size-4 flex-none accent-[var(--sign)]"
              checked={isOn}
              disabled={isFixed || save.isRunning}
              onChange={({ target }) =>
                save.run({
                  ...data,
                  channels: data.channels.map((one) => (one === choice ? { ...one, isOn: target.checked } : one)),
                })
              }
            />
            {t(text)}
          </label>
        )
      })}
    </Section>
  )
}
