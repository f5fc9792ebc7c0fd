import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import type { Static, TSchema } from 'typebox'
import { expect } from 'vitest'

const ajv = new Ajv({ allErrors: true, strict: false })
addFormats.default(ajv)

/** The value as the type of the schema. The test fails with every mismatch. */
export function expectShape<T extends TSchema>(schema: T, value: unknown): Static<T> {
  const { $id: _id, ...anonymous } = schema as T & { $id?: string }
  const validate = ajv.compile(anonymous)
  validate(value)
  expect(validate.errors ?? []).toEqual([])
  return value as Static<T>
}
