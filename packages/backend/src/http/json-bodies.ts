import type { IncomingMessage } from 'node:http'
import { DomainError } from '@kickstand/domain'
import { errorCodes, type FastifyInstance, type FastifyRequest } from 'fastify'
import { callerOf } from '#platform/network.ts'
import type { BodyBudget } from '#platform/body-budget.ts'

/** How long the connection stays open after a response to a body that was not read to its end. */
const LINGER_MS = 1_000

/**
 * Reads JSON bodies within the memory budget; Fastify's own parser buffers without one. A body that arrives in one
 * chunk, as nearly all do, is not counted: it is parsed before other data is read.
 */
export function registerJsonBodies(app: FastifyInstance, budget: BodyBudget): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', (request: FastifyRequest, payload: IncomingMessage, done) => {
    readText(request, payload, budget, (error, text) => {
      if (error === null) void parse(request, text, done)
      else done(error)
    })
  })
  // A client whose body is rejected unread would keep sending it until the request times out.
  app.addHook('onResponse', (request, _reply, done) => {
    const { raw } = request
    if (!raw.complete) setTimeout(() => raw.complete || raw.socket.destroy(), LINGER_MS).unref()
    done()
  })
}

function readText(
  request: FastifyRequest,
  payload: IncomingMessage,
  budget: BodyBudget,
  done: (error: Error | null, text: string) => void,
): void {
  const limit = request.routeOptions.bodyLimit
  const declared = Number(request.headers['content-length'] ?? Number.NaN)
  if (declared > limit) {
    done(new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE(), '')
    return
  }
  const chunks: Buffer[] = []
  let length = 0
  let taken = 0
  let address = ''

  function end(error: Error | null): void {
    payload.off('data', onData).off('end', onEnd).off('error', onError).off('close', onClose)
    if (taken > 0) budget.release(address, taken)
    const [only] = chunks
    done(
      error,
      error !== null ? '' : (chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks)).toString(),
    )
  }
  function onData(chunk: Buffer): void {
    length += chunk.length
    if (length > limit) {
      end(new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE())
      return
    }
    if (length !== declared || chunks.length > 0) {
      try {
        if (address === '') address = callerOf(request.ip)
        budget.take(address, chunk.length)
        taken += chunk.length
      } catch (error) {
        end(error instanceof DomainError ? error : new Error('not counted', { cause: error }))
        return
      }
    }
    chunks.push(chunk)
  }
  const onEnd = (): void =>
    end(Number.isNaN(declared) || length === declared ? null : new errorCodes.FST_ERR_CTP_INVALID_CONTENT_LENGTH())
  const onError = (error: Error): void => end(Object.assign(error, { statusCode: 400 }))
  const onClose = (): void => end(Object.assign(new Error('the body broke off'), { statusCode: 400 }))
  payload.on('data', onData).on('end', onEnd).on('error', onError).on('close', onClose)
}
