import { readFileSync } from 'node:fs'
import path from 'node:path'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export type ReceivedMail = { readonly to: readonly string[]; readonly raw: string; readonly wasEncrypted: boolean }

export type MailServer = {
  readonly port: number
  readonly received: readonly ReceivedMail[]
  stop(): Promise<void>
}

/** What the server does with the next mails, one after the other; afterwards it accepts. */
export type Behaviour = 'accept' | 'reject' | 'defer' | 'stall'

export type MailServerOptions = Pick<
  SMTPServerOptions,
  'key' | 'cert' | 'secure' | 'onAuth' | 'hideSTARTTLS' | 'authOptional'
> & {
  readonly behaviours?: readonly Behaviour[]
}

/** A real SMTP server on this machine. */
export async function startMailServer({ behaviours = [], ...options }: MailServerOptions = {}): Promise<MailServer> {
  const received: ReceivedMail[] = []
  const next = [...behaviours]
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: options.onAuth === undefined ? ['AUTH'] : [],
    ...options,
    onRcptTo(_address, _session, done) {
      const behaviour = next[0] ?? 'accept'
      if (behaviour === 'accept') return done()
      next.shift()
      if (behaviour === 'stall') return
      const error = Object.assign(new Error(behaviour === 'reject' ? 'no such mailbox' : 'try again later'), {
        responseCode: behaviour === 'reject' ? 550 : 451,
      })
      return done(error)
    },
    onData(stream, session, done) {
      next.shift()
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address)
        received.push({ to, raw: Buffer.concat(chunks).toString(), wasEncrypted: session.secure })
        done()
      })
    },
  })
  // A client that gives up or speaks nonsense is no failure of the server.
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('the mail server has no port')
  return {
    port: address.port,
    received,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

/** A key and a certificate for `localhost` that nobody knows. */
export function aCertificate(): { readonly key: string; readonly cert: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'ks-tls-'))
  const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')]
  try {
    const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1'
    const subject = ['-subj', '/CN=localhost', '-addext', names, '-days', '2']
    const args = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', ...subject]
    execFileSync('openssl', [...args, '-keyout', key, '-out', cert], { stdio: 'ignore' })
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
