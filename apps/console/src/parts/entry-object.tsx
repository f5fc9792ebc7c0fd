import type { AuditEntryBody } from '@kickstand/contract'
import { permissionFor } from '@kickstand/domain'
import { Link } from '@tanstack/react-router'
import { useSignedIn } from '#api/account.ts'
import { useOrganisationNames } from '#api/organisation-names.ts'
import { useI18n } from '#i18n/i18n.ts'
import { pages } from '#paths.ts'

/** The object and the organisation of an entry of the audit log, with links to their pages. */
export function EntryObject({ entry }: { readonly entry: AuditEntryBody }) {
  const { t } = useI18n()
  const { principal } = useSignedIn()
  const nameOf = useOrganisationNames()
  const { object, organisationId } = entry
  const text = `${object.kind}:${object.id}`
  const isPerson = object.kind === 'account' && permissionFor(principal, 'accounts:read') === 'allow'
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1 wrap-anywhere">
      <span>
        <span className="text-ink-soft">{t('audit.object')}</span>{' '}
        {isPerson ? (
          <Link to={pages.person} params={{ accountId: object.id }} className="underline">
            {text}
          </Link>
        ) : (
          text
        )}
      </span>
      {organisationId !== null && (
        <span>
          <span className="text-ink-soft">{t('audit.filterOrganisation')}</span>{' '}
          <Link to={pages.organisation} params={{ organisationId }} className="underline">
            <bdi>{nameOf(organisationId)}</bdi>
          </Link>
        </span>
      )}
      {permissionFor(principal, 'audit:read') === 'allow' && (
        <Link to={pages.audit} search={{ object: text }} className="underline">
          {t('audit.allOfObject')}
        </Link>
      )}
    </p>
  )
}
