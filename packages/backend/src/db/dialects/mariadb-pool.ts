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
import { isNodeAway, isNodeNotReady, nodeLeft, unanswered } from './mariadb-errors.ts'
import { prepareSession, readClusterState } from './mariadb-session.ts'
import { sleep } from '#platform/sleep.ts'

/** The server ends a statement that takes too long; this is for a server that no longer does. */
const GRACE_MS = 2_000
const COME_BACK_EVERY_MS = 20_000
/** For what is under way to end, before it is moved to another node. */
const QUIET_WITHIN_MS = 1_000

/**
 * Connections to one node of an address at a time. When it is gone or has left the primary component, all go to the next;
 * a node that returns and stands before the present one gets them back at a moment when none is in use. On each node a new
 * connection first waits until the node has all that the cluster had committed, so that nobody sees an older state than
 * before (docs/decisions/0022-the-production-engine.md). `patient`: nothing that it runs has a time limit.
 */
export function createNodePool(address: Address, patient: boolean): MysqlPool {
  const { nodes } = address
  const statementMs = patient ? 0 : address.statementMs
  const handles = new WeakMap<PoolConnection, MysqlPoolConnection>()
  let at = 0
  let using = openNode(address, nodes[0], patient)
  let moving: Promise<void> | null = null
  let closed = false
  const timer = nodes.length > 1 ? setInterval(() => void comeBack(), COME_BACK_EVERY_MS).unref() : null

  function go(to: number): void {
    using.cut()
    at = to
    using = openNode(address, nodes[at], patient)
  }

  /** The first to find that a node is gone leaves it for all. */
  function leave(node: NodeConnections): void {
    if (node === using && nodes.length > 1 && !closed) go((at + 1) % nodes.length)
  }

  /** Nobody is cut off for this: where the present node does not fall quiet, the next turn tries again. */
  async function comeBack(): Promise<void> {
    if (at === 0 || moving !== null || !(await isReady(address, nodes[0]))) return
    moving = (async () => {
      const deadline = AbortSignal.timeout(QUIET_WITHIN_MS)
      while (using.busy() > 0 && !deadline.aborted) await sleep(5)
      if (using.busy() === 0 && at !== 0 && !closed) go(0)
    })()
    await moving
    moving = null
  }

  async function take(): Promise<MysqlPoolConnection> {
    for (let tried = 1; ; tried += 1) {
      if (moving !== null) await moving
      const node = using
      try {
        const raw = await node.take()
        return handles.get(raw) ?? (await prepare(raw, node))
      } catch (error) {
        const hasMoved = node !== using
        if (closed || (!hasMoved && !isNodeAway(error))) throw error
        leave(node)
        if (nodes.length === 1 || tried > nodes.length) throw error
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
    const made = guard(raw, node, statementMs, address.lifetimeMs, (error) => {
      if (isNodeNotReady(error)) leave(node)
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
  /** A connection of the pool, which may have been used before. Throws `overloaded` where none becomes free in time. */
  take(): Promise<PoolConnection>
  /** Those that have been taken and not given back. */
  busy(): number
  give(connection: PoolConnection, isOld: boolean): void
  /** Ends all at once, whatever they do. */
  cut(): void
  end(callback: (error: unknown) => void): void
}

function openNode(address: Address, node: Node, patient: boolean): NodeConnections {
  const pool: Pool = createPool({ ...optionsOf(address, node), ...(patient ? { connectionLimit: 3, maxIdle: 2 } : {}) })
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
          reject(busyNow())
        }, address.connectMs + GRACE_MS)
        pool.getConnection((error, connection) => {
          clearTimeout(breaker)
          if (isCut) {
            // The driver would only say that its pool is closed.
            if (error === null) connection.destroy()
            return reject(nodeLeft())
          }
          if (error !== null) return reject(error.message === 'Queue limit reached.' ? busyNow() : error)
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
    // One less than there may be: the driver then looks for idle ones at all.
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

/** The driver's own reading of numbers of up to 17 characters is off by a last bit now and then: 9.760155436814955 is one. */
function castExactly(field: TypeCastField, next: () => unknown): unknown {
  if (field.type !== 'DOUBLE') return next()
  const text = field.string()
  return text === null ? null : Number(text)
}

/** A connection as Kysely uses it, each of its statements with a time limit of ours; 0 is none. */
function guard(
  raw: PoolConnection,
  node: NodeConnections,
  statementMs: number,
  lifetimeMs: number,
  onError: (error: unknown) => void,
): MysqlPoolConnection {
  const diesAt = performance.now() + lifetimeMs
  const limit = statementMs === 0 ? 0 : statementMs + GRACE_MS
  return {
    config: raw.config,
    threadId: raw.threadId,
    connect: (callback) => callback?.(null),
    destroy: () => raw.destroy(),
    release: () => node.give(raw, performance.now() > diesAt),
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
              done(unanswered(limit), [])
            }, limit)
      return raw.query<RowDataPacket[]>(text, parameters, done)
    },
  }
}

/** Whether a node is there and takes part in its cluster with all that is in it. */
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

function busyNow(): DomainError {
  return new DomainError('overloaded', 'The database has more to do than it can. Try again in a few seconds.')
}
