import { pages } from '#paths.ts'

/** The list to which a page of one object belongs; null for all other pages. `pathname`: without the base. */
export function upFrom(pathname: string): typeof pages.organisations | typeof pages.accounts | null {
  return [pages.organisations, pages.accounts].find((list) => pathname.startsWith(`${list}/`)) ?? null
}
