import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { inspectContents, systemClock } from '@kickstand/backend'
import type { Config } from '@kickstand/backend/config'
import { DomainError } from '@kickstand/domain'
import type { Command } from 'commander'
import { checkAdmins, checkPublicUrl } from '#doctor/check-people.ts'
import type { Finding } from '#doctor/finding.ts'
import { print, printJson } from '#output.ts'
import { loadConfig, projectRoot } from '#service.ts'

const GIB = 1024 ** 3
const NOTICE_MAX_AGE_MS = 7 * 24 * 60 * 60_000

/** Programs for tests and larger installations. A single server needs none of them. */
const PROGRAMS = [
  {
    name: 'Chromium',
    commands: ['chromium', 'chromium-browser', 'google-chrome'],
    fix: 'apt-get install chromium',
    use: 'browser tests',
  },
  {
    name: 'Firefox ESR',
    commands: ['firefox-esr', 'firefox'],
    fix: 'apt-get install firefox-esr',
    use: 'browser tests',
  },
  { name: 'Xvfb', commands: ['Xvfb'], fix: 'apt-get install xvfb', use: 'browser tests in Firefox' },
  {
    name: 'MariaDB',
    commands: ['mariadbd', '/usr/sbin/mariadbd'],
    fix: 'apt-get install mariadb-server',
    use: 'several app servers; tests on both database engines',
  },
  { name: 'Redis', commands: ['redis-server'], fix: 'apt-get install redis-server', use: 'several app servers' },
  { name: 'Caddy', commands: ['caddy'], fix: 'apt-get install caddy', use: 'several app servers' },
  {
    name: 'Varnish',
    commands: ['varnishd', '/usr/sbin/varnishd'],
    fix: 'apt-get install varnish',
    use: 'a self-hosted CDN',
  },
  { name: 'wrk', commands: ['wrk'], fix: 'apt-get install wrk', use: 'benchmarks' },
] as const

/**
 * `kickstand doctor`: checks this machine and names the command that fixes each problem. Exits 2 if Kickstand cannot
 * run.
 */
export function doctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('check this machine and the settings, and show how to fix each problem')
    .option('--json', 'print the findings as JSON')
    .action(async (options: { json?: boolean }) => {
      const findings = [
        checkNode(),
        ...(await checkSettings()),
        checkApp('Page', 'rider'),
        checkApp('Console', 'console'),
        checkDisk(),
        ...PROGRAMS.map(checkProgram),
      ]
      if (options.json) printJson({ findings })
      else
        for (const { name, state, detail, fix } of findings) {
          print(
            `${{ ok: 'ok     ', missing: 'missing', weak: 'weak   ', wrong: 'WRONG  ' }[state]}  ${name.padEnd(12)} ${detail}`,
          )
          if (fix !== undefined) print(`${' '.repeat(22)}→ ${fix}`)
        }
      if (findings.some((finding) => finding.state === 'wrong')) process.exitCode = 2
    })
}

function checkNode(): Finding {
  const major = Number(process.versions.node.split('.')[0])
  const detail = `${process.version} on ${process.platform}-${process.arch}`
  return major >= 24
    ? { name: 'Node', state: 'ok', detail }
    : { name: 'Node', state: 'wrong', detail: `${detail}; 24 or newer is required`, fix: 'npm start downloads it' }
}

async function checkSettings(): Promise<Finding[]> {
  let config: Config
  try {
    config = loadConfig()
  } catch (error) {
    return [{ name: 'Settings', state: 'wrong', detail: oneLine(error), fix: 'see .env.example' }]
  }
  const settings: Finding = { name: 'Settings', state: 'ok', detail: `port ${config.port}` }
  const address = checkPublicUrl(config)
  try {
    const { label, weaknesses, notices, contents } = await inspectContents(config.databaseUrl)
    const detail =
      contents === null ? `${label}, not created yet: the first start creates it` : `${label}, ${contents.zones} zones`
    const weak = weaknesses.map((line): Finding => ({
      name: 'Durability',
      state: 'weak',
      detail: line,
      fix: 'docs/operating/mariadb.md',
    }))
    const removals = contents === null ? [] : attempted(contents.removals)
    const database: Finding = { name: 'Database', state: 'ok', detail }
    const admins = checkAdmins(contents?.admins ?? null)
    return [settings, ...address, database, ...weak, ...noticed(notices), ...removals, ...admins]
  } catch (error) {
    return [settings, ...address, { name: 'Database', state: 'wrong', detail: oneLine(error) }]
  }
}

type Inspected = Awaited<ReturnType<typeof inspectContents>>

/** Notices that servers stored in the last week. */
function noticed(notices: Inspected['notices']): Finding[] {
  return notices
    .filter(({ at }) => systemClock() - at < NOTICE_MAX_AGE_MS)
    .map(({ at, detail }) => ({
      name: 'Notice',
      state: 'weak',
      detail: `${new Date(at).toISOString()}: ${detail}`,
      fix: 'KICKSTAND_TRUSTED_PROXIES in .env',
    }))
}

function attempted({ waiting, held }: NonNullable<Inspected['contents']>['removals']): Finding[] {
  if (waiting === 0) return []
  const back = held === 0 ? '' : `, ${held} held back by a limit`
  const detail = `riders report ${waiting} zones as gone or closed; they wait for a moderator${back}`
  return [{ name: 'Removals', state: 'weak', detail, fix: 'npx kickstand review list' }]
}

function oneLine(error: unknown): string {
  if (error instanceof DomainError) return error.message.split('\n').join(' ')
  return error instanceof Error ? error.message : String(error)
}

function checkApp(name: string, folder: string): Finding {
  return existsSync(`${projectRoot}apps/${folder}/dist/index.html`)
    ? { name, state: 'ok', detail: 'built' }
    : { name, state: 'missing', detail: 'not built yet', fix: 'npm start builds it' }
}

function checkDisk(): Finding {
  try {
    accessSync(dirname(`${projectRoot}var`), constants.W_OK)
    const { bavail, bsize } = statfsSync(projectRoot)
    const free = (bavail * bsize) / GIB
    return free < 1
      ? { name: 'Disk', state: 'wrong', detail: `${free.toFixed(1)} GiB free`, fix: 'free up at least 1 GiB' }
      : { name: 'Disk', state: 'ok', detail: `${free.toFixed(0)} GiB free` }
  } catch {
    return { name: 'Disk', state: 'wrong', detail: `this user cannot write to ${projectRoot}` }
  }
}

function checkProgram({ name, commands, fix, use }: (typeof PROGRAMS)[number]): Finding {
  for (const command of commands) {
    const found = spawnSync('sh', ['-c', `command -v ${command}`], { encoding: 'utf8' }).stdout.trim()
    if (found !== '') return { name, state: 'ok', detail: found }
  }
  return { name, state: 'missing', detail: `only needed for ${use}`, fix }
}
