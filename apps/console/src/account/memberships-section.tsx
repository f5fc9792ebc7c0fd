import { Button, buttonClass, Tag } from '@kickstand/ui'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { ownAccountQuery, useSignedIn } from '#api/account.ts'
import { server } from '#api/call.ts'
import { KEYS } from '#api/keys.ts'
import { useOrganisationNames } from '#api/organisation-names.ts'
import { useChange } from '#api/use-change.ts'
import { useI18n } from '#i18n/i18n.ts'
import { ConfirmDialog } from '#parts/confirm-dialog.tsx'
import { Section } from '#parts/page-head.tsx'
import { pages } from '#paths.ts'

/** The organisations of the person, which they can leave. */
export function MembershipsSection() {
  const { t } = useI18n()
  const { account } = useSignedIn()
  const nameOf = useOrganisationNames()
  const [left, setLeft] = useState<string | null>(null)
  const leave = useChange((organisationId: string) => server.leaveOrganisation(organisationId), {
    refresh: [ownAccountQuery.queryKey, [KEYS.organisations]],
    onDone: () => setLeft(null),
  })
  return (
    <Section title={t('account.memberships')}>
      {account.memberships.length === 0 && <p className="text-ink-soft">{t('account.noMemberships')}</p>}
      {account.memberships.length > 0 && (
        <ul className="grid gap-2">
          {account.memberships.map(({ organisationId, role }) => (
            <li
              key={organisationId}
              className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-t border-line pt-2"
            >
              <p className="flex min-w-0 flex-wrap items-center gap-2">
                <Link
                  to={pages.organisation}
                  params={{ organisationId }}
                  className={`${buttonClass('quiet')} -ms-3.5 wrap-anywhere`}
                >
                  <bdi>{nameOf(organisationId)}</bdi>
                </Link>
                <Tag>{t(`people.role.${role}`)}</Tag>
              </p>
              <Button
                aria-label={t('account.leaveOf', { name: nameOf(organisationId) })}
                onClick={() => {
                  leave.reset()
                  setLeft(organisationId)
                }}
              >
                {t('account.leave')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {left !== null && (
        <ConfirmDialog
          title={t('account.leaveOf', { name: nameOf(left) })}
          confirmLabel={t('account.leave')}
          isRunning={leave.isRunning}
          error={leave.error}
          onConfirm={() => leave.run(left)}
          onClose={() => setLeft(null)}
        >
          <p>{t('account.leaveText')}</p>
        </ConfirmDialog>
      )}
    </Section>
  )
}
