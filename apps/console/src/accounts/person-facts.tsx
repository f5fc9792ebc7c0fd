import type { AccountBody } from '@kickstand/contract'
import { Button, Tag } from '@kickstand/ui'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { usePermission } from '#api/use-permission.ts'
import { useOrganisationNames } from '#api/organisation-names.ts'
import { useI18n } from '#i18n/i18n.ts'
import { Section } from '#parts/page-head.tsx'
import { Time } from '#parts/time.tsx'
import { pages } from '#paths.ts'
import { EndSuspension, RecoverPerson, SuspendPerson } from './person-dialogs.tsx'
import { RolesDialog } from './roles-dialog.tsx'

type Props = { readonly account: AccountBody; readonly isOwn: boolean }

/** Roles and memberships of an account, with the actions of an admin. People cannot change their own account here. */
export function PersonFacts({ account, isOwn }: Props) {
  const { t } = useI18n()
  const write = usePermission('accounts:write')
  const nameOf = useOrganisationNames()
  const [open, setOpen] = useState<'roles' | 'suspend' | 'restore' | 'recover' | null>(null)
  const close = () => setOpen(null)
  const canChange = write.isAllowed && !isOwn
  return (
    <div className="grid gap-3">
      {write.reason !== null && <p className="text-ink-soft">{write.reason}</p>}
      <Section
        title={t('people.platformRoles')}
        actions={
          <Button disabled={!canChange} onClick={() => setOpen('roles')}>
            {t('people.changeRoles')}
          </Button>
        }
      >
        {account.roles.length === 0 ? (
          <p className="text-ink-soft">{t('people.noRoles')}</p>
        ) : (
          <p className="flex flex-wrap gap-1">
            {account.roles.map((role) => (
              <Tag key={role} tone="strong">
                {t(`people.role.${role}`)}
              </Tag>
            ))}
          </p>
        )}
      </Section>
      <Section title={t('account.memberships')}>
        {account.memberships.length === 0 && <p className="text-ink-soft">{t('people.noMemberships')}</p>}
        {account.memberships.length > 0 && (
          <ul className="grid gap-2">
            {account.memberships.map(({ organisationId, role }) => (
              <li key={organisationId} className="flex flex-wrap items-center gap-2">
                <Link
                  to={pages.organisation}
                  params={{ organisationId }}
                  className="inline-grid min-h-9 items-center font-bold wrap-anywhere"
                >
                  <bdi>{nameOf(organisationId)}</bdi>
                </Link>
                <Tag>{t(`people.role.${role}`)}</Tag>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title={t('people.access')}>
        <p className="text-ink-soft">
          {t('account.created')} <Time at={account.createdAt} />
          {account.lastUsedAt !== null && (
            <>
              {' · '}
              {t('account.lastUsed')} <Time at={account.lastUsedAt} />
            </>
          )}
        </p>
        <div className="flex flex-wrap gap-2">
          <Button disabled={!canChange} onClick={() => setOpen('recover')}>
            {t('people.recoveryLink')}
          </Button>
          {account.suspension === null ? (
            <Button disabled={!canChange} onClick={() => setOpen('suspend')}>
              {t('people.suspend')}
            </Button>
          ) : (
            <Button disabled={!canChange} onClick={() => setOpen('restore')}>
              {t('people.endSuspension')}
            </Button>
          )}
        </div>
      </Section>
      {open === 'roles' && <RolesDialog account={account} onClose={close} />}
      {open === 'suspend' && <SuspendPerson account={account} onClose={close} />}
      {open === 'restore' && <EndSuspension account={account} onClose={close} />}
      {open === 'recover' && <RecoverPerson account={account} onClose={close} />}
    </div>
  )
}
