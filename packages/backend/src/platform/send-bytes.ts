import type { OutgoingHttpHeaders } from 'node:http'
import type { FastifyReply } from 'fastify'

/**
 * Answers 200 with bytes that the caller will write over, and the headers set so far. They are copied into a text of one
 * character a byte, which Node sends together with the headers in one write; as a buffer of its own the body would cost a
 * second one and memory that is new each time: a third of the processor time of a list.
 */
export function sendBytes(reply: FastifyReply, contentType: string, bytes: Buffer): void {
  reply.header('content-type', contentType).header('content-length', bytes.length)
  reply.hijack()
  const headers: OutgoingHttpHeaders = {}
  for (const [name, value] of Object.entries(reply.getHeaders())) headers[name] = value
  reply.raw.writeHead(200, headers)
  reply.raw.end(bytes.toString('latin1'), 'latin1')
}
