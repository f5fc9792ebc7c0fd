import path from 'node:path'
import type { PartStatus } from '@kickstand/ops'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { print, printJson, printToStderr } from '#output.ts'
import { projectRoot } from '#service.ts'

type Common = { folder: string; json?: boolean }
type Up = Common & { servers: number; database: 'mariadb' | 'galera'; cdn: boolean; port: number; cdnPort: number }

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text)
    if (/^\d+$/.test(text) && number >= least && number <= most) return number
    throw new InvalidArgumentError(`expected a whole number from ${least} to ${most}.`)
  }
}

/** `kickstand topology …`: runs the production layout on this machine, with programs of Debian packages. */
export function topologyCommand(program: Command): void {
  const topology = program
    .command('topology')
    .description('run the production layout on this machine: CDN, load balancer, app servers, database, Redis')

  withCommon(
    topology
      .command('up')
      .description('start it in the background; the app servers get the KICKSTAND_ variables of this command'),
  )
    .option('--servers <count>', 'number of app servers', wholeNumber(1, 32), 3)
    .addOption(
      new Option('--database <kind>', 'one database server (mariadb) or a cluster of three (galera)')
        .choices(['mariadb', 'galera'])
        .default('mariadb'),
    )
    .option('--cdn', 'add a CDN in front of the load balancer', false)
    .option('--port <port>', 'port of the load balancer (https), 0 for a free one', wholeNumber(0, 65_535), 8443)
    .option('--cdn-port <port>', 'port of the CDN (http), 0 for a free one', wholeNumber(0, 65_535), 8080)
    .action(async (options: Up) => {
      const { bringUp } = await import('@kickstand/ops')
      const folder = path.resolve(options.folder)
      const { parts, authority } = await bringUp({ ...options, folder, settings: ownSettings() }, printToStderr)
      const front = parts.findLast(({ kind }) => kind === 'balancer' || kind === 'cdn')
      if (options.json) return printJson({ parts, authority })
      print(`Kickstand is up: ${front?.address}`)
      print(`CA certificate of the load balancer: ${authority}`)
    })

  withCommon(
    topology.command('status').description('show the address and health of each part; exit 1 if one is unhealthy'),
  ).action(async (options: Common) => {
    const { inspect } = await import('@kickstand/ops')
    const parts = await inspect(path.resolve(options.folder))
    if (options.json) printJson({ parts })
    else if (parts.length === 0) print('No layout was started in this folder.')
    else for (const part of parts) print(statusLine(part))
    if (parts.some(({ fault }) => fault !== null)) process.exitCode = 1
  })

  withCommon(topology.command('restart').description('restart the app servers one after the other')).action(
    async (options: Common) => {
      const { restartServers } = await import('@kickstand/ops')
      await restartServers(path.resolve(options.folder), printToStderr)
    },
  )

  withCommon(topology.command('down').description('stop all parts; the data is kept')).action(
    async (options: Common) => {
      const { takeDown } = await import('@kickstand/ops')
      const ended = await takeDown(path.resolve(options.folder))
      if (options.json) printJson({ ended })
      else print(ended === 0 ? 'Nothing was running.' : `Stopped: ${ended} processes.`)
    },
  )
}

function withCommon(command: Command): Command {
  return command
    .option('--folder <folder>', 'folder of its data, logs and state', `${projectRoot}var/topology`)
    .option('--json', 'print the result as JSON')
}

function statusLine({ name, address, pid, fault }: PartStatus): string {
  return `${fault === null ? 'ok   ' : 'WRONG'}  ${name.padEnd(10)} ${address.padEnd(28)} pid ${pid}${fault === null ? '' : `  ${fault}`}`
}

/** Settings in the environment of this command. The servers read `.env` themselves. */
function ownSettings(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      /^(KICKSTAND|FEED)_/.test(name) && !name.startsWith('KICKSTAND_TEST_') && value !== undefined
        ? [[name, value]]
        : [],
    ),
  )
}
