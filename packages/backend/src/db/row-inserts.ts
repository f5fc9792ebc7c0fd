import type { Schema } from './schema.ts'

/** Values of a row insert. */
export type Value = string | number | null

/** Rows for one table, each as values in the order of `columns`. */
export type RowInsert = {
  readonly table: keyof Schema
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Value[])[]
  /** Skips existing rows. */
  readonly ignoresDuplicates: boolean
}

/** Rows of a table by the values of one column. */
export type Lookup<T extends keyof Schema> = {
  readonly table: T
  readonly column: keyof Schema[T] & string
  readonly keys: readonly string[]
}
