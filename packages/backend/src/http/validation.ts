import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import type { FastifyInstance, FastifySchema, FastifySchemaCompiler } from 'fastify'

const NO_QUERY = { type: 'object', properties: {}, additionalProperties: false }

/**
 * Query values and path parameters are text and are converted to numbers and booleans. A JSON body has types, so "5" is
 * not a number there. Unknown names are rejected, not dropped; all faults are reported at once.
 */
export function registerValidation(app: FastifyInstance): void {
  const options = { allErrors: true, removeAdditional: false, useDefaults: false, strict: false } as const
  const texts = new Ajv({ ...options, coerceTypes: true })
  const bodies = new Ajv({ ...options, coerceTypes: false })
  for (const ajv of [texts, bodies]) addFormats.default(ajv, ['date-time'])
  const compile: FastifySchemaCompiler<FastifySchema> = ({ schema, httpPart }): ValidateFunction =>
    (httpPart === 'body' ? bodies : texts).compile(schema)
  app.setValidatorCompiler(compile)
  // Without a schema any query would be accepted, and every cache would store the same response under many URLs.
  app.addHook('onRoute', ({ url, schema }) => {
    if (schema !== undefined && url.startsWith('/v1/')) schema.querystring ??= NO_QUERY
  })
}
