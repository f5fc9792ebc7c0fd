import { useI18n } from '#i18n/i18n.ts'
import type { neededFor } from './needed-for.ts'

type Props = { readonly id: string; readonly need: ReturnType<typeof neededFor> }

/** Why a credential cannot be removed. Renders nothing if it can. */
export function NeededReason({ id, need }: Props) {
  const { t } = useI18n()
  if (need === null) return null
  return (
    <p id={id} className="text-sm text-ink-soft">
      {t(need === 'sign-in' ? 'account.neededForSignIn' : 'account.neededAsFactor')}
    </p>
  )
}
