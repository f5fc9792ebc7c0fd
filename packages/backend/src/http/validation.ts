import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import type { FastifyInstance, FastifySchema, FastifySchemaCompiler } from 'fastify'

const NO_QUERY = { type: 'object', additionalProperties: false }

/**
 * Query values and path parameters come as text and are turned into numbers and flags; a body already has types, so "5" is
 * not a number there. Unknown names are refused, never dropped; all faults are told at once.
 */
export function registerValidation(app: FastifyInstance): void {
  const options = { allErrors: true, removeAdditional: false, useDefaults: false, strict: false } as const
  const texts = new Ajv({ ...options, coerceTypes: true })
  const bodies = new Ajv({ ...options, coerceTypes: false })
  for (const ajv of [texts, bodies]) addFormats.default(ajv, ['date-time'])
  const compile: FastifySchemaCompiler<FastifySchema> = ({ schema, httpPart }): ValidateFunction =>
    (httpPart === 'body' ? bodies : texts).compile(schema)
  app.setValidatorCompiler(compile)
  // Without a schema any query is let through, and each is another address of the same answer for every cache.
  app.addHook('onRoute', ({ url, schema }) => {
    if (schema !== undefined && url.startsWith('/v1/')) schema.querystring ??= NO_QUERY
  })
}
