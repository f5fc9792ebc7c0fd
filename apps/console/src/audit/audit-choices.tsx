import { Field } from '@kickstand/ui'
import { useQuery } from '@tanstack/react-query'
import { ownOrganisationsQuery } from '#api/organisation-names.ts'
import { usePermission } from '#api/use-permission.ts'
import { useI18n } from '#i18n/i18n.ts'
import { actionTextId, AUDIT_ACTIONS } from '#parts/audit-actions.ts'

type Props = { readonly value: string; readonly onChange: (value: string) => void }

/** Filters by one of the known actions. */
export function ActionChoice({ value, onChange }: Props) {
  const { t } = useI18n()
  const isKnown = value === '' || AUDIT_ACTIONS.includes(value)
  return (
    <Field label={t('audit.filterAction')}>
      {(control) => (
        <select {...control} value={value} onChange={({ target }) => onChange(target.value)}>
          <option value="">{t('console.all')}</option>
          {(isKnown ? AUDIT_ACTIONS : [value, ...AUDIT_ACTIONS]).map((action) => {
            const id = actionTextId(action)
            return (
              <option key={action} value={action}>
                {id === null ? action : t(id)}
              </option>
            )
          })}
        </select>
      )}
    </Field>
  )
}

/** Filters by one of the organisations that the person may see. */
export function OrganisationChoice({ value, onChange }: Props) {
  const { t } = useI18n()
  const { isAllowed } = usePermission('organisations:read')
  const { data } = useQuery({ ...ownOrganisationsQuery, enabled: isAllowed })
  const organisations = data?.organisations ?? []
  const isKnown = value === '' || organisations.some(({ id }) => id === value)
  return (
    <Field label={t('audit.filterOrganisation')}>
      {(control) => (
        <select {...control} value={value} onChange={({ target }) => onChange(target.value)}>
          <option value="">{t('console.all')}</option>
          {!isKnown && <option value={value}>{value}</option>}
          {organisations.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
