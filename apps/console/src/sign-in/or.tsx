import { useI18n } from '#i18n/i18n.ts'

/** Separates two ways to sign in. */
export function Or() {
  const { t } = useI18n()
  return (
    <p className="flex items-center gap-3 text-ink-soft before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
      {t('signIn.or')}
    </p>
  )
}
