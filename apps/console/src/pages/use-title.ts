import { useEffect } from 'react'
import { texts } from '#texts.ts'

/** Sets the title of the document: the page, then the console. Null for the start. */
export function useTitle(page: string | null): void {
  useEffect(() => {
    document.title = page === null ? texts.title : `${page} · ${texts.title}`
  }, [page])
}
