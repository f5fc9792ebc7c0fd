import type { Generated } from 'kysely'

/** Operators of parking: a city's department, a garage, a campus. */
export type OrganisationsTable = {
  id: string
  name: string
  /** Rises with every change, for `If-Match`. */
  version: Generated<number>
  created_at: number
}

declare module '#db/schema.ts' {
  interface Schema {
    organisations: OrganisationsTable
  }
}
