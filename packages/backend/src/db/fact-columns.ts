import { FIELD_LIST, type PlainFacts, type PlainField, type ZoneFields } from '@kickstand/domain'

/** The value of a field in the database: flags are 0 or 1, tariffs are JSON. */
type Stored<Field> = Field extends { readonly type: 'flag' | 'count' | 'seconds' } ? number | null : string | null

/** The columns of the facts in the table of fields. */
export type FactColumns = {
  -readonly [Name in PlainField as ZoneFields[Name]['column']]: Stored<ZoneFields[Name]>
}
export type FactColumn = keyof FactColumns

/** The columns of a zone for its facts. */
export function factColumns(facts: PlainFacts): FactColumns {
  const columns: Record<string, string | number | null> = {}
  for (const { name, column } of FIELD_LIST) columns[column] = storedValue(facts[name])
  // The table of fields defines the types as well as the columns.
  return columns as FactColumns
}

function storedValue(value: PlainFacts[PlainField]): string | number | null {
  if (typeof value === 'boolean') return Number(value)
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
}
