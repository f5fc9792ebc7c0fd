import type { AuditEntryBody } from '@kickstand/contract'
import { useI18n } from '#i18n/i18n.ts'
import { entryFields, type EntryValue } from './entry-fields.ts'
import { Time } from './time.tsx'

/** Names of fields that the catalogue has; others are shown as they are stored. */
const FIELDS = [
  'name',
  'email',
  'language',
  'role',
  'roles',
  'expiresAt',
  'replaced',
  'suspension',
  'since',
  'until',
  'reason',
  'sessions',
  'session',
  'endedSessions',
  'method',
  'hasSecondFactor',
  'hasPassword',
  'device',
  'revoked',
  'isOn',
  'isPending',
  'passkey',
  'passkeys',
  'password',
  'link',
  'invitation',
  'scopes',
  'networks',
  'purpose',
  'codes',
  'exists',
  'overlap',
] as const

/** What an entry of the audit log says of its object before and after the change, field by field. */
export function EntryDetails({ entry }: { readonly entry: AuditEntryBody }) {
  const { t } = useI18n()
  const fields = entryFields(entry.before, entry.after)
  if (fields.length === 0) return <p className="text-ink-soft">{t('audit.noDetails')}</p>
  function nameOf(part: string): string {
    const known = FIELDS.find((one) => one === part)
    return known === undefined ? part : t(`audit.field.${known}`)
  }
  return (
    <table className="w-full border-collapse text-start">
      <thead>
        <tr className="text-sm text-ink-soft">
          <th className="pe-3 text-start font-normal">{t('audit.field')}</th>
          <th className="pe-3 text-start font-normal">{t('audit.before')}</th>
          <th className="text-start font-normal">{t('audit.after')}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ path, before, after }) => (
          <tr key={path.join('.')} className="border-t border-line align-top">
            <th className="py-1 pe-3 text-start font-bold wrap-anywhere">{path.map(nameOf).join(' › ')}</th>
            <td className="py-1 pe-3 wrap-anywhere">
              <Value value={before} />
            </td>
            <td className="py-1 wrap-anywhere">
              <Value value={after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Value({ value }: { readonly value: EntryValue }) {
  const { t } = useI18n()
  if (value.kind === 'nothing') return '–'
  if (value.kind === 'time') return <Time at={value.at} />
  if (value.kind === 'boolean') return t(value.isTrue ? 'audit.yes' : 'audit.no')
  return <bdi>{value.text}</bdi>
}
