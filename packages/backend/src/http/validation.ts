import { SerializerSelector } from '@fastify/fast-json-stringify-compiler'
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import type { FastifyInstance, FastifySchema, FastifySchemaCompiler, FastifySerializerCompiler } from 'fastify'

const NO_QUERY = { type: 'object', properties: {}, additionalProperties: false }

const OPTIONS = { allErrors: true, removeAdditional: false, useDefaults: false, strict: false } as const
const texts = new Ajv({ ...OPTIONS, coerceTypes: true })
const bodies = new Ajv({ ...OPTIONS, coerceTypes: false })
for (const ajv of [texts, bodies]) addFormats.default(ajv, ['date-time'])

type Serialize = ReturnType<FastifySerializerCompiler<FastifySchema>>

/** Compiling a schema takes milliseconds, and routes share schemas: each is compiled once in a process. */
const serializers = new WeakMap<object, Serialize>()
const compileSerializer = SerializerSelector()({}, {})

/**
 * Query values and path parameters are text and are converted to numbers and booleans. A JSON body has types, so "5" is
 * not a number there. Unknown names are rejected, not dropped; all faults are reported at once.
 */
export function registerValidation(app: FastifyInstance): void {
  const compile: FastifySchemaCompiler<FastifySchema> = ({ schema, httpPart }): ValidateFunction =>
    (httpPart === 'body' ? bodies : texts).compile(schema)
  app.setValidatorCompiler(compile)
  app.setSerializerCompiler((route) => {
    const { schema, httpStatus = '' } = route
    const serialize = serializers.get(schema) ?? compileSerializer({ ...route, httpStatus })
    serializers.set(schema, serialize)
    return serialize
  })
  // Without a schema any query would be accepted, and every cache would store the same response under many URLs.
  app.addHook('onRoute', ({ url, schema }) => {
    if (schema !== undefined && url.startsWith('/v1/')) schema.querystring ??= NO_QUERY
  })
}
