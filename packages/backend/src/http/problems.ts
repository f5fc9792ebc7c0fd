import type { ProblemBody } from '@kickstand/contract'
import { DomainError, type ErrorCode, type FieldError } from '@kickstand/domain'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { NEVER } from '#platform/cache-rules.ts'
import type { FailureLog } from './failure-log.ts'

/** What is told with 503 where nobody knows better. */
const RETRY_AFTER_SECONDS = 3

/** The one table from code to status and title. */
const PROBLEMS: Record<ErrorCode, readonly [status: number, title: string]> = {
  'invalid-request': [400, 'The request is not usable as it is'],
  'not-found': [404, 'There is nothing at this address'],
  'zone-not-found': [404, 'There is no such zone'],
  'report-not-found': [404, 'There is no such report'],
  'contribution-not-found': [404, 'There is no such fact'],
  'photo-not-found': [404, 'There is no such photo'],
  'review-not-found': [404, 'There is nothing of that kind to review'],
  'not-for-riders': [422, 'This is not for riders to say'],
  'zone-there-already': [409, 'There is a zone at this place'],
  'unusable-image': [422, 'The image cannot be used'],
  'observed-in-future': [422, 'The report lies in the future'],
  'observed-too-old': [422, 'The report is too old'],
  'undo-too-late': [409, 'Too late to take this back'],
  'rider-required': [401, 'This needs the device that made the report'],
  'idempotency-mismatch': [422, 'This Idempotency-Key was used for something else'],
  'idempotency-in-flight': [409, 'The first request with this Idempotency-Key is still under way'],
  'body-too-large': [413, 'The body is too large'],
  'unsupported-media-type': [415, 'The body is in a form that this address does not take'],
  'method-not-allowed': [405, 'This address does not take that method'],
  'precondition-failed': [412, 'The version is another'],
  'range-not-satisfiable': [416, 'The range is outside of the content'],
  'rate-limited': [429, 'Too many requests'],
  overloaded: [503, 'The service is busy'],
  'not-ready': [503, 'The service is starting or stopping'],
  'wrong-server': [421, 'This server is there for something else'],
  'unreadable-file': [422, 'The file cannot be read'],
  'incomplete-file': [422, 'The file is incomplete'],
  'snapshot-rejected': [422, 'The file was rejected'],
  'unknown-profile': [422, 'There is no such profile'],
  'feed-failed': [502, 'The feed could not be fetched'],
  'feed-not-found': [404, 'There is no such feed'],
  'feed-key-required': [401, 'This needs the key of the feed'],
  'feed-key-refused': [403, 'This key is not for this feed'],
  'invalid-config': [500, 'The service is set up wrongly'],
  'database-unavailable': [503, 'The database does not answer'],
  'database-newer': [503, 'The database belongs to a newer version'],
  'storage-full': [503, 'There is no room to store anything'],
  internal: [500, 'Something went wrong on our side'],
}

/** What Fastify itself refuses, in our words. */
const FROM_FASTIFY: Record<string, readonly [ErrorCode, string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['body-too-large', 'The body is over the limit of this address; send less.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported-media-type', 'Send the body as application/json.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['invalid-request', 'The body is empty; send a JSON object.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['invalid-request', 'The body is not valid JSON; check brackets and quotes.'],
  FST_ERR_HANDLER_TIMEOUT: ['overloaded', 'This took too long. Try again in a few seconds.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['invalid-request', 'Content-Length does not match the body.'],
}

/**
 * Writes every rejection as RFC 9457 problem+json, and hands those of status 500 and above to `logFailure`. `refusalOf` knows the
 * errors of the database; null for any other.
 */
export function registerProblems(
  app: FastifyInstance,
  refusalOf: (error: unknown) => DomainError | null,
  logFailure: FailureLog,
): void {
  app.setErrorHandler((given, request, reply) => {
    const error = refusalOf(given) ?? toDomainError(given)
    if (PROBLEMS[error.code][0] >= 500) logFailure(error, request.id)
    return sendProblem(error, request, reply)
  })
}

export function sendNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const [path] = request.url.split('?')
  return sendProblem(
    new DomainError('not-found', `There is nothing at ${request.method} ${path}. See /docs.`),
    request,
    reply,
  )
}

function sendProblem(error: DomainError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const [status, title] = PROBLEMS[error.code]
  const body: ProblemBody = {
    type: `/docs#problem-${error.code}`,
    title,
    status,
    code: error.code,
    // A fault of ours is for the log; its text may hold what is none of the caller's business.
    detail: status === 500 ? `Please try again; if it goes on, report request ${request.id}.` : error.message,
    requestId: request.id,
    ...(error.errors.length > 0 ? { errors: [...error.errors] } : {}),
    ...(Object.keys(error.params).length > 0 ? { params: { ...error.params } } : {}),
  }
  if (status === 503 && !reply.hasHeader('retry-after')) reply.header('retry-after', RETRY_AFTER_SECONDS)
  return reply
    .code(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', NEVER)
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send(body)
}

type SchemaFault = {
  readonly instancePath: string
  readonly keyword: string
  readonly params: Record<string, unknown>
  readonly message?: string
}

function toDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error
  if (error instanceof Error) {
    const code = 'code' in error ? String(error.code) : ''
    if (code === 'FST_ERR_VALIDATION' && 'validation' in error && Array.isArray(error.validation)) {
      const part = 'validationContext' in error ? String(error.validationContext) : 'body'
      return invalid(part, error.validation as SchemaFault[])
    }
    const known = FROM_FASTIFY[code]
    if (known !== undefined) return new DomainError(known[0], known[1], [], error)
    if ('statusCode' in error && error.statusCode === 412) {
      const text =
        'The file has another version than the one in If-Match or If-Unmodified-Since. Request it without them.'
      return new DomainError('precondition-failed', text, [], error)
    }
    if ('statusCode' in error && error.statusCode === 416) {
      const text = 'The Range header names bytes that the file does not have. Request it without a range.'
      return new DomainError('range-not-satisfiable', text, [], error)
    }
    if ('statusCode' in error && error.statusCode === 400) {
      return new DomainError('invalid-request', 'The request is not usable: check its encoding and headers.', [], error)
    }
  }
  return new DomainError('internal', 'unexpected', [], error)
}

function invalid(part: string, faults: readonly SchemaFault[]): DomainError {
  const where = part === 'querystring' ? 'query' : part === 'params' ? 'address' : part
  const errors = new Map<string, FieldError>()
  for (const fault of faults) {
    const { pointer, message } = describe(part, fault)
    if (!errors.has(pointer)) errors.set(pointer, { pointer, message })
  }
  const list = [...errors.values()]
  const names = list.map(({ pointer, message }) => `${pointer} ${message}`).join('; ')
  return new DomainError('invalid-request', `The ${where} is not usable: ${names}.`, list)
}

function describe(part: string, { instancePath, keyword, params, message }: SchemaFault): FieldError {
  let path = instancePath
  let text = message ?? 'is not as expected'
  if (keyword === 'additionalProperties') {
    path = `${instancePath}/${String(params.additionalProperty)}`
    text = 'is not known here; remove it'
  } else if (keyword === 'required') {
    path = `${instancePath}/${String(params.missingProperty)}`
    text = 'is missing'
  } else if (keyword === 'enum' && Array.isArray(params.allowedValues)) {
    text = `must be one of ${params.allowedValues.join(', ')}`
  }
  return { pointer: part === 'querystring' ? `?${path.slice(1)}` : path === '' ? '/' : path, message: text }
}
