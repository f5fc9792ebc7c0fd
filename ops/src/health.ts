import { existsSync, readFileSync } from 'node:fs'
import { request as requestPlain } from 'node:http'
import { request as requestTls } from 'node:https'
import { connect } from 'node:net'
import mysql from 'mysql2/promise'
import type { Part, State } from './state.ts'

const TIMEOUT_MS = 3_000

/** Throws if the part is unhealthy. */
export async function checkHealth({ kind, address }: Part, { database, serverEnv, authority }: State): Promise<void> {
  if (kind === 'database')
    await checkDatabase(address, serverEnv['KICKSTAND_DATABASE_URL'] ?? '', database === 'galera')
  else if (kind === 'redis') await checkRedis(Number(new URL(address).port))
  else await checkHttp(`${address}/readyz`, authority)
}

function checkHttp(address: string, authority: string): Promise<void> {
  const url = new URL(address)
  const tls = url.protocol === 'https:'
  const ca = tls && existsSync(authority) ? readFileSync(authority) : undefined
  return new Promise((resolve, reject) => {
    const options = { timeout: TIMEOUT_MS, agent: false, ...(ca === undefined ? {} : { ca }) }
    const asked = (tls ? requestTls : requestPlain)(url, options, (answer) => {
      answer.resume()
      if (answer.statusCode === 200) resolve()
      else reject(new Error(`${address} answered ${answer.statusCode}`))
    })
    asked.once('timeout', () => asked.destroy(new Error(`${address} does not answer`)))
    asked.once('error', reject)
    asked.end()
  })
}

/** Rejects unless a Redis on this machine answers a ping. */
export function checkRedis(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'))
    socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error('Redis does not answer')))
    socket.once('data', (answer) => {
      socket.destroy()
      if (answer.toString().startsWith('+PONG')) resolve()
      else reject(new Error(`Redis answered ${answer.toString().trim()}`))
    })
    socket.once('error', reject)
  })
}

/** A cluster node that is cut off from the others still answers queries; it counts as unhealthy. */
async function checkDatabase(address: string, databaseUrl: string, isNode: boolean): Promise<void> {
  const [, user = '', password = ''] = /\/\/([^:]+):([^@]+)@/.exec(databaseUrl) ?? []
  const [ready] = await query(address, user, password, "SHOW STATUS LIKE 'wsrep_ready'")
  if (isNode && ready?.['Value'] !== 'ON') throw new Error('this node is not part of the cluster')
}

/** Runs one statement on a database server at `host:port`, over a connection of its own. Rejects where it cannot. */
export async function query(
  address: string,
  user: string,
  password: string,
  statement: string,
): Promise<Readonly<Record<string, unknown>>[]> {
  const { hostname, port } = new URL(`tcp://${address}`)
  const options = { host: hostname, port: Number(port), user, password, connectTimeout: TIMEOUT_MS }
  const connection = await mysql.createConnection(options)
  try {
    const [rows] = await connection.query(statement)
    return Array.isArray(rows) ? (rows as Readonly<Record<string, unknown>>[]) : []
  } finally {
    await connection.end()
  }
}
