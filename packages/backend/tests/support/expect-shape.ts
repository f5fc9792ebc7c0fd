import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import type { Static, TSchema } from 'typebox'
import { expect } from 'vitest'

const ajv = new Ajv({ allErrors: true, strict: false })
addFormats.default(ajv)

/** Compiling takes many times as long as validating. */
const compiled = new WeakMap<TSchema, ValidateFunction>()

function validatorOf(schema: TSchema): ValidateFunction {
  const { $id: _id, ...anonymous } = schema as TSchema & { $id?: string }
  const validate = compiled.get(schema) ?? ajv.compile(anonymous)
  compiled.set(schema, validate)
  return validate
}

/** The value as the type of the schema. The test fails with every mismatch. */
export function expectShape<T extends TSchema>(schema: T, value: unknown): Static<T> {
  const validate = validatorOf(schema)
  validate(value)
  expect(validate.errors ?? []).toEqual([])
  return value as Static<T>
}
