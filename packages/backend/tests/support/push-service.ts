import { execFileSync } from 'node:child_process'
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify, type ECDH } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { Agent, createServer } from 'node:https'
import type { IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { PushSubscriptionInput } from '@kickstand/contract'
import type { PushTransport } from '#features/notifications/push/post-push.ts'

const HOST = 'push.example.org'

type ReceivedPush = { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: Buffer }

/** What the service answers to the next messages, one after the other; afterwards 201. `stall`: nothing. */
type Answer = { readonly status: number; readonly headers?: Readonly<Record<string, string>> } | 'stall'

export type PushService = {
  readonly received: readonly ReceivedPush[]
  /** Reaches this service under the name of a public host. */
  readonly transport: PushTransport
  answerWith(...answers: readonly Answer[]): void
  stop(): Promise<void>
}

/** A push service on this machine, with a certificate for the name of a public host. */
export async function startPushService(): Promise<PushService> {
  const received: ReceivedPush[] = []
  const answers: Answer[] = []
  const { key, cert } = aCertificate()
  const server = createServer({ key, cert }, (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      received.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) })
      const answer = answers.shift() ?? { status: 201 }
      if (answer !== 'stall') response.writeHead(answer.status, answer.headers).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the push service has no port')
  const agent = new Agent({ ca: cert })
  return {
    received,
    transport: {
      lookup: (_hostname, options, done) =>
        options.all === true ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4),
      agent,
      port: address.port,
      timeoutMs: 1_000,
    },
    answerWith: (...next) => void answers.push(...next),
    stop() {
      agent.destroy()
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

/** A browser with a subscription, which reads what is sent to it. */
export type Browser = {
  readonly subscription: PushSubscriptionInput
  /** The path of its endpoint. */
  readonly path: string
  /** Decrypts a message (RFC 8291). Throws where it is not for this browser. */
  read(push: ReceivedPush): { readonly web_push: number; readonly notification: Readonly<Record<string, unknown>> }
}

export function aBrowser(language = 'en'): Browser {
  const curve = createECDH('prime256v1')
  curve.generateKeys()
  const auth = randomBytes(16)
  const endpointPath = `/send/${randomBytes(12).toString('base64url')}`
  return {
    path: endpointPath,
    subscription: {
      endpoint: `https://${HOST}${endpointPath}`,
      expirationTime: null,
      keys: { p256dh: curve.getPublicKey('base64url'), auth: auth.toString('base64url') },
      language,
    },
    read: ({ body }) => JSON.parse(decrypt(body, curve, auth)),
  }
}

/** RFC 8188 with one record, keyed as in RFC 8291. */
function decrypt(body: Buffer, curve: ECDH, auth: Buffer): string {
  const salt = body.subarray(0, 16)
  const idLength = body.readUInt8(20)
  const sender = body.subarray(21, 21 + idLength)
  const sealed = body.subarray(21 + idLength)
  const derive = (secret: Uint8Array, salted: Uint8Array, info: Uint8Array | string, length: number): Buffer =>
    Buffer.from(hkdfSync('sha256', secret, salted, info, length))
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), curve.getPublicKey(), sender])
  const secret = derive(curve.computeSecret(sender), auth, info, 32)
  const key = derive(secret, salt, 'Content-Encoding: aes128gcm\0', 16)
  const nonce = derive(secret, salt, 'Content-Encoding: nonce\0', 12)
  const decipher = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(sealed.subarray(-16))
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
  return padded.subarray(0, padded.lastIndexOf(2)).toString()
}

/** The claims of the sender of a message (RFC 8292), after a check of the signature. Throws where it is not `publicKey`'s. */
export function vapidClaims({ headers }: ReceivedPush, publicKey: string): { aud: string; exp: number; sub: string } {
  const [, header = '', claims = '', signature = '', key] =
    /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=([\w-]+)$/.exec(headers.authorization ?? '') ?? []
  if (key !== publicKey) throw new Error('the message names another key')
  const point = Buffer.from(publicKey, 'base64url')
  const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')]
  const verifier = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
  const signed = Buffer.from(`${header}.${claims}`)
  const options = { key: verifier, dsaEncoding: 'ieee-p1363' } as const
  if (!verify('sha256', signed, options, Buffer.from(signature, 'base64url'))) throw new Error('the signature is wrong')
  return JSON.parse(Buffer.from(claims, 'base64url').toString())
}

function aCertificate(): { readonly key: string; readonly cert: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'ks-push-'))
  const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')]
  try {
    const subject = ['-subj', `/CN=${HOST}`, '-addext', `subjectAltName=DNS:${HOST}`, '-days', '2']
    const args = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', ...subject]
    execFileSync('openssl', [...args, '-keyout', key, '-out', cert], { stdio: 'ignore' })
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
