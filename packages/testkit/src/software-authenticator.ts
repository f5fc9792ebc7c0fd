import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

const USER_PRESENT = 0x01
const USER_VERIFIED = 0x04
const HAS_CREDENTIAL = 0x40

/** What an answer says other than a right one would. */
type Faults = {
  readonly origin?: string
  readonly challenge?: string
  readonly counter?: number
  readonly userVerified?: boolean
  readonly crossOrigin?: boolean
  /** Of the relying party that it is made for. */
  readonly rpId?: string
}

type Answer = Record<string, unknown> & { readonly id: string }

/** A device with one passkey, in software: its answers are as a browser sends them, with real signatures. */
export type SoftwareAuthenticator = {
  /** Answers the options of `navigator.credentials.create`. */
  create(options: Readonly<Record<string, unknown>>, faults?: Faults): Answer
  /** Answers the options of `navigator.credentials.get`. Its counter rises with each call, unless it has none. */
  get(options: Readonly<Record<string, unknown>>, faults?: Faults): Answer
}

/** `origin`: of the page. `hasCounter`: passkeys that are synchronised have none and always send 0. */
export function softwareAuthenticator(origin: string, { hasCounter = true } = {}): SoftwareAuthenticator {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(32)
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  // COSE (RFC 9053): an elliptic curve key for ES256 on P-256.
  const key = cborMap([
    [cborInt(1), cborInt(2)],
    [cborInt(3), cborInt(-7)],
    [cborInt(-1), cborInt(1)],
    [cborInt(-2), cborBytes(Buffer.from(x, 'base64url'))],
    [cborInt(-3), cborBytes(Buffer.from(y, 'base64url'))],
  ])
  let uses = 0

  function clientData(type: string, options: Readonly<Record<string, unknown>>, faults: Faults): Buffer {
    const { challenge = String(options.challenge), origin: from = origin, crossOrigin = false } = faults
    return Buffer.from(JSON.stringify({ type, challenge, origin: from, crossOrigin }))
  }

  function authenticatorData(rpId: string, faults: Faults, more: Buffer = Buffer.alloc(0)): Buffer {
    const { userVerified = true, counter = hasCounter ? (uses += 1) : 0 } = faults
    const flags = USER_PRESENT | (userVerified ? USER_VERIFIED : 0) | (more.length > 0 ? HAS_CREDENTIAL : 0)
    const head = Buffer.alloc(5)
    head.writeUInt8(flags, 0)
    head.writeUInt32BE(counter, 1)
    return Buffer.concat([sha256(Buffer.from(faults.rpId ?? rpId)), head, more])
  }

  function answer(response: Record<string, unknown>): Answer {
    return { id: text(id), rawId: text(id), type: 'public-key', response, clientExtensionResults: {} }
  }

  return {
    create(options, faults = {}) {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(id.length)
      const credential = Buffer.concat([Buffer.alloc(16), length, id, key])
      const rp = options.rp as { readonly id: string }
      const attestation = cborMap([
        [cborText('fmt'), cborText('none')],
        [cborText('attStmt'), cborMap([])],
        [cborText('authData'), cborBytes(authenticatorData(rp.id, faults, credential))],
      ])
      return answer({
        clientDataJSON: text(clientData('webauthn.create', options, faults)),
        attestationObject: text(attestation),
        transports: ['internal'],
      })
    },
    get(options, faults = {}) {
      const client = clientData('webauthn.get', options, faults)
      const data = authenticatorData(String(options.rpId), faults)
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey)
      return answer({ clientDataJSON: text(client), authenticatorData: text(data), signature: text(signature) })
    },
  }
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest()
}

function text(bytes: Buffer): string {
  return bytes.toString('base64url')
}

// The few forms of CBOR (RFC 8949) that are needed.

function cborHead(kind: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(kind << 5) | value])
  if (value < 0x100) return Buffer.from([(kind << 5) | 24, value])
  return Buffer.from([(kind << 5) | 25, value >> 8, value & 0xff])
}

function cborInt(value: number): Buffer {
  return value < 0 ? cborHead(1, -1 - value) : cborHead(0, value)
}

function cborBytes(bytes: Buffer): Buffer {
  return Buffer.concat([cborHead(2, bytes.length), bytes])
}

function cborText(value: string): Buffer {
  return Buffer.concat([cborHead(3, value.length), Buffer.from(value)])
}

function cborMap(entries: readonly (readonly [Buffer, Buffer])[]): Buffer {
  return Buffer.concat([cborHead(5, entries.length), ...entries.flat()])
}
