import { useEffect } from 'react'
import { useI18n } from '#i18n/i18n.ts'

/** Sets the document title to the name of the page and of the console. `page` is null on the start page. */
export function useTitle(page: string | null): void {
  const { t } = useI18n()
  useEffect(() => {
    document.title = page === null ? t('console.title') : t('console.titleOf', { page })
  }, [page, t])
}
