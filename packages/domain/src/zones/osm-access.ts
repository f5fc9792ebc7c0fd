import type { Access } from './zone.ts'

const ACCESS_WORDS: Readonly<Record<string, Access>> = {
  yes: 'public',
  public: 'public',
  permissive: 'public',
  designated: 'public',
  destination: 'public',
  customers: 'customers',
  customer: 'customers',
  permit: 'permit',
  residents: 'permit',
  employees: 'permit',
  members: 'permit',
  private: 'private',
  no: 'private',
}

/** Who may enter by a value of OSM's `access`; null for none, and for words of somebody's own. */
export function accessOfWord(value: string | null): Access | null {
  return ACCESS_WORDS[value?.toLowerCase() ?? ''] ?? null
}
