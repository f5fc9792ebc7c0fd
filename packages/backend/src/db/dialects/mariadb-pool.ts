import { callbackify } from 'node:util'
import type { MysqlPool, MysqlPoolConnection } from 'kysely'
import {
  createConnection,
  createPool,
  type Pool,
  type PoolConnection,
  type PoolOptions,
  type RowDataPacket,
  type TypeCastField,
} from 'mysql2'
import { DomainError } from '@kickstand/domain'
import type { Address, Node } from './mariadb-address.ts'
import { isNodeAway, isNodeNotReady, nodeAbandonedError, timeoutError } from './mariadb-errors.ts'
import { prepareSession, readClusterState } from './mariadb-session.ts'
import { uptime } from '#platform/clock.ts'
import { sleep } from '#platform/sleep.ts'

/**
 * The server enforces the statement time limit; the client waits this much longer for a server that no longer responds.
 */
const GRACE_MS = 2_000
const FAILBACK_EVERY_MS = 20_000
/** Maximum wait for running statements to end before a failback. */
const MAX_IDLE_WAIT_MS = 1_000

/**
 * Connections to one node of an address at a time. When it is down or has left the primary component, all move to the
 * next; a preferred node that returns gets them back at a moment when none is in use. On each node a new connection
 * first waits until the node has applied everything that the cluster had committed, so that reads never go back in time
 * (docs/decisions/0022-the-production-engine.md). `noTimeout`: statements have no time limit.
 */
export function createNodePool(address: Address, noTimeout: boolean): MysqlPool {
  const { nodes } = address
  const statementMs = noTimeout ? 0 : address.statementMs
  const handles = new WeakMap<PoolConnection, MysqlPoolConnection>()
  let at = 0
  let using = openNode(address, nodes[0], noTimeout)
  let failingBack: Promise<void> | null = null
  let closed = false
  const timer = nodes.length > 1 ? setInterval(() => void failBack(), FAILBACK_EVERY_MS).unref() : null

  function go(to: number): void {
    using.cut()
    at = to
    using = openNode(address, nodes[at], noTimeout)
  }

  /** Called by the first request that finds a node down; moves all connections to the next. */
  function abandon(node: NodeConnections): void {
    if (node === using && nodes.length > 1 && !closed) go((at + 1) % nodes.length)
  }

  /** Never interrupts statements: if the current node does not become idle, the next run tries again. */
  async function failBack(): Promise<void> {
    if (at === 0 || failingBack !== null || !(await isReady(address, nodes[0]))) return
    failingBack = (async () => {
      const deadline = AbortSignal.timeout(MAX_IDLE_WAIT_MS)
      while (using.busy() > 0 && !deadline.aborted) await sleep(5)
      if (using.busy() === 0 && at !== 0 && !closed) go(0)
    })()
    await failingBack
    failingBack = null
  }

  async function take(): Promise<MysqlPoolConnection> {
    for (let attempt = 1; ; attempt += 1) {
      if (failingBack !== null) await failingBack
      const node = using
      try {
        const raw = await node.take()
        return handles.get(raw) ?? (await prepare(raw, node))
      } catch (error) {
        const hasChanged = node !== using
        if (closed || (!hasChanged && !isNodeAway(error))) throw error
        abandon(node)
        if (nodes.length === 1 || attempt > nodes.length) throw error
      }
    }
  }

  async function prepare(raw: PoolConnection, node: NodeConnections): Promise<MysqlPoolConnection> {
    try {
      await prepareSession(raw, statementMs, address.connectMs)
    } catch (error) {
      node.give(raw, true)
      throw error
    }
    const made = withTimeLimit(raw, node, statementMs, address.lifetimeMs, (error) => {
      if (isNodeNotReady(error)) abandon(node)
    })
    handles.set(raw, made)
    return made
  }

  return {
    getConnection: callbackify(take),
    end(callback) {
      closed = true
      if (timer !== null) clearInterval(timer)
      using.end(callback)
    },
  }
}

/** The connections to one node. */
type NodeConnections = {
  /** A connection of the pool, new or used. Throws `overloaded` if none becomes free in time. */
  take(): Promise<PoolConnection>
  /** Number of connections in use. */
  busy(): number
  give(connection: PoolConnection, isOld: boolean): void
  /** Destroys all connections, also those in use. */
  cut(): void
  end(callback: (error: unknown) => void): void
}

function openNode(address: Address, node: Node, noTimeout: boolean): NodeConnections {
  const pool: Pool = createPool({
    ...optionsOf(address, node),
    ...(noTimeout ? { connectionLimit: 3, maxIdle: 2 } : {}),
  })
  const all = new Set<PoolConnection>()
  const taken = new Set<PoolConnection>()
  let isCut = false
  pool.on('connection', (connection) => {
    all.add(connection)
    connection.once('end', () => all.delete(connection))
    connection.once('error', () => all.delete(connection))
  })
  return {
    take() {
      return new Promise((resolve, reject) => {
        let isLate = false
        const breaker = setTimeout(() => {
          isLate = true
          reject(overloadedError())
        }, address.connectMs + GRACE_MS)
        pool.getConnection((error, connection) => {
          clearTimeout(breaker)
          if (isCut) {
            // The driver's error would only be that its pool is closed.
            if (error === null) connection.destroy()
            return reject(nodeAbandonedError())
          }
          if (error !== null) return reject(error.message === 'Queue limit reached.' ? overloadedError() : error)
          if (isLate) return connection.release()
          taken.add(connection)
          resolve(connection)
        })
      })
    },
    busy: () => taken.size,
    give(connection, isOld) {
      taken.delete(connection)
      if (isCut || isOld) connection.destroy()
      else connection.release()
    },
    cut() {
      isCut = true
      pool.end(() => undefined)
      for (const connection of all) connection.destroy()
    },
    end: (callback) => pool.end(callback),
  }
}

function optionsOf({ tls, ...address }: Address, { host, port }: Node): PoolOptions {
  return {
    host,
    port,
    user: address.user,
    password: address.password,
    database: address.database,
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    connectionLimit: address.pool,
    // The driver closes idle connections only if this is below the limit.
    maxIdle: Math.max(1, address.pool - 1),
    idleTimeout: address.idleMs,
    gracefulEnd: true,
    queueLimit: address.queue,
    connectTimeout: address.connectMs,
    enableKeepAlive: true,
    keepAliveInitialDelay: 30_000,
    supportBigNumbers: true,
    typeCast: castExactly,
    ...(tls === null ? {} : { ssl: tls }),
  }
}

/** The driver parses some numbers of up to 17 characters with an error in the last bit, such as 9.760155436814955. */
function castExactly(field: TypeCastField, next: () => unknown): unknown {
  if (field.type !== 'DOUBLE') return next()
  const text = field.string()
  return text === null ? null : Number(text)
}

/** A connection for Kysely with a client-side time limit per statement; 0 disables it. */
function withTimeLimit(
  raw: PoolConnection,
  node: NodeConnections,
  statementMs: number,
  lifetimeMs: number,
  onError: (error: unknown) => void,
): MysqlPoolConnection {
  const expiresAt = uptime() + lifetimeMs
  const limit = statementMs === 0 ? 0 : statementMs + GRACE_MS
  return {
    config: raw.config,
    threadId: raw.threadId,
    connect: (callback) => callback?.(null),
    destroy: () => raw.destroy(),
    release: () => node.give(raw, uptime() > expiresAt),
    query(text, parameters, callback) {
      if (callback === undefined) return raw.query(text, parameters)
      let isDone = false
      const done = (error: unknown, result: RowDataPacket[]): void => {
        if (isDone) return
        isDone = true
        if (timer !== null) clearTimeout(timer)
        if (error !== null) onError(error)
        callback(error, result)
      }
      const timer =
        limit === 0
          ? null
          : setTimeout(() => {
              raw.destroy()
              done(timeoutError(limit), [])
            }, limit)
      return raw.query<RowDataPacket[]>(text, parameters, done)
    },
  }
}

/** Whether a node is up and in sync with its cluster. */
async function isReady(address: Address, node: Node): Promise<boolean> {
  const connection = createConnection(optionsOf(address, node))
  connection.on('error', () => undefined)
  try {
    const { ready, state } = await readClusterState(connection, address.connectMs)
    return ready && state === 'Synced'
  } catch {
    return false
  } finally {
    connection.destroy()
  }
}

function overloadedError(): DomainError {
  return new DomainError('overloaded', 'The database is overloaded. Try again in a few seconds.')
}
