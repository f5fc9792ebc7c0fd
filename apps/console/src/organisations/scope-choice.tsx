import { permissionFor, SCOPES, type Action } from '@kickstand/domain'
import { Command } from '@kickstand/ui'
import { useId } from 'react'
import { useSignedIn } from '#api/account.ts'
import { useI18n } from '#i18n/i18n.ts'

/** The scopes that tokens of an organisation may have (the others concern the whole installation), with the ends of the ids of their sentences. */
const SENTENCES = {
  'organisations:read': 'organisations_read',
  'organisations:write': 'organisations_write',
  'members:read': 'members_read',
  'tokens:read': 'tokens_read',
  'audit:read': 'audit_read',
  'zones:write': 'zones_write',
} as const satisfies Partial<Record<Action, string>>

type Scope = keyof typeof SENTENCES

function isOrganisationScope(action: Action): action is Scope {
  return Object.hasOwn(SENTENCES, action)
}

type Props = {
  readonly organisationId: string
  readonly chosen: readonly Action[]
  readonly error: string | null
  readonly onChoose: (scopes: readonly Action[]) => void
}

/** Check boxes for what a token may do, each with a sentence. What the person may not do themselves is left out. */
export function ScopeChoice({ organisationId, chosen, error, onChoose }: Props) {
  const { t } = useI18n()
  const { principal } = useSignedIn()
  const id = useId()
  const scopes = SCOPES.filter(isOrganisationScope)
  const isAllowed = (scope: Scope) => permissionFor(principal, scope, { organisationId }) === 'allow'
  const leftOut = scopes.filter((scope) => !isAllowed(scope))
  return (
    <fieldset className="m-0 grid gap-2 border-0 p-0">
      <legend className="mb-1 p-0 font-bold">{t('tokens.scopes')}</legend>
      {scopes.filter(isAllowed).map((scope) => (
        <label key={scope} className="flex min-h-9 gap-3">
          <input
            type="checkbox"
            aria-label={scope}
            aria-describedby={`${id}${scope}`}
            className="mt-1 size-4 flex-none accent-[var(--sign)]"
            aria-invalid={error === null ? undefined : true}
            checked={chosen.includes(scope)}
            onChange={({ target }) =>
              onChoose(target.checked ? [...chosen, scope] : chosen.filter((one) => one !== scope))
            }
          />
          <span className="grid min-w-0 wrap-anywhere">
            <span className="font-bold">{scope}</span>
            <span id={`${id}${scope}`} className="text-sm text-ink-soft">
              {t(`tokens.scope.${SENTENCES[scope]}`)}
            </span>
          </span>
        </label>
      ))}
      {error !== null && (
        <p role="alert" className="font-bold text-stop">
          {error}
        </p>
      )}
      {leftOut.length > 0 && (
        <p className="text-sm text-ink-soft">{t('tokens.leftOut', { scopes: leftOut.join(', ') })}</p>
      )}
      {permissionFor(principal, 'readings:write') === 'allow' && (
        <>
          <p className="text-sm text-ink-soft">{t('tokens.readingsElsewhere')}</p>
          <Command>npx kickstand tokens create --scope readings:write --feed FEED</Command>
        </>
      )}
    </fieldset>
  )
}
