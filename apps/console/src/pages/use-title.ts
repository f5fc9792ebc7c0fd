import { useEffect } from 'react'
import { useI18n } from '#i18n/i18n.ts'

/** Sets the title of the document: the page, then the console. Null for the start. */
export function useTitle(page: string | null): void {
  const { t } = useI18n()
  useEffect(() => {
    document.title = page === null ? t('console.title') : t('console.titleOf', { page })
  }, [page, t])
}
