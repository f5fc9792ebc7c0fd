import { createTransport, type Transporter } from 'nodemailer'
import type { ConnectionOptions } from 'node:tls'

const CONNECT_TIMEOUT_MS = 10_000
/** How long the server may take to respond before an attempt fails. */
const SOCKET_TIMEOUT_MS = 30_000
const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1'])
const PORTS: Readonly<Record<string, number>> = { 'smtp:': 587, 'smtps:': 465 }

export type MailTransport = Pick<Transporter, 'sendMail' | 'close'>

/**
 * Opens connections to the mail server of `url`: smtps:// with TLS from the start, smtp:// with STARTTLS, which is required
 * if there is a password, so that the password is never sent unencrypted. `tls`: for servers with a private certificate.
 */
export function openTransport(url: string, tls: Pick<ConnectionOptions, 'ca'> = {}): MailTransport {
  const { protocol, hostname, port, username, password } = new URL(url)
  const hasLogin = username !== ''
  const host = hostname.replaceAll(/[[\]]/g, '')
  return createTransport({
    host,
    port: port === '' ? (PORTS[protocol] ?? 587) : Number(port),
    secure: protocol === 'smtps:',
    requireTLS: protocol === 'smtp:' && hasLogin,
    // On the same machine nobody can intercept the connection, and local mail servers often have self-signed certificates.
    ignoreTLS: protocol === 'smtp:' && !hasLogin && LOOPBACK.has(host),
    ...(hasLogin ? { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } } : {}),
    tls,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SOCKET_TIMEOUT_MS,
    // No part of a mail may read files of this machine or fetch addresses.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}
