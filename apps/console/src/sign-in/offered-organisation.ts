import { storage, tabStorage } from '#api/storage.ts'
import { ORGANISATION } from '#paths.ts'

/** In the browser: the organisation of the latest successful sign-in. In the tab: the one that is being tried. */
const STORED_AS = 'kickstand.console-organisation'
const ID = /^[0-9a-z]{17}$/

/**
 * The organisation with whose identity provider the page offers to sign in: that of `?organisation` in the address, which
 * the organisation gives its people, else the one used before; null for none. There is no public list of organisations.
 */
export function offeredOrganisation(search: string): string | null {
  const named = new URLSearchParams(search).get(ORGANISATION)
  const id = named ?? tabStorage.getItem(STORED_AS) ?? storage.getItem(STORED_AS)
  return id !== null && ID.test(id) ? id : null
}

/**
 * Stores the organisation for this tab before the browser goes to its identity provider. It is remembered in the browser only
 * after a successful sign-in.
 */
export function tryOrganisation(id: string): void {
  tabStorage.setItem(STORED_AS, id)
}

/** Call it after a sign-in. Remembers the organisation that was tried, if any, for the next sign-in in this browser. */
export function keepTriedOrganisation(): void {
  const id = tabStorage.getItem(STORED_AS)
  if (id === null) return
  storage.setItem(STORED_AS, id)
  tabStorage.removeItem(STORED_AS)
}

/** Call it when the person chooses another way to sign in. */
export function forgetTriedOrganisation(): void {
  tabStorage.removeItem(STORED_AS)
}
